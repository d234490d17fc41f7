"""People singled out without a full name: descriptions, jobs, initials, numbers, handles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from policy428.mapped import Span
from policy428.people.described import described
from policy428.people.person import Person
from policy428.people.roles import signs
from policy428.people.signs import handles, initials, jerseys

if TYPE_CHECKING:
    from policy428.document import Document

_FINDERS: tuple[Callable[[Document], Iterable[Person]], ...] = (described, initials, jerseys, handles)


# Between a description and the name it belongs to: "our principal Dana Weiss", "my son, Tyler,".
_BEFORE_NAME = (" ", ", ")


def find_details(document: Document, named: Sequence[Person]) -> Iterator[Person]:
    """People singled out, none of whom overlaps one in `named` or another; the longest words win."""
    text = document.prose.text
    taken = [(person.start, person.end) for person in named]
    heads = {person.start for person in named}
    found = [person for finder in _FINDERS for person in finder(document)]
    for person in sorted(found, key=lambda person: (person.start - person.end, person.start)):
        if any(person.end + len(gap) in heads and text.startswith(gap, person.end) for gap in _BEFORE_NAME):
            continue
        if all(person.end <= start or end <= person.start for start, end in taken):
            taken.append((person.start, person.end))
            yield _with_role(person, document) if person.role == "unknown" else person


def _with_role(person: Person, document: Document) -> Person:
    """Initials and handles say nothing of the role; what stands near may."""
    near = max(signs(Span(person.start, person.end), document), key=lambda said: said[2], default=None)
    return person if near is None else replace(person, role=near[0], evidence=(*person.evidence, near[1]))
