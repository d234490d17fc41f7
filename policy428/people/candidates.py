"""Candidates by lists, titles and capitals alone: the cheap tier, which asks no language model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policy428.people.blocks import close
from policy428.people.candidate import Candidate
from policy428.people.casing import Casing
from policy428.people.names import NameLists
from policy428.people.relations import DETERMINERS, relation_before
from policy428.people.words import NameWord, word_set

MAX_NAME = 5
MAX_PARTICLES = 2
# Titles that stand before nothing but names; after others a common word is no name ("Coach Said").
_SURE_TITLES = word_set("mr mrs ms mx dr mister missus sra señora señor senora mme")
_NOT_INITIALS = word_set("a d e i n o r s u x y")
_ABBREVIATED = word_set("mr mrs ms mx dr prof rev sgt lt col gen cpl pvt sen rep gov pres supt capt atty sra mme")
_CONTRACTED = re.compile(r"(?:'(?:d|ll|ve|re|m|t)|n't)$")


class Finder:
    """Walks the words of one document once.

    Args:
        words: the words.
        lists: the name lists.
        casing: the post's habits.
        blocked: indices of words that name something else.
    """

    def __init__(self, words: Sequence[NameWord], lists: NameLists, casing: Casing, blocked: frozenset[int]) -> None:
        self.words = words
        self.lists = lists
        self.casing = casing
        self.blocked = blocked

    def candidates(self) -> list[Candidate]:
        """All runs that may be names, left to right, each scored by its own words only."""
        found: list[Candidate] = []
        at = 0
        while at < len(self.words):
            candidate = self._titled(at) or self._run(at) or self._lower(at)
            if candidate is None:
                at += 1
                continue
            found.append(candidate)
            at = candidate.last + 1
        return found

    # Titles

    def _title_at(self, at: int) -> int:
        """How many words from `at` are a title."""
        first = self.words[at].key.rstrip(".")
        if at + 1 < len(self.words) and close(self.words[at + 1]):
            both = f"{first} {self.words[at + 1].key.rstrip('.')}"
            if both in self.lists.titles:
                return 2
        return 1 if first in self.lists.titles else 0

    def _titled(self, at: int) -> Candidate | None:
        length = self._title_at(at)
        start = at + length
        if not length or start >= len(self.words) or (at in self.blocked and start in self.blocked):
            return None
        title = " ".join(word.key.rstrip(".") for word in self.words[at:start])
        if self._told(at, title):
            return None
        gap = self.words[start].gap
        if (
            gap not in (" ", ". ", "  ", ".", " . ")
            or ("." in gap and title not in _ABBREVIATED)
            or self.words[at].possessive
            or self.words[start - 1].possessive
        ):
            return None
        if self.words[start].form not in ("cap", "upper", "lower", "initial"):
            return None
        sure = title in _SURE_TITLES
        last = self._name_after_title(start, sure=sure, shown=self.words[at].form != "lower")
        if last is None:
            return None
        candidate = Candidate(at, last, title=(at, start))
        self._parts(candidate, start)
        candidate.add(f"the title “{self.words[at].text if length == 1 else title}” stands before it", 0.95)
        candidate.roles.append((self.lists.titles[title], f"bears the title “{title}”", 0.7 if sure else 0.8))
        candidate.lower = self.words[start].form == "lower"
        return candidate

    def _told(self, at: int, title: str) -> bool:
        """Whether the title is a relation word in a sentence: "our principal Dana", "his sister Ana"."""
        if title not in self.lists.relations or self.words[at].form != "lower" or not at:
            return False
        before = self.words[at - 1]
        return before.possessive or before.key in DETERMINERS

    def _name_after_title(self, start: int, *, sure: bool, shown: bool) -> int | None:
        word = self.words[start]
        known = self.lists.given_strength(word.key) or self.lists.surname_strength(word.key)
        if (word.form == "initial" and word.key.rstrip(".") != "i") or (
            len(word.key) == 1 and word.key not in _NOT_INITIALS
        ):
            return self._extend(start) if word.form != "lower" else start
        if word.form in ("cap", "upper"):
            if start in self.blocked and not known:
                return None
            if not known and not sure and (word.key in self.lists.common or word.form == "upper"):
                return None
            if word.key in self.lists.place_nouns and not known:
                return None
            return self._extend(start)
        if word.form != "lower" or (not sure and shown and not self.casing.lower):
            return None
        strong = self.lists.given_strength(word.key) == 2 or self.lists.surname_strength(word.key) == 2
        fits = strong and word.key not in self.lists.common
        if not fits and sure:
            fits = (word.key not in self.lists.common and len(word.key) > 2) or bool(known)
        return start if fits else None

    def _extend(self, at: int) -> int:
        """The last index of the run of name words that begins at `at`."""
        last = at
        while last + 1 < len(self.words) and last - at + 1 < MAX_NAME and not self.words[last].possessive:
            if not self._joined(last + 1):
                break
            if self._nameable(last + 1) or self._initial(last + 1):
                last += 1
            elif skip := self._particles(last + 1):
                last += skip + 1
            else:
                break
        return last

    def _particles(self, at: int) -> int:
        """How many small words of a surname stand at `at` with the surname after them: "van der Berg"."""
        for count in range(1, MAX_PARTICLES + 1):
            if at + count >= len(self.words) or self.words[at + count - 1].key not in self.lists.particles:
                return 0
            if not self._joined(at + count):
                return 0
            if self.words[at + count].form == "cap" and self._nameable(at + count):
                return count
        return 0

    def _joined(self, at: int) -> bool:
        before, word = self.words[at - 1], self.words[at]
        if before.form == "initial":
            return word.gap in ("", " ", ". ", "  ", " . ")
        return word.gap in (" ", "  ") and not word.opens

    def _initial(self, at: int) -> bool:
        word = self.words[at]
        if word.form != "initial" or word.key == "i" or at in self.blocked:
            return False
        return not (word.key == "a" and at + 1 < len(self.words) and self.words[at + 1].form == "lower")

    def _nameable(self, at: int) -> bool:
        """Whether the word may be part of a name by its looks."""
        word = self.words[at]
        known = self.lists.given_strength(word.key) or self.lists.surname_strength(word.key)
        if (at in self.blocked and not self._still_a_name(at)) or _CONTRACTED.search(word.key):
            return False
        if word.form == "cap":
            return bool(known) or word.key not in self.lists.common
        if word.form == "upper" and len(word.key) > 2:
            if self.casing.shouts:
                return known == 2 or (bool(known) and word.key not in self.lists.common)
            return bool(known)
        return False

    def _still_a_name(self, at: int) -> bool:
        """Whether a name that is also a place or a people stands as a name: "Christian Larson", "my student India"."""
        if self.lists.given_strength(self.words[at].key) != 2:
            return False
        relation = relation_before(self.words, at, self.lists)
        if relation is not None and relation.pointed:
            return True
        if at + 1 >= len(self.words) or not self._joined(at + 1) or at + 1 in self.blocked:
            return False
        following = self.words[at + 1]
        return following.form == "cap" and self.lists.surname_strength(following.key) == 2 and self._plain(following)

    def _plain(self, word: NameWord) -> bool:
        return word.key not in self.lists.place_nouns and word.key not in self.lists.common

    # Runs of words with capitals

    def _run(self, at: int) -> Candidate | None:
        word = self.words[at]
        starts = self._nameable(at) or (
            self._initial(at)
            and at + 1 < len(self.words)
            and self._joined(at + 1)
            and self._nameable(at + 1)
            and ("." in word.text or self.lists.surname_strength(self.words[at + 1].key) == 2)
        )
        if not starts:
            return None
        last = self._extend(at)
        first = at
        if (
            last > first
            and word.opens
            and word.form != "initial"
            and not self._known(first)
            and self.lists.given_strength(self.words[first + 1].key) == 2
        ):
            first += 1
        candidate = Candidate(first, last)
        self._parts(candidate, first)
        self._score_run(candidate)
        return candidate

    def _known(self, at: int) -> int:
        key = self.words[at].key
        return max(self.lists.given_strength(key), self.lists.surname_strength(key))

    def _parts(self, candidate: Candidate, start: int) -> None:
        """Which word is the given name and which the surname."""
        span = range(start, candidate.last + 1)
        if len(span) == 1:
            key = self.words[start].key
            is_given = self.lists.given_strength(key) >= self.lists.surname_strength(key) and self._known(start)
            if is_given and not candidate.title:
                candidate.given = start
            elif self.words[start].form != "initial" or candidate.title:
                candidate.surname = start
            return
        candidate.given = start
        candidate.surname = candidate.last

    def _score_run(self, candidate: Candidate) -> None:
        start, last = candidate.first, candidate.last
        head = self.words[start]
        given = self.lists.given_strength(head.key)
        if start == last:
            self._score_single(candidate, head, given)
            return
        second = self.words[start + 1]
        tail = self.lists.surname_strength(self.words[last].key)
        name = f"“{head.text}”"
        if given == 2:
            if self.words[last].form == "initial":
                candidate.add(f"{name} is a given name, with an initial after it", 0.92)
            elif tail:
                candidate.add(f"{name} is a given name, with a surname after it", 0.95)
            else:
                candidate.add(f"{name} is a given name, with another name after it", 0.8)
        elif given == 1:
            if self.words[last].form == "initial":
                candidate.add(f"{name} may be a given name, with an initial after it", 0.6)
            elif tail:
                candidate.add(f"{name} may be a given name, with a surname after it", 0.85 if tail == 2 else 0.6)
            else:
                candidate.add(f"{name} may be a given name, with another name after it", 0.4)
        elif head.form == "initial":
            candidate.add("initials stand before a surname", 0.75 if tail == 2 else 0.45)
        elif self.words[last].form == "initial":
            candidate.add("a word with a capital, then an initial", 0.4)
        elif any(self.lists.given_strength(self.words[i].key) == 2 for i in range(start + 1, last + 1)):
            candidate.add("a given name is among its words", 0.55)
        elif tail == 2:
            candidate.add(f"“{self.words[last].text}” is a surname, with a word with a capital before it", 0.5)
        elif self.lists.surname_strength(head.key) == 2 or self.lists.given_strength(second.key) == 1:
            candidate.add("words with capitals, one of them a name", 0.3)
        else:
            candidate.add("words with capitals", 0.2)

    def _score_single(self, candidate: Candidate, word: NameWord, given: int) -> None:
        surname = self.lists.surname_strength(word.key)
        name = f"“{word.text}”"
        if given == 2:
            candidate.add(f"{name} is a given name", 0.6)
        elif given == 1:
            candidate.add(f"{name} may be a given name or a word", 0.1 if word.opens else 0.3)
        elif surname == 2:
            double = "-" in word.key
            candidate.add(f"{name} is a double surname" if double else f"{name} is a surname", 0.55 if double else 0.25)
        elif surname == 1:
            candidate.add(f"{name} may be a surname or a word", 0.1)
        else:
            candidate.add("a word with a capital", 0.1)

    # Names without capitals

    def _lower(self, at: int) -> Candidate | None:
        word = self.words[at]
        if word.form != "lower" or len(word.key) < 3 or at in self.blocked:
            return None
        if word.key in self.lists.common or word.key in self.lists.titles:
            return None
        if self.lists.given_strength(word.key) != 2:
            return self._lower_surname(at)
        candidate = Candidate(at, at, given=at, lower=True)
        candidate.add(f"“{word.text}” is a given name, written small", 0.38 if self.casing.lower else 0.25)
        following = self.words[at + 1] if at + 1 < len(self.words) else None
        if following is not None and following.gap == " " and not word.possessive:
            bare = following.key.rstrip(".")
            if following.form in ("lower", "initial") and len(bare) == 1 and bare not in _NOT_INITIALS and bare != "s":
                candidate.last = candidate.surname = at + 1
                candidate.add("an initial follows", 0.35)
            elif (
                following.form in ("lower", "cap")
                and self.lists.surname_strength(following.key) == 2
                and len(following.key) > 2
                and following.key not in self.lists.common
            ):
                candidate.last = candidate.surname = at + 1
                candidate.add("a surname follows", 0.45)
        return candidate

    def _lower_surname(self, at: int) -> Candidate | None:
        """A surname written small, where a relation word calls for a name: "our coach ramirez"."""
        if self.lists.surname_strength(self.words[at].key) != 2:
            return None
        relation = relation_before(self.words, at, self.lists)
        if relation is None or not relation.pointed or relation.comma:
            return None
        candidate = Candidate(at, at, surname=at, lower=True)
        candidate.add(f"“{self.words[at].text}” is a surname, written small", 0.1)
        return candidate
