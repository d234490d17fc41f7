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

    Nothing where it holds no sign, where it is short and has two digits, or where it holds digits and no letter.
    """
    signs = sum(char in SIGNS for char in chunk)
    digits = sum(char.isdigit() for char in chunk)
    letters = sum(char.isalpha() for char in chunk)
    if not signs or (digits > 1 and len(chunk) < 4) or (not letters and digits):
        return
    first = chunk.translate(_FIRST)
    if first.isalpha():
        yield first
        second = chunk.translate(_SECOND)
        if second != first:
            yield second


def guesses(chunk: str) -> Iterator[str]:
    """The words of four letters and more that `chunk`, folded, spells if its one sign is any vowel (`f4ck`)."""
    places = [place for place, char in enumerate(chunk) if not char.isalpha()]
    if len(places) == 1 and 0 < places[0] < len(chunk) - 1 and len(chunk) > 3 and chunk[places[0]] in SIGNS:
        for vowel in "uiaeo":
            yield chunk[: places[0]] + vowel + chunk[places[0] + 1 :]
