"""Places where a key lies: "the spare is under the planter", "key hangs on the hook in the toolbox"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy428.contacts.contact import Contact
from policy428.contacts.scan import Scan

RANK = 42

_KEY = re.compile(
    r"\b(?:(?:spare|extra|hidden|hide-a|shed|gym|concessions?|stand|office|building|master|back ?door|front ?door|"
    r"door|room|van|garage|barn|cabin|equipment|supply|house)[ -]?keys?|(?:the|a|our|my) keys?|"
    r"keys? to the [a-z ]{2,24}?|spare(?=(?:'s|\s(?:is|hangs?|still|i bet|one is))\b))\b(?P<link>(?:'s|\s(?:is|are|"
    r"hangs?|hanging|sits?|lives?|stays?|still|kept|"
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
_NOT = re.compile(
    r"\b(?:lost|found|missing|looking for|low|major|minor|music|key of|in the key|answer keys?|key (?:to (?:success|"
    r"a good|the game|winning|happiness|life|it all)|lime|is to|"
    r"ingredient|point|word|player|stat)|car keys?|piano|map key|keynote|whose|keyboards?|low-?key|monkey|turkey|"
    r"hockey|donkey)\b"
)


def worth(scan: Scan) -> bool:
    """A key and a place."""
    return ("key" in scan.low or "spare" in scan.low) and _WHERE.search(scan.low) is not None


def find(scan: Scan) -> Iterator[Contact]:
    """The first key whose place is told."""
    for key in _KEY.finditer(scan.low):
        sentence = scan.sentence(key.start(), key.end(), 140)
        if _NOT.search(scan.low, sentence.start, min(len(scan.low), key.end() + 20)):
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
