"""Word pieces: how the encoder cuts folded text into the entries of its vocabulary."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policy428.mapped import Span

PIECE = re.compile(r"[^\W_]+|[^\w\s]|_")
CONTEXT_TOKENS = 96
WINDOW_TOKENS = 320
STRIDE_TOKENS = 160
LONGEST_TEXT_TOKENS = 4096


class WordPieces:
    """Splits folded text into pieces of a vocabulary, the longest first; a piece after the first of a word has ##."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self.start, self.end, self.unknown = (self.numbers[name] for name in ("[CLS]", "[SEP]", "[UNK]"))
        self._known: dict[str, tuple[int, ...]] = {}

    def split(self, folded: str) -> tuple[list[int], list[Span]]:
        """The pieces' numbers, and for each the range of its whole word in `folded`."""
        ids: list[int] = []
        spans: list[Span] = []
        for match in PIECE.finditer(folded):
            word = match[0]
            pieces = self._known.get(word)
            if pieces is None:
                pieces = self._known[word] = self._pieces(word)
            ids.extend(pieces)
            spans.extend([Span(*match.span())] * len(pieces))
        return ids, spans

    def _pieces(self, word: str) -> tuple[int, ...]:
        found: list[int] = []
        start, mark = 0, ""
        if len(word) > 64:
            return (self.unknown,)
        while start < len(word):
            end = len(word)
            while end > start and mark + word[start:end] not in self.numbers:
                end -= 1
            if end == start:
                return (self.unknown,)
            found.append(self.numbers[mark + word[start:end]])
            start, mark = end, "##"
        return tuple(found)


def window(pieces: WordPieces, text: Sequence[int], context: Sequence[int]) -> tuple[list[int], list[int]]:
    """Token and segment numbers: the text as the first segment, its context, if any, as the second."""
    first = [pieces.start, *text, pieces.end]
    second = [*context, pieces.end] if context else []
    return first + second, [0] * len(first) + [1] * len(second)


def window_starts(length: int, size: int) -> range:
    """Where windows over `length` tokens begin, so that each token but the last few is seen in two of them."""
    return range(1) if length <= size else range(0, length - size + STRIDE_TOKENS, STRIDE_TOKENS)
