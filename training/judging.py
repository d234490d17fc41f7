"""Fits the judge on posts that neither the rules' authors nor the models have seen, and gathers the neighbours.

    python -m training.judging --models models FRESH.jsonl ... [--neighbours corpus/*.jsonl]

Reads the shipped models and the rules as they are, and writes the judge's weights into `models/meaning.json` and the
labelled posts' directions into `models/neighbours.bin` and `.json`. Needs the package and its dependencies, not torch.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.scoring import CLAUSES, HELD_OUT, Answer, Case, Scores, load
from policy428 import Linter, Post
from policy428.judge import on_meaning, signs
from policy428.meaning import Ears, clipped, sigmoid
from policy428.meaning.gate import gate_signs, opens
from policy428.meaning.neighbours import SCALE
from policy428.meaning.store import MANIFEST
from training.combine import fit_logistic

SIGNS = ("rule", "confidence", "rules", "linear", "encoder")
MEANING = ("bias", "linear", "encoder")
# Each clause has few posts here, so its weights are drawn towards those of all clauses together.
PULL = 6.0
SURE = (0.02, 0.985)
# The floors of the figures by folds: the judge's threshold, what rules by meaning ask for, and what the encoder needs
# to be believed alone.
THRESHOLD, LEAST, LOUD = 0.5, 0.55, 1.0
FOLDS, SEED = 5, 428

Floats = NDArray[np.float64]
Weights = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Row:
    """One clause of one post: the post's number, the clause's, whether it is to be reported, and the signs."""

    post: int
    clause: int
    right: float
    signs: list[float]


@dataclass(frozen=True, slots=True)
class GateRow:
    """One post: its number, whether it is clean, and the gate's signs."""

    post: int
    clean: bool
    signs: dict[str, float]


@dataclass(slots=True)
class Gathered:
    """What the judge has to go by, from posts that neither rules nor models have seen.

    `rules` has a row for each clause of a post that rules propose, `meaning` one for each that no rule proposes.
    """

    rules: list[Row] = field(default_factory=list)
    meaning: list[Row] = field(default_factory=list)
    gate: list[GateRow] = field(default_factory=list)


def gather(linter: Linter, cases: Sequence[Case]) -> Gathered:
    """Signs and right answers of `cases`; clauses that may be reported or not are left out."""
    found = Gathered()
    for post, case in enumerate(cases):
        document = linter.document(Post.from_mapping(case.record))
        proposed = [c for c in linter.candidates(document) if not on_meaning(c)]
        ruled = {candidate.rule.clause for candidate in proposed}
        for number, clause in enumerate(CLAUSES):
            if clause in case.may:
                continue
            right = float(clause in case.expect)
            if clause in ruled:
                mine = [candidate for candidate in proposed if candidate.rule.clause == clause]
                values = signs(clause, mine, document)
                found.rules.append(Row(post, number, right, [values[name] for name in SIGNS]))
            else:
                hearing = document.hearing
                heard = [1.0, clipped(hearing.linear[clause]), clipped(hearing.heard.log_odds[clause])]
                found.meaning.append(Row(post, number, right, heard))
        found.gate.append(GateRow(post, not case.expect, gate_signs(document)))
    return found


def fit(rows: Sequence[Row], names: Sequence[str], wide: int) -> Weights:
    """Weights for each clause over its first `wide` signs; learned by penalised logistic regression."""
    inputs = np.array([row.signs for row in rows])[:, :wide]
    answers = np.array([row.right for row in rows])
    clauses = np.array([row.clause for row in rows])
    shared = fit_logistic(inputs, answers, np.zeros(wide), 1.0)
    fitted = {}
    for column, clause in enumerate(CLAUSES):
        mine = clauses == column
        weights = fit_logistic(inputs[mine], answers[mine], shared, PULL) if mine.any() else shared
        fitted[clause] = {name: round(float(w), 4) for name, w in zip(names, weights, strict=False)}
    return fitted


