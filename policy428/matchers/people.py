"""`person`: people named or singled out, by role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from policy428.conditions import Match
from policy428.mapped import Span
from policy428.matchers import AS, IN, Field, inside, made, register, sections
from policy428.people.person import KINDS, ROLES

if TYPE_CHECKING:
    from policy428.document import Document
    from policy428.lexicon import Lexicon


@register
class PersonMatcher:
    """People in the post. Unless told otherwise only those named, in any role but the author's own family."""

    name: ClassVar[str] = "person"
    cost: ClassVar[int] = 20
    short: ClassVar[str] = "roles"
    fields: ClassVar[Mapping[str, Field]] = {
        "roles": Field("strings", "only people in these roles", ROLES),
        "kind": Field("strings", "named, or singled out by a detail", KINDS),
        "in": IN,
        "as": AS,
    }

    def __init__(self, given: Mapping[str, Any], lexicon: Lexicon) -> None:
        self.roles = frozenset(given.get("roles", [role for role in ROLES if role != "family"]))
        self.kinds = frozenset(given.get("kind", ["name"]))
        self.sections: tuple[str, ...] = tuple(given.get("in", ()))
        self.capture: str | None = given.get("as")

    def find(self, document: Document) -> Sequence[Match]:
        found = []
        for section, part in sections(document, self.sections):
            for person in part.people:
                span = Span(person.start, person.end)
                if person.role in self.roles and person.kind in self.kinds and inside(part, section, span):
                    why = "; ".join((f"a person ({person.role})", *person.evidence))
                    found.append(
                        made(self.name, section, part, span, why, name=self.capture, private=person.kind == "name")
                    )
        return found
