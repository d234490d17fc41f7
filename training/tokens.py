"""Posts as token numbers, split by the same code that will read them once shipped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from policy428.meaning.pieces import CONTEXT_TOKENS, WINDOW_TOKENS, WordPieces, window
from policy428.meaning.rendering import Rendered

Ints = NDArray[np.int64]


@cache
def vocabulary(folder: Path) -> tuple[str, ...]:
    """The pieces of a weights package in the order of its word vectors."""
    return tuple((folder / "vocab.txt").read_text("utf-8").splitlines())


def kept(folder: Path) -> list[int]:
    """The rows of the vocabulary that are kept: all but the placeholders."""
    return [i for i, piece in enumerate(vocabulary(folder)) if not piece.startswith("[unused")]


@cache
def pieces(folder: Path) -> WordPieces:
    """The tokenizer over the kept pieces; `[PAD]` is number 0."""
    every = vocabulary(folder)
    return WordPieces([every[i] for i in kept(folder)])


def encode(rendered: Sequence[Rendered], folder: Path) -> list[tuple[Ints, Ints]]:
    """Token and segment numbers of each post, cut at one window."""
    split = pieces(folder)
    result = []
    for post in rendered:
        around = split.split(post.context)[0][:CONTEXT_TOKENS]
        text = split.split(post.text)[0][: WINDOW_TOKENS - len(around) - 3]
        ids, kinds = window(split, text, around)
        result.append((np.array(ids, np.int64), np.array(kinds, np.int64)))
    return result


def padded(items: Sequence[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    """Items as two arrays of one width."""
    width = max(len(ids) for ids, _ in items)
    ids = np.zeros((len(items), width), np.int64)
    kinds = np.zeros_like(ids)
    for row, (one, other) in enumerate(items):
        ids[row, : len(one)] = one
        kinds[row, : len(other)] = other
    return ids, kinds
