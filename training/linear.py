"""The linear model: logistic regression over hashed n-grams, one for each output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.scoring import CLAUSES
from policy428.meaning.linear import RARITY_STEP
from policy428.meaning.ngrams import counts
from training.posts import Floats, Labelled

BUCKETS = 1 << 17
COST = 30.0
RARE = 2


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights (bucket, output), one bias for each output, and for each bucket its rarity (0 for unseen ones)."""

    weights: Floats
    bias: Floats
    rarity: Floats

    def logits(self, posts: Labelled) -> Floats:
        """Log-odds, a row a post."""
        rows = _matrix(posts, self.rarity)
        return np.asarray(rows @ self.weights + self.bias, np.float32)


def fit(posts: Labelled, *, outputs: int = len(CLAUSES), cost: float = COST, buckets: int = BUCKETS) -> Linear:
    """Learns from `posts`; posts whose `may` holds an output do not count for it."""
    from sklearn.linear_model import LogisticRegression

    seen = np.zeros(buckets)
    for rendered in posts.rendered:
        seen[list(counts(rendered, buckets))] += 1
    # Kept as bytes once shipped, so rounded before anything is learned from it.
    rarity = np.where(seen >= RARE, np.log((1 + len(posts)) / (1 + seen)) + 1, 0)
    rarity = (np.rint(rarity / RARITY_STEP) * RARITY_STEP).astype(np.float32)
    matrix = _matrix(posts, rarity)
    weights = np.zeros((buckets, outputs), np.float32)
    bias = np.zeros(outputs, np.float32)
    for column in range(outputs):
        rows = np.flatnonzero(posts.mask[:, column])
        wanted = posts.targets[rows, column] > 0
        model = LogisticRegression(C=cost, solver="liblinear", max_iter=200, random_state=0)
        model.fit(matrix[rows], wanted)
        weights[:, column] = model.coef_[0]
        bias[column] = model.intercept_[0]
    return Linear(weights, bias, rarity)


def _matrix(posts: Labelled, rarity: Floats) -> Any:
    from scipy.sparse import csr_matrix

    keys: list[NDArray[np.int64]] = []
    values: list[Floats] = []
    starts = [0]
    for rendered in posts.rendered:
        found = counts(rendered, len(rarity))
        key = np.fromiter(found.keys(), np.int64, len(found))
        value = (1 + np.log(np.fromiter(found.values(), np.float32, len(found)))) * rarity[key]
        keep = value > 0
        key, value = key[keep], value[keep]
        value /= np.linalg.norm(value) or 1.0
        keys.append(key)
        values.append(value.astype(np.float32))
        starts.append(starts[-1] + len(key))
    data = (np.concatenate(values), np.concatenate(keys), np.array(starts))
    return csr_matrix(data, shape=(len(posts), len(rarity)))
