"""Every spelling a list asks for, indexed for quick look-up."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from policy428.folding import fold
from policy428.inflections import inflect

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_TRIPLE = re.compile(r"([^\W\d_])\1{2,}")
_RUNS = re.compile(r"(.)\1*")
_GRAWLIX = re.compile(r"[@#$%&*!?^~]{3,}$")


@dataclass(frozen=True, slots=True)
class DisguiseEntry:
    """One word of a list whose disguises count too.

    Attributes:
        word: the word. A star lets it join other letters on that side (`*fuck*`), `~` adds its regular inflections,
            several words make a phrase, capitals (`WTF`) an acronym. A word with accents is only found with them; one
            of symbols is found as it stands, and one of nothing but `@#$%` stands for every run of such symbols.
        strength: `mild` or `strong`.
        inflections: further spellings, with the same marks.
        innocent: contexts in which the word does not count. One that holds the word must cover it; any other may stand
            near it.
    """

    word: str
    strength: str = "strong"
    inflections: tuple[str, ...] = ()
    innocent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling of an entry: folded, without marks; `left` and `right` tell where it may join other letters."""

    entry: DisguiseEntry
    text: str
    left: bool = False
    right: bool = False
    acronym: bool = False

    @property
    def strong(self) -> bool:
        """Whether its entry is strong."""
        return self.entry.strength == "strong"


@dataclass(slots=True)
class Forms:
    """The spellings of a list.

    Attributes:
        exact: by folded spelling.
        accented: by lower-case spelling, for spellings that need their accents.
        doubled: spellings with one letter doubled (`shitt`), strong words only.
        collapsed: by spelling with every run of a letter cut to one.
        stems: spellings that may join other letters, by their text.
        phrases: by first word, folded: the words of the phrase in lower case, and its form.
        symbols: by text, for emoji.
        grawlix: the form that stands for runs of symbols, if the list has one.
    """

    exact: dict[str, Form] = field(default_factory=dict)
    accented: dict[str, Form] = field(default_factory=dict)
    doubled: dict[str, Form] = field(default_factory=dict)
    collapsed: dict[str, list[Form]] = field(default_factory=lambda: defaultdict(list))
    stems: dict[str, Form] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], Form]]] = field(default_factory=lambda: defaultdict(list))
    symbols: dict[str, Form] = field(default_factory=dict)
    grawlix: Form | None = None

    @classmethod
    def of(cls, entries: Iterable[DisguiseEntry]) -> Forms:
        """Indexes `entries`; where two share a spelling the first wins."""
        forms = cls()
        for entry in entries:
            for written in (entry.word, *entry.inflections):
                forms._add(entry, written)
        for text, form in forms.exact.items():
            forms.collapsed[_RUNS.sub(r"\1", text)].append(form)
            if form.strong and len(text) > 3 and text.isalpha() and text.isascii():
                for place in range(len(text)):
                    forms.doubled.setdefault(text[: place + 1] + text[place:], form)
        return forms

    def _add(self, entry: DisguiseEntry, written: str) -> None:
        bare = written.strip("*~") or written
        if _GRAWLIX.match(written):
            self.grawlix = Form(entry, written)
            return
        if not any(char.isalnum() for char in written):
            self.symbols.setdefault(written.replace("\ufe0f", ""), Form(entry, written))
            return
        lower = unicodedata.normalize("NFC", bare.lower()).replace("’", "'")
        folded = fold(bare).text
        words = tuple(WORD.findall(lower))
        if len(words) > 1:
            self.phrases[fold(words[0]).text].append((words, Form(entry, " ".join(words))))
            return
        for spelling in inflect(folded) if written.endswith("~") else (folded,):
            form = Form(entry, spelling, written.startswith("*"), written.endswith("*"), bare.isupper())
            if folded != lower:
                self.accented.setdefault(lower, form)
                continue
            self.exact.setdefault(spelling, form)
            if form.left or form.right:
                self.stems.setdefault(spelling, form)

    def word(self, token: str) -> tuple[Form, str] | None:
        """The form that `token`, folded, spells, and how: `plain`, or `repeated` letters."""
        form = self.exact.get(token)
        if form is not None:
            return form, "plain"
        form = self.doubled.get(token)
        if form is not None:
            return form, "repeated"
        if _TRIPLE.search(token):
            return self._stretched(token)
        return None

    def _stretched(self, token: str) -> tuple[Form, str] | None:
        """The form of which `token` is a drawl: the same letters in order, each at least as often."""
        runs = [(run[0], len(run)) for run in (found.group() for found in _RUNS.finditer(token))]
        for form in self.collapsed.get("".join(letter for letter, _ in runs), ()):
            lengths = [len(found.group()) for found in _RUNS.finditer(form.text)]
            if all(length >= needed for (_, length), needed in zip(runs, lengths, strict=True)):
                return form, "repeated"
        for most in (1, 2):
            shorter = _TRIPLE.sub(r"\1" * most, token)
            form = self.exact.get(shorter) or self.joined(shorter)
            if form is not None:
                return form, "repeated"
        return None

    def joined(self, token: str) -> Form | None:
        """The form that may join other letters and does so in `token`, the longest first."""
        best: Form | None = None
        for text, form in self.stems.items():
            place = token.find(text)
            if (
                place >= 0
                and (form.left or place == 0)
                and (form.right or token.endswith(text))
                and (best is None or len(text) > len(best.text))
            ):
                best = form
        return best
