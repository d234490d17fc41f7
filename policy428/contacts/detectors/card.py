"""Payment card numbers: an issuer's range, the length it uses, and the Luhn check digit (ISO/IEC 7812)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from policy428.contacts.contact import Contact
from policy428.contacts.owner import judge_owner
from policy428.contacts.scan import Scan

RANK = 85

_RUN = re.compile(r"(?<![\w.$#/-])(?<!\d )\d(?:[ .-]?\d){11,18}(?![\w/])(?!-\d)")
_CUE = re.compile(
    r"\b(?:card|cards|cc|visa|master ?card|mc|amex|american express|discover|debit|credit|diners|jcb|maestro|"
    r"tarjeta|exp|expires|cvv|cvc)\b"
)
_NOT = re.compile(
    r"\b(?:tracking|order|invoice|isbn|upc|barcode|imei|serial|part|item|library card|meeting|"
    r"account)\b[^.!?\n]{0,24}$"
)

# Numbers that payment processors print in their manuals for trials.
_EXAMPLES = ("4242424242424242", "4111111111111111", "5555555555554444", "378282246310005", "6011111111111117")
_PRETEND = re.compile(r"\b(?:test|pretend|fake|sample|dummy|example|docs|documentation|sandbox|practice)\b")

# First digits, from and to, and the lengths in use.
_ISSUERS = (
    ("Visa", "4", "4", (13, 16, 19)),
    ("Mastercard", "51", "55", (16,)),
    ("Mastercard", "2221", "2720", (16,)),
    ("American Express", "34", "34", (15,)),
    ("American Express", "37", "37", (15,)),
    ("Discover", "6011", "6011", (16, 17, 18, 19)),
    ("Discover", "644", "659", (16, 17, 18, 19)),
    ("JCB", "3528", "3589", (16, 17, 18, 19)),
    ("JCB", "1800", "1800", (15,)),
    ("JCB", "2131", "2131", (15,)),
    ("Diners Club", "300", "305", (14, 16, 19)),
    ("Diners Club", "36", "36", (14, 16, 19)),
    ("Diners Club", "38", "39", (14, 16, 19)),
    ("UnionPay", "62", "62", (16, 17, 18, 19)),
)
# Ranges so wide that the number needs a word for a card beside it.
_WIDE = (
    ("Maestro", "50", "50", range(12, 20)),
    ("JCB", "35", "35", range(16, 17)),
    ("Maestro", "56", "69", range(12, 20)),
)


def worth(scan: Scan) -> bool:
    """Twelve digits at least."""
    return scan.digits >= 12


def issuer(digits: str, *, wide: bool = False) -> str | None:
    """Who issues numbers of this beginning and length, or None; `wide` asks the vague ranges too."""
    ranges: list[tuple[str, str, str, Container[int]]] = [*_ISSUERS, *(_WIDE if wide else ())]
    for name, low, high, lengths in ranges:
        if len(digits) in lengths and low <= digits[: len(low)] <= high:
            return name
    return None


def find(scan: Scan) -> Iterator[Contact]:
    """Runs of 12 to 19 digits that an issuer could have given out."""
    for found in _RUN.finditer(scan.text):
        from stdnum import luhn

        digits = re.sub(r"\D", "", found.group())
        before = scan.before(found.start(), 60)
        cue = _CUE.search(before) or _CUE.search(scan.after(found.end(), 30))
        by = issuer(digits, wide=cue is not None)
        if by is None or not luhn.is_valid(digits) or _NOT.search(before):
            continue
        if digits in _EXAMPLES and _PRETEND.search(scan.before(found.start(), 120)):
            continue
        owner, why = judge_owner(scan, found.start(), found.end())
        evidence = (f"a {by} number with a right check digit", why)
        yield scan.contact(
            "card",
            found.start(),
            found.end(),
            digits,
            owner="unknown" if owner == "published" else owner,
            evidence=tuple(filter(None, evidence)),
            detail=by,
        )
