"""The words of a prose as names need them: case kept, initials whole, possessives taken off."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from policy428.mapped import Span

Form = Literal["cap", "upper", "lower", "mixed", "initial", "number", "handle", "hashtag", "skip", "other"]

_WORD = re.compile(
    r"""
    (?P<skip>(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}|</?\w{1,20}>)
  | (?P<handle>(?<![\w@])@[ ]?\w{1,50}(?!['’]s))
  | (?P<hashtag>(?<!\w)\#[ ]?\w{1,80})
  | (?P<initial>(?<![\w.])(?:[^\W\d_]\.[ ]?){2,3}(?![\w])|(?<![\w.])[^\W\d_]\.(?=\s|[A-Z]|$))
  | (?P<number>\d+(?:st|nd|rd|th)?)(?!\w)
  | (?P<word>(?<![\w])[^\W\d_]+(?:['’´`\-‐‑][^\W\d_]+){0,4}(?![\w]))
  | (?P<other>\w+)
    """,
    re.VERBOSE,
)
_OWN = re.compile(r"['’´`]s$|['’]$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NameWord:
    """One word.

    Attributes:
        text: as written, without a possessive ending.
        key: lower case, without accents, with straight apostrophes; what lists are asked for.
        start, end: offsets in the prose of `text`.
        form: how it is written: `cap` Tyler, `upper` TYLER, `lower` tyler, `mixed` McKenna is `cap` too, iPad `mixed`.
        opens: it is the first word of a sentence, line or quotation.
        possessive: it is followed by 's.
        gap: the text between it and the word before it.
    """

    text: str
    key: str
    start: int
    end: int
    form: Form
    opens: bool
    possessive: bool
    gap: str


def words_of(text: str, sentences: Iterable[Span]) -> list[NameWord]:
    """The words of `text`, in order."""
    heads = {span.start for span in sentences}
    found: list[NameWord] = []
    last = 0
    pending = True
    for match in _WORD.finditer(text):
        start, end = match.span()
        raw = match.group()
        kind = match.lastgroup or "word"
        gap = text[last:start]
        possessive = False
        if kind == "word":
            own = _OWN.search(raw)
            if own:
                possessive = True
                raw = raw[: own.start()]
                end = start + len(raw)
        elif kind == "initial":
            raw = raw.rstrip()
            end = start + len(raw)
        if not raw:
            continue
        opens = pending or any(place in heads for place in range(last, start + 1)) or "\n" in gap or _opening(gap)
        pending = kind in ("handle", "skip") and opens
        found.append(NameWord(raw, key(raw), start, end, _form(raw, kind), opens, possessive, gap))
        last = end
    return found


@lru_cache(maxsize=8192)
def key(word: str) -> str:
    """`word` as lists write it: lower case, plain letters, straight apostrophes."""
    if word.isascii():
        return word.lower().replace("`", "'")
    from policy428.folding import fold

    return fold(word).text.replace("´", "'")


def _opening(gap: str) -> bool:
    return (
        any(mark in gap for mark in ".!?…:•|")
        or gap.rstrip(" ").endswith(("“", '"', "(", "*", "- ", "—"))
        or (gap.strip() in ('"', "“", "-", "—", "–", "*", "'\"'"))
    )


def _form(raw: str, kind: str) -> Form:
    if kind in ("skip", "handle", "hashtag", "initial", "number", "other"):
        return kind  # type: ignore[return-value]
    letters = [char for char in raw if char.isalpha()]
    if len(letters) == 1:
        return "initial" if raw.isupper() else "lower"
    if raw.isupper():
        return "upper"
    if raw.islower():
        return "lower"
    if raw[0].isupper() and not raw[1:].isupper():
        return "cap" if _name_case(raw) else "mixed"
    return "mixed"


def _name_case(raw: str) -> bool:
    """Whether capitals inside the word stand where names have them: McKenna, O'Brien, Gunderson-Yang, DeShawn."""
    inner = sum(char.isupper() for char in raw[1:])
    if inner == 0:
        return True
    parts = re.split(r"['’´`\-‐‑]", raw)
    return all(sum(char.isupper() for char in part[1:]) <= 1 for part in parts) and inner <= len(parts)


def word_set(words: str) -> frozenset[str]:
    """The words of `words`, written with blanks between them."""
    return frozenset(words.split())
