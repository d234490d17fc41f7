"""Word lists by name, and what each finds in a document.

A list is one file in a lists folder: `name.yaml` with options, or `name.txt`, a phrase a line. Lists are read when a
rule first asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policy428.errors import Place, RuleError, did_you_mean
from policy428.kept import shipped
from policy428.phrases import PhraseError, check
from policy428.phraseset import PhraseSet, View
from policy428.profilelists import LISTS, phrases_of
from policy428.yamlfile import YamlFile, read

if TYPE_CHECKING:
    from policy428.disguise import DisguiseMatcher
    from policy428.document import Document
    from policy428.profile import Profile

STRENGTHS = ("mild", "strong")
_KEYS = ("list", "about", "source", "disguise", "inflect", "entries", "innocent", "instead")
_ENTRY_KEYS = ("word", "strength", "inflections", "innocent", "note")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: its phrase, strength and the contexts in which it is innocent."""

    word: str
    strength: str = "strong"
    inflections: tuple[str, ...] = ()
    innocent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A list's entry found in a document's prose.

    Attributes:
        list: the list's name.
        entry: the entry as the list writes it.
        start, end: offsets in the prose.
        strength: mild or strong.
        how: the disguises seen through, if any.
    """

    list: str
    entry: str
    start: int
    end: int
    strength: str = "strong"
    how: tuple[str, ...] = ()


@dataclass(slots=True)
class WordList:
    """A list ready for use."""

    name: str
    about: str
    entries: tuple[Entry, ...]
    phrases: PhraseSet
    innocent: PhraseSet | None
    disguise: bool
    strengths: dict[str, str] = field(default_factory=dict)
    entry_innocent: dict[str, PhraseSet] = field(default_factory=dict)
    innocent_words: tuple[str, ...] = ()
    matcher: DisguiseMatcher | None = None
    instead: dict[str, str] = field(default_factory=dict)


class Lexicon:
    """All word lists of an installation and its configuration.

    Args:
        folders: where lists lie; a list in a later folder replaces one of the same name.
        extra: entries added to lists by name, from the configuration.
        allowed: words and phrases that never count, by list name or `*`, from the configuration.

    Attributes:
        of_package: whether the rule that is being read comes with the package.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        extra: dict[str, tuple[str, ...]] | None = None,
        allowed: dict[str, tuple[str, ...]] | None = None,
    ) -> None:
        self._files: dict[str, Path] = {}
        for folder in folders:
            for path in sorted(folder.iterdir()):
                if path.suffix in {".yaml", ".yml", ".txt"}:
                    self._files[path.stem] = path
        self._extra = extra or {}
        self._allowed = allowed or {}
        self._lists: dict[str, WordList] = {}
        self.of_package = False
        self._profile: Profile | None = None
        self._of_profile: dict[str, PhraseSet] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all lists there are, those inside rules apart."""
        return tuple(sorted({*self._files, *(name for name in self._lists if "/" not in name)}))

    def __contains__(self, name: str) -> bool:
        return name in self._files or name in self._lists or name in LISTS

    def get(self, name: str) -> WordList:
        """The list called `name`.

        Raises:
            RuleError: there is none, or its file is wrong.
        """
        known = self._lists.get(name)
        if known is None:
            path = self._files.get(name)
            if path is None and name in LISTS:
                return WordList(name, "", (), self.resolve(name), None, False)
            if path is None:
                raise RuleError(f"unknown word list “{name}”", hint=did_you_mean(name, self.names))
            known = self._lists[name] = self._load(name, path)
        return known

    def add(self, name: str, phrases: Iterable[str]) -> WordList:
        """Registers phrases written inside a rule as a list of their own.

        Raises:
            PhraseError: a phrase is not well formed.
        """
        entries = [Entry(phrase) for phrase in phrases]
        wordlist = self._build(name, "", entries, (), disguise=False, keep=self.of_package)
        self._lists[name] = wordlist
        return wordlist

    def resolve(self, name: str) -> PhraseSet:
        """The phrases of the list called `name`; what `<name>` in a phrase stands for."""
        if name in LISTS and name not in self._files:
            return self._of_profile.setdefault(name, PhraseSet(name, []))
        return self.get(name).phrases

    def speak_of(self, profile: Profile) -> None:
        """Fills the lists of the District's names from `profile`."""
        if profile is not self._profile:
            self._profile = profile
            for name in LISTS:
                named = self._of_profile.setdefault(name, PhraseSet(name, []))
                named.become(phrases_of(name, profile))
                named.prepare(self.resolve)

    def _load(self, name: str, path: Path) -> WordList:
        if path.suffix == ".txt":
            return self._load_text(name, path)
        return self._load_yaml(name, read(path, RuleError))

    def _load_text(self, name: str, path: Path) -> WordList:
        lines = path.read_text(encoding="utf-8").splitlines()
        inflected = any(line.strip() == "#: inflect" for line in lines)
        entries = []
        for number, line in enumerate(lines, 1):
            word = line.split(" # ")[0].strip()
            if not word or word.startswith("#"):
                continue
            entries.append((number, Entry(_inflected(word) if inflected else word)))
        return self._compile(name, "", entries, (), False, lambda number: Place(str(path), number, 1))

    def _load_yaml(self, name: str, file: YamlFile) -> WordList:
        data = file.data
        if not isinstance(data, dict):
            raise RuleError("a word list is a mapping with “entries”", place=file.place(()))
        for key in data:
            if key not in _KEYS:
                raise RuleError(f"unknown field “{key}”", place=file.place((key,)), hint=did_you_mean(str(key), _KEYS))
        if not isinstance(data.get("entries"), list):
            raise RuleError("a word list needs “entries”, a list", place=file.place(()))
        inflected = bool(data.get("inflect", False))
        disguise = bool(data.get("disguise", False))
        entries = [(i, _entry(item, file, i, inflected and not disguise)) for i, item in enumerate(data["entries"])]
        innocent = tuple(_strings(data.get("innocent", []), file, ("innocent",)))
        wordlist = self._compile(
            name, str(data.get("about", "")), entries, innocent, disguise, lambda i: file.place(("entries", i))
        )
        wordlist.instead = _instead(file)
        return wordlist

    def _compile(
        self,
        name: str,
        about: str,
        entries: Sequence[tuple[int, Entry]],
        innocent: tuple[str, ...],
        disguise: bool,
        place: Any,
    ) -> WordList:
        extra = [Entry(word) for word in self._extra.get(name, ())]
        allowed = (*self._allowed.get("*", ()), *self._allowed.get(name, ()))
        every = [*(entry for _, entry in entries), *extra]
        try:
            keep = not extra and shipped(self._files[name])
            return self._build(name, about, every, (*innocent, *allowed), disguise, keep=keep, allows=bool(allowed))
        except PhraseError as problem:
            wrong = next((number for number, entry in entries if not _fine(entry)), None)
            raise RuleError(str(problem), place=None if wrong is None else place(wrong)) from problem

    def _build(
        self,
        name: str,
        about: str,
        entries: list[Entry],
        innocent: tuple[str, ...],
        disguise: bool,
        *,
        keep: bool,
        allows: bool = False,
    ) -> WordList:
        # A disguised list has a notation of its own for words and contexts, which its matcher reads.
        phrases = PhraseSet.of(name, [] if disguise else [entry.word for entry in entries], keep=keep)
        return WordList(
            name=name,
            about=about,
            entries=tuple(entries),
            phrases=phrases,
            innocent=PhraseSet.of(f"{name}/innocent", innocent, keep=keep and not allows)
            if innocent and not disguise
            else None,
            disguise=disguise,
            strengths={entry.word: entry.strength for entry in entries},
            entry_innocent={
                entry.word: PhraseSet.of(f"{name}/{entry.word}", entry.innocent, keep=keep)
                for entry in entries
                if entry.innocent and not disguise
            },
            innocent_words=innocent,
        )

    def find(self, name: str, document: Document) -> tuple[Hit, ...]:
        """Every entry of the list that occurs in the document's prose, longest first at each place."""
        self.speak_of(document.context.profile)
        wordlist = self.get(name)
        if wordlist.disguise:
            return self._find_disguised(wordlist, document)
        view = document.view
        self._prepare(wordlist.phrases)
        hits: list[Hit] = []
        phrases = wordlist.phrases
        reach = 0
        for start in sorted(phrases.starts(view)):
            best: tuple[int, str] | None = None
            for phrase in phrases.candidates(view, start):
                ends = phrase.ends(view, start, self.resolve)
                if ends and (best is None or max(ends) > best[0]):
                    best = (max(ends), phrase.source)
            if best is None or best[0] <= reach:
                continue
            reach = best[0]
            span = (view.tokens[start].start, view.tokens[best[0] - 1].end)
            hits.append(Hit(name, best[1], *span, wordlist.strengths.get(best[1], "strong")))
        return tuple(hit for hit in hits if not self._innocent(wordlist, hit, view))

    def check_all(self) -> None:
        """Loads every list there is, so that a mistake in one that no rule has asked for yet is seen too.

        Raises:
            RuleError: a list is wrong, or refers to one that is not there.
        """
        for name in self.names:
            wordlist = self.get(name)
            for phrases in (wordlist.phrases, wordlist.innocent, *wordlist.entry_innocent.values()):
                if phrases is not None:
                    self._prepare(phrases)

    def _prepare(self, phrases: PhraseSet) -> None:
        try:
            phrases.prepare(self.resolve)
        except PhraseError as problem:
            raise RuleError(str(problem), place=self._place(phrases.name)) from problem
        for name in phrases.references:
            if name not in self:
                message = f"a phrase refers to the list “{name}”, which is not there"
                raise RuleError(message, place=self._place(phrases.name), hint=did_you_mean(name, self.names))

    def _place(self, name: str) -> Place | None:
        path = self._files.get(name.split("/")[0])
        return Place(str(path)) if path is not None else None

    def _innocent(self, wordlist: WordList, hit: Hit, view: View) -> bool:
        """Whether an innocent phrase of the list or of the entry covers the hit."""
        own = wordlist.entry_innocent.get(hit.entry)
        for innocent in (wordlist.innocent, own):
            if innocent is None:
                continue
            self._prepare(innocent)
            for start in sorted(innocent.starts(view)):
                if view.tokens[start].start > hit.start:
                    break
                for end in innocent.ends_at(view, start, self.resolve):
                    if view.tokens[end - 1].end >= hit.end:
                        return True
        return False

    def _find_disguised(self, wordlist: WordList, document: Document) -> tuple[Hit, ...]:
        if wordlist.matcher is None:
            from policy428.disguise import DisguiseEntry, DisguiseMatcher

            wordlist.matcher = DisguiseMatcher(
                (DisguiseEntry(e.word, e.strength, e.inflections, e.innocent) for e in wordlist.entries),
                wordlist.innocent_words,
            )
        return tuple(
            Hit(wordlist.name, found.word, found.start, found.end, found.strength, found.how)
            for found in wordlist.matcher.find(document.prose.text)
        )


