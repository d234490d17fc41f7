"""Thresholds on calibrated probabilities, and the counting of answers as benchmarks/scoring.py counts them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.scoring import CLAUSES, Answer, Scores
from training.posts import Floats, Labelled

ALARMS = 0.04
Bools = NDArray[np.bool_]


def score(posts: Labelled, reported: Bools) -> Scores:
    """The figures for the clauses reported, a row a post and a column a clause."""
    scores = Scores()
    for case, row in zip(posts.cases, reported, strict=True):
        scores.add(case, Answer(frozenset(c for c, yes in zip(CLAUSES, row, strict=True) if yes), frozenset()))
    return scores


def choose(posts: Labelled, probabilities: Floats, alarms: float = ALARMS) -> Floats:
    """A threshold for each clause: the best F1 that leaves at most the share `alarms` of clean posts alarmed.

    The price of an alarm on a clean post is raised until the share is met, so that clauses which alarm much for
    little gain are the first to become stricter.
    """
    low, high = 0.0, 0.05
    best = _at_price(posts, probabilities, high)
    for _ in range(14):
        price = (low + high) / 2
        found = _at_price(posts, probabilities, price)
        if alarm_rate(posts, probabilities > found) <= alarms:
            best, high = found, price
        else:
            low = price
    return best


def alarm_rate(posts: Labelled, reported: Bools) -> float:
    """The share of clean posts with any false alarm."""
    clean = _clean(posts)
    false = reported[clean] & (posts.mask[clean, : len(CLAUSES)] > 0)
    return float(false.any(1).mean())


def _clean(posts: Labelled) -> NDArray[np.intp]:
    return np.array([i for i, case in enumerate(posts.cases) if not case.expect])


def _at_price(posts: Labelled, probabilities: Floats, price: float) -> Floats:
    """For each clause the threshold with the most F1 less `price` for each clean post alarmed."""
    is_clean = np.zeros(len(posts), bool)
    is_clean[_clean(posts)] = True
    chosen = np.zeros(len(CLAUSES), np.float32)
    for column in range(len(CLAUSES)):
        rows = np.flatnonzero(posts.mask[:, column])
        order = rows[np.argsort(-probabilities[rows, column], kind="stable")]
        wanted = posts.targets[order, column] > 0
        right = np.cumsum(wanted)
        f1 = 2 * right / (np.arange(1, len(order) + 1) + wanted.sum())
        alarmed = np.cumsum(is_clean[order])
        sorted_p = probabilities[order, column]
        value = f1 - price * alarmed
        value[:-1][sorted_p[:-1] == sorted_p[1:]] = -np.inf
        at = int(np.argmax(value))
        below = sorted_p[at + 1] if at + 1 < len(order) else 0.0
        chosen[column] = (sorted_p[at] + below) / 2
    return chosen


def nested(posts: Labelled, probabilities: Floats, fold: NDArray[np.intp], alarms: float = ALARMS) -> Bools:
    """What is reported when each fold's thresholds are chosen on the other folds."""
    reported = np.zeros((len(posts), len(CLAUSES)), bool)
    for number in np.unique(fold):
        inside = np.flatnonzero(fold == number)
        outside = np.flatnonzero(fold != number)
        found = choose(posts.take(outside), probabilities[outside], alarms)
        reported[inside] = probabilities[inside] > found
    return reported


def summary(scores: Scores) -> str:
    """Macro-F1 and alarms in one line."""
    return f"macro-F1 {scores.macro_f1:.3f}; clean alarmed {scores.alarm_rate:.1%} of {scores.clean}"


def sigmoid(logits: Floats) -> Floats:
    """Probabilities of log-odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), np.float32)


def by_clause(scores: Scores) -> Sequence[float]:
    """F1 of each clause."""
    return [scores.clauses[clause].f1 for clause in CLAUSES]
