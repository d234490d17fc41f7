"""The steps of the training, each leaving its result in a folder for the next."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.scoring import CLAUSES, load, table
from training import crossval, linear
from training.combine import Calibration
from training.finetune import Recipe, predict, restore, save, train
from training.groups import folds
from training.posts import HELD_OUT, OUTPUTS, Floats, Labelled, held_out, labelled, snapshot
from training.thresholds import choose, nested, score, sigmoid, summary


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
        calibrate: list[Path],
    ) -> None:
        self.corpus, self.extra, self.work, self.models = corpus, extra, work, models
        self.count, self.alarms, self.recipe, self.command = folds, alarms, recipe, command
        self.calibrate = calibrate

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
        """Writes the shipped files; calibrated out of fold, or on posts of other files that were not learned from."""
        from training.ship import ship

        encoder = restore(self.work / "encoder.safetensors", self.recipe.package)
        weights = linear.fit(self.posts)
        if self.calibrate:
            posts = self._unseen()
            logits = [weights.logits(posts), predict(encoder, posts, self.recipe.package)[:, : len(CLAUSES)]]
        else:
            posts, logits = self.posts, [self.linear_logits, self.encoder_logits[:, : len(CLAUSES)]]
        alone, both = Calibration.fit(posts, logits[:1]), Calibration.fit(posts, logits)
        levels = choose(posts, both.probabilities(logits), self.alarms)
        files = ship(self.models, weights, encoder, alone, both, levels, self.recipe, self.posts)
        for name, size in files.items():
            self._say(f"{name:20}{size:>12,} bytes")

    def _unseen(self) -> Labelled:
        """The posts to calibrate on, none of which was learned from or is held out."""
        if any(path.stem in HELD_OUT for path in self.calibrate):
            raise SystemExit("posts held out are never used to choose anything")
        posts = labelled(load(self.calibrate))
        seen = {case.id for case in self.posts.cases}
        if any(case.id in seen for case in posts.cases):
            raise SystemExit("the posts to calibrate on were learned from")
        return posts

    def score(self) -> None:
        """The figure on the posts held out, by the shipped files as they will be used."""
        from policy428.meaning import Ears, Hearing

        ears = Ears(self.models)
        levels = ears.store.manifest["both"]["threshold"]
        posts = held_out(self.corpus)
        reported = np.zeros((len(posts), len(CLAUSES)), bool)
        for row, rendered in enumerate(posts.rendered):
            hearing = Hearing(rendered, ears)
            for column, clause in enumerate(CLAUSES):
                reported[row, column] = hearing.probability(clause) > levels[clause]
        files = np.array([case.file for case in posts.cases])
        for name in dict.fromkeys(files):
            rows = np.flatnonzero(files == name)
            self._say(f"held out {name:10} {summary(score(posts.take(rows), reported[rows]))}")
        self._say(table(score(posts, reported)))

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
