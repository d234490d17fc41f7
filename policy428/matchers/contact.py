"""`contact`: addresses, numbers, identifiers and credentials, by type and owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from policy428.conditions import Match
from policy428.contacts.contact import OWNERS, TYPES
from policy428.mapped import Span
from policy428.matchers import AS, IN, Field, inside, made, register, sections

if TYPE_CHECKING:
    from policy428.document import Document
    from policy428.lexicon import Lexicon


@register
class ContactMatcher:
    """Contacts and identifiers in the post; `detail` narrows further, as in `district` for e-mail."""

    name: ClassVar[str] = "contact"
    cost: ClassVar[int] = 6
    short: ClassVar[str] = "types"
    fields: ClassVar[Mapping[str, Field]] = {
        "types": Field("strings", "only these types", TYPES, required=True),
        "owner": Field("strings", "only data of these owners", OWNERS),
        "detail": Field("strings", "only those with one of these details"),
        "in": IN,
        "as": AS,
    }

    def __init__(self, given: Mapping[str, Any], lexicon: Lexicon) -> None:
        self.types = frozenset(given["types"])
        self.owners = frozenset(given.get("owner", OWNERS))
        self.details = frozenset(given.get("detail", ()))
        self.sections: tuple[str, ...] = tuple(given.get("in", ()))
        self.capture: str | None = given.get("as")

    def find(self, document: Document) -> Sequence[Match]:
        found = []
        for section, part in sections(document, self.sections):
            for contact in part.contacts:
                span = Span(contact.start, contact.end)
                if contact.type not in self.types or contact.owner not in self.owners:
                    continue
                if self.details and contact.detail not in self.details:
                    continue
                if inside(part, section, span):
                    why = "; ".join((f"{contact.type} ({contact.owner})", *contact.evidence))
                    found.append(made(self.name, section, part, span, why, name=self.capture, private=True))
        return found
