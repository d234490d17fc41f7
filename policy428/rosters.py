"""Who is a student and who is staff: lists of names from CSV files, looked up and never shown.

Lookups know nicknames, initials ("Tyler B."), titles ("Mrs. Brandt"), any case, and small typos. Nothing here prints
a name: errors give file and line, and the `repr` of an entry is blank.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from policy428.gazetteer import Gazetteer, Name
from policy428.resources import data_folder
from policy428.table import Row, read_table
from policy428.tokens import Token

Kind = Literal["student", "staff"]

COLUMNS = {
    "name": ("full name", "student", "student name", "employee", "staff name", "display name"),
    "first": ("first name", "given name", "given", "preferred name", "fname"),
    "last": ("last name", "surname", "family name", "lname"),
    "role": ("position", "title", "job", "job title", "type"),
    "grade": ("grade level", "gr", "class"),
    "nicknames": ("nickname", "aka", "also known as", "goes by"),
    "email": ("e-mail", "mail", "email address"),
}
TITLES = ("mr", "mrs", "ms", "miss", "mx", "dr", "coach", "principal", "nurse", "señora", "senora", "señor")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_LIST = re.compile(r"\s*[;|/,]\s*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One person on a roster. Its `repr` holds no data."""

    kind: Kind
    given: str = field(repr=False)
    surname: str = field(repr=False)
    nicknames: tuple[str, ...] = field(default=(), repr=False)
    role: str = field(default="", repr=False)
    grade: str = field(default="", repr=False)
    email: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """Given name and surname."""
        return f"{self.given} {self.surname}".strip()


@dataclass(frozen=True, slots=True)
class Match:
    """A lookup's answer.

    Attributes:
        entry: the person.
        score: 0 to 100; 100 is the name as listed.
        how: `name`, `nickname`, `initial`, `title`, `typo`, `given` (given name alone) or `surname` (alone).
        unique: no other person on the rosters fits as well.
    """

    entry: Entry
    score: float
    how: str
    unique: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """A roster name found in a text; `sure` when the words name one person plainly."""

    person: Entry
    start: int
    end: int
    sure: bool


class Rosters:
    """All entries of a configuration.

    Args:
        entries: students and staff.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries = tuple(entries)
        self._by_full: dict[str, list[Entry]] = {}
        self._by_nick: dict[str, list[Entry]] = {}
        self._by_given: dict[str, list[Entry]] = {}
        self._by_surname: dict[str, list[Entry]] = {}
        for entry in self.entries:
            given, surname = plain(entry.given), plain(entry.surname)
            self._by_full.setdefault(f"{given} {surname}".strip(), []).append(entry)
            for nick in _nicknames(entry):
                self._by_nick.setdefault(f"{nick} {surname}".strip(), []).append(entry)
            for name in {given, *_nicknames(entry)}:
                self._by_given.setdefault(name, []).append(entry)
            if surname:
                self._by_surname.setdefault(surname, []).append(entry)
        self._mentions = _mention_index(self)

    @classmethod
    def load(cls, *, students: Iterable[Path] = (), staff: Iterable[Path] = ()) -> Rosters:
        """Reads rosters from CSV files.

        Raises:
            ConfigError: a file cannot be read, lacks a name column, or has a line without a name.
        """
        entries: list[Entry] = []
        kinds: list[tuple[Kind, Iterable[Path]]] = [("student", students), ("staff", staff)]
        for kind, paths in kinds:
            for path in paths:
                entries.extend(_read(path, kind))
        return cls(entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __repr__(self) -> str:
        return f"Rosters({len(self.entries)} entries)"

    def find(self, name: str, *, kind: Kind | None = None, cutoff: float = 80) -> tuple[Match, ...]:
        """People that `name` may mean, best first.

        Args:
            name: as written in a post: "Tyler Brandt", "brandt, tyler", "Tyler B.", "Mrs. Brandt", "ty brandt".
            kind: only students or only staff.
            cutoff: least score. A given name alone scores 50, a surname alone 60, a title with a surname or a given
                name with an initial 85, a near spelling its likeness.
        """
        if not self.entries:
            return ()
        words, title = _words(name)
        if not words:
            return ()
        matches = self._candidates(words, title)
        kept = [match for match in matches if match.score >= cutoff and kind in (None, match.entry.kind)]
        best = max((match.score for match in kept), default=0)
        unique = sum(match.score == best for match in kept) == 1
        kept.sort(key=lambda match: -match.score)
        return tuple(Match(m.entry, m.score, m.how, unique and m.score == best) for m in kept)

    def _candidates(self, words: Sequence[str], title: bool) -> list[Match]:
        full = " ".join(words)
        found: dict[int, Match] = {}

        def add(entries: Iterable[Entry], score: float, how: str) -> None:
            for entry in entries:
                known = found.get(id(entry))
                if known is None or known.score < score:
                    found[id(entry)] = Match(entry, score, how)

        add(self._by_full.get(full, ()), 100, "name")
        if len(words) > 1:
            add(self._by_full.get(" ".join((*words[1:], words[0])), ()), 98, "name")
            add(self._by_full.get(f"{words[0]} {words[-1]}", ()), 96, "name")
            add(self._by_nick.get(full, ()), 95, "nickname")
            first, last = words[0], words[-1]
            if len(last) == 1:
                add((e for e in self._by_given.get(first, ()) if plain(e.surname).startswith(last)), 85, "initial")
            if len(first) == 1:
                add((e for e in self._by_surname.get(last, ()) if plain(e.given).startswith(first)), 85, "initial")
            if not found:
                self._near(full, words, add)
        else:
            if title:
                staff = [entry for entry in self._by_surname.get(full, ()) if entry.kind == "staff"]
                add(staff, 85, "title")
            add(self._by_surname.get(full, ()), 60, "surname")
            add(self._by_given.get(full, ()), 50, "given")
        return list(found.values())

    def _near(self, full: str, words: Sequence[str], add: object) -> None:
        from rapidfuzz import fuzz, process

        assert callable(add)
        names = (*self._by_full, *self._by_nick)
        for name, score, _ in process.extract(full, names, scorer=fuzz.ratio, score_cutoff=86, limit=5):
            given, _, surname = name.partition(" ")
            if min(fuzz.ratio(words[0], given), fuzz.ratio(words[-1], surname)) >= 70:
                add((*self._by_full.get(name, ()), *self._by_nick.get(name, ())), min(score, 94), "typo")

    def mentions(self, tokens: Sequence[Token], text: str) -> tuple[Mention, ...]:
        """Roster names among the words of a post: full names, nicknames with surnames, titles with staff surnames.

        Args:
            tokens: the document's tokens.
            text: the prose that their offsets count in.
        """
        if not self.entries:
            return ()
        found = []
        for match in self._mentions.find(tokens, text):
            kind, _, number = match.name.kind.partition(":")
            raw = tokens[match.first].raw
            # A name in lower case may be two ordinary words: "will may", "grant field".
            sure = kind == "full" and (raw[:1].isupper() or tokens[match.last - 1].raw[:1].isupper())
            found.append(Mention(self.entries[int(number)], match.start, match.end, sure or kind == "title"))
        return tuple(found)


def plain(name: str) -> str:
    """A name for comparison: lower case, no accents or punctuation, single blanks."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", bare.replace("’", "").replace("'", "")))


