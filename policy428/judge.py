"""Weighs what the rules proposed and decides what is said.

The rules propose candidates with all their evidence; the judge gives each a confidence and drops what a careful reader
would not report. Here every candidate passes with its rule's own confidence, save that of several of one family on the
same words the gravest speaks for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policy428.conditions import Match
from policy428.document import Document
from policy428.mapped import Span
from policy428.rule import Rule
from policy428.violation import SEVERITIES, Severity


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule that holds at a place, before it is judged; `span` counts in the prose, None outside the text."""

    rule: Rule
    match: Match
    severity: Severity
    confidence: float

    @property
    def span(self) -> Span | None:
        """Where it stands."""
        return self.match.span


def judge(candidates: Sequence[Candidate], document: Document) -> list[Candidate]:
    """The candidates to be reported, gravest first where they share a place, else in the order of the text."""
    ranked = sorted(candidates, key=lambda c: (-SEVERITIES.index(c.severity), -c.confidence, _start(c)))
    kept: list[Candidate] = []
    for candidate in ranked:
        if not any(_same(candidate, other) for other in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda c: (_start(c), c.rule.name))


def _start(candidate: Candidate) -> int:
    return candidate.span.start if candidate.span else 0


def _same(one: Candidate, other: Candidate) -> bool:
    if (one.rule.clause, one.rule.family) != (other.rule.clause, other.rule.family):
        return False
    if one.span is None or other.span is None:
        return True
    return one.span.overlaps(other.span)
