"""`words`: entries of word lists; `phrases`: phrases written in the rule itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from policy428.conditions import Match
from policy428.lexicon import STRENGTHS
from policy428.mapped import Span
from policy428.matchers import AS, IN, Field, inside, made, register, sections

if TYPE_CHECKING:
    from policy428.document import Document
    from policy428.lexicon import Lexicon


@register
class WordsMatcher:
    """Entries of one or several lists, matched on folded text, minus the list's innocent contexts."""

    name: ClassVar[str] = "words"
    cost: ClassVar[int] = 1
    short: ClassVar[str] = "list"
    fields: ClassVar[Mapping[str, Field]] = {
        "list": Field("lists", "name of a word list, or several", required=True),
        "strength": Field("string", "only entries of this strength", STRENGTHS),
        "in": IN,
        "as": AS,
    }

    def __init__(self, given: Mapping[str, Any], lexicon: Lexicon) -> None:
        self.lists: tuple[str, ...] = tuple(given["list"])
        self.strength: str | None = given.get("strength")
        self.sections: tuple[str, ...] = tuple(given.get("in", ()))
        self.capture: str | None = given.get("as")
        self.lexicon = lexicon

    def find(self, document: Document) -> Sequence[Match]:
        found = []
        for section, part in sections(document, self.sections):
            for name in self.lists:
                for hit in part.hits(name):
                    span = Span(hit.start, hit.end)
                    if self.strength not in {None, hit.strength} or not inside(part, section, span):
                        continue
                    why = self._why(name, hit.how)
                    found.append(made(self.name, section, part, span, why, name=self.capture))
        return sorted(found, key=lambda match: match.span.start if match.span else -1)

    def _why(self, name: str, how: tuple[str, ...]) -> str:
        shown = "a phrase of the rule" if "/" in name else f"in the list “{name}”"
        disguises = [way for way in how if way != "plain"]
        return f"{shown}, written in disguise ({', '.join(disguises)})" if disguises else shown


@register
class PhrasesMatcher(WordsMatcher):
    """Phrases of the phrase language, written in the rule."""

    name: ClassVar[str] = "phrases"
    short: ClassVar[str] = "of"
    fields: ClassVar[Mapping[str, Field]] = {
        "of": Field("phrases", "phrases of the phrase language", required=True),
        "in": IN,
        "as": AS,
    }

    def __init__(self, given: Mapping[str, Any], lexicon: Lexicon) -> None:
        name = "inline/" + "|".join(given["of"])
        lexicon.add(name, given["of"])
        super().__init__({**given, "list": (name,)}, lexicon)
