"""What the language model says of candidates that the lists leave in doubt."""

from __future__ import annotations

from collections.abc import Sequence

from policy428.language import Entity
from policy428.people.candidate import Candidate
from policy428.people.words import NameWord, word_set

FOR_ALL = 0.3
FOR_PART = 0.2
AGAINST = -0.15
# Between these the model's word can decide; beyond them it is not asked.
DOUBT_FROM = 0.2
DOUBT_TO = 0.5
_AGAINST = word_set("ORG GPE LOC FAC NORP PRODUCT EVENT WORK_OF_ART LANGUAGE LAW DATE TIME")


def doubtful(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those worth a model's word."""
    return [candidate for candidate in candidates if DOUBT_FROM <= candidate.score < DOUBT_TO and not candidate.lower]


def weigh(candidates: Sequence[Candidate], words: Sequence[NameWord], entities: Sequence[Entity]) -> None:
    """Adds what `entities` say to the doubtful candidates, in place."""
    for candidate in doubtful(candidates):
        start, end = words[candidate.first].start, words[candidate.last].end
        over = [entity for entity in entities if entity.start < end and start < entity.end]
        person = next((entity for entity in over if entity.label == "PERSON"), None)
        if person is not None:
            whole = person.start <= start and person.end >= end
            candidate.add("the language model takes it for a person", FOR_ALL if whole else FOR_PART)
        elif any(entity.label in _AGAINST for entity in over):
            candidate.add("the language model takes it for something else", AGAINST)
