"""Words that may be people's names, for masking: generous, quick, and without the language model.

A name shortened needlessly costs a reader a second; a name left in a log costs a pupil more. So every word in the
name lists, and every capitalised word that neither the list of common words nor the profile knows, counts.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from policy428.mapped import Span
from policy428.profile import Profile
from policy428.resources import data_folder

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+){0,4}")
_BETWEEN = re.compile(r"[ \t]{1,2}(?:[^\W\d_]\.?[ \t]{1,2}){0,2}|[ \t]{0,2},[ \t]{1,2}")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_ENDINGS = ("ing", "ed", "ly", "es", "er", "s")
_CALENDAR = frozenset(name.lower() for name in (*calendar.day_name, *calendar.month_name) if name)


def possible_names(text: str, profile: Profile) -> list[Span]:
    """The ranges of `text` that may be names of people, each a run of neighbouring name words, in order."""
    known = _profile_words(profile)
    words = [(Span(found.start(), found.end()), found.group()) for found in _WORD.finditer(text)]
    sure = [_is_name(word, known) for _, word in words]
    spans: list[Span] = []
    for number, (span, word) in enumerate(words):
        if not sure[number]:
            beside = (words[n][0] for n in (number - 1, number + 1) if 0 <= n < len(words) and sure[n])
            if not _may_join(word, known) or not any(_touch(text, span, other) for other in beside):
                continue
        if spans and _BETWEEN.fullmatch(text, spans[-1].end, span.start):
            spans[-1] = spans[-1].cover(span)
        else:
            spans.append(span)
    return spans


def initials(name: str) -> str:
    """“Tyler Brandt” as “T. B.”; a possessive ending stays."""
    ending = _POSSESSIVE.search(name)
    stem = name[: ending.start()] if ending else name
    letters = [word.group()[0].upper() for word in _WORD.finditer(stem)]
    return " ".join(f"{letter}." for letter in letters or ["*"]) + (ending.group() if ending else "")


def _may_join(word: str, known: frozenset[str]) -> bool:
    """Whether a common word beside a name may be part of it, as in “Grace Brandt”."""
    if word.isupper():
        return word.lower() in _listed("given-names", "surnames")
    return word[0].isupper() and word.lower() not in known


def _touch(text: str, one: Span, other: Span) -> bool:
    first, second = sorted((one, other), key=lambda span: span.start)
    return text[first.end : second.start] in (" ", "  ")


def _is_name(word: str, known: frozenset[str]) -> bool:
    stem = _POSSESSIVE.sub("", word).lower()
    if len(stem) < 2 or stem in known or stem in _CALENDAR or _common(stem):
        return False
    if stem in _listed("given-names", "surnames"):
        return True
    # In shouted text capitals say nothing; there only the lists speak.
    return word[0].isupper() and not word.isupper()


def _common(word: str) -> bool:
    common = _listed("common-words")
    if word in common:
        return True
    stems = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
    if any({stem, stem + "e", stem[:-1] if stem[-2:-1] == stem[-1:] else stem} & common for stem in stems):
        return True
    parts = re.split(r"['’-]", word)
    return len(parts) > 1 and parts[0] in common


@cache
def _listed(*names: str) -> frozenset[str]:
    words: set[str] = set()
    for name in names:
        for line in (data_folder("wordlists") / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            words.update(line.split("#")[0].lower().split())
    return frozenset(words)


@cache
def _profile_words(profile: Profile) -> frozenset[str]:
    return frozenset(word.group().lower() for text in _strings(profile) for word in _WORD.finditer(text))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _strings(getattr(value, part.name))
