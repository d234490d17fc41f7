"""People in a post: those it names, and those it singles out without a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy428.people.person import KINDS, ROLES, Kind, Person, Role

if TYPE_CHECKING:
    from policy428.document import Document

__all__ = ["KINDS", "ROLES", "Kind", "Person", "Role", "find_people"]


def find_people(document: Document) -> tuple[Person, ...]:
    """The people of `document`, in the order of its text."""
    from policy428.people import finding

    return finding.find_people(document)
