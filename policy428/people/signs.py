"""People told by signs: initials, a number on a jersey, a handle or hashtag that spells a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from policy428.people.names import NameLists, lines, name_lists
from policy428.people.person import Person, Role

if TYPE_CHECKING:
    from policy428.document import Document

_INITIALS = re.compile(r"(?<![\w.])(?:[A-Z]\.[ ]?){2}(?![\w.])|(?<![\w.])[A-Z]\.[A-Z]\.?(?!\w)")
_LETTER = re.compile(
    r"\b(?:my|our|little|sweet|student|kiddo|dear|tell|with|for|to|and)[ ](?P<letter>[B-HJ-Z])"
    r"(?:\.(?=[ ][a-z])|(?='s\b)|(?=[ ](?:is|was|has|had|got|said|asked|told|came|went|and[ ]I)\b))"
)
_JERSEY = re.compile(
    r"(?<![\w#&])(?:\#|[Nn]o\.[ ]|[Nn]umber[ ]|[Jj]ersey[ ](?:number[ ]|\#)?)"
    r"(?P<number>\d{1,2})(?![\w%.,:/-]{0,20}\d)\b"
)
_RANKED = re.compile(
    r"[ -](?:seed|ranked|fan|priority|pencils?|rule|reason|team|in|on|of|thing|goal|choice|job|pick|best|cause|tip"
    r"|dad|mom|teacher|for|question|things|times)\b",
    re.IGNORECASE,
)
_WEARS = re.compile(
    r"\b(?:wears?|wearing|wore|jersey|our|their|against|watch|guards?|guarding|go|good[ ]job|nice[ ]job)[ ]$",
    re.IGNORECASE,
)
_AT_HEAD = re.compile(r"(?:^|[.!?\n(:,]|[.!?\n,][ ])$")
_TAG = re.compile(r"(?<![\w@&])[@#](?P<name>\w{4,40})")
_PARTS = re.compile(r"[A-Z][a-z]+|[a-z]+|[A-Z]+(?![a-z])")
MIN_PART = 3


def initials(document: Document) -> Iterator[Person]:
    """Initials that stand for somebody: "J.T.", "my student M."."""
    text = document.prose.text
    known = frozenset(lines("not-initials"))
    for found in _INITIALS.finditer(text):
        said = found.group().rstrip()
        if said.replace(" ", "").rstrip(".").lower() in known:
            continue
        yield _detail(said, found.start(), "initials stand for somebody", 0.6)
    for found in _LETTER.finditer(text):
        yield _detail(found["letter"], found.start("letter"), "an initial stands for somebody", 0.5, "student")


def jerseys(document: Document) -> Iterator[Person]:
    """Players told by their number: "he wears #77", "(#3, the lefty)", "number 12's knee"."""
    text = document.prose.text
    for found in _JERSEY.finditer(text):
        if _RANKED.match(text, found.end()) or int(found["number"]) == 1:
            continue
        before = text[max(0, found.start() - 20) : found.start()]
        if _WEARS.search(before):
            yield _detail(found.group(), found.start(), "a player's number", 0.65, "student")
        elif "#" in found.group() and _AT_HEAD.search(before):
            yield _detail(found.group(), found.start(), "a player's number", 0.5, "student")


def handles(document: Document) -> Iterator[Person]:
    """Handles and hashtags that spell a given name and a surname."""
    text = document.prose.text
    if "@" not in text and "#" not in text:
        return
    lists = name_lists()
    own = (document.post.author.handle or "").lstrip("@").lower()
    official = {account.lstrip("@").lower() for account in document.context.profile.official_accounts}
    for found in _TAG.finditer(text):
        name = found["name"]
        if name.lower() == own or name.lower() in official:
            continue
        parts = _spelled(name, lists)
        if parts is not None:
            sign = "handle" if found.group()[0] == "@" else "hashtag"
            why = (f"a {sign} that spells a name",)
            yield Person(found.group(), found.start(), found.end(), "unknown", why, *parts, score=0.6, kind="detail")


def _spelled(name: str, lists: NameLists) -> tuple[str, str] | None:
    """Given name and surname that a handle spells, or None."""
    parts = [part for piece in name.split("_") for part in _PARTS.findall(piece)]
    if len(parts) == 1:
        word = parts[0].lower()
        for cut in range(MIN_PART, len(word) - MIN_PART + 1):
            if _is_name(word[:cut], word[cut:], lists) and len(word[cut:]) > MIN_PART:
                return word[:cut], word[cut:]
        return None
    for one, two in pairwise(parts):
        if len(one) >= MIN_PART and len(two) >= MIN_PART and _is_name(one.lower(), two.lower(), lists):
            return one, two
    return None


def _is_name(given: str, surname: str, lists: NameLists) -> bool:
    if surname in lists.common or given in lists.common:
        return False
    return lists.given_strength(given) == 2 and lists.surname_strength(surname) == 2


def _detail(said: str, start: int, why: str, score: float, role: Role = "unknown") -> Person:
    return Person(said, start, start + len(said), role, (why,), score=score, kind="detail")
