"""People known to all, from the list `public-figures`."""

from __future__ import annotations

from collections.abc import Sequence

from policy428.people.blocks import matches
from policy428.people.candidate import Candidate
from policy428.people.names import NameLists
from policy428.people.person import Role
from policy428.people.words import NameWord

_WHY = "a person known to all"
_ROLE: tuple[Role, str, float] = ("public", "known to all", 0.75)
ALONE = 0.85
BESIDES = 0.6


def with_public(
    found: Sequence[Candidate], words: Sequence[NameWord], lists: NameLists, blocked: frozenset[int]
) -> list[Candidate]:
    """The candidates `found` and those that the list knows, in the order of the text, none overlapping another.

    One that holds a famous name whole ("President Obama", "Marie Curie Lopez") stays and is told to be public.
    """
    owner = {at: candidate for candidate in found for at in range(candidate.first, candidate.last + 1)}
    replaced: set[int] = set()
    known: list[Candidate] = []
    for start, end in matches(words, lists.public):
        if not _meant(words, start, end, lists, blocked):
            continue
        over = [owner[at] for at in range(start, end) if at in owner]
        whole = next((c for c in over if c.first <= start and end - 1 <= c.last and (c.title or c.size > 1)), None)
        if whole is None:
            replaced.update(id(candidate) for candidate in over)
            known.append(_candidate(words, start, end))
        elif end - start > 1 or whole.size == 1:
            whole.add(_WHY, BESIDES)
            whole.roles.append(_ROLE)
    return sorted([*known, *(one for one in found if id(one) not in replaced)], key=lambda one: one.first)


def _meant(words: Sequence[NameWord], start: int, end: int, lists: NameLists, blocked: frozenset[int]) -> bool:
    if any(at in blocked or words[at].form in ("hashtag", "handle", "skip") for at in range(start, end)):
        return False
    word = words[start]
    return end - start > 1 or word.form != "lower" or (word.key not in lists.words and word.key not in lists.common)


def _candidate(words: Sequence[NameWord], start: int, end: int) -> Candidate:
    candidate = Candidate(start, end - 1, surname=end - 1, public=True, lower=words[start].form == "lower")
    candidate.given = start if end - start > 1 else None
    candidate.add(_WHY, ALONE)
    candidate.roles.append(_ROLE)
    return candidate
