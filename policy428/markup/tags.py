"""Bare addresses, @handles and #hashtags in prose, found by their shape alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_URL = re.compile(r"(?<![\w@.])(?:https?://|www\.)[^\s<>\"“”]{1,2000}", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w@./+-])@\w(?:[\w.-]{0,60}\w)?(?!@)")
_HASHTAG = re.compile(r"(?<![\w&/#＃])[#＃](?=\w{0,100}[^\W\d_])\w{1,100}")
_TRAILING = ".,;:!?'’”)]}*_~…"


@dataclass(frozen=True, slots=True)
class Link:
    """A link: where it leads, and the range of prose that shows it."""

    target: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tag:
    """A handle or hashtag as written, with its sign, and its range in prose."""

    text: str
    start: int
    end: int


def bare_links(prose: str, marked: Iterable[Link] = ()) -> tuple[Link, ...]:
    """The links of the markup and, between them, addresses written out in prose; in order of place."""
    links = list(marked)
    if "://" in prose or "www." in prose.lower():
        taken = [(link.start, link.end) for link in links]
        for found in _URL.finditer(prose):
            target = found.group().rstrip(_TRAILING)
            start, end = found.start(), found.start() + len(target)
            if not any(s < end and start < e for s, e in taken):
                links.append(Link(target, start, end))
    return tuple(sorted(links, key=lambda link: (link.start, link.end)))


def handles(prose: str) -> tuple[Tag, ...]:
    """Every `@name` that is not part of an e-mail address."""
    return _tags(_HANDLE, prose) if "@" in prose else ()


def hashtags(prose: str) -> tuple[Tag, ...]:
    """Every `#tag` with a letter in it; `#1` is a rank, not a tag."""
    return _tags(_HASHTAG, prose) if "#" in prose or "＃" in prose else ()


def _tags(pattern: re.Pattern[str], prose: str) -> tuple[Tag, ...]:
    return tuple(Tag(found.group(), found.start(), found.end()) for found in pattern.finditer(prose))
