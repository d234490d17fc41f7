"""People in a post: those it names, and those it singles out without a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy428.people.person import KINDS, ROLES, Kind, Person, Role

if TYPE_CHECKING:
    from policy428.document import Document

__all__ = ["KINDS", "ROLES", "Kind", "Person", "Role", "find_people"]


def find_people(document: Document, *, deep: bool = True) -> tuple[Person, ...]:
    """The people a document names or singles out, in the order of the text; see `finding`, loaded when first asked."""
    from policy428.people import finding

    return finding.find_people(document, deep=deep)
