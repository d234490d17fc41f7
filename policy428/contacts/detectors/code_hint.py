"""Hints that give a code away ("the year the school burned", "our mascot and then ...") and places where a key lies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy428.contacts.contact import Contact
from policy428.contacts.scan import Scan

RANK = 43

_SECRET = re.compile(
    r"\b(?:pass ?words?|pass ?codes?|pw|pins?|pin|codes?|combos?|combination|key ?pads?|wi-?fi|log-?ins?|alarm|"
    r"lock ?box|opens? with|unlocks? with|chromebook carts?|lock)\b"
)
# What stands for the code itself.
_HINT = re.compile(
    r"\b(?:(?:just |still |simply |only )?the year\b(?! (?:is|was|ends?|starts?|begins?|book|end|round)\b)|"
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
_JOIN = re.compile(
    r"(?:['’]s|\bis|\bit'?s|=|\bwith|\bstill|\bare|\bon|\bpunch|\btype|\benter|\buse|\bpress|\bjust|:|\?|,|\bsame\b)"
)
_NOT = re.compile(
    r"\b(?:don'?t|do not|never|avoid|shouldn'?t|should not|instead of|rather than|dress code|zip code is|"
    r"code of conduct|bar ?codes?|qr codes?|promo|coupon|discount|not (?:your|use|a)|no,? it|guess(?:ed|ing)?|"
    r"bad password|hackers?|coding|hour of code|"
    r"rolling pin|bowling pin|pin the|clothes ?pin|pinned|lapel|fire alarm|smoke alarm|alarm clock|alarm (?:went|"
    r"goes|rang|tripped)|changed? (?:my|your|their|there) password)\b"
)
_KEY = re.compile(
    r"\b(?:(?:spare|extra|hidden|hide-a|shed|gym|concessions?|stand|office|building|master|back ?door|front ?door|"
    r"door|room|van|garage|barn|cabin|equipment|supply|house)[ -]?keys?|(?:the|a|our|my) keys?|"
    r"keys? to the [a-z ]{2,24}|spare)\b(?P<link>(?:'s|\s(?:is|are|hangs?|hanging|sits?|lives?|stays?|still|kept|"
    r"hidden|stashed|in|under|on|behind|above|=|will be|i bet))\b|\s?=)?"
)
_WHERE = re.compile(
    r"\b(?:under|underneath|beneath|behind|above|inside|on top of|in|on|atop|over|beside|next to)\s(?:the|a|my|our|"
    r"that|his|her)?\s?(?:[\w'-]+\s){0,3}?"
    r"(?:mat|doormat|rock|pot|planter|flower ?pot|gnome|frog|turtle|nail|hook|ledge|sill|window|door ?frame|frame|"
    r"can|coffee can|paint can|bucket|drawer|desk|box|lock ?box|magnet|wheel well|visor|tire|fender|gutter|"
    r"downspout|mailbox|"
    r"meter|bench|bleachers?|dugout|step|steps|stoop|porch|brick|stump|log|bush|tray|cabinet|extinguisher|breaker|"
    r"panel|jar|mug|boot|birdhouse|feeder|statue|pumpkin|wreath|light|fixture|toolbox|grill|shed|cup|vent|pipe)\b|"
    r"=\s?[^.!?\n]{4,30}"
)
_KEY_NOT = re.compile(
    r"\b(?:lost|found|missing|looking for|low|major|minor|music|key of|in the key|answer keys?|key (?:lime|to|is to|"
    r"ingredient|point|word|player|stat)|car keys?|piano|map key|keynote|whose|keyboards?|low-?key|monkey|turkey|"
    r"hockey|donkey)\b"
)


def worth(scan: Scan) -> bool:
    """A word for a secret and a hint, or a key and a place."""
    low = scan.low
    return (("key" in low or "spare" in low) and _WHERE.search(low) is not None) or (
        _SECRET.search(low) is not None and _HINT.search(low) is not None
    )


def find(scan: Scan) -> Iterator[Contact]:
    """A hint after a word for a secret in the same sentence or the next, then places of keys."""
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
            evidence=(f"a hint that gives away the {secret.group()}",),
            detail="hint",
        )
        break
    if "key" in low or "spare" in low:
        yield from _keys(scan)


def _keys(scan: Scan) -> Iterator[Contact]:
    for key in _KEY.finditer(scan.low):
        sentence = scan.sentence(key.start(), key.end(), 140)
        if _KEY_NOT.search(scan.low, sentence.start, min(len(scan.low), key.end() + 20)):
            continue
        where = _WHERE.search(scan.low, key.end() - (len(key.group("link") or "")), min(sentence.end, key.end() + 50))
        if where:
            yield scan.contact(
                "credential",
                key.start(),
                where.end(),
                where.group(),
                evidence=("where a key lies",),
                detail="key-place",
            )
            return
