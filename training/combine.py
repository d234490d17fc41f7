"""Joins the log-odds of several models into one calibrated probability a clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.scoring import CLAUSES
from training.posts import Floats, Labelled
from training.thresholds import sigmoid

# Each clause has few right answers, so its weights are drawn towards those of all clauses together.
PULL = 3.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """For each clause a weight for each model's log-odds, and a bias: (clause, model + 1)."""

    weights: Floats

    @classmethod
    def fit(cls, posts: Labelled, logits: Sequence[Floats]) -> Calibration:
        """Learns from answers on posts that the models have not been trained on."""
        wide = len(CLAUSES)
        targets, mask = posts.targets[:, :wide], posts.mask[:, :wide]
        inputs = np.stack([*logits, np.ones_like(logits[0])], 2).astype(np.float64)
        rows = np.nonzero(mask)
        shared = fit_logistic(inputs[rows], targets[rows], np.zeros(inputs.shape[2]), 1e-3)
        weights = np.zeros((wide, inputs.shape[2]))
        for column in range(wide):
            seen = mask[:, column] > 0
            weights[column] = fit_logistic(inputs[seen, column], targets[seen, column], shared, PULL)
        return cls(weights.astype(np.float32))

    def probabilities(self, logits: Sequence[Floats]) -> Floats:
        """Probabilities, a row a post and a column a clause."""
        sums = sum(values * self.weights[:, i] for i, values in enumerate(logits)) + self.weights[:, -1]
        return sigmoid(np.asarray(sums, np.float32))

    @staticmethod
    def nested(posts: Labelled, logits: Sequence[Floats], fold: NDArray[np.intp]) -> Floats:
        """Probabilities of each fold by a calibration learned on the other folds."""
        result = np.zeros((len(posts), len(CLAUSES)), np.float32)
        for number in np.unique(fold):
            inside, outside = np.flatnonzero(fold == number), np.flatnonzero(fold != number)
            fitted = Calibration.fit(posts.take(outside), [values[outside] for values in logits])
            result[inside] = fitted.probabilities([values[inside] for values in logits])
        return result


def fit_logistic(
    inputs: NDArray[np.float64], targets: NDArray[np.floating[Any]], centre: NDArray[np.float64], pull: float
) -> NDArray[np.float64]:
    """Logistic regression drawn towards `centre`, by Newton's method."""
    weights = centre.astype(np.float64).copy()

    def loss(at: NDArray[np.float64]) -> float:
        odds = inputs @ at
        return float(np.sum(np.logaddexp(0, odds) - targets * odds) + pull / 2 * np.sum((at - centre) ** 2))

    before = loss(weights)
    for _ in range(100):
        p = 1 / (1 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        gradient = inputs.T @ (p - targets) + pull * (weights - centre)
        curve = (inputs * (p * (1 - p))[:, None]).T @ inputs + (pull + 1e-6) * np.eye(inputs.shape[1])
        step = np.linalg.solve(curve, gradient)
        # A whole step overshoots where the answers can be told apart without fault.
        while loss(weights - step) > before and np.abs(step).max() > 1e-9:
            step /= 2
        weights -= step
        after = loss(weights)
        if before - after < 1e-9 * max(1.0, before):
            break
        before = after
    return weights
