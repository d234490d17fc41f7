"""People told by a description alone, from lists of phrases: "our principal", "the new kid in room 12"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policy428.people.person import Person, Role

if TYPE_CHECKING:
    from policy428.document import Document

# List, the role it gives, and what it says of the words found.
_LISTS: tuple[tuple[str, Role, str], ...] = (
    ("singled-out-pupil", "student", "described so that one pupil is meant"),
    ("singled-out-staff", "staff", "told by a job that few hold"),
    ("own-family", "family", "the author's own family"),
)
_SCORES = {"strong": 0.75, "mild": 0.5}


def described(document: Document) -> Iterator[Person]:
    """People that a description singles out."""
    text = document.prose.text
    for name, role, why in _LISTS:
        for hit in document.hits(name):
            said = text[hit.start : hit.end]
            yield Person(said, hit.start, hit.end, role, (why,), score=_SCORES[hit.strength], kind="detail")