def crossed(gathered: Gathered, cases: Sequence[Case], folds: NDArray[np.intp], asked: float) -> list[str]:
    """What the judge would say of each fold with weights learned on the others, against rules and encoder alone."""
    scores = {name: Scores() for name in ("rules alone", "encoder alone", "rules, judge and meaning")}
    reported: dict[str, dict[int, set[str]]] = {name: defaultdict(set) for name in scores}
    right: dict[int, list[bool]] = defaultdict(list)

    for fold in np.unique(folds):
        inside = {int(number) for number in np.flatnonzero(folds == fold)}
        by_rule = fit([row for row in gathered.rules if row.post not in inside], SIGNS, len(SIGNS))
        by_meaning = fit([row for row in gathered.meaning if row.post not in inside], MEANING, len(MEANING))
        outside = Gathered(
            meaning=[row for row in gathered.meaning if row.post not in inside],
            gate=[row for row in gathered.gate if row.post not in inside],
        )
        gate = fit_gate(outside, by_meaning, asked)
        open_to = {number for number in inside if opens(gate, gathered.gate[number].signs)}
        for rows, weights, floor, ruled in (
            (gathered.rules, by_rule, THRESHOLD, True),
            (gathered.meaning, by_meaning, LEAST, False),
        ):
            for row in (row for row in rows if row.post in inside):
                clause = CLAUSES[row.clause]
                if ruled:
                    reported["rules alone"][row.post].add(clause)
                if row.signs[-1] >= LOUD:
                    reported["encoder alone"][row.post].add(clause)
                probability = judged(row, weights)
                if probability >= floor and (ruled or row.post in open_to):
                    reported["rules, judge and meaning"][row.post].add(clause)
                    right[int(probability * 10)].append(bool(row.right))
    for name, by_post in reported.items():
        for number, case in enumerate(cases):
            scores[name].add(case, Answer(frozenset(by_post[number]), frozenset()))
    lines = [
        f"{name:25} macro-F1 {score.macro_f1:.3f}, clean alarmed {score.alarm_rate:.1%}"
        for name, score in scores.items()
    ]
    lines += [
        f"confidence from {low / 10}: {len(hits)} findings, {sum(hits) / len(hits):.0%} right"
        for low, hits in sorted(right.items())
    ]
    return lines


def judged(row: Row, weights: Mapping[str, Mapping[str, float]]) -> float:
    """The probability of `row` by the weights of its clause."""
    return sigmoid(sum(w * s for w, s in zip(weights[CLAUSES[row.clause]].values(), row.signs, strict=True)))


def fit_gate(gathered: Gathered, meaning: Mapping[str, Mapping[str, float]], asked: float) -> dict[str, float]:
    """Weights of the gate, and the least odds with which the share `asked` of the clean posts comes through.

    It learns to tell posts in which meaning alone, by the weights `meaning`, finds something right from clean ones; a
    post that rules have settled, and one in which the encoder would be asked in vain, teach it nothing.
    """
    wanted = {row.post for row in gathered.meaning if row.right and judged(row, meaning) >= LEAST}
    rows = [row for row in gathered.gate if row.clean or row.post in wanted]
    names = list(rows[0].signs)
    inputs = np.array([[1.0, *(row.signs[name] for name in names)] for row in rows])
    answers = np.array([float(row.post in wanted) for row in rows])
    weights = fit_logistic(inputs, answers, np.zeros(inputs.shape[1]), 3.0)
    least = float(np.quantile(inputs[np.array([row.clean for row in rows])] @ weights, 1 - asked))
    named = zip(("bias", *names), weights, strict=True)
    return {"least": round(least, 4), **{name: round(float(weight), 4) for name, weight in named}}


def neighbours(ears: Ears, cases: Sequence[Case]) -> tuple[bytes, bytes]:
    """Directions of the violating posts as int8, and as JSON their ids, clauses and reasons."""
    linter = proposing(ears)
    known, vectors = [], []
    for case in cases:
        if case.expect and case.why:
            hearing = linter.document(Post.from_mapping(case.record)).hearing
            vectors.append(np.rint(hearing.heard.vector * SCALE).astype(np.int8))
            known.append({"id": case.id, "clauses": sorted(case.expect), "why": case.why})
    text = "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in known) + "\n]\n"
    return np.stack(vectors).tobytes(), text.encode("utf-8")


