"""Words that bear a capital and name no person: from the list of such things and from the District's profile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from policy428.people.words import NameWord, key

if TYPE_CHECKING:
    from policy428.profile import Profile

Entries = Mapping[str, tuple[tuple[str, ...], ...]]


def matches(words: Sequence[NameWord], entries: Entries) -> Iterable[tuple[int, int]]:
    """Ranges of `words` that spell an entry, the longest at each place, left to right, never overlapping."""
    at = 0
    while at < len(words):
        found = entries.get(words[at].key, ())
        if words[at].possessive:
            found = (*entries.get(words[at].key + "'s", ()), *found)
        length = _length(words, at, found)
        if length:
            yield at, at + length
        at += length or 1


def _length(words: Sequence[NameWord], at: int, entries: Sequence[tuple[str, ...]]) -> int:
    for entry in entries:
        size = len(entry)
        if at + size > len(words):
            continue
        if all(_same(words[at + step], part) for step, part in enumerate(entry)) and all(
            close(words[at + step]) for step in range(1, size)
        ):
            return size
    return 0


def _same(word: NameWord, part: str) -> bool:
    bare = word.key.rstrip(".")
    return bare == part.rstrip(".") or (word.possessive and part.endswith("'s") and bare == part[:-2])


def close(word: NameWord) -> bool:
    """Whether `word` follows the one before it with nothing but a space, hyphen or an abbreviation's dot between."""
    return word.gap in (" ", "  ", "-", ". ", " & ", ", ", "")


@lru_cache(maxsize=8)
def profile_entries(profile: Profile) -> Entries:
    """The names in a profile that are no person's: places, schools, teams, mascots, programs."""
    names: list[str] = [*profile.names, *profile.aliases, *profile.towns, *profile.places, *profile.lakes]
    names += [*profile.teams, *profile.mascots, *profile.programs, *profile.common_programs, *profile.opponents]
    for school in profile.schools:
        names += [school.name, *school.aliases]
    for look_alike in profile.look_alikes:
        names += [*look_alike.phrases, *look_alike.of]
    found: dict[str, set[tuple[str, ...]]] = {}
    for name in names:
        parts = tuple(key(part) for part in name.replace("-", " ").replace(",", " ").replace("#", " ").split())
        if parts:
            found.setdefault(parts[0], set()).add(parts)
    return {first: tuple(sorted(entries, key=lambda e: (-len(e), e))) for first, entries in found.items()}
