"""Labelled posts that a post reads like: the evidence of a finding that stands on meaning alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from policy428.meaning.store import Store

SCALE = 127.0


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A labelled post of the corpus: its id, what is wrong with it in a few words, and how like it is (0 to 1)."""

    id: str
    why: str
    likeness: float


class Neighbours:
    """The corpus's violating posts as directions of int8, and the words that say why each violates."""

    def __init__(self, store: Store) -> None:
        import numpy as np

        self._known: list[dict[str, Any]] = json.loads(store.read("neighbours.json"))
        raw = np.frombuffer(store.read("neighbours.bin"), np.int8).reshape(len(self._known), -1)
        self._vectors = raw.astype(np.float32) / SCALE

    def nearest(self, vector: Any, clause: str, count: int = 3) -> tuple[Neighbour, ...]:
        """The posts labelled with `clause` that lie nearest to `vector`, nearest first."""
        import numpy as np

        rows = [i for i, known in enumerate(self._known) if clause in known["clauses"]]
        if not rows:
            return ()
        likeness = self._vectors[rows] @ vector
        best = np.argsort(-likeness, kind="stable")[:count]
        return tuple(
            Neighbour(self._known[rows[i]]["id"], self._known[rows[i]]["why"], round(float(likeness[i]), 3))
            for i in best
        )