def proposing(ears: Ears) -> Linter:
    """A linter with the models `ears` that says all that rules propose."""
    linter = Linter(judged=False)
    linter.context = replace(linter.context, ears=ears)
    linter.rules = tuple(rule for rule in linter.rules if not rule.slug.startswith("reads-like"))
    return linter


def fitted(ears: Ears, fresh: Sequence[Case], asked: float) -> dict[str, Any]:
    """The judge's weights by the posts `fresh`."""
    gathered = gather(proposing(ears), fresh)
    print(f"{len(gathered.rules)} proposals of rules, {len(gathered.meaning)} clauses left to meaning")  # noqa: T201
    folds = np.random.default_rng(SEED).permutation(len(fresh)) % FOLDS
    for line in crossed(gathered, fresh, folds, asked):
        print(line)  # noqa: T201
    meaning = fit(gathered.meaning, MEANING, 3)
    return {
        # “rule” is 1 in every row and so is the bias itself: it is kept for reading, with all its weight.
        "quick": {clause: {"bias": 0.0, **w} for clause, w in fit(gathered.rules, SIGNS, 4).items()},
        "full": {clause: {"bias": 0.0, **w} for clause, w in fit(gathered.rules, SIGNS, 5).items()},
        "meaning": meaning,
        "gate": fit_gate(gathered, meaning, asked),
        "sure": list(SURE),
        "posts": len(gathered.gate),
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m training.judging", description=__doc__)
    parser.add_argument("fresh", nargs="*", type=Path, help="labelled posts unseen by rules and models")
    parser.add_argument("--models", type=Path, default=Path("models"))
    parser.add_argument("--neighbours", nargs="*", type=Path, default=[], help="labelled posts to be found as alike")
    parser.add_argument("--threshold", type=float, default=THRESHOLD)
    parser.add_argument("--asked", type=float, default=0.32, help="share of clean posts that the gate lets through")
    parser.add_argument(
        "--judge-of", type=Path, help="take the weights of judge and gate from these models, instead of fitting them"
    )
    parser.add_argument("--gate-only", action="store_true", help="fit the gate, and leave the judge as it is")
    parser.add_argument("--band", type=float, default=0.7, help="below it an error is said as a warning")
    given = parser.parse_args()
    if bool(given.fresh) == bool(given.judge_of):
        parser.error("name either posts to fit the judge on or, with --judge-of, models to take it from")
    for path in (*given.fresh, *given.neighbours):
        if path.stem in HELD_OUT:
            parser.error(f"{path} is held out")
    ears = Ears(given.models)
    manifest: dict[str, Any] = json.loads((given.models / MANIFEST).read_text("utf-8"))
    if given.neighbours:
        vectors, text = neighbours(ears, load(given.neighbours))
        for name, data in (("neighbours.bin", vectors), ("neighbours.json", text)):
            (given.models / name).write_bytes(data)
            manifest["files"][name] = hashlib.sha256(data).hexdigest()
    if given.judge_of:
        manifest["judge"] = json.loads((given.judge_of / MANIFEST).read_text("utf-8"))["judge"]
    elif given.gate_only:
        gathered = gather(proposing(ears), load(given.fresh))
        manifest["judge"]["gate"] = fit_gate(gathered, manifest["judge"]["meaning"], given.asked)
    else:
        manifest["judge"] = fitted(ears, load(given.fresh), given.asked)
        manifest["judge"] |= {"threshold": given.threshold, "band": given.band}
    (given.models / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    for kind in ("full", "meaning"):
        for name, weights in manifest["judge"][kind].items():
            print(kind, name, weights)  # noqa: T201


if __name__ == "__main__":
    main()
