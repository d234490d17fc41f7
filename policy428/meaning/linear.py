"""The linear model: log-odds of each clause from hashed n-grams. Needs nothing but the standard library."""

from __future__ import annotations

import math
from array import array

from policy428.meaning.ngrams import counts
from policy428.meaning.rendering import Rendered
from policy428.meaning.store import Store

RARITY_STEP = 0.05


class LinearModel:
    """Reads its two files when made; `store` is where they lie."""

    def __init__(self, store: Store) -> None:
        self.clauses: tuple[str, ...] = tuple(store.manifest["clauses"])
        self._scale: list[float] = store.manifest["linear"]["scale"]
        self._bias: list[float] = store.manifest["linear"]["bias"]
        self._weights = array("b")
        self._weights.frombytes(store.read("linear.bin"))
        self._rarity = store.read("rarity.bin")

    def log_odds(self, rendered: Rendered) -> dict[str, float]:
        """Log-odds of each clause."""
        weights, rarity, wide = self._weights, self._rarity, len(self.clauses)
        sums = [0.0] * wide
        length = 0.0
        for key, count in counts(rendered, len(rarity)).items():
            if rarity[key]:
                value = (1 + math.log(count)) * rarity[key] * RARITY_STEP
                length += value * value
                at = key * wide
                for column in range(wide):
                    weight = weights[at + column]
                    if weight:
                        sums[column] += value * weight
        length = math.sqrt(length) or 1.0
        return {c: sums[i] * self._scale[i] / length + self._bias[i] for i, c in enumerate(self.clauses)}
