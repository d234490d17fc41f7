"""Weighs what the rules proposed and decides what is said.

The rules propose candidates with all their evidence; the judge adds up, clause by clause, what speaks for and against,
gives a calibrated confidence, and drops what a careful reader would not report. Its weights are a few numbers a clause,
learned by `python -m training` on posts that neither the rules' authors nor the models had seen, and lie in the open
in `models/meaning.json`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from policy428.conditions import Match
from policy428.document import Document
from policy428.mapped import Span
from policy428.meaning import clipped, sigmoid
from policy428.rule import Rule
from policy428.violation import SEVERITIES, Evidence, Severity

# How many parts of a post are heard at most: the whole, and what stands around the first candidates.
PARTS = 4
# A rule this sure states a fact that can be checked, and the judge lets it stand.
CERTAIN = 0.9
# Nothing is certain that a linter says of meaning.
MOST = 0.99
# The signs that are weighed, as people are told of them.
SAID = {
    "rule": "a rule holds",
    "confidence": "how sure the rule is by itself",
    "rules": "several rules agree",
    "linear": "its wording",
    "encoder": "its meaning",
}


UNLEARNED = "the rule's own, for nothing was learned about this clause"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judge's word on one clause of one post.

    Attributes:
        probability: that a careful reader would report the clause.
        reported: it reaches the threshold.
        doubtful: it lies in the band above it, where errors become warnings.
        parts: what each sign added to the log-odds, for and against.
    """

    probability: float
    reported: bool
    doubtful: bool
    parts: Mapping[str, float]


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
    """The candidates to be reported, each with its calibrated confidence, in the order of the text.

    For each clause that a rule proposes, the judge adds up what speaks for it and against it: that a rule holds, how
    sure that rule is by itself, how many rules hold, and what the two trained models hear. Below the clause's threshold
    nothing is said; a little above it an error is said as a warning. What stands on meaning alone has been weighed by
    its rule already. A clause of which the judge has learned nothing is reported as its rules say.
    """
    if not candidates:
        return []
    kept: list[Candidate] = []
    for clause in dict.fromkeys(candidate.rule.clause for candidate in candidates):
        mine = [candidate for candidate in candidates if candidate.rule.clause == clause]
        by_rule = [candidate for candidate in mine if not on_meaning(candidate)]
        if clause not in document.context.ears.judge["quick"]:
            # A clause of another district's pack, of which the judge has learned nothing.
            kept.extend(_told(candidate, UNLEARNED) for candidate in mine)
            continue
        verdict = weigh(clause, by_rule, document) if by_rule else None
        if verdict is None:
            kept.extend(_heard(candidate, document) for candidate in mine)
        elif verdict.reported:
            # A reason in words says all that a likeness could add, and where it is dropped the meaning was weighed too.
            kept.extend(_judged(candidate, verdict) for candidate in by_rule)
    return distinct(kept)


def weigh(clause: str, candidates: Sequence[Candidate], document: Document) -> Verdict:
    """What the judge makes of the candidates of one clause; asks the encoder only when the rest leaves doubt."""
    weights: Mapping[str, Any] = document.context.ears.judge
    low, high = weights["sure"]
    parts = _add(weights["quick"][clause], signs(clause, candidates, document, encoder=False))
    probability = sigmoid(sum(parts.values()))
    if low < probability < high:
        parts = _add(weights["full"][clause], signs(clause, candidates, document))
        probability = sigmoid(sum(parts.values()))
    threshold, band = float(weights["threshold"]), float(weights["band"])
    if max(candidate.confidence for candidate in candidates) >= CERTAIN:
        # An address or a number is there or is not: no likeness speaks against it.
        probability = max(probability, CERTAIN)
    return Verdict(probability, probability >= threshold, probability < band, parts)


def signs(
    clause: str, candidates: Sequence[Candidate], document: Document, *, encoder: bool = True
) -> dict[str, float]:
    """What the judge weighs for one clause.

    `rule` is 1; `confidence` is that of the surest rule, less 0.75; `rules` counts the further rules that hold, up to
    two; `linear` and `encoder` are the log-odds that the two models hear, in the whole post or in what stands around a
    candidate, whichever is more.
    """
    hearings = [document.hearing]
    for candidate in candidates:
        if candidate.span is not None:
            part = document.hearing.part(document.around(candidate.span))
            if part not in hearings:
                hearings.append(part)
    found = {
        "rule": 1.0,
        "confidence": max(candidate.confidence for candidate in candidates) - 0.75,
        "rules": float(min(3, len({candidate.rule.name for candidate in candidates})) - 1),
        "linear": clipped(max(hearing.linear[clause] for hearing in hearings[:PARTS])),
    }
    if encoder:
        found["encoder"] = clipped(max(hearing.heard.log_odds[clause] for hearing in hearings[:PARTS]))
    return found


def in_words(parts: Mapping[str, float]) -> str:
    """What spoke for and against, the weightiest first, each with its share of the log-odds."""
    ranked = sorted(parts.items(), key=lambda item: -abs(item[1]))
    told = [(part, f"{SAID.get(name, name)} ({part:+.1f})") for name, part in ranked if abs(part) >= 0.05]
    sides = {
        "for it": [text for part, text in told if part > 0],
        "against it": [text for part, text in told if part < 0],
    }
    return "; ".join(f"{side}: {', '.join(texts)}" for side, texts in sides.items() if texts)


def on_meaning(candidate: Candidate) -> bool:
    """Whether a candidate stands on what the models hear and on nothing else."""
    return any(item.leaf == "meaning" for item in candidate.match.evidence)


def distinct(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Of several of one family on the same words the gravest, in the order of the text."""
    ranked = sorted(
        candidates,
        key=lambda c: (-SEVERITIES.index(c.severity), -c.confidence, -c.rule.confidence, _start(c)),
    )
    kept: list[Candidate] = []
    for candidate in ranked:
        if not any(_same(candidate, other) for other in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda c: (_start(c), c.rule.name))


def _judged(candidate: Candidate, verdict: Verdict) -> Candidate:
    """The candidate with the judge's confidence, and what spoke for and against among its evidence."""
    severity = candidate.severity
    if verdict.doubtful and severity == "error":
        severity = "warning"
    evidence = (*candidate.match.evidence, Evidence("judge", "", 0, 0, in_words(verdict.parts)))
    match = replace(candidate.match, evidence=evidence)
    return replace(candidate, match=match, severity=severity, confidence=min(MOST, verdict.probability))


def _told(candidate: Candidate, why: str) -> Candidate:
    evidence = (*candidate.match.evidence, Evidence("judge", "", 0, 0, why))
    return replace(candidate, match=replace(candidate.match, evidence=evidence))


def _heard(candidate: Candidate, document: Document) -> Candidate:
    return replace(candidate, confidence=min(MOST, document.hearing.probability(candidate.rule.clause)))


def _add(weights: Mapping[str, float], signs: Mapping[str, float]) -> dict[str, float]:
    """What each sign adds to the log-odds."""
    return {"bias": weights["bias"], **{name: weights[name] * value for name, value in signs.items()}}


def _start(candidate: Candidate) -> int:
    return candidate.span.start if candidate.span else 0


def _same(one: Candidate, other: Candidate) -> bool:
    if (one.rule.clause, one.rule.family) != (other.rule.clause, other.rule.family):
        return False
    if one.span is None or other.span is None:
        return True
    return one.span.overlaps(other.span)
