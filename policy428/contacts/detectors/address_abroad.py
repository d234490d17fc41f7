"""Addresses of other lands and of the armed forces: military posts, "28245 Puruntie 82 Apt. 595", "Via Roma 12".

Three anchors: a post of the armed forces (a box, then APO, FPO or DPO and a ZIP code), a flat or suite with the line
it closes, and a cue such as "lives at" with a street name and a number, in either order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from policy428.contacts.contact import Contact
from policy428.contacts.owner import judge_owner
from policy428.contacts.scan import Scan
from policy428.contacts.words import word_list

RANK = 39

_MILITARY = re.compile(
    r"(?i)(?:\b(?:psc\s\d{1,5}\s?,?\s?box\s\d{1,5}|unit\s\d{1,6}\s?,?\s?box\s\d{1,5}|us(?:s|ns|nv|cgc|"
    r"ns)\s[\w' -]{2,30}))[\s,]{1,4}(?:apo|fpo|dpo)[\s,]{1,3}(?:aa|ae|ap)\s{1,3}\d{5}\b"
)
_UNIT = re.compile(r"(?i)\b(?:apt|suite|ste|flat|floor)\.?\s?\#?\d{1,5}[a-z]?\b")
_WORD = r"[^\W\d_][^\s\d,;:!?\"()@]{0,24}"
# A line ahead of a flat: house numbers and names, at least one of each.
_LINE = re.compile(
    rf"(?:\d{{1,6}}\s{{1,3}}){{0,2}}(?:{_WORD}\s{{1,3}}){{1,7}}(?:\d{{1,5}}\.?[a-z]?)?(?:\s{_WORD}){{0,3}}\s?$|"
    rf"\d{{1,6}}\s{{1,3}}(?:{_WORD}\s{{1,3}}){{1,7}}$"
)
_CUE = re.compile(
    r"(?:\b(?:lives?|living|lived|resides?|stay(?:s|ing)?)\s(?:at|in|on(?:\sthe\s\w+\sside\sof)?)\s|\b(?:located|"
    r"meet (?:me|you|us)|arrived|office is|restaurant is|store is|station is|shop is|drops? (?:you|me|us) off|"
    r"located)\s(?:at|on)\s|"
    r"\baddress(?:es)?(?:\sof\s[\w .&'-]{2,40}?)?(?:\slinked\sto\smy\scredit\scard)?(?:\s(?:is|are|with|to)|"
    r",\shere\sthey\sare|\?\sit\sis)?\s?:?\s{1,4}|\b(?:sent|send|send a new one|taxi|return|statement sent|"
    r"validate the following\?)\s(?:to\s)?|\bsame:\s|, and\s|"
    r"\benter on\s|\buser:\s|\bat the corner of\s|\bstreet\s(?:is|called)\s|\btitle refers to\s|\bit's in\s|"
    r"\bmeet \w+ at \w+,\s)"
)
_AFTER_CUE = re.compile(
    rf"(?P<lead>\d{{1,6}}\s{{1,2}})?(?P<body>(?:\d{{1,5}}\s)?(?:{_WORD}"
    rf"\s{{1,2}}){{1,6}}?)(?P<tail>\d{{1,5}}\.?[a-zA-Z]?)(?![\w%:/-])(?:\s(?:street|St|Street)\b\.?)?"
    rf"|(?P<lead2>\d{{1,6}})\s{{1,2}}(?P<number2>\d{{1,5}}\s)?(?P<body2>[^\W\d_a-z]{_WORD[8:]}(?:"
    rf"\s{{1,2}}{_WORD}){{0,4}})"
)
_CORNER = re.compile(
    rf"(?i)\b(?:the )?corner of (?=[^.!?\n]{{0,40}}\d)(?:\d{{1,5}}\s)?(?:{_WORD}\s){{1,5}}(?:\d{{1,5}}\.?"
    rf"\s)?(?:str\s)?and\s{_WORD}(?:\s{_WORD}){{0,3}}"
)
_ROAD_NUMBER = re.compile(r"(?i)\b(?:hwy|highway|county|cty|road \d|route)\b")
_ZIP_AHEAD = re.compile(r"[^\d:;!?@]{1,70}?\b(\d{4,5})\b(?![-.)]?\d)")
_LOWER_WORD = re.compile(r"(?<![\w'’])[a-z]{3,}")
_LOWER_OK = frozenset({"nan", "del", "della", "der", "den", "des", "the", "van", "von", "nad", "las", "los", "and"})


@cache
def _stems() -> re.Pattern[str]:
    stems = word_list("street-words-abroad")
    heads = "|".join(re.escape(stem) for stem in stems if not stem.startswith("-"))
    ends = "|".join(re.escape(stem[1:]) for stem in stems if stem.startswith("-"))
    name = r"[A-ZÀ-ÞŠŽĐČ][^\s\d,;:!?\"()@]{1,24}"
    return re.compile(
        rf"(?<![\w$/.-])(?:\d{{1,6}}\s{{1,2}})?(?:(?i:{heads})\s(?:{_WORD}\s){{1,5}}\d{{1,5}}|"
        rf"(?:{name}\s){{0,3}}[^\W\d_]{{2,24}}(?:{ends})\s\d{{1,5}}|"
        rf"\d{{1,6}}\s(?:{name}\s){{1,3}}(?i:{heads})\s\d{{1,5}})(?![\w%:/-])"
    )


@cache
def _stem_hint() -> re.Pattern[str]:
    stems = word_list("street-words-abroad")
    heads = "|".join(re.escape(stem) for stem in stems if not stem.startswith("-"))
    ends = "|".join(re.escape(stem[1:]) for stem in stems if stem.startswith("-"))
    return re.compile(rf"(?:{ends})\s\d|(?<![\w/.])(?:{heads})\s")


def worth(scan: Scan) -> bool:
    """Digits, and a word of one of the anchors."""
    return scan.digits >= 2 and (scan.mentions(*_WORDS) or _stem_hint().search(scan.low) is not None)


_WORDS = (
    *("apo ", "fpo ", "dpo ", "apt", "suite", "ste ", "flat ", "address", "lives ", "live ", "lived ", "living "),
    *("located", "meet ", "office is", "restaurant is", "station is", "corner of", "arrived at", "sent to", "send "),
    *("taxi", "drops ", "return to", "user: ", "title refers", "enter on", "it's in", "same: "),
)


def find(scan: Scan) -> Iterator[Contact]:
    """Military posts, lines with a flat, corners, then streets after a cue or with a telling word."""
    spans: list[tuple[int, int]] = []

    def new(start: int, end: int) -> bool:
        if any(start < e and s < end for s, e in spans):
            return False
        spans.append((start, end))
        return True

    for found in _MILITARY.finditer(scan.text):
        if new(found.start(), found.end()):
            yield _contact(scan, found.start(), found.end(), "a post of the armed forces")
    for unit in _UNIT.finditer(scan.text):
        start = _line_before(scan, unit.start())
        if start is not None and new(start, unit.end()):
            yield _contact(scan, start, _zip_end(scan, unit.end()), "a house line and a flat")
    for found in _CORNER.finditer(scan.text) if "corner of" in scan.low else ():
        if not _ROAD_NUMBER.search(found.group()) and new(found.start(), found.end()):
            yield _contact(scan, found.start(), found.end(), "a corner of two streets")
    for found in _stems().finditer(scan.text) if _stem_hint().search(scan.low) else ():
        if new(found.start(), found.end()):
            yield _contact(scan, found.start(), found.end(), "a word for a street in another language and a number")
    for cue in _CUE.finditer(scan.low):
        after = _AFTER_CUE.match(scan.text, cue.end())
        if after is not None and _street_like(after) and new(after.start(), after.end()):
            yield _contact(scan, after.start(), after.end(), "a name and a number after a word for being there")


def _line_before(scan: Scan, unit: int) -> int | None:
    """Where the house line that a flat at `unit` closes begins, on the same line or the one before."""
    head = scan.text[max(0, unit - 90) : unit]
    stripped = head.rstrip(" \t\n,>?")
    line = re.split(r"[\n:;!?>]|\.\s{2}", stripped)[-1]
    found = _LINE.search(line + " " if line else line)
    if found is None or not re.search(r"\d", found.group()):
        # Norwegian forms put the flat first: "Suite 541 6343 Skogstien 106".
        ahead = re.match(rf"[^\n]{{4,14}}\d{{1,6}}\s(?:{_WORD}\s){{1,4}}\d{{1,5}}", scan.text[unit : unit + 80])
        return unit if ahead else None
    number = re.search(r"\d", found.group())
    first = min(number.start(), _capital(found.group())) if number else 0
    return max(0, unit - 90) + len(stripped) - len(line) + found.start() + first


def _capital(text: str) -> int:
    """Where the run of capitalised words that ends at the first number begins."""
    for found in re.finditer(r"(?:[^\W\d_a-z][^\s\d]*\s|(?:de|da|do|of|der|la|du|nad)\s){1,6}(?=\d)", text):
        return found.start()
    return len(text)


def _zip_end(scan: Scan, end: int) -> int:
    """The end of town, land and postal code after an address line, or `end`."""
    found = _ZIP_AHEAD.match(scan.text, end)
    if found is None or found.group().count("\n") > 4:
        return end
    between = [word for word in _LOWER_WORD.findall(found.group()) if word not in _LOWER_OK]
    return end if between or re.search(r"[.?]\s", found.group()) else found.end()


def _street_like(found: re.Match[str]) -> bool:
    if found.group("body2"):
        return len(found.group("lead2")) >= 2 and not re.match(
            r"(?:[A-Z][a-z]+day|January|February|March|April|May|June|July|August|Sept|Oct|Nov|Dec)",
            found.group("body2"),
        )
    body = found.group("body").split()
    capital = [word for word in body if word[0].isupper() or not word[0].isascii()]
    small = [word for word in body if word[0].islower() and len(word) > 3]
    if re.search(
        r"(?i)\b(?:room|rm|grade|bus|page|gate|door|lake|hwy|highway|route|exit|section|unit|\w+day|january|"
        r"february|march|april|may|june|july|august|september|october|november|december|at|on|in|for|with|since|by|"
        r"over|about|from|to)\s*$",
        found.group("body"),
    ):
        return False
    return (
        bool(capital)
        and len(small) <= 1
        and (found.group("lead") is not None or len(found.group("tail").rstrip(".")) >= 2 or len(capital) >= 2)
    )


def _contact(scan: Scan, start: int, end: int, why: str) -> Contact:
    owner, reason = judge_owner(scan, start, end)
    return scan.contact(
        "address",
        start,
        end,
        " ".join(scan.low[start:end].split()),
        owner=owner,
        evidence=tuple(filter(None, (why, reason))),
        detail="home" if owner in ("author", "other") else "",
    )
