"""Dates with a year, in the ways Americans write them, as ISO dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_ENGLISH = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SPANISH = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
_MONTHS = (*_ENGLISH, *_SPANISH)
# Whole names, and the first three letters (four of "Sept") with or without a full stop.
_MONTH = "(?:" + "|".join([*_MONTHS, *(rf"{name[:3]}\.?" for name in _ENGLISH), r"sept\.?"]) + r")(?![a-z])"
_NUMERIC = re.compile(r"(?<![\w/.$-])(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\w/]|[-.]\d)")
_ISO = re.compile(r"(?<![\w/.-])(\d{4})-(\d{2})-(\d{2})(?![\w-])")
_WORDS = re.compile(
    rf"\b({_MONTH})\s{{1,2}}(\d{{1,2}})(?:st|nd|rd|th)?(?:\s?,\s?|\s{{1,2}}|\s?of\s)((?:19|20)\d{{2}})\b"
)
_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s{{1,2}}(?:of\s|de\s)?({_MONTH})\s?,?\s{{0,2}}(?:de\s|del\s)?((?:19|20)\d{{2}})\b"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and its place; `year` is the calendar year meant."""

    iso: str
    year: int
    start: int
    end: int


def dates_with_year(low: str, start: int = 0, end: int | None = None) -> Iterator[Dated]:
    """Dates that name their year, between `start` and `end` of lower-cased text; impossible ones are left out."""
    end = len(low) if end is None else end
    for found in _NUMERIC.finditer(low, start, end):
        yield from _made(found, found.group(4), int(found.group(1)), int(found.group(3)))
    for found in _ISO.finditer(low, start, end):
        yield from _made(found, found.group(1), int(found.group(2)), int(found.group(3)))
    for found in _WORDS.finditer(low, start, end):
        yield from _made(found, found.group(3), _month(found.group(1)), int(found.group(2)))
    for found in _DAY_FIRST.finditer(low, start, end):
        yield from _made(found, found.group(3), _month(found.group(2)), int(found.group(1)))


def _month(word: str) -> int:
    return next(n % 12 + 1 for n, name in enumerate(_MONTHS) if name.startswith(word[:3]))


def _made(found: re.Match[str], year: str, month: int, day: int) -> Iterator[Dated]:
    full = int(year)
    if len(year) == 2:
        full += 2000 if full <= date.today().year % 100 else 1900
    if month > 12 >= day:
        month, day = day, month
    try:
        made = date(full, month, day)
    except ValueError:
        return
    yield Dated(made.isoformat(), full, found.start(), found.end())
