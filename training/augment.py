"""Small changes to a post that leave its answer as it is, so that the encoder does not learn names by heart."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from policy428.meaning.rendering import Rendered, render
from policy428.post import Post
from policy428.resources import data_folder

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WORDS = ("name-words.txt", "name-places.txt", "not-names.txt", "common-words.txt", "states.txt", "public-figures.txt")
WORD = re.compile(r"\b[A-Z][a-z]{2,}\b")


class Augmenter:
    """Changes posts anew at each call.

    Args:
        swap: chance that the given names and surnames of a post are swapped for others, the same throughout the post.
        typos: chance that a post gets a slip of the fingers in about one word of twelve.
        rng: source of chance.
    """

    def __init__(self, swap: float, typos: float, rng: np.random.Generator) -> None:
        self.swap, self.typos, self.rng = swap, typos, rng
        self.given = _names("given-names.txt") if swap else []
        self.surnames = _names("surnames.txt") if swap else []
        self._given, self._surnames = set(self.given), set(self.surnames)

    def change(self, post: Post, facts: str) -> Rendered:
        """`post` as the encoder reads it, perhaps changed; the `facts` told of it stay as they are."""
        if self.swap and self.rng.random() < self.swap:
            post = self._swapped(post)
        if self.typos and self.rng.random() < self.typos:
            post = replace(post, text=" ".join(self._slip(word) for word in post.text.split(" ")))
        return render(post).told(facts)

    def _swapped(self, post: Post) -> Post:
        chosen: dict[str, str] = {}

        def other(match: re.Match[str]) -> str:
            word = match[0]
            if word not in chosen:
                pool = self.given if word in self._given else self.surnames if word in self._surnames else None
                chosen[word] = word if pool is None else pool[int(self.rng.integers(len(pool)))]
            return chosen[word]

        def swap(text: str | None) -> str | None:
            return WORD.sub(other, text) if text else text

        author = replace(post.author, name=swap(post.author.name), bio=swap(post.author.bio))
        media = tuple(replace(item, alt=swap(item.alt)) for item in post.media)
        return replace(post, text=swap(post.text) or "", author=author, media=media, group=swap(post.group))

    def _slip(self, word: str) -> str:
        if len(word) < 4 or not word.isalpha() or self.rng.random() > 1 / 12:
            return word
        at = int(self.rng.integers(1, len(word) - 2))
        kind = self.rng.integers(3)
        if kind == 0:
            return word[:at] + word[at + 1 :]
        if kind == 1:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return word[:at] + word[at] + word[at:]


def _names(file: str) -> list[str]:
    """Names of a list that are not words as well, so that no sentence loses its sense."""
    words = set(DAYS).union(*map(_lines, WORDS))
    return sorted({name.capitalize() for name in _lines(file) - words if name.isalpha() and len(name) > 2})


def _lines(file: str) -> set[str]:
    lines = (data_folder("wordlists") / file).read_text(encoding="utf-8").splitlines()
    return {line.partition("#")[0].partition("\t")[0].strip().lower() for line in lines}
