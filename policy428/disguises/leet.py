"""Letters written as digits and signs: `sh1t`, `@ss`, `a$$`."""

from __future__ import annotations

from collections.abc import Iterator

# What each sign is commonly written for; the second table is tried where a sign stands for two letters.
_SIGNS = {
    **{"0": "o", "1": "i", "2": "z", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g"},
    **{"@": "a", "$": "s", "!": "i", "|": "i", "+": "t", "€": "e", "¢": "c", "(": "c", "<": "c", "£": "l", "¡": "i"},
}
_FIRST = str.maketrans(_SIGNS)
_SECOND = str.maketrans({**_SIGNS, "1": "l", "!": "l", "|": "l", "6": "b", "¡": "l"})
SIGNS = frozenset(_SIGNS)


def readings(chunk: str) -> Iterator[str]:
    """The words that `chunk`, folded, may spell when its digits and signs are read as letters.

    Nothing where it holds no sign, where more than half of it are digits, or where it holds no letter at all.
    """
    signs = sum(char in SIGNS for char in chunk)
    digits = sum(char.isdigit() for char in chunk)
    letters = sum(char.isalpha() for char in chunk)
    if not signs or digits * 2 > len(chunk) or (digits > 1 and len(chunk) < 4) or (not letters and digits):
        return
    first = chunk.translate(_FIRST)
    if first.isalpha():
        yield first
        second = chunk.translate(_SECOND)
        if second != first:
            yield second
