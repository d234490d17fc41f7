"""Birth dates: a date with its year beside a word for birth, birthday or turning an age.

A birthday greeting without a year tells no date of birth. A birth announcement (weight and length beside the date)
and the life dates of people long dead are let be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy428.contacts.contact import Contact, Owner
from policy428.contacts.dates import Dated, dates_with_year
from policy428.contacts.owner import judge_owner
from policy428.contacts.scan import Scan

RANK = 60

_CUE = re.compile(
    r"\b(?:d\.?o\.?b\.?|born(?: on)?|birth ?dates?|birth ?days?|b-?days?|date of birth|hbd|cumplea[nñ]os|naci[oó]|"
    r"fecha de nacimiento|"
    r"turn(?:s|ed|ing)? (?:\d{1,3}|[a-z]{1,12}(?:-[a-z]{1,8})?)|happy (?:big )?\d{1,3}(?:st|nd|rd|th)|(?:\d{1,2}|"
    r"[a-z]+)(?:st|nd|rd|th) birthday)\b"
)
_ID_CARD = re.compile(
    r"\b(?:licen[cs]e|id|permit|passport)\b[^.!?\n]{0,40}\b(?:says|reads|said|shows|has|with|dated)\b|🎂|🥳"
)
_LABEL = re.compile(r"\b(?:d\.?o\.?b\.?|date of birth|birth ?dates?|born(?: on)?)\W{0,4}$")
_ANNOUNCED = re.compile(r"\b\d{1,2} ?(?:lbs?|pounds?)\b|\b(?:inches long|newborn|welcomed|baby (?:girl|boy))\b")
_OBITUARY = re.compile(
    r"\b(?:passed away|died|obituary|survived by|interment|funeral|visitation|preceded in death|in memoriam|"
    r"rest in peace)\b"
)
_FAMOUS = re.compile(r"\b(?:president|composer|poet|inventor|author of|battle|treaty|war)\b")
_NOT_BIRTH = re.compile(
    r"\b(?:est(?:ablished)?|founded|since|updated|adopted|reviewed|due|rsvp|expires|exp|party|celebrat\w+|"
    r"on file)\b[^.!?\n]{0,14}$"
)


_WORDS = (
    "dob",
    "d.o.b",
    "born",
    "birth",
    "bday",
    "b-day",
    "hbd",
    "turn",
    "happy",
    "cumple",
    "naci",
    "licen",
    "id",
    "permit",
    "passport",
    "🎂",
    "🥳",
)


def worth(scan: Scan) -> bool:
    """Digits, and a word or sign for birth."""
    return (
        scan.digits >= 3
        and scan.mentions(*_WORDS)
        and (_CUE.search(scan.low) is not None or _ID_CARD.search(scan.low) is not None)
    )


def find(scan: Scan) -> Iterator[Contact]:
    """Dates with a year near a cue: in the same sentence, in a list it heads, or right before it."""
    if _OBITUARY.search(scan.low):
        return
    famous = _FAMOUS.search(scan.low) is not None
    for dated in dates_with_year(scan.low):
        if dated.year < 1915 or (dated.year < 1935 and famous):
            continue
        cue = _near(scan, dated)
        if cue is None or _NOT_BIRTH.search(scan.before(dated.start, 30)):
            continue
        sentence = scan.sentence(dated.start, dated.end, 160)
        around = scan.low[sentence.start : sentence.end]
        if _ANNOUNCED.search(around):
            continue
        owner, why = _owner(scan, dated)
        evidence = tuple(filter(None, (f"a date with its year beside “{cue}”", why)))
        yield scan.contact("birth-date", dated.start, dated.end, dated.iso, owner=owner, evidence=evidence)


def _near(scan: Scan, dated: Dated) -> str | None:
    """The cue nearest to a date, or None when none is near enough."""
    # A heading such as "Birthdays this week" governs the list after it, hence the long way back.
    reach = 200 if scan.text.count("/", dated.start, dated.end) >= 2 or dated.end - dated.start <= 10 else 90
    best: tuple[int, str] | None = None
    window = (max(0, dated.start - reach - 60), dated.end + 100)
    for found in (cue for pattern in (_CUE, _ID_CARD) for cue in pattern.finditer(scan.low, *window)):
        start, end, word = found.start(), found.end(), found.group()
        gap = dated.start - end if end <= dated.start else start - dated.end
        limit = reach if end <= dated.start else 40
        if word.startswith("born") and gap > 30:
            continue
        if 0 <= gap <= limit and (best is None or gap < best[0]):
            best = (gap, word)
    return best[1] if best else None


def _owner(scan: Scan, dated: Dated) -> tuple[Owner, str]:
    before = scan.before(dated.start, 60)
    if re.search(
        r"\b(?:i was|i'm|my|i) (?:own )?(?:born|birthday|dob|birth ?date|b-?day|date of birth|turn(?:ed|"
        r"s)?)\b[^.!?]{0,20}$",
        before,
    ):
        return "author", "the author's own"
    owner, why = judge_owner(scan, dated.start, dated.end)
    return ("other" if owner == "published" else owner), why
