"""Relation words before a name: "my student Aiden", "our para, Deb", "Tyler's mom Dana"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policy428.people.names import NameLists
from policy428.people.person import Role
from policy428.people.words import NameWord, word_set

OWN = word_set("my our mine")
DETERMINERS = OWN | word_set("his her their your the this that a an another one")
_LONGEST = 2
_REACH = 3


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation word, the role it gives, the determiner before it ("my", "'s" or None), and a comma after it."""

    word: str
    role: Role
    determiner: str | None
    comma: bool

    @property
    def pointed(self) -> bool:
        """Whether it tells which one: "my student", not "a student"."""
        return self.determiner is not None and self.determiner not in ("a", "an", "another", "one")


def relation_before(words: Sequence[NameWord], at: int, lists: NameLists) -> Relation | None:
    """The relation word right before word `at`, or None."""
    if at == 0 or words[at].gap not in (" ", ", ", " , ", ": "):
        return None
    comma = "," in words[at].gap
    for length in range(_LONGEST, 0, -1):
        start = at - length
        if start < 0 or words[at - 1].possessive or any(words[i].gap not in (" ", "-") for i in range(start + 1, at)):
            continue
        word = " ".join(word.key for word in words[start:at])
        role = lists.relations.get(word) or lists.relations.get(word.removesuffix("s"))
        if role is not None:
            return Relation(word, role, _determiner(words, start), comma)
    return None


def _determiner(words: Sequence[NameWord], start: int) -> str | None:
    """The determiner before the relation word at `start`, past at most two words between ("my sweet little girl")."""
    back = start - 1
    for _ in range(_REACH):
        if back < 0 or words[back + 1].gap not in (" ", ", "):
            return None
        if words[back].key in DETERMINERS:
            return words[back].key
        if words[back].possessive:
            return "'s"
        back -= 1
    return None
