"""Findings counted by clause, platform and month, as rows of a table and the bars of a chart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from policy428.reports.finding import Finding

UNDATED = "no date"
NO_PLATFORM = "none"
_MONTHS = 120
_YEARS = 60
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?!\d)")
_NAMES = "January February March April May June July August September October November December".split()
_GAP = 0.1


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar: whose severity, where it begins and how long it is, in hundredths of the longest bar."""

    severity: str
    at: float
    size: float


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what was counted, how often by severity, and its bar.

    Attributes:
        label: what was counted.
        numbers: findings by severity, in the order asked for.
        parts: the bar, beginning at 0; of a column, counted from the top.
        at: where a column stands.
        detail: words behind the label.
        anchor: the part of the page that the label leads to.
    """

    label: str
    numbers: tuple[int, ...]
    parts: tuple[Part, ...] = ()
    at: float = 0
    detail: str = ""
    anchor: str = ""

    @property
    def total(self) -> int:
        """All findings of the row."""
        return sum(self.numbers)

    @property
    def cells(self) -> tuple[int, ...]:
        """What its cells say: the numbers, and their sum where there are several."""
        return (*self.numbers, self.total) if len(self.numbers) > 1 else self.numbers


@dataclass(frozen=True, slots=True)
class Months:
    """The chart of months, or of years where there are too many.

    Attributes:
        caption: what it shows.
        described: the same in a sentence, for who cannot see it.
        head: head of the first column of its table.
        rows: a row for each month from the first to the last.
        undated: the row of findings without a date, if there are any; it has no column.
        axis: labels below it.
        width: where its last column ends.
    """

    caption: str
    described: str
    head: str
    rows: tuple[Row, ...]
    undated: tuple[Row, ...]
    axis: tuple[str, ...]
    width: int


@dataclass(slots=True)
class Tally:
    """Counts of findings by severity."""

    clauses: dict[str, Counter[str]] = field(default_factory=dict)
    platforms: dict[str, Counter[str]] = field(default_factory=dict)
    months: dict[str, Counter[str]] = field(default_factory=dict)

    def count(self, finding: Finding) -> None:
        """Adds one finding."""
        record, origin = finding.record, finding.origin
        month = _MONTH.match(str(origin.get("time") or ""))
        for counts, name in (
            (self.clauses, record["clause"]),
            (self.platforms, str(origin.get("platform") or NO_PLATFORM)),
            (self.months, month.group() if month else UNDATED),
        ):
            counts.setdefault(name, Counter())[record["severity"]] += 1


def rows(counts: Mapping[str, Counter[str]], severities: Sequence[str]) -> Iterator[Row]:
    """A row with a bar for each name."""
    longest = max((sum(counter.values()) for counter in counts.values()), default=0) or 1
    for name, counter in counts.items():
        numbers = tuple(counter[severity] for severity in severities)
        yield Row(name, numbers, tuple(_parts(numbers, severities, longest)))


def severity_rows(counts: Mapping[str, int], severities: Sequence[str]) -> Iterator[Row]:
    """A row with a bar for each severity."""
    longest = max((counts[severity] for severity in severities), default=0) or 1
    for severity in severities:
        numbers = (counts[severity],)
        yield Row(f"{severity.capitalize()}s", numbers, tuple(_parts(numbers, (severity,), longest)))


def months(counts: Mapping[str, Counter[str]], severities: Sequence[str]) -> Months | None:
    """The chart of the months of `counts`, or of its years; None where there are not two to compare."""
    dated = {name: counter for name, counter in counts.items() if name != UNDATED}
    if len(dated) < 2:
        return None
    names = _span(dated)
    yearly = len(names[0]) == len("2024")
    if yearly:
        dated = _by_year(dated)
    longest = max(sum(counter.values()) for counter in dated.values())
    made = [_column(place, name, dated.get(name, Counter()), severities, longest) for place, name in enumerate(names)]
    undated = tuple(rows({UNDATED: counts[UNDATED]}, severities)) if UNDATED in counts else ()
    span = "year" if yearly else "month"
    peak = max(made, key=lambda row: row.total)
    caption = f"Findings by {span}, {peak.label} with {peak.total:,} the most"
    described = f"Columns for each {span} from {made[0].label} to {made[-1].label}; the numbers are in the table below."
    axis = dict.fromkeys((made[0].label, made[-1].label))
    return Months(caption, described, span.capitalize(), tuple(made), undated, tuple(axis), len(made))


def _parts(numbers: Iterable[int], severities: Iterable[str], longest: int) -> Iterator[Part]:
    at = 0.0
    for severity, number in zip(severities, numbers, strict=True):
        if number:
            size = 100 * number / longest
            yield Part(severity, round(at, 2), round(size, 2))
            at += size


def _column(place: int, name: str, counter: Counter[str], severities: Sequence[str], longest: int) -> Row:
    numbers = tuple(counter[severity] for severity in severities)
    parts = _parts(numbers, severities, longest)
    standing = tuple(Part(part.severity, round(100 - part.at - part.size, 2), part.size) for part in parts)
    return Row(_named(name), numbers, standing, place + _GAP)


def _span(dated: Iterable[str]) -> list[str]:
    """Each month from the first to the last; the years where that are too many; only those that occur if still."""
    first, last = min(dated), max(dated)
    start, end = _number(first), _number(last)
    if end - start < _MONTHS:
        return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, end + 1)]
    years = range(start // 12, end // 12 + 1)
    if len(years) <= _YEARS:
        return [f"{year:04}" for year in years]
    return sorted({month[:4] for month in dated})


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _by_year(counts: Mapping[str, Counter[str]]) -> dict[str, Counter[str]]:
    years: dict[str, Counter[str]] = {}
    for month, counter in counts.items():
        years.setdefault(month[:4], Counter()).update(counter)
    return years


def _named(name: str) -> str:
    return f"{_NAMES[int(name[5:]) - 1]} {name[:4]}" if _MONTH.fullmatch(name) else name