def _words(name: str) -> tuple[list[str], bool]:
    """The words of a name without title and suffix, and whether there was a title."""
    before, comma, after = name.partition(",")
    if comma and plain(after) not in _SUFFIXES:
        name = f"{after} {before}"
    name = re.sub(r"['’]s\b", "", name)
    words = plain(name).split()
    title = bool(words) and words[0] in TITLES and len(words) > 1
    if title:
        words = words[1:]
    return [word for word in words if word not in _SUFFIXES], title


def _mention_index(rosters: Rosters) -> Gazetteer:
    names: list[Name] = []
    for number, entry in enumerate(rosters.entries):
        if not entry.surname:
            continue
        for given in (entry.given, *_nicknames(entry)):
            names.append(Name(f"{given} {entry.surname}", f"full:{number}"))
        if entry.kind == "staff":
            names.extend(Name(f"{title} {entry.surname}", f"title:{number}") for title in TITLES)
    return Gazetteer(names)


def _nicknames(entry: Entry) -> tuple[str, ...]:
    given, _, more = plain(entry.given).partition(" ")
    own = [plain(nick) for nick in entry.nicknames]
    if more:
        own.append(given)  # María José is also called María
    return tuple(dict.fromkeys(nick for nick in (*own, *common_nicknames().get(given, ())) if nick))


@cache
def common_nicknames() -> dict[str, tuple[str, ...]]:
    """Usual short forms of English given names, from the list `nicknames`: `william` gives bill, will, ..."""
    table: dict[str, tuple[str, ...]] = {}
    for line in (data_folder("wordlists") / "nicknames.txt").read_text("utf-8").splitlines():
        name, colon, short = line.partition(":")
        if colon and not line.startswith("#"):
            table[name.strip()] = tuple(short.split())
    return table


def _read(path: Path, kind: Kind) -> Iterable[Entry]:
    for row in read_table(path, COLUMNS, [("name", "last", "first")]):
        yield _entry(row, kind)


def _entry(row: Row, kind: Kind) -> Entry:
    from policy428.errors import ConfigError

    given, surname = row.get("first"), row.get("last")
    if not given and not surname:
        name = row.get("name")
        before, comma, after = name.partition(",")
        if comma:
            given, surname = after.strip(), before.strip()
        else:
            given, _, surname = name.strip().partition(" ")
    if not given and not surname:
        raise ConfigError("a line of the roster has no name", place=row.place)
    nicknames = tuple(nick for nick in _LIST.split(row.get("nicknames")) if nick)
    return Entry(kind, given, surname, nicknames, row.get("role"), row.get("grade"), row.get("email"))
