"""Who somebody is: the role of a named person, from what is said around the name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from policy428.mapped import Span
from policy428.people.candidate import Candidate
from policy428.people.names import NameLists
from policy428.people.person import Role
from policy428.people.surroundings import listed
from policy428.people.words import NameWord, key

if TYPE_CHECKING:
    from policy428.document import Document

# Characters between a name and a sign that still speaks of it, in its own sentence and in the one before.
REACH = 80
REACH_BACK = 160
# Lists of signs, the role each shows, and what it weighs against titles, relations and rosters.
_SIGNS: tuple[tuple[str, Role, float], ...] = (("student-signs", "student", 0.55), ("staff-signs", "staff", 0.55))
_FARTHER = 0.003
_BEFORE = 0.2
_EMPLOYEE = 0.25
_SHARED = 0.05


def assign(candidates: Sequence[Candidate], words: Sequence[NameWord], document: Document, lists: NameLists) -> None:
    """Adds to each candidate what speaks for a role, in place."""
    employee = bool(candidates) and _speaks_as_employee(document)
    for candidate in candidates:
        _own_name(candidate, words, document)
        if candidate.title:
            continue
        span = Span(words[candidate.first].start, words[candidate.last].end)
        candidate.roles.extend(signs(span, document))
        if employee and not candidate.public:
            _pupil_by_default(candidate, words, lists)
    _share_in_lists(candidates, words, document.prose.text)
    _share_by_name(candidates, words)


def signs(span: Span, document: Document) -> Iterator[tuple[Role, str, float]]:
    """What stands near `span` and shows a role: the role, why, and its weight. The nearest sign of each list counts."""
    text = document.prose.text
    at = next((i for i, sentence in enumerate(document.sentences) if sentence.contains(span)), None)
    if at is None:
        return
    home = document.sentences[at]
    before = document.sentences[at - 1] if at else None
    for name, role, weight in _SIGNS:
        hits = [Span(hit.start, hit.end) for hit in document.hits(name)]
        near = [(hit.gap(span), hit.start, hit.end) for hit in hits if home.contains(hit) and not hit.overlaps(span)]
        gap, start, end = min(near, default=(REACH, 0, 0))
        if gap < REACH:
            yield role, f"“{text[start:end]}” stands near", weight - gap * _FARTHER
        elif before is not None:
            back = [(hit.gap(span), hit.start, hit.end) for hit in hits if before.contains(hit)]
            gap, start, end = min(back, default=(REACH_BACK, 0, 0))
            if gap < REACH_BACK:
                yield role, f"“{text[start:end]}” stands in the sentence before", weight - _BEFORE


def _own_name(candidate: Candidate, words: Sequence[NameWord], document: Document) -> None:
    """The author's own name is nobody else's."""
    name = document.post.author.name
    if not name:
        return
    own = {key(part) for part in name.split()}
    said = {words[at].key for at in (candidate.given, candidate.surname) if at is not None}
    if len(said) > 1 and said <= own:
        candidate.roles.append(("family", "the author's own name", 1.0))


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
    for one in candidates:
        for two in candidates:
            if one is not two and one.role[2] > two.role[2] and _same(one, two, words):
                role, why, weight = one.role
                two.roles.append((role, why, weight - _SHARED))


def _same(one: Candidate, two: Candidate, words: Sequence[NameWord]) -> bool:
    short, long = (one, two) if one.size <= two.size else (two, one)
    if short.title or long.title:
        return False
    mine = {words[at].key for at in range(short.first, short.last + 1)}
    return mine <= {words[at].key for at in range(long.first, long.last + 1)}


def _speaks_as_employee(document: Document) -> bool:
    return document.post.role in ("classroom", "official") or document.author.employee
