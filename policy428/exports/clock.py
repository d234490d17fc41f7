"""Times as people and spreadsheets write them, `3/4/26 5:05 pm`, as ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
_DAY_NAMED = re.compile(r"(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})(?!\d)")
_MONTH_NAMED = re.compile(r"(?:[A-Za-z]{3,9},\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_TIME = re.compile(
    r"(?:T|,|\s+at\s|\s)?\s*(\d{1,2})[:.h-](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?\s*([ap])?\.?(?:m\b\.?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?\s*",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST = 64


def wall_time(value: str, *, day_first: bool = False) -> str | None:
    """`value` as ISO 8601, with its offset only where it says one; None where it cannot be read as a time.

    Args:
        value: year first, or day and month first; the month as a number or by its English name; with or without a time
            of day; or seconds or milliseconds since 1970.
        day_first: of two numbers that could both be the month, the first is the day.
    """
    text = value.strip()
    if not text or len(text) > _LONGEST:
        return None
    try:
        if text.isdigit():
            return _counted(int(text))
        return _read(text, day_first)
    except (ValueError, OverflowError, OSError):
        return None


def day_comes_first(values: Iterable[str]) -> bool:
    """Whether `values`, of one column, have the day before the month; where nothing tells, the month comes first."""
    for value in values:
        found = _YEAR_LAST.match(value.strip())
        if found is not None:
            first, second = int(found[1]), int(found[2])
            if first > 12 >= second:
                return True
            if second > 12 >= first:
                return False
    return False


def _counted(number: int) -> str | None:
    if 10**8 <= number < 10**11:
        return datetime.fromtimestamp(number, UTC).isoformat()
    if 10**11 <= number < 10**14:
        return datetime.fromtimestamp(number // 1000, UTC).isoformat()
    return None


def _read(text: str, day_first: bool) -> str | None:
    if found := _YEAR_FIRST.match(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _YEAR_LAST.match(text):
        first, second, year = (int(part) for part in found.groups())
        day, month = (first, second) if (day_first and second <= 12) or first > 12 else (second, first)
    elif found := _DAY_NAMED.match(text):
        day, month, year = int(found[1]), _month(found[2]), int(found[3])
    elif found := _MONTH_NAMED.match(text):
        day, month, year = int(found[2]), _month(found[1]), int(found[3])
    else:
        return None
    if year < 100:
        year += 2000 if year < 70 else 1900
    rest = text[found.end() :]
    if not rest.strip():
        return datetime(year, month, day).date().isoformat()
    clock = _TIME.fullmatch(rest)
    if clock is None:
        return None
    hour = int(clock[1])
    if clock[4]:
        hour = hour % 12 + (12 if clock[4].lower() == "p" else 0)
    zone = _zone(clock[5]) if clock[5] else None
    return datetime(year, month, day, hour, int(clock[2]), int(clock[3] or 0), tzinfo=zone).isoformat()


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _zone(name: str) -> timezone:
    if name[0] not in "+-":
        return UTC
    minutes = int(name[1:3]) * 60 + int(name[-2:])
    return timezone(timedelta(minutes=minutes if name[0] == "+" else -minutes))
