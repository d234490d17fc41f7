"""Word lists made of the District's own names, so that rules speak of any district: `<district-name> teachers`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from policy428.phraseset import Phrase
from policy428.profile import Profile

LISTS: Mapping[str, Callable[[Profile], Iterable[str]]] = {
    "district-name": lambda profile: (profile.name, *profile.names, *profile.aliases),
    "district-mascot": lambda profile: profile.mascots,
    "district-town": lambda profile: profile.towns,
    "district-school": lambda profile: (name for school in profile.schools for name in (school.name, *school.aliases)),
}
"""The lists by name, each with what it takes from a profile."""


def phrases_of(name: str, profile: Profile) -> list[Phrase]:
    """The entries of the list `name` for `profile`; they match in the possessive and the plural too."""
    return [Phrase(entry) for entry in dict.fromkeys(_entries(LISTS[name](profile)))]


def _entries(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        words = re.findall(r"\w+(?:['’]\w+)*", name)
        if not words:
            continue
        yield " ".join(words) + ("~" if words[-1].isalpha() else "")
        if len(words) == 2 and words[1].isdigit():
            yield "".join(words)  # ISD2143, in a hurry


def names_pattern(profile: Profile) -> str:
    """A regular expression for the names, short names, towns and mascots of `profile`, over folded text."""
    from policy428.folding import fold

    names = (name for kind in ("district-name", "district-town", "district-mascot") for name in LISTS[kind](profile))
    words = {tuple(re.findall(r"\w+", fold(name).text)) for name in names} - {()}
    # The longest first: an alternative that begins another would hide it.
    ordered = sorted(words, key=lambda name: (-len(name), -len(" ".join(name)), name))
    return "|".join(r"[\W_]{0,2}".join(map(re.escape, name)) for name in ordered)
