"""What is known of names: the lists of `wordlists/`, read once a process.

Keys are lower case without accents, as `words.key` makes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

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
        elder: given names that few children of today bear.
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
    elder: frozenset[str]
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
        given=_set("given-names"),
        surnames=_set("surnames"),
        words=_set("name-words"),
        common=_set("common-words"),
        titles=_roles("titles"),
        relations=_roles("relations"),
        not_people=by_first_word("not-people"),
        public=by_first_word("public-figures"),
        place_nouns=_set("place-nouns"),
        place_leads=_set("place-leads"),
        places=_set("name-places"),
        verbs=_set("person-verbs"),
        before=_set("before-names"),
        elder=_set("elder-names"),
        particles=_set("name-particles"),
    )


def _set(name: str) -> frozenset[str]:
    """The list `name` as a set; comment lines stay in it, since no word looks like one and leaving them is quicker."""
    return frozenset(_text(name).split("\n"))


def lines(name: str) -> list[str]:
    """The entries of the list `name`, in lower case, without comments."""
    return [line for line in _text(name).split("\n") if line and line[0] != "#"]


def _text(name: str) -> str:
    return (data_folder("wordlists") / f"{name}.txt").read_text(encoding="utf-8").lower()


def _roles(name: str) -> dict[str, Role]:
    roles: dict[str, Role] = {}
    for line in lines(name):
        word, _, role = line.partition(":")
        roles[word] = role_named(role.strip())
    return roles


def role_named(name: str) -> Role:
    """`name` as a role; `unknown` for any other word."""
    return next((role for role in ROLES if role == name), "unknown")


def by_first_word(name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The entries of the list `name` as tuples of words, by their first word, longest first."""
    entries: dict[str, list[tuple[str, ...]]] = {}
    for line in lines(name):
        words = tuple(line.split())
        entries.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(found, key=len, reverse=True)) for first, found in entries.items()}
