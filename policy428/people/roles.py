"""Who somebody is: the role of a named person, from what is said around the name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from policy428.mapped import Span
from policy428.people.candidate import Candidate
from policy428.people.hints import Hints
from policy428.people.names import NameLists
from policy428.people.surroundings import listed
from policy428.people.words import NameWord, key

if TYPE_CHECKING:
    from policy428.document import Document

_EMPLOYEE = 0.25
# The names in "mom of Gus and Ellie", "dad to Eli, Max & Ruth".
_CHILDREN = re.compile(
    r"\b(?:[Mm]om|[Mm]ama|[Mm]amá|[Mm]other|[Dd]ad|[Pp]apa|[Ff]ather|[Gg]randma|[Gg]randpa|[Nn]ana|[Pp]arent)"
    r" (?:of|to|de) ((?:[A-Z]\w{1,15}(?:, | and | & | y |, and )?){1,6})"
)
_SHARED = 0.05
# Names that share a word, beyond which no more are compared: no honest post holds so many.
MANY = 200


def assign(candidates: Sequence[Candidate], words: Sequence[NameWord], hints: Hints, lists: NameLists) -> None:
    """Adds to each candidate what speaks for a role, in place."""
    document = hints.document
    employee = bool(candidates) and _speaks_as_employee(document)
    for candidate in candidates:
        _own_name(candidate, words, document)
        if candidate.role[0] != "unknown" and candidate.title:
            continue
        span = Span(words[candidate.first].start, words[candidate.last].end)
        candidate.roles.extend(hints.near(span))
        if employee and not candidate.public and not candidate.title:
            _pupil_by_default(candidate, words, lists)
    _share_in_lists(candidates, words, document.prose.text)
    _share_by_name(candidates, words)


def _own_name(candidate: Candidate, words: Sequence[NameWord], document: Document) -> None:
    """The author's own name is nobody else's, and the children whom a bio names are the author's."""
    said = {words[at].key for at in (candidate.given, candidate.surname) if at is not None}
    if said and said <= _bio_children(document.post.author.bio or ""):
        candidate.roles.append(("family", "the author's child, says the bio", 1.0))
    name = document.post.author.name
    if not name:
        return
    own = {key(part) for part in name.split()}
    said = {words[at].key for at in (candidate.given, candidate.surname) if at is not None}
    if len(said) > 1 and said <= own:
        candidate.roles.append(("family", "the author's own name", 1.0))


def _bio_children(bio: str) -> frozenset[str]:
    """Names in a bio's "mom of Gus and Ellie", as keys."""
    return frozenset(key(name) for found in _CHILDREN.finditer(bio) for name in re.findall(r"[^\W\d_]{2,20}", found[1]))


def _pupil_by_default(candidate: Candidate, words: Sequence[NameWord], lists: NameLists) -> None:
    """Whom school employees call by the given name alone is mostly a pupil, unless only adults bear that name."""
    if candidate.given is None:
        return
    alone = candidate.surname is None or words[candidate.surname].form == "initial"
    if not alone:
        return
    if words[candidate.given].key in lists.elder:
        candidate.roles.append(("unknown", "a given name that few children bear", _EMPLOYEE))
    else:
        candidate.roles.append(("student", "named by the given name in a school employee's post", _EMPLOYEE))


def _share_in_lists(candidates: Sequence[Candidate], words: Sequence[NameWord], text: str) -> None:
    """People listed together are of one kind, unless something nearer says otherwise."""
    pairs = [(one, two) for one, two in pairwise(candidates) if listed(text, words, one, two)]
    for one, two in [*pairs, *((two, one) for one, two in reversed(pairs))]:
        role, why, weight = one.role
        if role in ("student", "staff") and not two.title and two.role[2] < weight:
            two.roles.append((role, why, weight - _SHARED))


def _share_by_name(candidates: Sequence[Candidate], words: Sequence[NameWord]) -> None:
    """What is known of "Avery Hanson" holds for "Avery" too, and the other way round."""
    groups: dict[frozenset[str], list[Candidate]] = {}
    for candidate in candidates:
        if not candidate.title:
            name = frozenset(words[at].key for at in range(candidate.first, candidate.last + 1))
            groups.setdefault(name, []).append(candidate)
    by_word: dict[str, list[frozenset[str]]] = {}
    for name in groups:
        for word in name:
            by_word.setdefault(word, []).append(name)
    best = {name: max((one.role for one in group), key=lambda said: said[2]) for name, group in groups.items()}
    for name, group in groups.items():
        akin = [other for other in by_word[min(name)][:MANY] if other <= name or name <= other]
        role, why, weight = max((best[other] for other in akin), key=lambda said: said[2])
        for candidate in group:
            if candidate.role[2] < weight - _SHARED:
                candidate.roles.append((role, why, weight - _SHARED))


def _speaks_as_employee(document: Document) -> bool:
    return document.post.role in ("classroom", "official") or document.author.employee
