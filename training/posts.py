"""The labelled posts, told apart into those that may be learned from and those that only give the last figure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.scoring import CLAUSES, HELD_OUT, Case, load
from policy428 import Linter
from policy428.meaning.facts import facts
from policy428.meaning.rendering import Rendered, render
from policy428.post import Post

FAMILIES = (
    *("IV.B/" + name for name in ("profanity", "obscenity", "slur", "harassment", "threat", "bullying", "defamation")),
    *("IV.B/" + name for name in ("illegal-activity", "alcohol", "drugs", "sexual")),
    *("IV.E/" + name for name in ("pupil-record", "personnel-record", "personal-data", "credential")),
    *("IV.E/" + name for name in ("confidential-document", "copyright")),
)
OUTPUTS = (*CLAUSES, *FAMILIES)

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Posts, what rules know of each, and their answers: `targets` and `mask` have a row a post and a column for each
    of OUTPUTS.
    """

    cases: tuple[Case, ...]
    posts: tuple[Post, ...]
    rendered: tuple[Rendered, ...]
    facts: tuple[str, ...]
    targets: Floats
    mask: Floats

    def __len__(self) -> int:
        return len(self.cases)

    def take(self, rows: Sequence[int] | NDArray[np.intp]) -> Labelled:
        """The posts of `rows`, in that order."""
        index = [int(row) for row in rows]
        return Labelled(
            tuple(self.cases[i] for i in index),
            tuple(self.posts[i] for i in index),
            tuple(self.rendered[i] for i in index),
            tuple(self.facts[i] for i in index),
            self.targets[index],
            self.mask[index],
        )


def learnable(corpus: Path) -> list[Path]:
    """The files of `corpus` that may be learned from."""
    return sorted(path for path in corpus.glob("*.jsonl") if path.stem not in HELD_OUT)


def snapshot(path: Path, corpus: Path, extra: Iterable[Path]) -> Labelled:
    """The trainable posts as `path` holds them; it is written first where it is missing.

    A training takes its time, and a corpus that grows meanwhile must not part the folds from their posts.
    """
    if not path.exists():
        records = [{**case.record, "file": case.file} for case in load([*learnable(corpus), *extra])]
        path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return labelled([replace(case, file=str(case.record["file"])) for case in load([path])])


def labelled(cases: Sequence[Case]) -> Labelled:
    """Cases with their texts as models read them and their answers as arrays."""
    targets = np.zeros((len(cases), len(OUTPUTS)), np.float32)
    mask = np.ones_like(targets)
    for row, case in enumerate(cases):
        for column, output in enumerate(OUTPUTS):
            clause, _, family = output.partition("/")
            if clause in case.may:
                mask[row, column] = 0.0
            elif clause in case.expect:
                targets[row, column] = float(not family or family in case.families)
    posts = tuple(Post.from_mapping(case.record) for case in cases)
    linter = Linter()
    told = tuple(facts(linter.document(post)) for post in posts)
    return Labelled(tuple(cases), posts, tuple(render(post) for post in posts), told, targets, mask)
