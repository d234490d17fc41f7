"""Driver's licence numbers: the letter and twelve digits of Minnesota and its like, others beside a cue.

Formats by state: the public lists that motor-vehicle departments and the AAMVA keep (7 to 13 letters and digits).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy428.contacts.contact import Contact
from policy428.contacts.owner import judge_owner
from policy428.contacts.scan import Scan

RANK = 75

_CUE = re.compile(
    r"\b(?:driver'?s?'?|drivers|driving|operator'?s) (?:licen[cs]e|lic)\b|\b(?:mn|minn|minnesota|wi|wisconsin|iowa|"
    r"ia|sd|nd) (?:licen[cs]e|dl)\b|"
    r"\bd\.?l\.?(?: ?(?:#|no\.?|number|num))|\blicen[cs]e (?:#|no\.?|number|num|says)|\blicencia de (?:conducir|"
    r"manejar)\b"
)
# Minnesota, Florida, Michigan, Maryland, Illinois: the letter that the surname starts with, then 11 to 14 digits.
_LETTERED = re.compile(r"(?<![\w-])[A-Z][- ]?\d{3}[- ]?\d{3}[- ]?\d{3}[- ]?\d{2,5}(?:-\d)?(?![\w-])")
_ANY = re.compile(r"(?<![\w$/-])(?:[A-Z]{1,3}[- ]?)?\d{1,4}(?:[- ]?\d{2,4}){1,4}[A-Z]{0,2}(?![\w/])")
_NOT = re.compile(
    r"\b(?:fishing|hunting|teaching|teacher|software|site|liquor|marriage|business|plate|plates|expires?|exp|"
    r"rn)\b[^.!?\n]{0,20}$"
)


def worth(scan: Scan) -> bool:
    """Digits and a word for a licence."""
    return scan.has_digit and _CUE.search(scan.low) is not None


def find(scan: Scan) -> Iterator[Contact]:
    """Numbers that follow a cue closely, the lettered form first."""
    for cue in _CUE.finditer(scan.low):
        if _NOT.search(scan.before(cue.start(), 30)):
            continue
        end = min(len(scan.text), cue.end() + 50)
        stop = re.search(r"[!?\n]|\.\s", scan.text[cue.end() : end])
        end = cue.end() + stop.start() if stop else end
        found = _LETTERED.search(scan.text, cue.start(), end)
        if found is None:
            numbers = (
                m for m in _ANY.finditer(scan.text, cue.end(), end) if 6 <= sum(c.isalnum() for c in m.group()) <= 14
            )
            found = next(numbers, None)
        if found is None or re.fullmatch(r"\d{1,2}[- ]\d{1,2}[- ]\d{2,4}", found.group()):
            continue
        owner, why = judge_owner(scan, found.start(), found.end())
        evidence = tuple(filter(None, (f"a number beside “{cue.group()}”", why)))
        value = re.sub(r"[ -]", "", found.group())
        yield scan.contact("drivers-license", found.start(), found.end(), value, owner=owner, evidence=evidence)
