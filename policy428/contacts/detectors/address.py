"""Addresses in the United States: house number and street, county roads, rural grid numbers, post-office boxes.

A number and a name are a street address when a street suffix follows, or when a cue ("lives at", "his address"), a
unit or a town does. A street alone counts only beside words for somebody's house.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from policy428.contacts.contact import Contact, Owner
from policy428.contacts.owner import judge_owner
from policy428.contacts.published import address_key
from policy428.contacts.scan import Scan
from policy428.contacts.words import either, word_list, word_set

RANK = 40

_NUMBER = r"(?<![\w$#./:-])(?:\d{1,5}(?:-\d{1,4})?[A-Da-d]?|[NSEW]\d{2,5}(?:[NSEW]\d{2,5})?)"
_DIRECTION = r"(?:(?:[NSEW]|N\.?[EW]|S\.?[EW]|North|South|East|West|Northeast|Northwest|Southeast|Southwest)\.?)"
_NAME = r"(?:[A-Z][\w'’-]{0,20}\.?|\d{1,3}(?:st|nd|rd|th|ST|ND|RD|TH))"
_LOW_NAME = r"(?:[a-z][a-z'-]{1,20}|\d{1,3}(?:st|nd|rd|th))"
_UNIT = (
    r"(?:[ ,]{1,3}(?:[Aa]pt|[Aa]partment|[Uu]nit|[Ss]uite|[Ss]te|[Ll]ot|[Tt]rlr|[Rr]m|[Uu]pper|"
    r"[Ll]ower)\.?\s{0,2}\#?\s?\w{0,5}\b|[ ,]{1,2}\#\s?\w{1,5}\b)?"
)
_ROAD = re.compile(
    rf"({_NUMBER})\s{{1,2}}{_DIRECTION}?\s?(?i:(?:county|cty|co\.?|state|us|u\.s\.|twp|township|"
    rf"trunk)\s{{1,2}}(?:road|rd|hwy|highway|route|rte|trunk)|c\.?r\.?|csah|hwy|highway|rural route|rr)"
    rf"\.?\s{{0,2}}(?:no\.\s?)?\d{{1,4}}[A-Z]?(?:\s{{1,2}}{_DIRECTION})?\b{_UNIT}"
)
_BOX = re.compile(
    r"(?i)\bp\.?\s?o\.?\s{0,2}(?:box|bx)\s{0,2}\#?\d{1,6}\b|\bbox\s\d{1,5}\s?,\s?(?:rr|rural route)\s?\d{1,3}\b|"
    r"\brr\s?\d{1,2}\s?,?\s?box\s\d{1,5}\b"
)
_TAIL = re.compile(
    r"(?:\s?,\s?|\s{1,3}(?:in\s)?)(?P<town>[A-Z][a-z]+(?:[ .][A-Z][a-z]+){0,2})(?:(?:\s?,\s?|"
    r"\s{1,3})(?P<state>[A-Z]{2}\b|Minn\.|[A-Z][a-z]+\b))?(?:,?\s{1,3}(?P<zip>\d{5}(?:-\d{4})?)\b)?"
)
_HOME = re.compile(
    r"\b(?:live|lives|lived|living|lvs|resides?|stays?|staying|moved (?:in)?to|moving to|home|house|place|"
    r"home address|address|addy|door(?:step|bell)?|"
    r"porch|driveway|apartment|upstairs|basement|duplex|trailer|knock|mail(?:box)?|cards? (?:can go|go)? ?to|"
    r"send (?:it|them|cards?|mail)|"
    r"drop (?:it |them |food )?(?:off )?(?:at|by)|stop by|swing by|vive en|su casa|mi casa|domicilio|direcci[oó]n)\b"
)
_PLACE = re.compile(
    r"\b(?:church|hall|library|park|cafe|café|restaurant|store|shop|bank|legion|vfw|school|office|clinic|hospital|"
    r"arena|field|fairgrounds|museum|"
    r"theater|theatre|salon|studio|center|centre|garage sale|yard sale|rummage|estate sale|open house|auction|"
    r"located at|headquarters|inc|llc)\b"
)
# "12 points Friday", "May 4 Lake Street": what a number before a name usually is.
_BEFORE_NOT = re.compile(
    r"(?:\b(?:room|rm|bus|page|pages|pg|grade|chapter|ch|verse|section|route|hwy|highway|isd|district|version|win|"
    r"lose|final|no|nos|lot|jersey|mile|exit|gate|door|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|"
    r"aug|sept?|oct|nov|dec|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|seats?|week|day|unit|lesson|period|hour|top|"
    r"class of)\.?|[#$])\s{0,2}$"
)
_LOW_STOP = re.compile(
    r"\b(?:of|the|on|a|an|in|to|for|from|at|and|or|is|are|was|were|miles?|min(?:ute)?s?|hours?|hrs?|days?|more|"
    r"points?|pts|year|years|old|feet|ft|kids|people|am|pm|by|his|her|my|our|your|per|off|down|this|that|until|til|"
    r"till|with)\b"
)
_LESS_WEAK = ("st", "street", "dr", "drive", "ct", "court", "trail", "tr", "circle", "place", "loop")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WEEK_OR_MONTH = re.compile(
    r"(?i)^(?:mon|tues?|wednes|thurs|fri|satur|sun)day$|^(?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december)$"
)
_STREET_ONLY = re.compile(
    r"\b(?P<cue>(?:(?<!open )(?<!full )(?<!school )house|home|siding|rental|duplex|trailer|apartment|farmhouse|"
    r"place|lives?|living|staying|(?:he|she|they)(?:'s|'re)|mom's|dad's|grandma's)\b[^.!?\n]{0,30}?\b(?:on|"
    r"off)\s{1,2})"
)


@cache
def _street() -> re.Pattern[str]:
    strong = either(w for w in word_list("street-suffixes"))
    low = either(w for w in word_list("street-suffixes") if w not in word_set("street-suffixes-weak"))
    return re.compile(
        rf"(?:(?<![\w$#./:-])\d{{3,6}}\s{{1,2}})?(?P<number>{_NUMBER})(?:\s1/2)?\s{{1,2}}(?:{_DIRECTION}\s{{1,2}})?"
        rf"(?:(?P<name>{_NAME}(?:\s{{1,2}}{_NAME}){{0,3}}?)\s{{1,2}}(?P<suffix>(?i:{strong}))\b(?!\.?"
        rf"\s{{1,2}}(?i:{strong})\b)"
        rf"|(?P<lowname>{_LOW_NAME}(?:\s{{1,2}}{_LOW_NAME}){{0,2}}?)\s{{1,2}}(?P<lowsuffix>{low}|st|street|dr|drive|"
        rf"ct|court|trail|circle)\b)\.?"
        rf"(?:\s{{1,2}}(?:{_DIRECTION}|(?:ne|nw|se|sw|n|s|e|w)\b\.?))?(?![\w'-]){_UNIT}"
    )


_HOUSE = re.compile(r"(?<![\w$#./:-])[NSEWnsew]?\d{1,6}(?:-\d{1,4})?[A-Da-d]?(?:[NSEW]\d{2,5})?(?=\s{1,2}[\w1])")
_BARE = re.compile(
    rf"(?P<number>(?<![\w$#./:-])\d{{2,5}})\s{{1,2}}(?P<dir>{_DIRECTION}\s{{1,2}})?(?P<name>{_NAME})(?:"
    rf"\s(?P<dir2>[NSEW][EW]?)\b)?(?![\w'-])(?!\s[A-Z][a-z]+\s)"
)


def worth(scan: Scan) -> bool:
    """Digits (a street alone needs an ordinal or a suffix, checked later)."""
    return scan.has_digit or (scan.mentions(" on ", " off ") and _STREET_ONLY.search(scan.low) is not None)


def find(scan: Scan) -> Iterator[Contact]:
    """Streets with a suffix, roads, boxes; then bare names beside a cue; then a street alone."""
    found_any = False
    if scan.has_digit:
        for found in _numbered(scan):
            if found.re is _ROAD:
                if _BEFORE_NOT.search(scan.before(found.start(), 24)):
                    continue
            elif not _plausible(scan, found):
                continue
            found_any = True
            yield _contact(scan, found.start(), found.end(), "a house number and a street")
        for found in _BOX.finditer(scan.text) if "box" in scan.low or "bx" in scan.low else ():
            yield _contact(scan, found.start(), found.end(), "a post-office box", detail="box")
        for found in _BARE.finditer(scan.text):
            why = _bare_reason(scan, found, found_any)
            if why:
                yield _contact(scan, found.start(), found.end(), why)
    yield from _streets_alone(scan)


def _numbered(scan: Scan) -> Iterator[re.Match[str]]:
    """Streets and numbered roads at each number that a name can follow."""
    place = 0
    for number in _HOUSE.finditer(scan.text):
        if number.start() < place:
            continue
        found = _ROAD.match(scan.text, number.start()) or _street().match(scan.text, number.start())
        if found is not None:
            place = found.end()
            yield found


def _plausible(scan: Scan, found: re.Match[str]) -> bool:
    before = scan.before(found.start(), 24)
    name, suffix = found.group("name"), found.group("suffix")
    number = found.group("number")
    cue = _HOME.search(scan.before(found.start(), 60)) is not None
    if _BEFORE_NOT.search(before) or (_YEAR.fullmatch(number) and re.search(r"\b(?:in|since|of|from)\s$", before)):
        return False
    if found.group("lowname"):
        sure = (
            cue
            or found.group("lowsuffix").lower() not in _LESS_WEAK
            or found.group("lowsuffix").lower() in ("st", "street")
        )
        return (
            sure and not _LOW_STOP.search(found.group("lowname")) and len(number) >= 2 and not _YEAR.fullmatch(number)
        )
    if _LOW_STOP.search(name.lower()):
        return False
    words = name.split()
    if any(_WEEK_OR_MONTH.match(word) for word in words) or (len(number) == 1 and not number.isdigit()):
        return False
    weak = suffix.lower() in word_set("street-suffixes-weak")
    if weak and not suffix[0].isupper() and not (suffix.lower() in _LESS_WEAK and len(number) >= 2):
        return False
    # "3 Cheers Dr. Seuss" and "at 6 Bethany St. Paul's": a title or a saint, not a suffix.
    after = scan.text[found.end() : found.end() + 24]
    if (
        suffix.lower() in ("dr", "st")
        and found.group().rstrip().endswith(".")
        and re.match(r"\s[A-Z][a-z]+(?:'s|\s[A-Z][a-z]+'s|\s(?:said|is|was|will)\b)", after)
    ):
        return False
    # "20 Points Way", "3 Bridges Park": short numbers go with sure suffixes.
    return not weak or suffix.lower() in _LESS_WEAK or len(number) >= 3


def _bare_reason(scan: Scan, found: re.Match[str], found_any: bool) -> str:
    """Why a number and a capitalised name without suffix are an address; empty when they are not."""
    before = scan.before(found.start(), 60)
    if _BEFORE_NOT.search(before) or _WEEK_OR_MONTH.match(found.group("name").rstrip(".")):
        return ""
    after = scan.text[found.end() : found.end() + 40]
    # Two numbers around the name: the other reader's forms of addresses.
    if re.match(r"\s\d{1,5}\b", after):
        return ""
    town = re.match(r"\s?(?:,|in)\s?([A-Z][a-z]+(?: [A-Z][a-z]+)?)", after)
    if town and town.group(1).lower() in scan.published.towns and (found.group("dir") or re.match(r"\s?,", after)):
        return "a number and a name before a town"
    if re.search(
        r"\b(?:lives?|living|staying|stays?|resides?|address(?: is)?|vive en)\b[^.!?\n]{0,16}(?:at|in|on|is|:)\s?$|"
        r"\b(?:address|addy|domicilio|direcci[oó]n)\s?:?\s?$",
        before,
    ):
        return "a number and a name after a word for living there"
    ordinal = found.group("name")[0].isdigit()
    if ordinal and re.match(r"\s?,", after) and _HOME.search(before + after.lower()):
        return "a number and an ordinal street beside a word for a house"
    if found_any and re.match(r"\s?(?:,|\(|$|\n|\.)", after) and re.search(r"(?:[.,;:\n]\s?)$", before[-2:]):
        return "a number and a name in a list of addresses"
    if re.search(r"[A-Z][a-z]+,\s?$", scan.text[max(0, found.start() - 24) : found.start()]) and re.match(
        r"\s?,\s?\(?\d{3}\)?[-. ]\d{3}", after
    ):
        return "a number and a name between a person and a telephone number"
    return ""


def _streets_alone(scan: Scan) -> Iterator[Contact]:
    if not scan.mentions(" on ", " off "):
        return
    for cue in _STREET_ONLY.finditer(scan.low):
        street = re.compile(
            rf"(?:{_DIRECTION}\s)?(?:{_NAME}(?:\s{_NAME}){{0,2}}?"
            rf"\s(?i:{either(w for w in word_list('street-suffixes') if len(w) > 1)})\b|\d{{1,3}}(?:st|nd|rd|"
            rf"th)\b(?!\s(?:grade|hour|of|floor|period|and|street)))"
        ).match(scan.text, cue.end())
        if street is None:
            continue
        yield scan.contact(
            "address",
            street.start(),
            street.end(),
            street.group().lower(),
            owner="unknown",
            evidence=("a street beside a word for somebody's house",),
            detail="street",
        )


def _contact(scan: Scan, start: int, end: int, why: str, *, detail: str = "") -> Contact:
    while end > start and scan.text[end - 1] in " ,.":
        end -= 1
    tail = _TAIL.match(scan.text, end)
    if tail and _is_tail(scan, tail):
        end = (
            tail.end()
            if tail.group("state") is None or tail.group("zip") or _state(tail.group("state"))
            else tail.end("town")
        )
    else:
        code = re.match(r"[,\s]{1,3}(\d{5}(?:-\d{4})?)\b", scan.text[end : end + 14])
        end += code.end() if code else 0
    body = scan.text[start:end]
    owner, reason = _owner(scan, start, end, body)
    if not detail:
        near = scan.before(start, 80)
        after = scan.after(end, 50)
        home, place = list(_HOME.finditer(near)), list(_PLACE.finditer(near))
        if owner in ("author", "other") or (home and (not place or home[-1].end() > place[-1].end())):
            detail = "home"
        elif place or owner == "published" or _PLACE.search(after):
            detail = "place"
    return scan.contact(
        "address",
        start,
        end,
        " ".join(body.lower().split()),
        owner=owner,
        evidence=tuple(filter(None, (why, reason))),
        detail=detail,
    )


def _is_tail(scan: Scan, tail: re.Match[str]) -> bool:
    town = tail.group("town").lower()
    return (
        tail.group("zip") is not None
        or town in scan.published.towns
        or _state(tail.group("state"))
        or (tail.group()[:2].strip() == "," and _state(town.split()[-1]))
    )


def _state(word: str | None) -> bool:
    return word is not None and word.lower() in word_set("states")


def _owner(scan: Scan, start: int, end: int, body: str) -> tuple[Owner, str]:
    if address_key(body) in scan.published.addresses:
        return "published", "the profile publishes it"
    return judge_owner(scan, start, end)
