"""What is known of names: the lists of `wordlists/`, read once a process.

Keys are lower case without accents, as `words.key` makes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from policy428.people.person import ROLES, Role
from policy428.resources import data_folder


@dataclass(frozen=True, slots=True)
class NameLists:
    """All lists.

    Attributes:
        given, surnames: names borne by people.
        words: names that are also words.
        common: words that need no capital.
        titles: title to role; several words are joined by a space.
        relations: relation word to role.
        not_people: first word to the entries that begin with it, longest first, as tuples of words.
        public: the same for people known to all.
        place_nouns, place_leads: words that make the name before or after them a place's.
        places: names that are also places.
        verbs, before: words that often follow or precede a name.
        particles: small words inside surnames.
    """

    given: frozenset[str]
    surnames: frozenset[str]
    words: frozenset[str]
    common: frozenset[str]
    titles: dict[str, Role]
    relations: dict[str, Role]
    not_people: dict[str, tuple[tuple[str, ...], ...]]
    public: dict[str, tuple[tuple[str, ...], ...]]
    place_nouns: frozenset[str]
    place_leads: frozenset[str]
    places: frozenset[str]
    verbs: frozenset[str]
    before: frozenset[str]
    particles: frozenset[str]

    def given_strength(self, key: str) -> int:
        """2 for a clear given name, 1 for one that is also a word, 0 for none; a double name counts by its halves."""
        return _strength(key, self.given, self.words)

    def surname_strength(self, key: str) -> int:
        """2 for a clear surname, 1 for one that is also a word, 0 for none."""
        return _strength(key, self.surnames, self.words)


def _strength(key: str, names: frozenset[str], words: frozenset[str]) -> int:
    if key in names:
        return 1 if key in words else 2
    if "-" in key:
        parts = key.split("-")
        if all(part in names for part in parts):
            return 2
    return 0


@cache
def name_lists() -> NameLists:
    """The lists shipped with the package."""
    return NameLists(
        given=frozenset(_lines("given-names")),
        surnames=frozenset(_lines("surnames")),
        words=frozenset(_lines("name-words")),
        common=frozenset(_lines("common-words")),
        titles=_roles("titles"),
        relations=_roles("relations"),
        not_people=_by_first_word("not-people"),
        public=_by_first_word("public-figures"),
        place_nouns=frozenset(_lines("place-nouns")),
        place_leads=frozenset(_lines("place-leads")),
        places=frozenset(_lines("name-places")),
        verbs=frozenset(_lines("person-verbs")),
        before=frozenset(_lines("before-names")),
        particles=frozenset(_lines("name-particles")),
    )


@lru_cache(maxsize=1)
def nicknames() -> dict[str, frozenset[str]]:
    """Each given name or short form to the names that may stand for the same person, itself included."""
    groups: dict[str, set[str]] = {}
    for line in _lines("nicknames"):
        name, _, shorts = line.partition(":")
        forms = shorts.split()
        groups.setdefault(name, {name}).update(forms)
        for form in forms:
            groups.setdefault(form, {form}).add(name)
    return {name: frozenset(forms) for name, forms in groups.items()}


def _lines(name: str) -> list[str]:
    text = (data_folder("wordlists") / f"{name}.txt").read_text(encoding="utf-8").lower()
    return [line for line in text.split("\n") if line and line[0] != "#"]


def _roles(name: str) -> dict[str, Role]:
    roles: dict[str, Role] = {}
    known = {str(role): role for role in ROLES}
    for line in _lines(name):
        word, _, role = line.partition(":")
        roles[word] = known[role.strip()]
    return roles


def _by_first_word(name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    entries: dict[str, list[tuple[str, ...]]] = {}
    for line in _lines(name):
        words = tuple(line.split())
        entries.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(found, key=len, reverse=True)) for first, found in entries.items()}
