"""Hints that give a code away: "the year the bridge fell", "our mascot and then ...", a machine with no password."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy428.contacts.contact import Contact
from policy428.contacts.scan import Scan

RANK = 43

_SECRET = re.compile(
    r"\b(?:pass ?words?|pass ?codes?|pw|pins|(?:the|your|their|my|our|door|copier|lunch|login|testing|admin|"
    r"that'?s the) pin|codes?|combos?|combination|key ?pads?|wi-?fi|log-?ins?|alarm|"
    r"lock ?box|opens? with|unlocks? with|chromebook carts?|lock|punch(?: in)?|fob)\b"
)
# What stands for the code itself.
_HINT = re.compile(
    r"\b(?:(?:just |still |simply |only )?the year (?!is|was|ends?|starts?|begins?|book|end|round|in\b|so\b|and\b|"
    r"for\b)(?=[a-z])|"
    r"the (?:old )?(?:mascot|nickname)|our (?:mascot|nickname)|(?:the )?(?:\w+ ){0,2}?mascot (?:with|plus|and|then)|"
    r"(?:his|her|their|my|your|\w+'s) (?:old |first )?(?:jersey|house number|street number|birthday|birth ?year|"
    r"birth ?date|anniversary|locker (?:combo|number)|badge number|lunch number|student (?:number|id)|zip code|"
    r"maiden name|last name|dog'?s? name|cat'?s? name|kid'?s? name)|"
    r"your (?:lunch|student|id) (?:number|pin)|(?:first|last) (?:name|initial) (?:then|plus|and|\+)|"
    r"last name,? (?:then|plus|and|backwards|\+)|"
    r"the (?:first|last) (?:two|three|four|five|six|\d) (?:letters|digits|numbers) of|spelled backwards?|(?:name|"
    r"year|number|mascot|it)[^.!?\n]{0,12} backwards|backwards|"
    r"phone keypad|same as the (?:\w+ ){0,3}?(?:number|code|year|address|zip|combo|bus|door|room)|the (?:zip|"
    r"area) code|(?:plus|then|and) (?:the|this|that) year|how many years|"
    r"(?:our|the) (?:school|district|building) (?:number|colors?|address|zip)|the number on (?:the|his|her|our)|"
    r"month then day|the cornerstone)\b"
)
# A machine said to be open to anybody; a guest network is meant to be.
_OPEN = re.compile(
    r"\b(?:admin (?:page|panel|console|account|login)|printers?|router|server|console|camera|gradebook|laptop|kiosk|"
    r"safe|keypad)\b"
    r"[^.!?\n]{0,40}?\b(?:has|have|with|needs?|takes|got) no (?:password|pin|code|passcode)\b"
)
_JOIN = re.compile(
    r"(?:['’]s|\bis|\bit'?s|=|\bwith|\bstill|\bare|\bon|\bpunch|\btype|\benter|\buse|\bpress|\bjust|:|\?|,|\bsame\b)"
)
_NOT = re.compile(
    r"\b(?:(?:don'?t|do not|never|avoid|shouldn'?t|should not)(?: \w+)? (?:use|using|make|making|pick|choose|be|set|"
    r"share|give|let)|"
    r"instead of|rather than|dress code|zip code is|"
    r"code of conduct|bar ?codes?|qr codes?|promo|coupon|discount|not (?:your|use|a)|no,? it|guess(?:ed|ing)?|"
    r"bad password|hackers?|coding|hour of code|"
    r"rolling pin|bowling pin|pin the|clothes ?pin|pinned|lapel|fire alarm|smoke alarm|alarm clock|alarm (?:went|"
    r"goes|rang|tripped)|changed? (?:my|your|their|there) password)\b"
)


_WORDS = (
    "pass",
    "pw",
    "pin",
    "code",
    "combo",
    "combi",
    "pad",
    "wifi",
    "wi-fi",
    "log",
    "alarm",
    "lock",
    "opens",
    "cart",
    "punch",
    "fob",
)


def worth(scan: Scan) -> bool:
    """A word for a secret and a hint."""
    return (
        scan.mentions(*_WORDS)
        and _SECRET.search(scan.low) is not None
        and (_HINT.search(scan.low) is not None or _OPEN.search(scan.low) is not None)
    )


def find(scan: Scan) -> Iterator[Contact]:
    """A hint after a word for a secret in the same sentence or the one before, then machines without a password."""
    low = scan.low
    for hint in _HINT.finditer(low):
        sentence = scan.sentence(hint.start(), hint.end(), 170)
        # "The code? It's ..." and "Use the keypad. I won't write it out, but it's ...": one sentence back counts.
        start = (
            scan.sentence(max(0, sentence.start - 2), max(0, sentence.start - 1), 120).start if sentence.start else 0
        )
        secret = max(_SECRET.finditer(low, start, hint.start()), key=lambda m: m.start(), default=None)
        if secret is None or _NOT.search(low, start, sentence.end):
            continue
        if not _JOIN.search(low, secret.end(), hint.start() + 1) and hint.start() - secret.end() > 3:
            continue
        yield scan.contact(
            "credential",
            hint.start(),
            min(sentence.end, max(hint.end(), hint.start() + 60)),
            hint.group(),
            evidence=(f"a hint that gives away the {secret.group().removeprefix('the ')}",),
            detail="hint",
        )
        break
    for found in _OPEN.finditer(low):
        evidence = ("a machine said to have no password",)
        yield scan.contact("credential", found.start(), found.end(), found.group(), evidence=evidence, detail="hint")
