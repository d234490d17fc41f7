"""Rows of a public set, and a runner that asks every system about them in a few processes."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

Row = dict[str, Any]
T = TypeVar("T")
BATCH = 100


@dataclass(frozen=True, slots=True)
class Runner:
    """Where the sets lie, and how much of them is asked with how many processes.

    Attributes:
        folder: the folder of the `.dev.jsonl` files.
        pool: worker processes; None asks in this one.
        limit: rows of each set at most, drawn by `seed`; None takes all.
        seed: of the draw.
        peers: whether other people's tools are asked too.
    """

    folder: Path
    pool: ProcessPoolExecutor | None = None
    limit: int | None = None
    seed: int = 428
    peers: bool = True

    def rows(self, name: str) -> list[Row]:
        """The rows of `name`, in the order of the file."""
        lines = (self.folder / f"{name}.dev.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
        if self.limit is None or self.limit >= len(rows):
            return rows
        drawn = random.Random(self.seed).sample(range(len(rows)), self.limit)
        return [rows[i] for i in sorted(drawn)]

    def ask(self, system: Callable[[Sequence[str]], list[T]], rows: Sequence[Row]) -> list[T]:
        """What `system` answers to the texts of `rows`, in their order."""
        texts = [row["text"] for row in rows]
        batches = [texts[i : i + BATCH] for i in range(0, len(texts), BATCH)]
        answered = self.pool.map(system, batches) if self.pool else map(system, batches)
        return list(chain.from_iterable(answered))

    def flags(self, systems: Mapping[str, Callable[[Sequence[str]], list[Any]]], rows: Sequence[Row]) -> list[Any]:
        """The variants of all `systems` for each row, in one mapping."""
        merged: list[dict[str, Any]] = [{} for _ in rows]
        for system in systems.values():
            for together, answer in zip(merged, self.ask(system, rows), strict=True):
                together.update(answer)
        return merged
