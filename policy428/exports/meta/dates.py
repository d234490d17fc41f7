"""Dates in the words of an account's language, as the pages of an export print them: local time, no zone."""

from __future__ import annotations

import re
from datetime import date, datetime

_MONTHS = (
    "jan ene gen janv sty oca янв",
    "feb fév fev febr févr lut şub фев",
    "mar mär mars mrt märz mac maa мар",
    "apr abr avr avril kwi nis апр",
    "may mai mag mei maj maio май мая",
    "jun juin giu cze haz июн",
    "jul juil lug lip tem июл",
    "aug ago août ago sie ağu авг",
    "sep set sept wrz eyl сен",
    "oct okt ott out paź eki окт",
    "nov lis kas ноя",
    "dec dez dic déc des gru ara дек",
)
"""The beginnings of the names of the months: English, Spanish, French, German, Portuguese, Italian, Dutch, Danish,
Norwegian, Swedish, Polish, Turkish, Russian."""

_BEGINNINGS = {start: number for number, names in enumerate(_MONTHS, 1) for start in names.split()}
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_ASIAN = re.compile(r"(\d{1,2})\s{0,2}[月월]")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2((?:19|20)?\d{2})(?!\d)")
_WORD = re.compile(r"[^\W\d_]{3,12}")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_AFTER = re.compile(r"p\.?\s?m\b|午後|下午|오후", re.IGNORECASE)
_BEFORE = re.compile(r"a\.?\s?m\b|午前|上午|오전", re.IGNORECASE)
_LONGEST = 80


def spoken(text: str | None, *, month_first: bool = False) -> str | None:
    """`text` as ISO 8601 without a zone; None where it cannot be read with certainty.

    Args:
        text: such as `May 02, 2011 8:12:17 am`, `2 de mayo de 2011`, `7月 01, 2026 6:25:04 PM`, `05/13/2024 9:00`.
        month_first: how numbers alone are read that could be either, `05/06/2024`.
    """
    if not text or len(text) > _LONGEST:
        return None
    found = _TIME.search(text)
    hour, minute, second = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    rest = text[: found.start()] + " " + text[found.end() :] if found else text
    if _AFTER.search(rest):
        hour = hour % 12 + 12
    elif _BEFORE.search(rest):
        hour %= 12
    day = _numbers(rest, month_first) or _named(rest)
    if day is None:
        return None
    try:
        return datetime(*day, hour, minute, second).isoformat() if found else date(*day).isoformat()
    except ValueError:
        return None


def _numbers(text: str, month_first: bool) -> tuple[int, int, int] | None:
    found = _NUMBERS.search(text)
    if found is None:
        return None
    one, sign, two, year = int(found[1]), found[2], int(found[3]), int(found[4])
    year += 2000 if year < 100 else 0
    if one > 12 or two > 12:
        return (year, one, two) if two > 12 else (year, two, one)
    return (year, one, two) if month_first and sign == "/" else (year, two, one)


def _named(text: str) -> tuple[int, int, int] | None:
    year = _YEAR.search(text)
    if year is None:
        return None
    rest = text[: year.start()] + " " + text[year.end() :]
    asian = _ASIAN.search(rest)
    if asian:
        month = int(asian[1])
        rest = rest[: asian.start()] + " " + rest[asian.end() :]
    else:
        months = {number for word in _WORD.findall(rest.casefold()) if (number := _month(word))}
        if len(months) != 1:
            return None
        month = months.pop()
    day = _DAY.search(rest)
    return (int(year[1]), month, int(day[1])) if day else None


def _month(word: str) -> int | None:
    return next((_BEGINNINGS[word[:size]] for size in (5, 4, 3) if word[:size] in _BEGINNINGS), None)
