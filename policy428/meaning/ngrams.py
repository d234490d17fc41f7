"""What the linear model counts: words, runs of words and pieces of words, hashed into a fixed number of buckets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

from policy428.meaning.rendering import Rendered

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[^\w\s]|_")
DIGIT = re.compile(r"\d")


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
