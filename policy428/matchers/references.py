"""`district`: references to the District, a school, program, team, mascot or person of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from policy428.conditions import Match
from policy428.mapped import Span
from policy428.matchers import AS, IN, Field, inside, made, register, sections

if TYPE_CHECKING:
    from policy428.document import Document
    from policy428.lexicon import Lexicon

REFERENCE_KINDS = (
    "name",
    "alias",
    "school",
    "mascot",
    "program",
    "team",
    "town",
    "email",
    "web",
    "hashtag",
    "person",
    "own",
)


@register
class DistrictMatcher:
    """References that count; a town alone counts only when asked for by kind."""

    name: ClassVar[str] = "district"
    cost: ClassVar[int] = 4
    short: ClassVar[str] = "kinds"
    fields: ClassVar[Mapping[str, Field]] = {
        "kinds": Field("strings", "only references of these kinds", REFERENCE_KINDS),
        "in": IN,
        "as": AS,
    }

    def __init__(self, given: Mapping[str, Any], lexicon: Lexicon) -> None:
        self.kinds = frozenset(given.get("kinds", ()))
        self.sections: tuple[str, ...] = tuple(given.get("in", ()))
        self.capture: str | None = given.get("as")

    def find(self, document: Document) -> Sequence[Match]:
        found = []
        for section, part in sections(document, self.sections):
            for reference in part.references:
                wanted = reference.kind in self.kinds if self.kinds else not reference.weak
                span = Span(reference.start, reference.end)
                if wanted and inside(part, section, span):
                    found.append(made(self.name, section, part, span, reference.why, name=self.capture))
        return found
