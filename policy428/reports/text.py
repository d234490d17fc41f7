"""For people: an excerpt with the place underlined, the rule and its citation, the reason, and what to change."""

from __future__ import annotations

import textwrap
from typing import ClassVar, TextIO

import click

from policy428.errors import Policy428Error
from policy428.reports import Checked, Look, Result, Summary, register
from policy428.reports.finding import Finding
from policy428.reports.plain import printable
from policy428.violation import SEVERITIES

_COLORS = {"error": "red", "warning": "yellow", "notice": "cyan"}
_CLEAN_SHOWN = 10


@register
class TextReport:
    """The report of `check` on a terminal."""

    name: ClassVar[str] = "text"

    def __init__(self, out: TextIO, look: Look) -> None:
        self.out = out
        self.look = look
        self.clean: list[str] = []
        self.mendable = 0

    def add(self, result: Result) -> None:
        if not result.grades:
            # One more than are shown tells that there are too many.
            if len(self.clean) <= _CLEAN_SHOWN:
                said = "nothing else here goes" if result.hidden else "nothing here goes"
                self.clean.append(f"{printable(result.title)}: {said} against the policy.")
            return
        for finding in result.findings(self.look, private=not self.look.terminal):
            record = finding.record
            self.mendable += "fix" in record and isinstance(result, Checked)
            self._head(finding)
            for number, line, marks in finding.excerpt:
                self._line(f"{self._dim(f'{number:>5} |')} {line}")
                if marks:
                    self._line(
                        f"{self._dim('      |')} {self._style(marks, fg=_COLORS[record['severity']], bold=True)}"
                    )
            if not finding.excerpt and finding.quote.strip():
                self._wrapped(f"“{finding.quote}”")
            self._wrapped(record["message"])
            if record["suggestion"]:
                self._wrapped(f"Instead: {record['suggestion']}")
            if self.look.explain:
                self._wrapped("Why:")
                for reason in finding.reasons:
                    self._wrapped(f"- {reason}", hang=2)
            self._line("")

    def fail(self, error: Policy428Error) -> None:
        """Nothing: standard error has been told."""

    def close(self, summary: Summary) -> None:
        if len(self.clean) <= _CLEAN_SHOWN:
            for said in self.clean:
                self._line(f"{self._style('✓', fg='green')} {said}")
        if not summary.posts:
            return
        if summary.posts == 1 and not (summary.violations or summary.errors or summary.suppressed):
            return
        self._line(_totals(summary))
        if self.mendable:
            edits = "One has a safe edit" if self.mendable == 1 else f"{self.mendable:,} have safe edits"
            self._line(self._dim(f"{edits}: --diff-fix shows what --fix would change"))
        if summary.violations:
            clause = next(iter(sorted(summary.by_clause)))
            self._line(self._dim(f"What a clause or rule asks: policy428 explain {clause}"))

    def _head(self, finding: Finding) -> None:
        record = finding.record
        where = self._style(printable(finding.title), bold=True)
        severity = self._style(record["severity"], fg=_COLORS[record["severity"]], bold=True)
        self._line(f"{where}: {severity} {record['rule']} ({record['citation']})")

    def _wrapped(self, text: str, *, hang: int = 0) -> None:
        indent = " " * 8
        width = min(self.look.width, 100)
        later = indent + " " * hang
        self._line(textwrap.fill(printable(text), width, initial_indent=indent, subsequent_indent=later))

    def _line(self, text: str) -> None:
        self.out.write(text + "\n")

    def _dim(self, text: str) -> str:
        return self._style(text, dim=True)

    def _style(self, text: str, **style: str | bool) -> str:
        return click.style(text, **style) if self.look.color else text  # type: ignore[arg-type]


def _totals(summary: Summary) -> str:
    counts = [
        _count(summary.by_severity[severity], severity)
        for severity in reversed(SEVERITIES)
        if summary.by_severity[severity]
    ]
    found = ", ".join(counts) if counts else "nothing found"
    failed = f"; {_count(summary.errors, 'input')} could not be read" if summary.errors else ""
    hidden = f" ({summary.suppressed:,} more suppressed or known)" if summary.suppressed else ""
    return f"{_count(summary.posts, 'post')} checked: {found}{hidden}{failed}."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
