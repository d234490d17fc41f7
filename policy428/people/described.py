"""People told by a description alone, from lists of phrases: "our principal", "the new kid in room 12"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policy428.people.person import Person, Role
from policy428.people.relations import OWN
from policy428.people.words import word_set

if TYPE_CHECKING:
    from policy428.document import Document

# List, the role it gives, and what it says of the words found.
_LISTS: tuple[tuple[str, Role, str], ...] = (
    ("singled-out-pupil", "student", "described so that one pupil is meant"),
    ("singled-out-staff", "staff", "told by a job that few hold"),
    ("own-family", "family", "the author's own family"),
)
_MANY = word_set("kids boys girls children kiddos babies family")
_SCORES = {"strong": 0.75, "mild": 0.5}


def described(document: Document) -> Iterator[Person]:
    """People that a description singles out."""
    text = document.prose.text
    for name, role, why in _LISTS:
        for hit in document.hits(name):
            said = text[hit.start : hit.end]
            if role == "family" and not _one_of_the_family(said):
                continue
            yield Person(said, hit.start, hit.end, role, (why,), score=_SCORES[hit.strength], kind="detail")


def _one_of_the_family(said: str) -> bool:
    """Whether one of the author's family is meant: "my son", not "as a dad" nor "my girls", who may be a team."""
    words = said.lower().split()
    return words[0] in OWN and words[-1] not in _MANY
