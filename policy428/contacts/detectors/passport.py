"""Passport numbers beside a cue: up to three letters and seven to nine digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy428.contacts.contact import Contact
from policy428.contacts.owner import judge_owner
from policy428.contacts.scan import Scan

RANK = 76

_CUE = re.compile(
    r"\b(?:passport|pasaporte|green card|alien|a-?number|visa no|"
    r"i-94)\b[^.!?\n]{0,30}?(?<![\w-])([a-z]{0,3}-?\d{7,9})(?![\w-])"
)


def worth(scan: Scan) -> bool:
    """Digits and the word."""
    low = scan.low
    return scan.has_digit and (
        "passport" in low
        or "pasaporte" in low
        or "green card" in low
        or "alien" in low
        or "number" in low
        or "i-94" in low
    )


def find(scan: Scan) -> Iterator[Contact]:
    """Numbers of a passport's length right after the word."""
    for found in _CUE.finditer(scan.low):
        owner, why = judge_owner(scan, found.start(1), found.end(1))
        evidence = tuple(filter(None, ("a number beside a word for a passport", why)))
        yield scan.contact(
            "passport",
            found.start(1),
            found.end(1),
            found.group(1).upper().replace("-", ""),
            owner=owner,
            evidence=evidence,
        )
