"""Every spelling a list asks for, indexed for quick look-up."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from policy428.folding import fold
from policy428.inflections import inflect

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_TRIPLE = re.compile(r"([^\W\d_])\1{2,}")
_GRAWLIX = re.compile(r"[@#$%&*!?^~]{3,}$")
_DRAWN = re.compile(r"[^\W_]?([^\w\s])\1+[^\W_]?$")
# Scripts written without blanks between words; their words are looked for anywhere.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u2e80-\ud7ff\uf900-\ufaff]")


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


class Forms:
    """The spellings of a list.

    Attributes:
        exact: by folded spelling.
        accented: by lower-case spelling, for spellings that need their accents or another script.
        doubled: spellings that may join other letters, with one letter doubled (`shitt`).
        stems: spellings that may join other letters, by their text.
        phrases: by first word, folded: what the words are in lower case, whether hyphens join them, and the form.
        symbols: by folded text, for emoji and for scripts without blanks.
        drawings: patterns of drawings made of signs, whose repeated sign may be repeated at will.
        grawlix: the form that stands for runs of symbols, if the list has one.
    """

    def __init__(self, entries: Iterable[DisguiseEntry]) -> None:
        """Indexes `entries`; where two share a spelling the first wins."""
        self.exact: dict[str, Form] = {}
        self.accented: dict[str, Form] = {}
        self.doubled: dict[str, Form] = {}
        self.stems: dict[str, Form] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], bool, Form]]] = defaultdict(list)
        self.symbols: dict[str, Form] = {}
        self.drawings: list[tuple[re.Pattern[str], Form]] = []
        self.grawlix: Form | None = None
        for entry in entries:
            for written in (entry.word, *entry.inflections):
                self._add(entry, written)
        for text, form in self.stems.items():
            for place in range(len(text)):
                self.doubled.setdefault(text[: place + 1] + text[place:], form)

    @cached_property
    def collapsed(self) -> dict[str, list[Form]]:
        """By spelling with every run of a letter cut to one."""
        found: dict[str, list[Form]] = defaultdict(list)
        for text, form in self.exact.items():
            found["".join(letter for letter, _ in groupby(text))].append(form)
        return found

    def _add(self, entry: DisguiseEntry, written: str) -> None:
        if not (written.isalnum() and written < "\u0e00") and self._add_signs(entry, written):
            return
        bare = written.strip("*~")
        lower = unicodedata.normalize("NFC", bare.lower()).replace("’", "'")
        words = tuple(WORD.findall(lower))
        if len(words) > 1:
            hyphened = "-" in bare and " " not in bare
            self.phrases[_folded(words[0]) or words[0]].append((words, hyphened, Form(entry, " ".join(words))))
            return
        folded = _folded(lower)
        if folded != lower:
            self.accented.setdefault(lower, Form(entry, lower))
            return
        for spelling in inflect(folded) if written.endswith("~") else (folded,):
            form = Form(entry, spelling, written.startswith("*"), written.endswith("*"), bare.isupper())
            self.exact.setdefault(spelling, form)
            if form.left or form.right:
                self.stems.setdefault(spelling, form)

    def _add_signs(self, entry: DisguiseEntry, written: str) -> bool:
        """Indexes a spelling that is no word of letters; False when it is one."""
        if _GRAWLIX.match(written):
            self.grawlix = Form(entry, written)
            return True
        if _DRAWN.match(written):
            stretched = re.sub(r"([^\w\s])\1+", lambda run: f"{re.escape(run[1])}{{{len(run[0])},30}}", written)
            self.drawings.append((re.compile(rf"(?<![^\W_]){stretched}(?![^\W_])"), Form(entry, written)))
            return True
        if not any(char.isalnum() for char in written) or _UNSPACED.search(written):
            self.symbols.setdefault(fold(written).text, Form(entry, written))
            return True
        return False

    @cached_property
    def spellings(self) -> dict[str, tuple[Form, str]]:
        """All spellings of a whole word, with how each is reached.

        As listed, in the careless plural (`-z`), in a word that may join others with a letter doubled, or respelled.
        """
        found = {text: (form, "plain") for text, form in self.exact.items()}
        for text, form in self.exact.items():
            if text.endswith("s") and len(text) > 3:
                found.setdefault(text[:-1] + "z", (form, "plain"))
                found.setdefault(text[:-1] + "zz", (form, "plain"))
        for text, form in self.doubled.items():
            found.setdefault(text, (form, "repeated"))
        for text, form in self.exact.items():
            if form.strong and not form.acronym and len(text) > 3 and text.isalpha() and _bare(form) in text:
                for spelling, how in _respelled(text):
                    found.setdefault(spelling, (form, how))
        return found

    def word(self, token: str) -> tuple[Form, str] | None:
        """The form that `token`, folded, spells, and how: `plain`, or `repeated` letters."""
        found = self.spellings.get(token)
        if found is None and _TRIPLE.search(token):
            drawled = self.drawled(token)
            return (drawled, "repeated") if drawled is not None else None
        return found

    def drawled(self, token: str) -> Form | None:
        """The form of which `token` is a drawl: the same letters in order, each at least as often."""
        runs = _runs(token)
        for form in self.collapsed.get("".join(letter for letter, _ in runs), ()):
            needed = _runs(form.text)
            if all(length >= least for (_, length), (_, least) in zip(runs, needed, strict=True)):
                return form
        for most in (1, 2):
            joined = self.joined(_TRIPLE.sub(r"\1" * most, token))
            if joined is not None:
                return joined
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


def _respelled(text: str) -> Iterator[tuple[str, str]]:
    """Ways to write `text` that still say it: letters swapped, doubled, left out, or others of like look or sound."""
    for place in range(1, len(text) - 1):
        yield text[:place] + text[place + 1] + text[place] + text[place + 2 :], "swapped"
    if len(text) > 5:
        for place in range(1, len(text)):
            if text[place] in "aeiou":
                yield text[:place] + text[place + 1 :], "clipped"
    for place in range(len(text)):
        yield text[: place + 1] + text[place:], "repeated"
    for letters, written in (("u", "v"), ("i", "y"), ("i", "l"), ("ck", "kk"), ("ck", "k")):
        # Four letters with a stroke for an `i` are too like acronyms.
        if letters in text[1:] and (written != "l" or len(text) > 4):
            yield text[0] + text[1:].replace(letters, written), "respelled"


def _bare(form: Form) -> str:
    """The word of the entry of `form`, folded and without its marks; its odder inflections lie too far from it."""
    return _folded(form.entry.word.strip("*~").lower())


def _runs(text: str) -> list[tuple[str, int]]:
    return [(letter, len(list(run))) for letter, run in groupby(text)]


def _folded(text: str) -> str:
    # A word of another script is compared as written, so that its letters need no table of look-alikes.
    if text.isascii() or not unicodedata.name(text[0], "").startswith("LATIN"):
        return text.lower() if text.isascii() else ""
    return fold(text).text
