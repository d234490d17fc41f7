"""Names of several words, found among a document's words: the longest match at each place, by the first word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policy428.folding import fold
from policy428.tokens import Token

# What may stand between two words of one name: "W-E-M", "W.E.M.", "Waterville, Maine"; never a line's end.
_JOIN = re.compile(r"[ \t\-–—‑./'’#&,:_]{0,3}")
_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class Name:
    """One name to look for.

    Attributes:
        text: as the profile writes it.
        kind: what it names.
        exact: it counts only in capitals as written, since in lower case it is another word ("PIE").
    """

    text: str
    kind: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A name found: the tokens `first` to `last` (not included)."""

    name: Name
    first: int
    last: int
    start: int
    end: int


class Gazetteer:
    """An index of names by their first word.

    Args:
        names: the names; where two have the same words, the first one counts.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Name]]] = {}
        seen: set[tuple[str, ...]] = set()
        for name in names:
            words = words_of(name.text)
            if words and words not in seen:
                seen.add(words)
                self._by_first.setdefault(words[0], []).append((words[1:], name))
        for rest in self._by_first.values():
            rest.sort(key=lambda item: -len(item[0]))

    def find(self, tokens: Sequence[Token], text: str) -> list[Found]:
        """Every name among `tokens`, whose offsets count in `text`; matches do not overlap."""
        found: list[Found] = []
        by_first = self._by_first
        reach = 0
        for index, token in enumerate(tokens):
            if index < reach:
                continue
            for form in forms(token.text):
                candidates = by_first.get(form)
                if candidates is None:
                    continue
                match = _longest(candidates, tokens, index, text)
                if match is not None:
                    found.append(match)
                    reach = match.last
                    break
        return found


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name as tokens show them."""
    return tuple(_WORD.findall(fold(name).text))


def forms(word: str) -> tuple[str, ...]:
    """A word and, for a possessive, the word itself."""
    return (word, word[:-2]) if word.endswith("'s") else (word,)


def _belong(text: str, word: Token, following: Token) -> bool:
    """Whether what stands between two words lets them be one name; a full stop only after an initial or "No."."""
    start, end = word.end, following.start
    if end - start > 3 or not _JOIN.fullmatch(text, start, end):
        return False
    return end - start < 2 or len(word.text) < 4 or "." not in text[start:end]


def _longest(
    candidates: Sequence[tuple[tuple[str, ...], Name]], tokens: Sequence[Token], index: int, text: str
) -> Found | None:
    for rest, name in candidates:
        last = index + 1 + len(rest)
        if last > len(tokens):
            continue
        if all(
            word in forms(tokens[index + 1 + i].text) and _belong(text, tokens[index + i], tokens[index + 1 + i])
            for i, word in enumerate(rest)
        ) and (not name.exact or all(token.raw[:1].isupper() for token in tokens[index:last])):
            start, end = tokens[index].start, tokens[last - 1].end
            if name.exact and not rest and not tokens[index].raw.rstrip("s'’").isupper():
                continue
            return Found(name, index, last, start, end)
    return None
