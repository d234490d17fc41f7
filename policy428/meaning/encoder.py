"""The encoder: what a post means, sentence and context together. The only module that loads onnxruntime."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policy428.mapped import Span
from policy428.meaning.pieces import (
    CONTEXT_TOKENS,
    LONGEST_TEXT_TOKENS,
    WINDOW_TOKENS,
    WordPieces,
    window,
    window_starts,
)
from policy428.meaning.rendering import Rendered
from policy428.meaning.store import Store

SPAN_TOKENS = 12


@dataclass(frozen=True, slots=True)
class Heard:
    """What the encoder heard in a post.

    Attributes:
        log_odds: of each output, a clause or `clause/family`; the highest of the windows of a long post.
        where: for each clause the range of the folded text that spoke for it most.
        vector: the post's direction in the encoder's space, of length 1, for finding posts it reads like.
    """

    log_odds: Mapping[str, float]
    where: Mapping[str, Span]
    vector: Any


class Encoder:
    """Loads its graph when made; `store` is where the files lie."""

    def __init__(self, store: Store) -> None:
        import numpy as np
        import onnxruntime

        self.outputs: tuple[str, ...] = tuple(store.manifest["outputs"])
        self.clauses = frozenset(store.manifest["clauses"])
        self._pieces = WordPieces(store.read("vocabulary.txt").decode("utf-8").splitlines())
        self._head = np.frombuffer(store.read("head.bin"), np.float32).reshape(len(self.outputs), -1)
        options = onnxruntime.SessionOptions()
        # One thread: the same sums in the same order, so that a post always gets the same answer.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        graph = store.read("encoder.onnx")
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

    def hear(self, rendered: Rendered) -> Heard:
        """What the encoder hears in a post, however long."""
        import numpy as np

        ids, places = self._pieces.split(rendered.text)
        ids = ids[:LONGEST_TEXT_TOKENS]
        context = self._pieces.split(rendered.context)[0][:CONTEXT_TOKENS]
        size = WINDOW_TOKENS - len(context) - 3
        best = np.full(len(self.outputs), -np.inf, np.float32)
        where: dict[str, Span] = {}
        total: Any = 0.0
        for at in window_starts(len(ids), size):
            tokens, kinds = window(self._pieces, ids[at : at + size], context)
            feed = {"ids": np.array([tokens], np.int64), "kinds": np.array([kinds], np.int64)}
            logits, hidden = self._session.run(["logits", "hidden"], feed)
            inside = places[at : at + min(size, len(ids) - at)]
            for column in np.flatnonzero(logits[0] > best):
                if self.outputs[column] in self.clauses:
                    where[self.outputs[column]] = self._where(hidden[0], int(column), inside)
            best = np.maximum(best, logits[0])
            total = total + hidden[0].mean(0)
        vector = total / (float(np.linalg.norm(total)) or 1.0)
        return Heard(dict(zip(self.outputs, map(float, best), strict=True)), where, vector)

    def _where(self, hidden: Any, column: int, places: Sequence[Span]) -> Span:
        """The dozen tokens that add most to an output; the pooling is a sum over tokens, so the shares are exact."""
        import numpy as np

        if not places:
            return Span(0, 0)
        weights = self._head[column]
        size = hidden.shape[1]
        shares = hidden @ weights[:size] / len(hidden)
        np.add.at(shares, hidden.argmax(0), hidden.max(0) * weights[size:])
        shares = shares[1 : 1 + len(places)]
        wide = min(SPAN_TOKENS, len(shares))
        at = int(np.convolve(shares, np.ones(wide), "valid").argmax())
        return Span(places[at].start, places[at + wide - 1].end)
