"""Bank accounts: international numbers (ISO 13616, check digits) and American routing numbers beside a cue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy428.contacts.contact import Contact
from policy428.contacts.owner import judge_owner
from policy428.contacts.scan import Scan

RANK = 88

_IBAN = re.compile(r"(?i)(?<![a-z0-9])[a-z]{2}\d{2}(?:[ -]?[a-z0-9]{2,4}){3,8}(?![a-z0-9])")
_ROUTING = re.compile(r"\b(?:routing|aba|rtn)(?: (?:number|no\.?|#))?[^\d\n]{0,12}(\d{9})\b")
_ACCOUNT = re.compile(
    r"\b(?:(?:checking|savings|bank) (?:account|acct)|account (?:number|no\.?|#)|acct\.? ?(?:number|no\.?|"
    r"#))[^\d\n]{0,12}(\d{7,14})\b"
)


def worth(scan: Scan) -> bool:
    """Seven digits at least."""
    return scan.digits >= 7


def find(scan: Scan) -> Iterator[Contact]:
    """International numbers, then routing numbers and the account numbers beside them."""
    place = 0 if scan.digits >= 12 else len(scan.text)
    while (found := _IBAN.search(scan.text, place)) is not None:
        size = _valid_size(found.group())
        if size:
            value = re.sub(r"[ -]", "", found.group()[:size]).upper()
            why = "a bank account number with right check digits"
            yield _contact(scan, found.start(), found.start() + size, value, why, "iban")
        place = found.start() + (size or 4)
    if scan.mentions("routing", "aba", "rtn", "account", "acct"):
        yield from _american(scan)


def _valid_size(body: str) -> int:
    """How much of `body`, from its start, is a valid number; white space may have run on into the next words."""
    from stdnum import iban

    for end in reversed([m.end() for m in re.finditer(r"[A-Za-z0-9](?![A-Za-z0-9])", body)]):
        value = re.sub(r"[ -]", "", body[:end]).upper()
        if 15 <= len(value) <= 34 and iban.is_valid(value, check_country=False):
            return end
    return 0


def _american(scan: Scan) -> Iterator[Contact]:
    from stdnum.us import rtn

    routed = False
    for found in _ROUTING.finditer(scan.low):
        if rtn.is_valid(found.group(1)):
            routed = True
            yield _contact(scan, found.start(1), found.end(1), found.group(1), "a bank's routing number", "us-routing")
    for found in _ACCOUNT.finditer(scan.low):
        if routed or re.match(r"(?:checking|savings|bank)", found.group()):
            yield _contact(scan, found.start(1), found.end(1), found.group(1), "a bank account's number", "us-account")


def _contact(scan: Scan, start: int, end: int, value: str, why: str, detail: str) -> Contact:
    owner, reason = judge_owner(scan, start, end)
    return scan.contact(
        "iban", start, end, value, owner=owner, evidence=tuple(filter(None, (why, reason))), detail=detail
    )
