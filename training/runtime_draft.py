"""What a post means, by two trained ears: a linear model over word and character n-grams, and a small encoder.

In: a `Post`. Out: for each clause the probability that a careful reader would require it. The linear model needs
nothing but the standard library; the encoder loads numpy and onnxruntime on first use. Both are data made by
`python -m training` and described by a manifest, `meaning.json`, that holds the hash of every file.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any
from zlib import crc32

from policy428.errors import Policy428Error
from policy428.folding import fold
from policy428.mapped import Span
from policy428.post import Post

FORMAT = 1
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[^\w\s]|_")
PIECE = re.compile(r"[^\W_]+|[^\w\s]|_")
DIGIT = re.compile(r"\d")
CONTEXT_TOKENS = 96
WINDOW_TOKENS = 320
STRIDE_TOKENS = 160
LONGEST_TEXT_TOKENS = 4096
RARITY_STEP = 0.05
SPAN_TOKENS = 12


class ModelError(Policy428Error):
    """A file of the meaning model is missing, changed or of another version."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A post as models read it, folded: its text, and in one line what stands around it."""

    text: str
    context: str
    role: str


def render(post: Post) -> Rendered:
    """`post` in the fixed wording the models were trained with; only fields that say something are written."""
    author = post.author
    parts = [] if post.role == "personal" else [f"{post.role} account"]
    if post.authorized:
        parts.append("authorized")
    if author.name:
        parts.append(f"name: {author.name}")
    if author.handle:
        parts.append(f"handle: {author.handle}")
    if author.email:
        parts.append(f"registered at: {author.email.rpartition('@')[2]}")
    if post.group:
        parts.append(f"group: {post.group}")
    parts.extend(f"{media.kind}: {media.alt or 'no description'}" for media in post.media)
    if author.bio:
        parts.append(f"bio: {author.bio}")
    return Rendered(fold(post.text).text, fold(" ; ".join(parts)).text, post.role)


def ngrams(rendered: Rendered) -> Iterator[str]:
    """The features of the linear model, with repeats: words, pairs and threes of words, and pieces of words."""
    words = WORD.findall(DIGIT.sub("0", rendered.text))
    yield from words
    if rendered.role != "personal":
        role = rendered.role[0] + "|"
        yield role
        yield from (role + word for word in words)
    edged = ["^", *words, "$"]
    yield from map(" ".join, pairwise(edged))
    yield from map(" ".join, zip(words, words[1:], words[2:], strict=False))
    for word in words:
        if len(word) > 2:
            whole = "<" + word + ">"
            for size in (3, 4, 5):
                for i in range(len(whole) - size + 1):
                    yield "~" + whole[i : i + size]
    around = WORD.findall(DIGIT.sub("0", rendered.context))
    yield from ("c|" + word for word in around)
    yield from (f"c|{one} {other}" for one, other in pairwise(around))


def counts(rendered: Rendered, buckets: int) -> dict[int, int]:
    """How often each hashed feature occurs; `buckets` is a power of two."""
    found: dict[int, int] = {}
    last = buckets - 1
    for feature in ngrams(rendered):
        key = crc32(feature.encode("utf-8", "replace")) & last
        found[key] = found.get(key, 0) + 1
    return found


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


@dataclass(frozen=True, slots=True)
class Heard:
    """What the encoder heard.

    Attributes:
        logits: log-odds of each output; the highest of the windows of a long post.
        where: for each output the range of the folded text that spoke for it most.
    """

    logits: Mapping[str, float]
    where: Mapping[str, Span]


