"""Answers on posts not trained on: each fold is answered by models trained on the other folds."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.scoring import CLAUSES
from training import linear
from training.posts import OUTPUTS, Floats, Labelled


def by_linear(posts: Labelled, fold: NDArray[np.intp]) -> Floats:
    """Log-odds of each clause by linear models that have not seen the post."""
    result = np.zeros((len(posts), len(CLAUSES)), np.float32)
    for number in np.unique(fold):
        model = linear.fit(posts.take(np.flatnonzero(fold != number)))
        inside = np.flatnonzero(fold == number)
        result[inside] = model.logits(posts.take(inside))
    return result


def by_encoder(posts: Labelled, fold: NDArray[np.intp], work: Path, command: Sequence[str]) -> Floats:
    """Log-odds of each output by encoders that have not seen the post.

    Two folds are trained at a time, each by a process of one thread, which two cores do faster than two threads of
    one. A fold whose answers lie in `work` already is not trained again.
    """
    numbers = [int(number) for number in np.unique(fold)]
    waiting = [number for number in numbers if not answers(work, number).exists()]
    running: list[subprocess.Popen[bytes]] = []
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    for number in waiting:
        if len(running) == 2 and running.pop(0).wait():
            raise SystemExit("a fold failed; its log tells why")
        with (work / f"fold-{number}.log").open("wb") as log:
            line = [sys.executable, "-m", "training", *command, "fold", str(number)]
            running.append(subprocess.Popen(line, stdout=log, stderr=log, env=environment))
    codes = [process.wait() for process in running]
    if any(codes):
        raise SystemExit("a fold failed; its log tells why")
    result = np.zeros((len(posts), len(OUTPUTS)), np.float32)
    for number in numbers:
        result[fold == number] = np.load(answers(work, number))
    return result


def answers(work: Path, number: int) -> Path:
    """Where the encoder's answers for a fold lie."""
    return work / f"fold-{number}.npy"
