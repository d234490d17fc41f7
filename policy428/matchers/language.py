"""`entity` and `tokens`: what the language model sees. The only matchers that load it by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from policy428.conditions import Match
from policy428.mapped import Span
from policy428.matchers import AS, Field, made, register

if TYPE_CHECKING:
    from policy428.document import Document
    from policy428.lexicon import Lexicon


@register
class EntityMatcher:
    """Named entities of spaCy's labels (PERSON, ORG, GPE, DATE ...)."""

    name: ClassVar[str] = "entity"
    cost: ClassVar[int] = 60
    short: ClassVar[str] = "labels"
    fields: ClassVar[Mapping[str, Field]] = {
        "labels": Field("strings", "labels of named entities", required=True),
        "as": AS,
    }

    def __init__(self, given: Mapping[str, Any], lexicon: Lexicon) -> None:
        self.labels = frozenset(given["labels"])
        self.capture: str | None = given.get("as")

    def find(self, document: Document) -> Sequence[Match]:
        return [
            made(self.name, "post", document, Span(e.start, e.end), f"a named {e.label}", name=self.capture)
            for e in document.language.entities
            if e.label in self.labels
        ]


@register
class TokensMatcher:
    """A sequence of tokens, each given by attributes (lower, lemma, pos, tag, dep); a pattern as in spaCy."""

    name: ClassVar[str] = "tokens"
    cost: ClassVar[int] = 60
    short: ClassVar[str] = "pattern"
    fields: ClassVar[Mapping[str, Field]] = {
        "pattern": Field(
            "any", "a list of mappings: LOWER, LEMMA, POS, TAG, DEP (a value, or {IN: [..]}), OP ?", required=True
        ),
        "as": AS,
    }

    def __init__(self, given: Mapping[str, Any], lexicon: Lexicon) -> None:
        self.pattern = tuple(_step(item) for item in given["pattern"])
        self.capture: str | None = given.get("as")

    def find(self, document: Document) -> Sequence[Match]:
        words = document.language.words
        found = []
        for start in range(len(words)):
            end = self._end(words, start, 0)
            if end is not None and end > start:
                span = Span(words[start].start, words[end - 1].end)
                found.append(made(self.name, "post", document, span, "a sequence of tokens", name=self.capture))
        return found

    def _end(self, words: Sequence[Any], at: int, step: int) -> int | None:
        if step == len(self.pattern):
            return at
        wanted, optional = self.pattern[step]
        if at < len(words) and all(_value(words[at], key) in values for key, values in wanted.items()):
            end = self._end(words, at + 1, step + 1)
            if end is not None:
                return end
        return self._end(words, at, step + 1) if optional else None


_ATTRIBUTES = ("LOWER", "LEMMA", "POS", "TAG", "DEP")


def _step(item: Any) -> tuple[dict[str, frozenset[str]], bool]:
    if not isinstance(item, dict):
        raise ValueError("each token of a pattern is a mapping, as in {POS: VERB}")
    wanted: dict[str, frozenset[str]] = {}
    for key, value in item.items():
        if key == "OP":
            if value != "?":
                raise ValueError("OP knows only “?”")
            continue
        if key not in _ATTRIBUTES:
            raise ValueError(f"unknown attribute “{key}”; one of {', '.join(_ATTRIBUTES)}, OP")
        values = value.get("IN", []) if isinstance(value, dict) else [value]
        wanted[key] = frozenset(str(v) for v in values)
    return wanted, item.get("OP") == "?"


def _value(word: Any, key: str) -> str:
    return str(word.text.lower() if key == "LOWER" else getattr(word, key.lower()))
