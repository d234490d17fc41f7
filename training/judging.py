"""Fits the judge on posts that neither the rules' authors nor the models have seen, and gathers the neighbours.

    python -m training.judging --models models FRESH.jsonl ... [--neighbours corpus/*.jsonl]

Reads the shipped models and the rules as they are, and writes the judge's weights into `models/meaning.json` and the
labelled posts' directions into `models/neighbours.bin` and `.json`. Needs the package and its dependencies, not torch.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.scoring import CLAUSES, Answer, Case, Scores, load
from policy428 import Linter, Post
from policy428.judge import on_meaning, signs
from policy428.meaning import Ears, Hearing, render
from policy428.meaning.neighbours import SCALE
from policy428.meaning.store import MANIFEST
from training.combine import fit_logistic

SIGNS = ("rule", "confidence", "rules", "linear", "encoder")
HELD_OUT = ("dev", "feeds", "comments")
# Each clause has few posts here, so its weights are drawn towards those of all clauses together.
PULL = 6.0
SURE = (0.02, 0.985)

Floats = NDArray[np.float64]


def gather(linter: Linter, cases: Sequence[Case]) -> tuple[Floats, Floats, NDArray[np.intp], list[int]]:
    """Signs, right answers and clause number of every clause that the rules propose and a label decides."""
    rows, answers, clauses, owners = [], [], [], []
    for number, case in enumerate(cases):
        document = linter.document(Post.from_mapping(case.record))
        proposed = [c for c in linter.candidates(document) if not on_meaning(c)]
        for clause in sorted({candidate.rule.clause for candidate in proposed} - set(case.may)):
            mine = [candidate for candidate in proposed if candidate.rule.clause == clause]
            found = signs(clause, mine, document)
            rows.append([found[name] for name in SIGNS])
            answers.append(float(clause in case.expect))
            clauses.append(CLAUSES.index(clause))
            owners.append(number)
    return np.array(rows), np.array(answers), np.array(clauses), owners


def fit(rows: Floats, answers: Floats, clauses: NDArray[np.intp], used: Sequence[int]) -> dict[str, dict[str, float]]:
    """Weights for each clause over the signs numbered `used`, and a bias; learned by penalised logistic regression."""
    inputs = rows[:, list(used)]
    # “rule” is 1 in every row and so is the bias itself: it is kept for reading, with all its weight.
    centre = np.zeros(len(used))
    shared = fit_logistic(inputs, answers, centre, 1.0)
    fitted = {}
    for column, clause in enumerate(CLAUSES):
        mine = clauses == column
        weights = fit_logistic(inputs[mine], answers[mine], shared, PULL) if mine.any() else shared
        fitted[clause] = {"bias": 0.0, **{SIGNS[i]: round(float(w), 4) for i, w in zip(used, weights, strict=True)}}
    return fitted


def neighbours(ears: Ears, cases: Sequence[Case]) -> tuple[bytes, bytes]:
    """Directions of the violating posts as int8, and as JSON their ids, clauses and reasons."""
    known, vectors = [], []
    for case in cases:
        if case.expect and case.why:
            hearing = Hearing(render(Post.from_mapping(case.record)), ears)
            vectors.append(np.rint(hearing.heard.vector * SCALE).astype(np.int8))
            known.append({"id": case.id, "clauses": sorted(case.expect), "why": case.why})
    text = "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in known) + "\n]\n"
    return np.stack(vectors).tobytes(), text.encode("utf-8")


def measure(linter: Linter, cases: Sequence[Case]) -> Scores:
    """The linter's figures on `cases`, judged."""
    scores = Scores()
    for case in cases:
        found = linter.check(Post.from_mapping(case.record))
        scores.add(case, Answer(frozenset(v.clause for v in found), frozenset(f"{v.clause}/{v.family}" for v in found)))
    return scores


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m training.judging", description=__doc__)
    parser.add_argument("fresh", nargs="+", type=Path, help="labelled posts unseen by rules and models")
    parser.add_argument("--models", type=Path, default=Path("models"))
    parser.add_argument("--neighbours", nargs="*", type=Path, default=[], help="labelled posts to be found as alike")
    parser.add_argument("--threshold", type=float, default=0.5)
    parser.add_argument("--band", type=float, default=0.7, help="below it an error is said as a warning")
    given = parser.parse_args()
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
    linter = Linter(judged=False)
    linter.rules = tuple(rule for rule in linter.rules if not rule.slug.startswith("reads-like"))
    rows, answers, clauses, _ = gather(linter, load(given.fresh))
    manifest["judge"] = {
        "quick": fit(rows, answers, clauses, [0, 1, 2, 3]),
        "full": fit(rows, answers, clauses, [0, 1, 2, 3, 4]),
        "sure": list(SURE),
        "threshold": given.threshold,
        "band": given.band,
        "posts": sum(1 for path in given.fresh for line in path.read_text("utf-8").splitlines() if line.strip()),
    }
    (given.models / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    print(f"{len(rows)} proposals, {answers.mean():.1%} of them right, by {len(CLAUSES)} clauses")  # noqa: T201
    for name, weights in manifest["judge"]["full"].items():
        print(name, weights)  # noqa: T201


if __name__ == "__main__":
    main()
