"""Telephone numbers: North American in any dress, local ones beside a cue, foreign ones, spelled-out and partial ones.

Numbers 555-0100 to 555-0199 are what invented texts use; they count like any other. North American numbers are read
here; only a number of another country loads the `phonenumbers` library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy428.contacts.contact import Contact, Owner
from policy428.contacts.owner import judge_owner
from policy428.contacts.published import national
from policy428.contacts.scan import Scan

RANK = 50

_EXTENSION = r"(?:\s{0,2},?\s{0,2}(?:x|ext\.?|extension)\s{0,2}\d{1,6})?"
# Between groups: a little punctuation, or a hyphen at the end of a line.
_GAP = r"(?:[-. \t/]{0,3}|-\n)"
_NANP = re.compile(
    r"(?<![\w$-])(?<!\d[./])(?:(?:\+|00)?1[-. ]{0,2})?(?P<area>\([2-9]\d{2}\)|[2-9]\d{2})"
    rf"{_GAP}(?P<mid>\d{{3}}){_GAP}(?P<last>\d{{4}})(?![\d/])(?!-\d){_EXTENSION}"
)
_LOCAL = re.compile(rf"(?<![\w$#./=:-])(?<!\d )[2-9]\d{{2}}[-.\s]\d{{4}}(?![\w/:])(?!-\d){_EXTENSION}")
_FOREIGN = re.compile(r"(?<![\w$#./=-])(?:\+\s?\d|\(\+?\d{1,4}\)|\d)[\d ().-]{5,22}\d(?![\w/])" + _EXTENSION)
_LEET = re.compile(r"(?<![\w])\(?[\dOoIlSs|]{3}\)?[-. ]{1,2}[\dOoIlSs|]{3}[-. ][\dOoIlSs|]{4}(?![\w-])")
_PARTIAL = re.compile(
    r"(?<![\w-])[2-9]\d{2}[-. ]\d{3}[-. ]\d{1,3}(?=\s{0,2}(?:,|\.{3}|…|and|then|plus|&)\s{0,2}(?:and\b|then\b|"
    r"plus\b|you\b|the\b))"
)
_SHORT = re.compile(
    r"\b(?:call|text|dial|ring|llame al?|marque)(?:\s+(?:or|and|/)\s+(?:call|text|dial))?\s+(988|911|211)\b(?![-.]\d)"
)

_CUE = re.compile(
    r"(?:\b(?:call|calls|text|txt|phone|phones|cell|mobile|ring|tel|telephone|number|fax|reach|contact|dial|"
    r"whats ?app|whats|land ?line|desk|"
    r"direct|voicemail|hotline|line|message|messages|msg|sms|registered|answering|answer|llame|llamar|tel[eé]fono|"
    r"celular|cel|office|school|after hours|ph|questions)\b|[☎📞📱]).{0,48}$",
    re.DOTALL,
)
_CUE_AFTER = re.compile(r"^[\s,-]{0,3}(?:office|fax|mobile|cell|home|work|desk|phone)\b")
# What makes a digit run something else.
_NOT = re.compile(
    r"(?:\b(?:tracking|order|invoice|account|acct|model|serial|plate|part|item|sku|isbn|upc|case|ticket|"
    r"conf(?:irmation)?|meeting|zoom|webinar|"
    r"ssn|social|card|visa|license|licence|passport|routing|vin|claim|policy|permit|parcel|id)\b[^.!?\n]{0,18}|"
    r"\b(?:score|record|lat|lon|gps)\b.{0,12})$"
)
_TOLL_FREE = ("800", "833", "844", "855", "866", "877", "888")


def worth(scan: Scan) -> bool:
    """Seven digits (letters may stand for some), a short number, or a number in words."""
    return scan.digits >= 6 or scan.mentions("988", "911", "211") or bool(scan.spoken)


def find(scan: Scan) -> Iterator[Contact]:
    """Numbers of every kind, the surest first."""
    if scan.digits >= 6:
        yield from _north_american(scan)
        yield from _disguised(scan)
        yield from _local(scan)
        yield from _foreign(scan)
    if scan.mentions("988", "911", "211"):
        for found in _SHORT.finditer(scan.low):
            yield scan.contact(
                "phone",
                found.start(1),
                found.end(1),
                found.group(1),
                owner="published",
                evidence=("a public short number",),
                detail="hotline",
            )
    yield from _spoken(scan)


def _north_american(scan: Scan) -> Iterator[Contact]:
    for found in _NANP.finditer(scan.text):
        body = found.group()
        before = scan.before(found.start(), 60)
        bare = re.fullmatch(r"\d{10,13}", body) is not None
        if bare and not _CUE.search(before):
            continue
        if _NOT.search(before) and not _CUE.search(before[-24:]):
            continue
        # A spaced number after another number is a part of a longer one, which the foreign reader takes whole.
        spaced = "-" not in body and "." not in body and "(" not in body
        if spaced and re.search(r"\d $", scan.text[max(0, found.start() - 2) : found.start()]):
            continue
        yield _numbered(scan, found.start(), found.end(), national(body), "ten digits in North American form")


def _disguised(scan: Scan) -> Iterator[Contact]:
    for found in _LEET.finditer(scan.text):
        letters = sum(char.isalpha() or char == "|" for char in found.group())
        if 1 <= letters <= 4:
            digits = re.sub(r"\D", "", found.group().translate(str.maketrans("OoIlSs|", "0011551")))
            yield _numbered(scan, found.start(), found.end(), digits, "letters for digits")
    for found in _PARTIAL.finditer(scan.low):
        owner, why = judge_owner(scan, found.start(), found.end())
        digits = re.sub(r"\D", "", found.group())
        yield scan.contact(
            "phone",
            found.start(),
            found.end(),
            digits,
            owner=owner,
            evidence=tuple(filter(None, ("a number whose last digits are told", why))),
            detail="partial",
        )


def _local(scan: Scan) -> Iterator[Contact]:
    for found in _LOCAL.finditer(scan.text):
        digits = scan.published.area + re.sub(r"\D", "", re.split(r"(?i)x|e", found.group())[0])
        before = scan.before(found.start(), 48)
        known = digits in scan.published.phones
        if known or (
            not _NOT.search(before) and (_CUE.search(before) or _CUE_AFTER.search(scan.after(found.end(), 12)))
        ):
            yield _numbered(
                scan, found.start(), found.end(), digits, "seven digits beside a word for telephoning", detail="local"
            )


def _foreign(scan: Scan) -> Iterator[Contact]:
    for found in _FOREIGN.finditer(scan.text):
        body = found.group()
        digits = re.sub(r"\D", "", re.split(r"(?i)x|e", body)[0])
        if not 7 <= len(digits) <= 15 or "\n" in body:
            continue
        before = scan.before(found.start(), 48)
        international = body.startswith(("+", "00"))
        cue = _CUE.search(before[-40:]) or _CUE_AFTER.search(scan.after(found.end(), 12))
        if (
            _NOT.search(before)
            or not (cue or international)
            or re.fullmatch(r"\d{1,2}[.-]\d{1,2}[.-]\d{2,4}", body.strip())
        ):
            continue
        value = _international(body)
        if value is None and (
            not cue or (re.search(r"\d{4}\s?-\s?\d{4}$", body) and len(digits) == 8 and digits[:2] in ("19", "20"))
        ):
            continue
        owner, why = judge_owner(scan, found.start(), found.end())
        yield scan.contact(
            "phone",
            found.start(),
            found.end(),
            value or digits,
            owner=owner,
            evidence=tuple(
                filter(None, ("a number beside a word for telephoning" if cue else "an international number", why))
            ),
            detail="foreign",
        )


def _international(body: str) -> str | None:
    """The number in E.164 when it names its country and can exist there."""
    if not body.startswith(("+", "00")):
        return None
    import phonenumbers

    try:
        number = phonenumbers.parse("+" + body.lstrip("+0 "), None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _spoken(scan: Scan) -> Iterator[Contact]:
    for number in scan.spoken:
        before = scan.before(number.start, 60)
        if (len(number.digits) == 10 and number.digits[0] in "23456789") or (
            len(number.digits) == 7 and _CUE.search(before)
        ):
            digits = number.digits if len(number.digits) == 10 else scan.published.area + number.digits
            yield _numbered(scan, number.start, number.end, digits, "a number in words")


def _numbered(scan: Scan, start: int, end: int, digits: str, why: str, *, detail: str = "") -> Contact:
    """A North American number: published, or whose the words around it say."""
    owner: Owner
    if digits in scan.published.phones:
        owner, reason = "published", "the profile publishes it"
    elif digits[:3] in _TOLL_FREE and len(digits) == 10:
        owner, reason, detail = "published", "a toll-free number", "toll-free"
    else:
        owner, reason = judge_owner(scan, start, end)
    value = f"+1{digits}" if len(digits) == 10 else digits
    return scan.contact(
        "phone", start, end, value, owner=owner, evidence=tuple(filter(None, (why, reason))), detail=detail
    )
