"""The word lists of this package: plain text, one entry a line, `#` starts a comment."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from policy428.resources import data_folder


@cache
def word_list(name: str) -> tuple[str, ...]:
    """The entries of `wordlists/{name}.txt` in lower case, in the order of the file."""
    lines = (data_folder("wordlists") / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    entries = (line.split("#", 1)[0].strip().lower() for line in lines)
    return tuple(dict.fromkeys(entry for entry in entries if entry))


@cache
def word_set(name: str) -> frozenset[str]:
    """The entries of `wordlists/{name}.txt` for membership."""
    return frozenset(word_list(name))


def either(words: Iterable[str]) -> str:
    """A regular expression that matches any of `words`, the longest first; a space matches any short white space."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in ordered)
