"""One text while detectors look through it: undisguised, lower-cased, with the spelled-out numbers, each made once."""

from __future__ import annotations

import re
from functools import cached_property

from policy428.contacts.contact import Contact, ContactType, Owner
from policy428.contacts.plain import plain
from policy428.contacts.published import Published
from policy428.contacts.spoken import Spoken, spoken_numbers
from policy428.mapped import Span
from policy428.post import Author

_DIGIT = re.compile(r"\d")
_PARAGRAPH = re.compile(r"\n\s*\n")
_STOP = re.compile(r"[.!?]['\")]?\s+(?=[A-Z\"'¿¡(#@*]|[^\x00-\x7f])|\n")
# What a full stop may follow without ending a sentence.
_ABBREVIATION = re.compile(r"(?i)(?:\b(?:mr|mrs|ms|mx|dr|st|ave|rd|ln|apt|no|nos|ste|jr|sr|ext|p\.?o|tel|ph|[a-z]))$")


class Scan:
    """A text and its cheap layers.

    Args:
        written: the text as written.
        published: what the profile publishes.
        author: who writes.

    Attributes:
        text: `written` undisguised (see `plain`); detectors search it and count in it.
        low: `text` in lower case, character for character.
    """

    def __init__(self, written: str, published: Published, author: Author) -> None:
        self.written = written
        self.published = published
        self.author = author
        self._map = plain(written)
        self.text = written if self._map is None else self._map.text
        low = self.text.lower()
        self.low = low if len(low) == len(self.text) else "".join(c.lower()[0] for c in self.text)

    @cached_property
    def digits(self) -> int:
        """How many digits there are."""
        return len(_DIGIT.findall(self.text))

    @property
    def has_digit(self) -> bool:
        """Whether there is any digit."""
        return self.digits > 0

    def mentions(self, *words: str) -> bool:
        """Whether any of `words`, in lower case, occurs, be it inside another word; the cheapest look there is."""
        low = self.low
        return any(word in low for word in words)

    @cached_property
    def spoken(self) -> tuple[Spoken, ...]:
        """Numbers spelled out in words."""
        return spoken_numbers(self.text, self.low)

    def before(self, start: int, size: int = 80) -> str:
        """Up to `size` characters before `start`, in lower case, not past a blank line."""
        window = self.low[max(0, start - size) : start]
        return _PARAGRAPH.split(window)[-1]

    def after(self, end: int, size: int = 60) -> str:
        """Up to `size` characters from `end` on, in lower case, not past a blank line."""
        return _PARAGRAPH.split(self.low[end : end + size], maxsplit=1)[0]

    def sentence(self, start: int, end: int, size: int = 240) -> Span:
        """The sentence around `start:end`, no further than `size` characters either way."""
        left = max(0, start - size)
        begin = left
        for stop in _STOP.finditer(self.text, left, start):
            if stop.group()[0] != "." or not _ABBREVIATION.search(self.text, max(left, stop.start() - 6), stop.start()):
                begin = stop.end()
        finish = min(len(self.text), end + size)
        for stop in _STOP.finditer(self.text, end, finish):
            if stop.group()[0] != "." or not _ABBREVIATION.search(self.text, max(end, stop.start() - 6), stop.start()):
                finish = stop.start() + 1
                break
        return Span(begin, finish)

    def disguised(self, start: int, end: int) -> bool:
        """Whether `text[start:end]` is written with other or further characters than it reads."""
        if self._map is None:
            return False
        span = self._map.origin(start, end)
        return self.written[span.start : span.end] != self.text[start:end]

    def contact(
        self,
        type: ContactType,
        start: int,
        end: int,
        value: str,
        *,
        owner: Owner = "unknown",
        evidence: tuple[str, ...] = (),
        detail: str = "",
    ) -> Contact:
        """A contact at `text[start:end]`, with its place in the text as written."""
        span = Span(start, end) if self._map is None else self._map.origin(start, end)
        text = self.written[span.start : span.end]
        return Contact(type, text, span.start, span.end, value, owner, evidence, detail)
