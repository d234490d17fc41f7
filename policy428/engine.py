"""Runs compiled rules over a document and proposes candidates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy428.conditions import Match, State
from policy428.document import Document
from policy428.judge import Candidate
from policy428.rule import Rule
from policy428.violation import SEVERITIES, Severity


def propose(rules: Iterable[Rule], document: Document, *, exhaustive: bool = False) -> Iterator[Candidate]:
    """The candidates of `rules` in `document`.

    Args:
        rules: the rules in force.
        document: the post.
        exhaustive: ask every condition whatever the others answered; slower, with the same candidates.
    """
    state = State(document, exhaustive)
    for rule in rules:
        if not _applies(rule, document):
            continue
        found = rule.find.find(state, None)
        if not found or (rule.employee and not document.author.employee):
            continue
        refers = rule.reference == "ignored" or document.refers
        if (rule.reference == "required" and not refers) or (rule.unless and rule.unless.find(state, None)):
            continue
        severity = rule.severity if refers else _lower(rule.severity)
        for match in _places(found, document, once=rule.once):
            yield Candidate(rule, match, severity, rule.confidence)


def _applies(rule: Rule, document: Document) -> bool:
    post = document.post
    return post.role in rule.roles and rule.authorized in {None, post.authorized}


def _lower(severity: Severity) -> Severity:
    return SEVERITIES[max(0, SEVERITIES.index(severity) - 1)]


def _places(found: list[Match], document: Document, *, once: bool) -> Iterator[Match]:
    """One match a sentence, or only the first; matches outside the text count as one place."""
    seen: set[int] = set()
    for match in sorted(found, key=lambda m: (m.span is None, m.span.start if m.span else 0)):
        place = document.sentence_of(match.span.start) if match.span else -1
        if place in seen:
            continue
        if match.span is None and seen:
            return
        seen.add(place)
        yield match
        if once:
            return
