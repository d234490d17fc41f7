"""Social security numbers, whole or the last four beside a cue.

Area 000, 666 and 900-999, group 00 and serial 0000 are never issued (Social Security Administration).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy428.contacts.contact import Contact
from policy428.contacts.owner import judge_owner
from policy428.contacts.scan import Scan

RANK = 80

_FULL = re.compile(r"(?<![\w.$#/-])(?<!\d )(\d{3})(?P<sep>[- .–]?)(\d{2})(?P=sep)(\d{4})(?![\w/])(?!-\d)(?!\.\d)")
_CUE = re.compile(
    r"\b(?:ssn|ss ?#|ss no|soc(?:ial)?s?(?: sec(?:urity)?)?|social security)\b|\bw-?[24]s?\b|\b1099\b|"
    r"\bseguro social\b"
)
# The papers of wages carry the number, but their name alone does not make any nine digits one.
_STRONG = re.compile(r"\b(?:ssn|soc(?:ial)?|seguro social)\b|\bss ?#")
_LAST_FOUR = re.compile(r"\b(?:last (?:four|4)(?: digits)?|ends? in|ending(?: in)?)[^\d.!?\n]{0,24}(\d{4})\b(?![\d-])")
_NOT = re.compile(
    r"\b(?:serial|model|plate|part|item|sku|tracking|order|invoice|case|lot|ein|tax id|permit)\b[^.!?\n]{0,24}$"
)
_ADVERTISED = ("078051120", "219099999")


def worth(scan: Scan) -> bool:
    """Nine digits, or four and a word for it, or a number in words."""
    return scan.digits >= 9 or (scan.digits >= 4 and scan.mentions("last", "end")) or bool(scan.spoken)


def issued(digits: str) -> bool:
    """Whether nine digits can be a social security number."""
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    return (
        area not in ("000", "666")
        and area[0] != "9"
        and group != "00"
        and serial != "0000"
        and digits not in _ADVERTISED
    )


def find(scan: Scan) -> Iterator[Contact]:
    """Whole numbers, spelled-out ones, then last fours."""
    for found in _FULL.finditer(scan.text):
        digits = "".join(found.group(1, 3, 4))
        before = scan.before(found.start(), 70)
        cue = _STRONG.search(before) or _STRONG.search(scan.after(found.end(), 30))
        if not issued(digits) or (_NOT.search(before) and not _STRONG.search(before[-24:])):
            continue
        if (found.group("sep") in "-–" and found.group("sep")) or cue:
            yield _contact(
                scan, found.start(), found.end(), digits, "nine digits in the form of a social security number", "full"
            )
    for number in scan.spoken:
        cue = _STRONG.search(scan.before(number.start, 70)) or _STRONG.search(scan.after(number.end, 40))
        if len(number.digits) == 9 and cue and issued(number.digits):
            yield _contact(scan, number.start, number.end, number.digits, "nine digits in words", "full")
    if _CUE.search(scan.low):
        for found in _LAST_FOUR.finditer(scan.low):
            near = scan.before(found.start(), 120) + scan.after(found.start(), 50)
            if _CUE.search(near) and not re.search(r"\b(?:card|visa|mastercard|phone|account)\b", near[-90:]):
                yield _contact(
                    scan, found.start(1), found.end(1), found.group(1), "last four beside a word for it", "last-four"
                )


def _contact(scan: Scan, start: int, end: int, digits: str, why: str, detail: str) -> Contact:
    owner, reason = judge_owner(scan, start, end)
    return scan.contact(
        "ssn",
        start,
        end,
        digits,
        owner="unknown" if owner == "published" else owner,
        evidence=tuple(filter(None, (why, reason))),
        detail=detail,
    )
