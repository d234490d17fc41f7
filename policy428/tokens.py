"""Words of a document, folded and with their places: what word lists and phrases are matched against."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from policy428.document import Document

Kind = Literal["word", "number", "emoji", "handle", "url", "email"]

_TOKEN = re.compile(
    r"""
    (?P<url>(?:https?://|www\.)[^\s<>()\[\]]+)
  | (?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
  | (?P<handle>(?<![\w@])@\w[\w.]*\w)
  | (?P<number>\d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s)?\b)
  | (?P<word>\w+(?:['’]\w+)*)
  | (?P<emoji>[\u2190-\u2bff\U0001F000-\U0001FAFF]\uFE0F?)
    """,
    re.VERBOSE,
)
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+|[A-Z]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word.

    Attributes:
        text: folded form, with a straight apostrophe.
        start, end: offsets in the document's prose.
        kind: word, number, emoji, handle, url or email; only the first three are matched by phrases.
        raw: as written.
        hashtag: it is part of a hashtag.
    """

    text: str
    start: int
    end: int
    kind: Kind
    raw: str
    hashtag: bool = False


def tokenize(document: Document) -> tuple[Token, ...]:
    """The tokens of `document.folded`, with offsets in its prose; `#GoBucs` gives `go` and `bucs`."""
    folded = document.folded
    prose = document.prose.text
    tokens: list[Token] = []
    for found in _TOKEN.finditer(folded.text):
        kind: Kind = found.lastgroup  # type: ignore[assignment]
        span = folded.origin(found.start(), found.end())
        raw = prose[span.start : span.end]
        hashtag = span.start > 0 and prose[span.start - 1] == "#"
        if kind == "word" and hashtag and not raw.islower():
            tokens.extend(_camel_parts(raw, span.start))
        else:
            tokens.append(Token(found.group(), span.start, span.end, kind, raw, hashtag))
    return tuple(tokens)


def _camel_parts(raw: str, start: int) -> list[Token]:
    parts = []
    for part in _CAMEL.finditer(raw):
        kind: Kind = "number" if part.group().isdigit() else "word"
        parts.append(Token(part.group().lower(), start + part.start(), start + part.end(), kind, part.group(), True))
    return parts
