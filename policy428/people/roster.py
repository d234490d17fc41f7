"""Joins names with the configured rosters, and obeys what the configuration says of names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from policy428.people.candidate import Candidate
from policy428.people.names import role_named
from policy428.people.words import NameWord, key

if TYPE_CHECKING:
    from policy428.document import Document

# `Rosters.find` scores a surname alone 60, a given name alone 50.
_ALONE = 50
_PLAIN = 80


def join(candidates: list[Candidate], words: Sequence[NameWord], document: Document) -> list[Candidate]:
    """Weighs candidates by the rosters and adds names that only a roster knows, in the order of the text."""
    rosters = document.context.rosters
    if not rosters:
        return candidates
    text = document.prose.text
    for candidate in candidates:
        name = text[words[candidate.first].start : words[candidate.last].end]
        matches = rosters.find(name, cutoff=_ALONE)
        if not matches:
            continue
        best = matches[0]
        kinds = {match.entry.kind for match in matches if match.score == best.score}
        if len(kinds) > 1:
            continue
        why = f"on the {best.entry.kind} roster ({best.how})"
        candidate.add(why, 0.6 if best.score >= _PLAIN else 0.15)
        candidate.roles.append((best.entry.kind, why, 0.95 if best.score >= _PLAIN else 0.45))
    for mention in rosters.mentions(document.tokens, text):
        span = [at for at, word in enumerate(words) if word.start < mention.end and mention.start < word.end]
        if not span or any(c.first <= span[0] and span[-1] <= c.last for c in candidates):
            continue
        candidates[:] = [c for c in candidates if c.last < span[0] or span[-1] < c.first]
        given = span[0]
        candidate = Candidate(span[0], span[-1], given=given, surname=span[-1], lower=words[given].form == "lower")
        why = f"on the {mention.person.kind} roster"
        candidate.add(why, 0.9 if mention.sure else 0.5)
        candidate.roles.append((mention.person.kind, why, 0.95))
        candidates.append(candidate)
    return sorted(candidates, key=lambda candidate: candidate.first)


def obey(candidates: list[Candidate], words: Sequence[NameWord], document: Document) -> list[Candidate]:
    """Drops names that the configuration calls nobody's and gives others the role it says."""
    context = document.context
    if not context.not_people and not context.people_roles:
        return candidates
    kept = []
    for candidate in candidates:
        forms = _forms(candidate, words, document.prose.text)
        if forms & context.not_people:
            continue
        role = next((context.people_roles[form] for form in forms if form in context.people_roles), None)
        if role is not None:
            candidate.add("named in the configuration", 0.5)
            candidate.roles.append((role_named(role), "as the configuration says", 2.0))
        kept.append(candidate)
    return kept


def _forms(candidate: Candidate, words: Sequence[NameWord], text: str) -> set[str]:
    """The name as a person would write it in the configuration: with and without its title."""
    end = words[candidate.last].end
    starts = [candidate.first, candidate.title[1] if candidate.title else candidate.first]
    written = {text[words[start].start : end] for start in starts}
    return {form.lower() for form in written} | {key(form) for form in written}
