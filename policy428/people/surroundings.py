"""What stands around a candidate: relations, verbs, lists, places, repeats."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from policy428.people.candidate import Candidate
from policy428.people.casing import Casing
from policy428.people.names import NameLists
from policy428.people.relations import OWN, relation_before
from policy428.people.words import NameWord, word_set

_PLACE_WORDS = word_set("in at near from to visit visiting around toward towards outside downtown")
_NAMING = word_set("named nicknamed dear")
_NAME_WORDS = word_set("name names surname nickname")
_ARTICLES = word_set("the a an this these those some any every")
_LIST_GAP = re.compile(r"[ ]?(?:\(?[+−-]?[\d./%-]{1,8}\)?)?[ ]?(?:,|&|/|\+|;|and|,[ ]?and)[ ]?$")
_STATE = re.compile(r",? (?:MN|WI|IA|ND|SD|Minn\.?|Minnesota|Wisconsin|Iowa|Texas|TX|NY|CA|FL|IL)\b")
_MONTHS = word_set("jan april may june august augustus")
_MONTH_LEADS = word_set("in by since until till of last next early late mid this every before after through from")
SURE = 0.5
LISTED = 0.6
ROW = 3
MAX_LIST_GAP = 24


class Surroundings:
    """Weighs candidates by what stands around them.

    Args:
        text: the prose.
        words: its words.
        lists: the name lists.
        casing: the post's habits.
    """

    def __init__(self, text: str, words: Sequence[NameWord], lists: NameLists, casing: Casing) -> None:
        self.text = text
        self.words = words
        self.lists = lists
        self.casing = casing

    def weigh(self, candidates: list[Candidate]) -> None:
        """Adds reasons to all candidates, in place."""
        for candidate in candidates:
            self._relation(candidate)
            self._introduced(candidate)
            self._neighbours(candidate)
            self._place(candidate)
        self._lists(candidates)
        self._rows(candidates)
        self._repeats(candidates)

    # Relation words before

    def _relation(self, candidate: Candidate) -> None:
        if candidate.title:
            return
        found = relation_before(self.words, candidate.first, self.lists)
        if found is None:
            return
        if found.pointed:
            candidate.add(f"“{found.word}” stands before it", 0.3 if found.comma else 0.5)
        elif found.determiner is None and not found.comma:
            candidate.add(f"“{found.word}” stands before it", 0.25)
        if found.role == "family" and found.determiner not in OWN:
            candidate.roles.append(("unknown", f"somebody's {found.word}", 0.6))
        else:
            said = f"{found.determiner} {found.word}" if found.determiner else found.word
            candidate.roles.append((found.role, f"called “{said}”", 0.9))

    def _introduced(self, candidate: Candidate) -> None:
        """Words that give a name outright: "my name is Vika", "a boy named Osei"."""
        first = candidate.first
        if not first or candidate.title or self.words[first].gap not in (" ", ": "):
            return
        before = self.words[first - 1]
        back = self.words[first - 2].key if first > 1 else ""
        if before.key in _NAMING or (before.key in ("is", "was", "'s") and back in _NAME_WORDS):
            candidate.add(f"“{before.text}” gives a name", 0.45)

    def _neighbours(self, candidate: Candidate) -> None:
        if candidate.title:
            return
        known = candidate.score >= 0.25 and self.words[candidate.first].key not in _MONTHS
        words, first, last = self.words, candidate.first, candidate.last
        following = words[last + 1] if last + 1 < len(words) else None
        if words[last].possessive:
            candidate.add("it owns something", 0.15 if known else 0.05)
        elif following is not None and self._verb(following):
            candidate.add(f"“{following.text}” follows, as after a person", 0.25 if known else 0.1)
        before = words[first - 1] if first else None
        if before is not None and not words[first].opens and words[first].gap in (" ", "  "):
            if before.key in _ARTICLES and candidate.size == 1:
                candidate.add(f"“{before.text}” stands before it", -0.3)
            elif before.key in self.lists.before and before.form != "cap":
                candidate.add(f"“{before.text}” stands before it", 0.15 if known else 0.05)
        if before is not None and before.form in ("hashtag",) and words[first].gap.strip() == "":
            candidate.add("a hashtag stands before it", -0.05)
        after = self.text[words[last].end : words[last].end + 12]
        if re.match(r",? \(?\d{1,2}(?:,|\)|th|st|nd|rd| and\b)", after) and known:
            candidate.add("an age, grade or number follows", 0.15)

    def _verb(self, word: NameWord) -> bool:
        return word.gap == " " and word.key in self.lists.verbs and (word.form == "lower" or self.casing.shouts)

    def _place(self, candidate: Candidate) -> None:
        words, first, last = self.words, candidate.first, candidate.last
        following = words[last + 1] if last + 1 < len(words) else None
        before = words[first - 1] if first else None
        if following is not None and following.gap == " " and not words[last].possessive and not candidate.lower:
            noun = following.key in self.lists.place_nouns
            if noun and (following.form == "cap" or following.key in ("elementary", "school", "street", "county")):
                candidate.add(f"“{following.text}” follows, as after the name of a place or thing", -0.8)
        inside = [words[i].key for i in range(first + 1, last + 1) if words[i].key in self.lists.place_nouns]
        if inside and not candidate.title and any(self.lists.surname_strength(noun) < 2 for noun in inside):
            candidate.add("it holds a word for a place or thing", self._thing(words[first].key, inside))
        if words[first].key in self.lists.place_leads and candidate.size > 1 and not candidate.title:
            candidate.add(f"it begins with “{words[first].text}”, like a place", -0.5)
        if self._dated(candidate):
            candidate.add("it is a month", -0.8)
        if self._numbered(before, following, words[first]) and not candidate.title:
            candidate.add("it stands between numbers, as in an address", -0.5)
        if before is not None and words[first].gap in (" ", ". ", "."):
            key = before.key.rstrip(".")
            if key in self.lists.place_leads and before.form in ("cap", "initial", "upper"):
                candidate.add(f"“{before.text}” stands before it, as before a place", -0.7)
        if candidate.size == 1 and not candidate.title and words[last].key in self.lists.places:
            if _STATE.match(self.text, words[last].end):
                candidate.add("a state follows", -0.6)
            elif before is not None and before.key in _PLACE_WORDS:
                candidate.add(f"“{before.text}” stands before it, and it is also a place", -0.35)
            else:
                candidate.add("it is also a place", -0.2)
        elif not candidate.title and _STATE.match(self.text, words[last].end):
            candidate.add("a state follows", -0.5)
        elif before is not None and before.key in ("in", "at", "near") and candidate.size == 1 and not candidate.title:
            candidate.add(f"“{before.text}” stands before it, as before a place", -0.15)

    def _thing(self, head: str, nouns: Sequence[str]) -> float:
        """What a word for a place weighs inside a name: little after a sure given name ("Ana Park")."""
        only_given = self.lists.given_strength(head) == 2 and not self.lists.surname_strength(head)
        return -0.2 if only_given and all(self.lists.surname_strength(noun) for noun in nouns) else -0.8

    @staticmethod
    def _numbered(before: NameWord | None, following: NameWord | None, word: NameWord) -> bool:
        """Whether numbers stand right before and after: "28919 Filadelfeos 136"."""
        if before is None or following is None or word.gap != " ":
            return False
        return before.form == following.form == "number" and len(before.text) > 1

    def _dated(self, candidate: Candidate) -> bool:
        """Whether a name that is also a month stands as one."""
        words, first = self.words, candidate.first
        if candidate.size != 1 or candidate.title or words[first].key not in _MONTHS:
            return False
        if first and (words[first - 1].form == "number" or words[first - 1].key in _MONTH_LEADS):
            return True
        return first + 1 < len(words) and words[first + 1].form == "number" and words[first + 1].gap in (" ", ". ")

    # Lists: "Ella 3, Mateo 5 and Hser Gay 1"

    def _lists(self, candidates: list[Candidate]) -> None:
        pairs = list(pairwise(candidates))
        for run in (pairs, [(right, left) for left, right in reversed(pairs)]):
            for known, other in run:
                if known.score >= LISTED and not other.title and listed(self.text, self.words, known, other):
                    small = other.lower and other.score < 0.3
                    other.add("it stands in a list of names", 0.2 if small else 0.4)

    def _rows(self, candidates: list[Candidate]) -> None:
        """Three or more given names in a row are names even when written small: "emma, liam and noah are out"."""
        row: list[Candidate] = []
        for candidate in [*candidates, None]:
            if candidate is not None and row and listed(self.text, self.words, row[-1], candidate):
                row.append(candidate)
                continue
            if len(row) >= ROW and all(one.given is not None for one in row):
                for one in row:
                    one.add("it stands in a row of given names", 0.4)
            row = [] if candidate is None else [candidate]

    # The same name again: "Tyler Brandt ... Tyler", "Mrs. Larson ... Larson"

    def _repeats(self, candidates: list[Candidate]) -> None:
        sure: dict[str, Candidate] = {}
        for candidate in candidates:
            if candidate.score >= 0.75:
                for part in (candidate.given, candidate.surname):
                    if part is not None and len(self.words[part].key) > 2:
                        sure.setdefault(self.words[part].key, candidate)
        for candidate in candidates:
            if candidate.size > 1 or candidate.title:
                continue
            other = sure.get(self.words[candidate.first].key)
            if other is not None and other is not candidate:
                alone = (
                    self.lists.given_strength(self.words[candidate.first].key) == 1
                    and self.words[candidate.first].opens
                )
                candidate.add("the same name stands elsewhere in the post", 0.2 if alone else 0.4)
                candidate.roles.extend((role, why, weight - 0.05) for role, why, weight in other.roles)


def listed(text: str, words: Sequence[NameWord], one: Candidate, two: Candidate) -> bool:
    """Whether two names stand side by side in a list."""
    left, right = (one, two) if one.first < two.first else (two, one)
    gap = text[words[left.last].end : words[right.first].start]
    return len(gap) <= MAX_LIST_GAP and _LIST_GAP.match(gap) is not None
