"""Words whose letters are set apart: `f u c k`, `f.u.c.k`, `F 🍕 U 🍕 C 🍕 K`, `fu ck`, `fu.ck`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from policy428.disguises.forms import Form, Forms
from policy428.disguises.leet import readings
from policy428.disguises.reading import common_words

_LETTER = re.compile(r"[^\W_]")
_PARTS = re.compile(r"[^\W\d_]+")
Found = tuple[Form, int, int]


def letters_apart(text: str, start: int, end: int, forms: Forms) -> Iterator[Found]:
    """Forms spelled letter by letter in the run `start:end` of `text`, folded, with their places in it."""
    places = [found.start() for found in _LETTER.finditer(text, start, end)]
    yield from _spelled(text, "".join(text[place] for place in places), places, forms)


def _spelled(text: str, letters: str, places: Sequence[int], forms: Forms) -> Iterator[Found]:
    size = len(letters)
    whole = forms.word(letters)
    if whole is not None and _uniform(text, places) and not (size == 3 and _initials(text, places, whole[0])):
        yield whole[0], places[0], places[-1] + 1
        return
    start = 0
    while start < size - 2:
        for end in range(min(size, start + 20), start + 2, -1):
            form = _spelling(letters[start:end], forms)
            if form is None or not _uniform(text, places[start:end]):
                continue
            # Three letters make too many honest initials to be read inside a longer row.
            if end - start == 3 and (size != 3 or _initials(text, places, form)):
                continue
            yield form, places[start], places[end - 1] + 1
            start = end
            break
        else:
            start += 1


def _spelling(letters: str, forms: Forms) -> Form | None:
    found = forms.spellings.get(letters)
    if found is None and not letters.isalpha():
        found = next(filter(None, (forms.spellings.get(reading) for reading in readings(letters))), None)
    return found[0] if found else None


def _uniform(text: str, places: Sequence[int]) -> bool:
    """Whether the letters stand apart in one manner, all with the same signs between them."""
    gaps = {text[left + 1 : right] for left, right in pairwise(places)}
    return len(gaps) == 1 or len({gap.strip() for gap in gaps}) == 1


def _initials(text: str, places: Sequence[int], form: Form) -> bool:
    return not form.acronym and text[places[0] + 1] == "."


def parted(chunk: str, forms: Forms) -> Form | None:
    """The strong form that `chunk`, folded, spells once the signs inside it are dropped (`fu.ck`, `s_hit`)."""
    parts = _PARTS.findall(chunk)
    joined = "".join(parts)
    if len(parts) < 2 or len(joined) < 4 or not any(len(part) > 1 for part in parts):
        return None
    form = forms.exact.get(joined)
    common = common_words()
    if form is None or not form.strong or all(part in common for part in parts):
        return None
    return form


def run_together(tag: str, forms: Forms) -> Found | None:
    """The form hidden in a hashtag whose words run together, all of them frequent words but for one of the list."""
    for length in range(min(len(tag), 20), 3, -1):
        for start in range(len(tag) - length + 1):
            form = forms.exact.get(tag[start : start + length])
            if form is not None and _made_of_words(tag[:start]) and _made_of_words(tag[start + length :]):
                return form, start, start + length
    return None


def _made_of_words(text: str) -> bool:
    """Whether `text` is a row of frequent words."""
    common = common_words()
    ends = {0}
    for end in range(1, len(text) + 1):
        if any(start in ends and text[start:end] in common for start in range(max(0, end - 10), end)):
            ends.add(end)
    return len(text) in ends
