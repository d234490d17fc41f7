"""People singled out without a full name: descriptions, jobs, initials, numbers, handles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from policy428.mapped import Span
from policy428.people.described import described
from policy428.people.hints import Hints
from policy428.people.person import Person
from policy428.people.signs import handles, initials, jerseys

if TYPE_CHECKING:
    from policy428.document import Document

_FINDERS: tuple[Callable[[Document], Iterable[Person]], ...] = (described, initials, jerseys, handles)


# Between a description and the name it belongs to: "our principal Dana Weiss", "my son, Tyler,".
_BEFORE_NAME = (" ", ", ")


def find_details(hints: Hints, named: Sequence[Person]) -> Iterator[Person]:
    """People singled out, none of whom overlaps one in `named` or another; the longest words win."""
    document = hints.document
    text = document.prose.text
    taken = bytearray(len(text))
    for person in named:
        taken[person.start : person.end] = b"x" * (person.end - person.start)
    heads = {person.start for person in named}
    found = [person for finder in _FINDERS for person in finder(document)]
    for person in sorted(found, key=lambda person: (person.start - person.end, person.start)):
        if any(person.end + len(gap) in heads and text.startswith(gap, person.end) for gap in _BEFORE_NAME):
            continue
        if not any(taken[person.start : person.end]):
            taken[person.start : person.end] = b"x" * (person.end - person.start)
            yield _with_role(person, hints) if person.role == "unknown" else person


def _with_role(person: Person, hints: Hints) -> Person:
    """Initials and handles say nothing of the role; what stands near may."""
    near = max(hints.near(Span(person.start, person.end)), key=lambda said: said[2], default=None)
    return person if near is None else replace(person, role=near[0], evidence=(*person.evidence, near[1]))
