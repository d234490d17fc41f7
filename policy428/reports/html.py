"""HTML: one file for people to read, filter and print, with nothing to load and nothing that runs but its own filter.

The page is a template in `page/`, whose values are all escaped and hold no invisible character. The gravest findings
are kept until the end, since totals come first; so memory and page stay small however many findings there are.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TextIO

from policy428.errors import Policy428Error
from policy428.reports import Look, Result, Summary, register
from policy428.reports.finding import Finding
from policy428.reports.plain import cells, printable
from policy428.reports.record import error_record, tool
from policy428.reports.tally import NO_PLATFORM, Row, Tally, months, rows, severity_rows
from policy428.violation import SEVERITIES

if TYPE_CHECKING:
    from datetime import datetime

    from jinja2 import Environment

SHOWN = 5_000
"""Findings on one page; a browser on an old laptop still opens and filters as many."""

ERRORS_SHOWN = 1_000
_WIDTH = 160
_LONGEST = 600
_LONGEST_LINK = 2_000
_FILTERED = 6
_CHUNK = 64


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an excerpt, in pieces that are marked or not."""

    number: str
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding as the page shows it."""

    record: Mapping[str, Any]
    title: str
    quote: str
    lines: tuple[Line, ...]
    reasons: tuple[str, ...]
    origin: Mapping[str, Any]
    platform: str
    link: str
    host: str


@dataclass(slots=True)
class Group:
    """The findings of one clause."""

    name: str
    citation: str
    title: str
    anchor: str
    total: int
    entries: list[Entry] = field(default_factory=list)


@register
class HtmlReport:
    """One page: totals, charts, the findings by clause, and what could not be read."""

    name: ClassVar[str] = "html"

    def __init__(self, out: TextIO, look: Look) -> None:
        self.out = out
        self.look = replace(look, width=_WIDTH)
        self.tally = Tally()
        self.errors: list[dict[str, str]] = []
        self._kept: list[tuple[tuple[int, float, int], Finding]] = []
        self._number = count()

    def add(self, result: Result) -> None:
        for finding in result.findings(self.look):
            self.tally.count(finding)
            record = finding.record
            # Among equals the earlier one stays.
            weight = (SEVERITIES.index(record["severity"]), record["confidence"], -next(self._number))
            keep = heapq.heappush if len(self._kept) < SHOWN else heapq.heappushpop
            keep(self._kept, (weight, finding))

    def fail(self, error: Policy428Error) -> None:
        if len(self.errors) < ERRORS_SHOWN:
            self.errors.append(error_record(error))

    def close(self, summary: Summary) -> None:
        self._kept.sort(reverse=True)
        stream = _environment().get_template("report.html.j2").stream(self._values(summary))
        stream.enable_buffering(_CHUNK)
        for chunk in stream:
            self.out.write(chunk)
        self.out.write("\n")

    def _values(self, summary: Summary) -> dict[str, Any]:
        severities = [severity for severity in reversed(SEVERITIES) if summary.by_severity[severity]]
        groups = self._groups(summary)
        return {
            "summary": summary,
            "severities": severities,
            "shown_matches": self.look.show_matches,
            "columns": _columns(severities),
            "tables": list(self._tables(groups, summary, severities)),
            "months": months(self.tally.months, severities),
            "shown": len(self._kept),
            "left_out": summary.violations - len(self._kept),
            "filters": list(self._filters(groups, severities)) if len(self._kept) >= _FILTERED else (),
            "groups": [group for group in groups if group.entries],
            "errors": self.errors,
            "errors_left_out": max(summary.errors - len(self.errors), 0),
            "made": _now(),
            "tool": tool(),
            "style": _asset("report.css"),
            "script": _asset("report.js"),
        }

    def _groups(self, summary: Summary) -> list[Group]:
        groups: dict[str, Group] = {}
        for number, (clause, counts) in enumerate(sorted(self.tally.clauses.items()), start=1):
            title = summary.titles.get(clause, "")
            groups[clause] = Group(clause, clause, title, f"clause-{number}", counts.total())
        for _, finding in self._kept:
            group = groups[finding.record["clause"]]
            group.citation = finding.record["citation"] or group.citation
            group.entries.append(_entry(finding))
        return list(groups.values())

    def _tables(self, groups: list[Group], summary: Summary, severities: Sequence[str]) -> Iterator[dict[str, Any]]:
        columns = _columns(severities)
        if len(groups) > 1:
            counts = {group.name: self.tally.clauses[group.name] for group in groups}
            made = [
                Row(
                    row.label,
                    row.numbers,
                    row.parts,
                    detail=group.title,
                    anchor=group.anchor if group.entries else "",
                )
                for row, group in zip(rows(counts, severities), groups, strict=True)
            ]
            yield {"caption": "Findings by clause", "head": "Clause", "columns": columns, "rows": made}
        if len(groups) > 1 and len(severities) > 1:
            graded = list(severity_rows(summary.by_severity, severities))
            yield {"caption": "Findings by severity", "head": "Severity", "columns": ("Findings",), "rows": graded}
        platforms = self.tally.platforms
        if len(platforms) > 1:
            made = sorted(rows(platforms, severities), key=lambda row: -row.total)
            yield {"caption": "Findings by platform", "head": "Platform", "columns": columns, "rows": made}

    def _filters(self, groups: list[Group], severities: Sequence[str]) -> Iterator[dict[str, Any]]:
        shown = [entry for group in groups for entry in group.entries]
        clauses = [(group.name, f"{group.name} {group.title}".rstrip()) for group in groups if group.entries]
        grades = {entry.record["severity"] for entry in shown}
        platforms = sorted({entry.platform for entry in shown})
        for name, label, choices in (
            ("clause", "Clause", clauses),
            ("severity", "Severity", [(grade, grade.capitalize()) for grade in severities if grade in grades]),
            ("platform", "Platform", [(platform, platform) for platform in platforms]),
        ):
            if len(choices) > 1:
                yield {"name": name, "label": label, "choices": choices}


@dataclass(frozen=True, slots=True)
class Asset:
    """A style sheet or script, and the digest by which the page allows it and no other."""

    text: str
    digest: str


@cache
def _asset(name: str) -> Asset:
    import base64
    import hashlib

    text = (_folder() / name).read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Asset(text, f"sha256-{digest}")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_fit,
        trim_blocks=True,
        auto_reload=False,
    )
    environment.filters["shorten"] = _shorten
    return environment


def _columns(severities: Sequence[str]) -> list[str]:
    """Heads of the cells of a row of counts by severity."""
    heads = [f"{severity.capitalize()}s" for severity in severities]
    return [*heads, "All"] if len(heads) > 1 else heads


def _folder() -> Path:
    return Path(__file__).with_name("page")


def _fit(value: object) -> object:
    """What is written for a value: text on one line without invisible characters; markup as it is."""
    return printable(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _shorten(text: object) -> str:
    shown = "" if text is None else str(text)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST].rstrip()} …"


def _entry(finding: Finding) -> Entry:
    link, host = _link(finding.origin.get("permalink"))
    return Entry(
        record=finding.record,
        title=finding.title,
        quote=finding.quote.strip(),
        lines=tuple(Line(number, tuple(_pieces(text, marks))) for number, text, marks in finding.excerpt),
        reasons=finding.reasons,
        origin=finding.origin,
        platform=str(finding.origin.get("platform") or NO_PLATFORM),
        link=link,
        host=host,
    )


def _pieces(text: str, marks: str) -> Iterator[tuple[str, bool]]:
    """`text` cut where the marks below it begin and end; marks stand in columns of a terminal."""
    words: list[str] = []
    marked, column = False, 0
    for cell in cells(text, marked=False):
        # What takes no column belongs to the character before.
        here = marks[column : column + 1] == "^" if cell.width else marked
        if here != marked and words:
            yield "".join(words), marked
            words = []
        marked = here
        words.append(cell.shown)
        column += cell.width
    if words:
        yield "".join(words), marked


def _link(address: object) -> tuple[str, str]:
    """`address` and its host where it is a plain web address; empty otherwise: nothing else may be followed."""
    from urllib.parse import urlsplit

    if not isinstance(address, str) or len(address) > _LONGEST_LINK or printable(address) != address or " " in address:
        return "", ""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return "", ""
    # A user name before the host makes one host look like another.
    plain = parts.scheme in ("http", "https") and host and "@" not in parts.netloc and "\\" not in address
    return (address, host) if plain and host else ("", "")


def _now() -> datetime:
    """The time of the report, or the one that SOURCE_DATE_EPOCH asks for, so that a build can be repeated."""
    import os
    from datetime import UTC, datetime

    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(told), UTC) if told.isdecimal() else datetime.now(UTC)
    return now.replace(microsecond=0)
