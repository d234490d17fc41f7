"""The parts of the training that need no training library: labels, calibration, thresholds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.scoring import CLAUSES, HELD_OUT, Case, load
from policy428.meaning.gate import opens
from training.combine import Calibration, fit_logistic
from training.judging import GateRow, Gathered, Row, fit_gate
from training.posts import OUTPUTS, Labelled, labelled, learnable
from training.thresholds import alarm_rate, choose, sigmoid

CORPUS = Path(__file__).parents[1] / "corpus"


def case(number: int, expect: tuple[str, ...] = (), may: tuple[str, ...] = (), families: tuple[str, ...] = ()) -> Case:
    record: dict[str, Any] = {"id": f"t-{number}", "text": f"post {number}"}
    return Case(record, frozenset(expect), frozenset(may), frozenset(families), "", "t")


def posts_and_logits(flipped: range = range(0)) -> tuple[Labelled, np.ndarray[Any, np.dtype[np.float32]]]:
    """240 posts, half of them clean, the others breaking one clause each; the right clause is mostly heard best."""
    rng = np.random.default_rng(7)
    logits = rng.normal(-2, 1, (240, len(CLAUSES))).astype(np.float32)
    cases = []
    for number in range(240):
        clause = number % (2 * len(CLAUSES))
        breaks = clause < len(CLAUSES)
        if breaks:
            logits[number, clause] += 3
        cases.append(case(number, (CLAUSES[clause],) if breaks and number not in flipped else ()))
    return labelled(cases), logits


def test_a_label_that_may_go_either_way_is_masked_and_families_go_with_their_clause() -> None:
    posts = labelled([case(0, ("IV.B",), ("IV.D",), ("threat",)), case(1)])
    column = {name: i for i, name in enumerate(OUTPUTS)}
    assert posts.targets[0, column["IV.B"]] == posts.targets[0, column["IV.B/threat"]] == 1
    assert posts.targets[0].sum() == 2 and posts.targets[1].sum() == 0
    assert posts.mask[0, column["IV.D"]] == 0
    assert posts.mask.sum() == posts.mask.size - 1


def test_nothing_held_out_is_learned_from() -> None:
    files = {path.stem for path in learnable(CORPUS)}
    assert files and not files & set(HELD_OUT)


def test_a_logistic_fit_finds_the_odds_and_a_strong_pull_keeps_the_centre() -> None:
    inputs = np.repeat([[1.0, 0.0], [1.0, 1.0]], 100, axis=0)
    answers = np.array([1.0] * 20 + [0.0] * 80 + [1.0] * 75 + [0.0] * 25)
    bias, slope = fit_logistic(inputs, answers, np.zeros(2), 1e-6)
    assert bias == pytest.approx(np.log(20 / 80), abs=1e-3)
    assert bias + slope == pytest.approx(np.log(75 / 25), abs=1e-3)
    centre = np.array([0.5, -0.5])
    assert fit_logistic(inputs, answers, centre, 1e9) == pytest.approx(centre, abs=1e-4)


def test_a_fold_is_calibrated_without_its_own_labels() -> None:
    fold = np.arange(240) // 80
    posts, logits = posts_and_logits()
    other, _ = posts_and_logits(flipped=range(80))
    before, after = (Calibration.nested(labels, [logits], fold) for labels in (posts, other))
    assert np.array_equal(before[:80], after[:80])
    assert not np.array_equal(before[80:], after[80:])


def test_thresholds_leave_no_more_clean_posts_alarmed_than_asked() -> None:
    posts, logits = posts_and_logits()
    probabilities = sigmoid(logits)
    strict, loose = (probabilities > choose(posts, probabilities, alarms) for alarms in (0.05, 1.0))
    assert alarm_rate(posts, strict) <= 0.05 < alarm_rate(posts, loose)
    wanted = posts.targets[:, : len(CLAUSES)] > 0
    assert 30 < (strict & wanted).sum() < (loose & wanted).sum()


def test_the_corpus_that_is_learned_from_has_no_id_twice() -> None:
    cases = load(sorted(path for path in CORPUS.glob("*.jsonl") if path.stem not in HELD_OUT))
    assert len({case.id for case in cases}) == len(cases)


def test_the_gate_opens_for_posts_where_meaning_finds_something_right() -> None:
    rng = np.random.default_rng(3)
    gathered = Gathered()
    for number in range(200):
        found, settled = number % 4 == 0, number % 4 == 1
        loud = float(rng.normal(2 if found else -2))
        heard = [1.0, 0.0, 4.0 if found else -4.0]
        gathered.meaning.append(Row(number, 0, float(found or settled), heard))
        gathered.gate.append(GateRow(number, not (found or settled), {"loudest": loud}))
    meaning = {clause: {"bias": 0.0, "linear": 0.0, "encoder": 1.0} for clause in CLAUSES}
    gate = fit_gate(gathered, meaning, 0.1)
    assert gate["loudest"] > 0.5
    clean = [opens(gate, row.signs) for row in gathered.gate if row.clean]
    assert sum(clean) / len(clean) == pytest.approx(0.1, abs=0.02)
    assert np.mean([opens(gate, row.signs) for row in gathered.gate if row.post % 4 == 0]) > 0.9