class Meaning:
    """The shipped models.

    Args:
        folder: where the manifest and its files lie.

    Raises:
        ModelError: the manifest or, when a model is first asked, its file is missing or not the one it should be.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self.manifest: dict[str, Any] = json.loads((folder / "meaning.json").read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise ModelError(f"the meaning model in {folder} cannot be read", hint="reinstall policy428") from error
        if self.manifest.get("format") != FORMAT:
            raise ModelError(f"the meaning model in {folder} is of another version", hint="reinstall policy428")
        self.clauses: tuple[str, ...] = tuple(self.manifest["clauses"])

    def linear(self, rendered: Rendered) -> dict[str, float]:
        """Log-odds of each clause by the linear model."""
        weights, rarity, wide = self._weights, self._rarity, len(self.clauses)
        sums = [0.0] * wide
        length = 0.0
        columns = range(wide)
        for key, count in counts(rendered, len(rarity)).items():
            if rarity[key]:
                value = (1 + math.log(count)) * rarity[key] * RARITY_STEP
                length += value * value
                at = key * wide
                for column in columns:
                    weight = weights[at + column]
                    if weight:
                        sums[column] += value * weight
        scale, bias = self.manifest["linear"]["scale"], self.manifest["linear"]["bias"]
        length = math.sqrt(length) or 1.0
        return {c: sums[i] * scale[i] / length + bias[i] for i, c in enumerate(self.clauses)}

    def encoder(self, rendered: Rendered, *, spans: bool = False) -> Heard:
        """What the encoder hears in a post, however long; `spans` asks where, too."""
        import numpy as np

        ids, places = self._pieces.split(rendered.text)
        ids = ids[:LONGEST_TEXT_TOKENS]
        context = self._pieces.split(rendered.context)[0][:CONTEXT_TOKENS]
        outputs: list[str] = self.manifest["outputs"]
        wanted = ["logits", "hidden"] if spans else ["logits"]
        best = np.full(len(outputs), -np.inf, np.float32)
        where: dict[str, Span] = {}
        for at in _starts(len(ids), WINDOW_TOKENS - len(context) - 3):
            size = WINDOW_TOKENS - len(context) - 3
            tokens, kinds = window(self._pieces, ids[at : at + size], context)
            feed = {"ids": np.array([tokens], np.int64), "kinds": np.array([kinds], np.int64)}
            logits, *hidden = self._session.run(wanted, feed)
            if hidden:
                inside = places[at : at + min(size, len(ids) - at)]
                for column in np.flatnonzero(logits[0] > best):
                    where[outputs[column]] = self._where(hidden[0][0], int(column), inside)
            best = np.maximum(best, logits[0])
        return Heard(dict(zip(outputs, map(float, best), strict=True)), where)

    def probability(self, clause: str, linear: float, encoder: float | None = None) -> float:
        """The calibrated probability of `clause` from the log-odds of the linear model and, if asked, the encoder."""
        if encoder is None:
            slope, bias = self.manifest["linear"]["calibration"][clause]
            return _sigmoid(slope * linear + bias)
        by_linear, by_encoder, bias = self.manifest["both"]["calibration"][clause]
        return _sigmoid(by_linear * linear + by_encoder * encoder + bias)

    def threshold(self, clause: str) -> float:
        """The probability above which the two together report `clause`."""
        return float(self.manifest["both"]["threshold"][clause])

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

    @cached_property
    def _weights(self) -> array[int]:
        found = array("b")
        found.frombytes(self._file("linear.bin"))
        return found

    @cached_property
    def _rarity(self) -> bytes:
        return self._file("rarity.bin")

    @cached_property
    def _pieces(self) -> WordPieces:
        return WordPieces(self._file("vocabulary.txt").decode("utf-8").splitlines())

    @cached_property
    def _head(self) -> Any:
        import numpy as np

        return np.frombuffer(self._file("head.bin"), np.float32).reshape(len(self.manifest["outputs"]), -1)

    @cached_property
    def _session(self) -> Any:
        import onnxruntime  # type: ignore[import-untyped]

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(self._file("encoder.onnx"), options, providers=["CPUExecutionProvider"])

    def _file(self, name: str) -> bytes:
        path = self.folder / name
        try:
            data = path.read_bytes()
        except OSError as error:
            raise ModelError(f"the model file {path} is missing", hint="reinstall policy428") from error
        if hashlib.sha256(data).hexdigest() != self.manifest["files"][name]:
            raise ModelError(f"the model file {path} is not the one that was shipped", hint="reinstall policy428")
        return data


def _starts(length: int, size: int) -> range:
    """Where windows over `length` tokens begin, so that each token but the last few is seen in two of them."""
    return range(1) if length <= size else range(0, length - size + STRIDE_TOKENS, STRIDE_TOKENS)


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))