def _inflected(word: str) -> str:
    """Marks a single word for inflection; phrases carry their own marks."""
    return word + "~" if re.fullmatch(r"[^\W\d_]+", word) else word


def _fine(entry: Entry) -> bool:
    try:
        for phrase in (entry.word, *entry.innocent):
            check(phrase)
    except PhraseError:
        return False
    return True


def _entry(item: Any, file: YamlFile, index: int, inflected: bool) -> Entry:
    place = ("entries", index)
    if isinstance(item, str | int):
        return Entry(_inflected(str(item)) if inflected else str(item))
    if not isinstance(item, dict) or not isinstance(item.get("word"), str | int):
        raise RuleError("an entry is a word or a mapping with “word”", place=file.place(place))
    for key in item:
        if key not in _ENTRY_KEYS:
            raise RuleError(
                f"unknown field “{key}”", place=file.place((*place, key)), hint=did_you_mean(str(key), _ENTRY_KEYS)
            )
    strength = item.get("strength", "strong")
    if strength not in STRENGTHS:
        raise RuleError(
            f"unknown strength “{strength}”",
            place=file.place((*place, "strength")),
            hint=did_you_mean(str(strength), STRENGTHS),
        )
    word = str(item["word"])
    return Entry(
        _inflected(word) if inflected else word,
        strength,
        tuple(_strings(item.get("inflections", []), file, (*place, "inflections"))),
        tuple(_strings(item.get("innocent", []), file, (*place, "innocent"))),
    )


def _instead(file: YamlFile) -> dict[str, str]:
    """The words of a list for which it has a milder one, in lower case, each with that."""
    given = file.data.get("instead", {})
    if not isinstance(given, dict):
        raise RuleError("“instead” maps words to milder ones", place=file.place(("instead",)))
    for word, milder in given.items():
        if not isinstance(word, str) or not isinstance(milder, str) or not milder.strip():
            raise RuleError("“instead” maps words to milder ones", place=file.place(("instead", word)))
    return {word.lower(): milder.strip() for word, milder in given.items()}


def _strings(value: Any, file: YamlFile, keys: tuple[str | int, ...]) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str | int) for item in value):
        raise RuleError("expected a list of words", place=file.place(keys))
    return [str(item) for item in value]
