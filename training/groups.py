"""Groups of near-duplicate posts, and folds that never part a group."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.scoring import CLAUSES, Case
from training.posts import Labelled

ALIKE = 0.42
PAIRED = 0.2
OPENING_WORDS = 5
WORD = re.compile(r"\w+")


def groups(posts: Labelled) -> NDArray[np.intp]:
    """A group number for each post: alike in words, one opening, one named author, or the two of a minimal pair."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [f"{r.text} {r.context}" for r in posts.rendered]
    vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=1).fit_transform(texts)
    likeness = (vectors @ vectors.T).tocoo()
    roots = np.arange(len(posts))

    def root(i: int) -> int:
        while roots[i] != i:
            roots[i] = roots[roots[i]]
            i = int(roots[i])
        return i

    def join(i: int, j: int) -> None:
        roots[root(i)] = root(j)

    best: dict[int, tuple[float, int]] = {}
    for i, j, value in zip(likeness.row, likeness.col, likeness.data, strict=True):
        if i == j:
            continue
        if value >= ALIKE:
            join(int(i), int(j))
        one, other = posts.cases[i], posts.cases[j]
        if one.file == other.file and one.file.startswith("pairs-") and value > best.get(int(i), (PAIRED, 0))[0]:
            best[int(i)] = (float(value), int(j))
    for i, (_, j) in best.items():
        join(i, j)
    shared: dict[str, list[int]] = defaultdict(list)
    for i, case in enumerate(posts.cases):
        for key in _keys(case):
            shared[key].append(i)
    for rows in shared.values():
        for i in rows[1:]:
            join(rows[0], i)
    return np.array([root(i) for i in range(len(posts))])


def _keys(case: Case) -> list[str]:
    words = WORD.findall(case.record["text"].lower())
    keys = ["opening " + " ".join(words[:OPENING_WORDS])] if len(words) >= OPENING_WORDS else []
    author = case.record.get("author")
    name = author.get("name") or author.get("handle") if isinstance(author, dict) else author
    if name:
        keys.append(f"author {case.file} {name}")
    return keys


def folds(posts: Labelled, count: int, seed: int) -> NDArray[np.intp]:
    """A fold number for each post; groups stay whole, and each fold has about as many posts of each clause."""
    names = groups(posts)
    members: dict[int, list[int]] = defaultdict(list)
    for i, name in enumerate(names):
        members[int(name)].append(i)
    labels = np.hstack([posts.targets[:, : len(CLAUSES)], np.ones((len(posts), 1), np.float32)])
    wanted = labels.sum(0) / count
    have = np.zeros((count, labels.shape[1]))
    rng = np.random.default_rng(seed)
    order: Sequence[int] = sorted(members, key=lambda name: (-len(members[name]), rng.random()))
    result = np.zeros(len(posts), np.intp)
    for name in order:
        rows = members[name]
        gain = labels[rows].sum(0)
        cost = [float((((have[f] + gain) / wanted) ** 2 - (have[f] / wanted) ** 2).sum()) for f in range(count)]
        fold = int(np.argmin(cost))
        have[fold] += gain
        result[rows] = fold
    return result
