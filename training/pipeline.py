"""The steps of the training, each leaving its result in a folder for the next."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.scoring import CLAUSES, table
from training import crossval, linear
from training.combine import Calibration
from training.finetune import Recipe, predict, restore, save, train
from training.groups import folds
from training.posts import OUTPUTS, Floats, Labelled, snapshot
from training.thresholds import nested, score, sigmoid, summary


class Pipeline:
    """Corpus in, shipped files and figures out; see `python -m training --help` for the steps."""

    def __init__(
        self,
        corpus: Path,
        extra: list[Path],
        work: Path,
        models: Path,
        folds: int,
        alarms: float,
        recipe: Recipe,
        command: list[str],
        also: Sequence[Path] = (),
    ) -> None:
        self.corpus, self.extra, self.work, self.models, self.also = corpus, extra, work, models, also
        self.count, self.alarms, self.recipe, self.command = folds, alarms, recipe, command

    @cached_property
    def posts(self) -> Labelled:
        """Every post that may be learned from, as the corpus stood when the work began."""
        return snapshot(self.work / "posts.jsonl", self.corpus, self.extra)

    @cached_property
    def parts(self) -> NDArray[np.intp]:
        """The fold of each post, found once and kept."""
        path = self.work / "folds.npy"
        if not path.exists():
            np.save(path, folds(self.posts, self.count, self.recipe.seed))
        found: NDArray[np.intp] = np.load(path)
        return found

    @cached_property
    def linear_logits(self) -> Floats:
        """Out-of-fold log-odds of the linear model."""
        path = self.work / "linear.npy"
        if not path.exists():
            np.save(path, crossval.by_linear(self.posts, self.parts))
        return np.asarray(np.load(path), np.float32)

    @cached_property
    def encoder_logits(self) -> Floats:
        """Out-of-fold log-odds of the encoder for each output."""
        return crossval.by_encoder(self.posts, self.parts, self.work, self.command)

    def clear(self) -> None:
        """Forgets what an earlier run left."""
        for pattern in ("posts.jsonl", "folds.npy", "linear.npy", "fold-*", "encoder.safetensors", "oof.jsonl"):
            for path in self.work.glob(pattern):
                path.unlink()

    def fold(self, number: int) -> None:
        """Trains the encoder without one fold, and keeps its answers for that fold."""
        inside = np.flatnonzero(self.parts == number)
        model = train(self.posts.take(np.flatnonzero(self.parts != number)), self.recipe)
        np.save(crossval.answers(self.work, number), predict(model, self.posts.take(inside), self.recipe.package))

    def linear(self) -> None:
        """Figures of the linear model alone."""
        fitted = Calibration.fit(self.posts, [self.linear_logits])
        self._tell("linear", fitted.nested(self.posts, [self.linear_logits], self.parts))

    def oof(self) -> None:
        """Figures out of fold, and `oof.jsonl` with the probabilities of each post."""
        heard = self.encoder_logits[:, : len(CLAUSES)]
        sets = {"linear": [self.linear_logits], "encoder": [heard], "both": [self.linear_logits, heard]}
        probabilities = {}
        for name, logits in sets.items():
            probabilities[name] = Calibration.fit(self.posts, logits).nested(self.posts, logits, self.parts)
            self._tell(name, probabilities[name])
        with (self.work / "oof.jsonl").open("w", encoding="utf-8") as out:
            for row, case in enumerate(self.posts.cases):
                record: dict[str, object] = {"id": case.id, "file": case.file, "fold": int(self.parts[row])}
                for name, values in probabilities.items():
                    pairs = zip(CLAUSES, values[row], strict=True)
                    record[name] = {clause: round(float(value), 5) for clause, value in pairs}
                record["families"] = {
                    name: round(float(value), 5)
                    for name, value in zip(OUTPUTS, sigmoid(self.encoder_logits[row]), strict=True)
                    if "/" in name
                }
                out.write(json.dumps(record) + "\n")

    def encoder(self) -> None:
        """Trains the encoder on every post."""
        save(train(self.posts, self.recipe), self.work / "encoder.safetensors")

    def ship(self) -> None:
        """Writes the shipped files; `python -m training.judging` then fits the judge to them."""
        from training.ship import ship

        encoder = restore([self.work / "encoder.safetensors", *self.also], self.recipe.package)
        files = ship(self.models, linear.fit(self.posts), encoder, self.recipe, self.posts)
        for name, size in files.items():
            self._say(f"{name:20}{size:>12,} bytes")

    def _tell(self, name: str, probabilities: Floats) -> None:
        """Figures with thresholds chosen on the other folds, strict and free."""
        strict = score(self.posts, nested(self.posts, probabilities, self.parts, self.alarms))
        free = score(self.posts, nested(self.posts, probabilities, self.parts, 1.0))
        self._say(f"out of fold, {name:8} {summary(strict)} | best F1: {summary(free)}")
        if name == "both":
            self._say(table(strict))

    def _say(self, line: str) -> None:
        print(line, flush=True)  # noqa: T201
        with (self.work / "report.txt").open("a", encoding="utf-8") as out:
            out.write(line + "\n")
