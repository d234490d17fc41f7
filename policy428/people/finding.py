"""Finds the people of a document: candidates by lists, weighed by what is around them, then a role for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy428.people import entities, roles, roster
from policy428.people.blocks import matches, profile_entries
from policy428.people.candidate import Candidate
from policy428.people.candidates import Finder
from policy428.people.casing import casing_of
from policy428.people.details import find_details
from policy428.people.hints import Hints
from policy428.people.names import NameLists, name_lists
from policy428.people.person import Person
from policy428.people.public import with_public
from policy428.people.surroundings import SURE, Surroundings
from policy428.people.words import NameWord, words_of

if TYPE_CHECKING:
    from policy428.document import Document


def find_people(document: Document, *, deep: bool = True) -> tuple[Person, ...]:
    """The people a document names or singles out, in the order of the text.

    Args:
        document: the document.
        deep: ask the language model about capitals that the lists leave in doubt; without it the answer is cheap and
            holds what the lists are sure of.

    Raises:
        ModelError: the model is needed and missing or broken.
    """
    lists = name_lists()
    text = document.prose.text
    words = words_of(text, document.sentences)
    blocked = _blocked(words, lists, document)
    casing = casing_of(words, lists)
    found = Finder(words, lists, casing, blocked).candidates()
    found = with_public(found, words, lists, blocked)
    around = Surroundings(text, words, lists, casing)
    around.weigh(found)
    if deep and entities.doubtful(found):
        entities.weigh(found, words, document.context.language.entities(text))
        around.weigh(found)
    found = roster.obey(roster.join(found, words, document), words, document)
    found = [candidate for candidate in found if candidate.score >= SURE]
    hints = Hints(document)
    roles.assign(found, words, hints, lists)
    named = [_person(text, words, candidate) for candidate in found]
    return tuple(sorted([*named, *find_details(hints, named)], key=lambda person: (person.start, person.end)))


def _blocked(words: list[NameWord], lists: NameLists, document: Document) -> frozenset[int]:
    blocked: set[int] = set()
    for entries in (lists.not_people, profile_entries(document.context.profile)):
        for start, end in matches(words, entries):
            shown = any(words[at].form != "lower" for at in range(start, end))
            if shown or end - start > 1:
                blocked.update(range(start, end))
    return frozenset(blocked)


def _person(text: str, words: list[NameWord], candidate: Candidate) -> Person:
    start, end = words[candidate.first].start, words[candidate.last].end
    role, why, _ = candidate.role
    evidence = [reason for reason, weight in candidate.reasons if weight > 0]
    if why and why not in evidence:
        evidence.append(why)
    title = text[words[candidate.title[0]].start : words[candidate.title[1] - 1].end] if candidate.title else None
    return Person(
        text[start:end],
        start,
        end,
        role,
        tuple(evidence),
        _text(words, candidate.given),
        _text(words, candidate.surname),
        title,
        round(candidate.score, 2),
    )


def _text(words: list[NameWord], at: int | None) -> str | None:
    return None if at is None else words[at].text
