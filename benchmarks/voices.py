"""The ablation: one post answered by the rules alone, by the trained models alone, and by both as the linter does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, get_args

from benchmarks.scoring import Answer
from policy428 import Linter, Post
from policy428.document import Document
from policy428.judge import Candidate, distinct, judge
from policy428.locate import violations
from policy428.meaning import sigmoid
from policy428.violation import Violation

Voice = Literal["both", "rules", "models"]
VOICES: tuple[Voice, ...] = get_args(Voice)
NAMES: dict[Voice, str] = {"both": "rules and judge", "rules": "rules alone", "models": "models alone"}
# Rules that stand on what the models hear and on nothing else are no rules for this purpose.
BY_MEANING = "reads-like"
# Log-odds from which the encoder alone reports; of the round numbers the best on posts it had not been trained on.
LOUD = 1.0


def ask(linter: Linter, post: Post, voices: Iterable[Voice], clauses: Sequence[str]) -> dict[Voice, Answer]:
    """What each of `voices` reports of `clauses`; they share the layers of one document."""
    document = linter.document(post)
    voices = tuple(voices)
    proposed = linter.candidates(document) if {"both", "rules"} & set(voices) else []
    answers: dict[Voice, Answer] = {}
    for voice in voices:
        if voice == "models":
            answers[voice] = _heard(document, clauses)
        else:
            answers[voice] = _answer(violations(_kept(voice, proposed, document), document))
    return answers


def _kept(voice: Voice, proposed: Sequence[Candidate], document: Document) -> list[Candidate]:
    if voice == "both":
        return judge(proposed, document)
    return distinct([candidate for candidate in proposed if not candidate.rule.slug.startswith(BY_MEANING)])


def _answer(found: Sequence[Violation]) -> Answer:
    reasons: dict[str, str] = {}
    confidences: dict[str, float] = {}
    for violation in found:
        words = "; ".join(f"{e.leaf}: {e.text!r}" for e in violation.evidence)
        before = reasons.get(violation.clause)
        reasons[violation.clause] = " | ".join(filter(None, [before, f"{violation.rule} [{words}]"]))
        confidences[violation.clause] = max(violation.confidence, confidences.get(violation.clause, 0.0))
    families = frozenset(f"{v.clause}/{v.family}" for v in found)
    return Answer(frozenset(reasons), families, reasons, confidences)


def _heard(document: Document, clauses: Sequence[str]) -> Answer:
    """The clauses that the encoder hears loudly enough, in posts of every kind, with nothing beside it."""
    if not document.prose.text.strip() and not document.post.media:
        return Answer(frozenset(), frozenset())
    odds = document.hearing.heard.log_odds
    found = {clause: round(sigmoid(odds[clause]), 2) for clause in clauses if odds[clause] >= LOUD}
    families = frozenset(
        max(names, key=lambda name: odds[name])
        for clause in found
        if (names := [n for n in document.context.ears.store.manifest["outputs"] if n.startswith(f"{clause}/")])
    )
    return Answer(frozenset(found), families, dict.fromkeys(found, "models"), found)
