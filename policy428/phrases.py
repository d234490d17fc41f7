"""The phrase language of word lists and rules.

A phrase is words with blanks between them. Case, accents and punctuation do not matter, a phrase never crosses the end
of a sentence, and a hyphen counts as a blank.

    text me              those words, in that order
    text~ me             any inflection: texts, texted, texting
    vap*                 any word that begins so
    (text|call) me       alternatives; each may have several words
    text (only|just)? me a word or group that may be missing
    text _ me            exactly one word, whichever
    text ... me          up to four words between; `..` up to two
    <student> is fail~   an entry of the list `student`
    <#> days             a number;  <emoji> an emoji;  <Name> a capitalised word

`don't` also matches `dont`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from policy428.inflections import inflect

# Without their apostrophe these are other words.
_OTHER_WORDS = frozenset({"ill", "well", "shell", "hell", "id", "were", "wed", "shed", "its", "lets", "whore"})
_LEXEME = re.compile(r"\(|\)\??|\||\.{2,3}|<[\w#-]+>\??|[^\s()|<>]+")
# The same cut as the tokenizer makes: `drug-free` is two words, `4:30` and `don't` are one.
_MARK = re.compile(r"\d+(?:[.,:/]\d+)*\w*|\w+(?:['’]\w+)*'?[~*]?|[^\w\s.,!;:\"'()-]")
_GAPS = {"..": 2, "...": 4}
_WILD = {"<#>", "<emoji>", "<Name>"}


class PhraseError(ValueError):
    """A phrase that is not well formed; says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Words:
    """One word out of a set, or one that begins with one of the stems."""

    words: frozenset[str]
    stems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wild:
    """One token of a kind: `_` any, `<#>` number, `<emoji>`, `<Name>` capitalised."""

    kind: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` words of any kind."""

    most: int


@dataclass(frozen=True, slots=True)
class ListRef:
    """An entry of another list."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences, or nothing when optional."""

    branches: tuple[tuple[Element, ...], ...]
    optional: bool = False
    # Branches by the word they begin with, and those that may begin with others.
    by_word: dict[str, list[tuple[Element, ...]]] = field(default_factory=dict, init=False, repr=False, compare=False)
    others: list[tuple[Element, ...]] = field(default_factory=list, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for branch in self.branches:
            first = branch[0]
            if isinstance(first, Words) and not first.stems:
                for word in first.words:
                    self.by_word.setdefault(word, []).append(branch)
            else:
                self.others.append(branch)


Element = Words | Wild | Gap | ListRef | Choice


def pack(elements: tuple[Element, ...]) -> tuple[Any, ...]:
    """`elements` as plain data that `unpack` reads."""
    return tuple(map(_packed, elements))


def _packed(element: Element) -> Any:
    if isinstance(element, Words):
        return (element.words, element.stems)
    if isinstance(element, Choice):
        return ([pack(branch) for branch in element.branches], element.optional)
    if isinstance(element, Gap):
        return element.most
    return ("list", element.name) if isinstance(element, ListRef) else ("wild", element.kind)


def unpack(packed: tuple[Any, ...]) -> tuple[Element, ...]:
    """The elements that `pack` was given."""
    return tuple(map(_unpacked, packed))


def _unpacked(packed: Any) -> Element:
    if isinstance(packed, int):
        return Gap(packed)
    first, second = packed
    if isinstance(first, frozenset):
        return Words(first, second)
    if isinstance(first, list):
        return Choice(tuple(map(unpack, first)), second)
    return ListRef(second) if first == "list" else Wild(second)


@lru_cache(maxsize=50_000)
def literal(word: str) -> Words:
    """The element for one word of a phrase, with its `~` or `*` mark."""
    word = word.lower().replace("’", "'")
    if word.endswith("*"):
        return Words(frozenset(), (word[:-1],))
    forms = set(inflect(word[:-1])) if word.endswith("~") else {word}
    for form in list(forms):
        bare = form.replace("'", "")
        if bare != form and bare not in _OTHER_WORDS:
            forms.add(bare)
    return Words(frozenset(forms))


def parse(phrase: str) -> tuple[Element, ...]:
    """The elements of `phrase`.

    Raises:
        PhraseError: brackets do not match, or the phrase is empty or begins or ends with a gap.
    """
    lexemes = _LEXEME.findall(phrase)
    position = 0

    def sequence(depth: int) -> tuple[Element, ...]:
        nonlocal position
        elements: list[Element] = []
        while position < len(lexemes):
            lexeme = lexemes[position]
            if lexeme == "|" or lexeme.startswith(")"):
                if depth == 0:
                    raise PhraseError(f"“{lexeme}” without an opening bracket")
                break
            position += 1
            if lexeme == "(":
                elements.append(group(depth + 1))
            elif lexeme.isalpha() or (lexeme[:-1].isalpha() and lexeme[-1] == "~"):
                elements.append(literal(lexeme))
            else:
                elements.extend(atom(lexeme))
        return tuple(elements)

    def group(depth: int) -> Choice:
        nonlocal position
        branches = [sequence(depth)]
        while position < len(lexemes) and lexemes[position] == "|":
            position += 1
            branches.append(sequence(depth))
        if position >= len(lexemes):
            raise PhraseError("a bracket is not closed")
        closing = lexemes[position]
        position += 1
        if not all(branches):
            raise PhraseError("an alternative holds no word")
        return Choice(_joined(tuple(branches)), optional=closing == ")?")

    elements = sequence(0)
    if not elements:
        raise PhraseError("the phrase is empty")
    if isinstance(elements[0], Gap) or isinstance(elements[-1], Gap):
        raise PhraseError("a phrase cannot begin or end with a gap")
    return elements


def _joined(branches: tuple[tuple[Element, ...], ...]) -> tuple[tuple[Element, ...], ...]:
    """The branches with all those of one plain word made one, so that many alternatives cost one look-up."""
    single = [branch[0] for branch in branches if len(branch) == 1]
    words = [element for element in single if isinstance(element, Words)]
    if len(words) < 2:
        return branches
    every = Words(frozenset().union(*(w.words for w in words)), tuple(stem for w in words for stem in w.stems))
    rest = tuple(branch for branch in branches if len(branch) > 1 or not isinstance(branch[0], Words))
    return ((every,), *rest)


def atom(lexeme: str) -> Iterator[Element]:
    """The elements of one lexeme that is no bracket."""
    optional = lexeme.startswith("<") and lexeme.endswith("?")
    lexeme = lexeme.removesuffix("?") if optional else lexeme
    if re.search(r"\w\?", lexeme):
        # In a regular expression the mark would take a letter away; here it would take the word: say which is meant.
        raise PhraseError(
            f"“{lexeme}”: write ({lexeme.rstrip('?')})? for a word that may be missing, ~ for inflections"
        )
    if lexeme in {"~", "*", "?"}:
        raise PhraseError(f"“{lexeme}” must follow a word at once, as in text{lexeme}")
    inner: list[Element] = []
    if lexeme in _GAPS:
        inner.append(Gap(_GAPS[lexeme]))
    elif lexeme == "_":
        inner.append(Wild("_"))
    elif lexeme in _WILD:
        inner.append(Wild(lexeme))
    elif lexeme.startswith("<"):
        inner.append(ListRef(lexeme[1:-1]))
    else:
        inner.extend(literal(mark) for mark in _MARK.findall(lexeme))
    if optional and inner:
        yield Choice((tuple(inner),), optional=True)
    else:
        yield from inner


_GROUP = re.compile(r"\([^()]*\)\??")
_PAUSES = " \t\n.,!;:\"'-"
_NO_WORD = re.compile(r"[(|][\s.,!;:\"'-]*[|)]")
_NO_GROUP = re.compile(r"(?:^|[^)>])\?")
_NO_STEM = re.compile(r"(?:^|\W)[~*]")


def check(phrase: str) -> None:
    """Refuses a phrase that is not well formed; most need no parsing for that.

    Raises:
        PhraseError: as `parse` does.
    """
    rest = phrase
    while "(" in rest:
        shorter = _GROUP.sub(" x ", rest)
        if shorter == rest:
            break
        rest = shorter
    if (
        ("(" in phrase and _NO_WORD.search(phrase))
        or ("?" in phrase and _NO_GROUP.search(phrase))
        or (("~" in phrase or "*" in phrase) and _NO_STEM.search(phrase))
        or ("<" in phrase or ">" in phrase)
        or any(mark in rest for mark in "()|")
        or rest.lstrip().startswith("..")
        or rest.rstrip().endswith("..")
        or not rest.strip(_PAUSES)
    ):
        # Whoever parses says best what is wrong, and whether anything is.
        parse(phrase)


@dataclass(slots=True)
class Openings:
    """How a phrase can begin, as written.

    Attributes:
        words: words, with their `~`; one with an apostrophe also without it.
        stems: beginnings of words (`vap*`), without the star.
        lists: names of lists.
        anything: whether it can begin with a word of a kind (`_`, `<#>`).
        references: names of all lists that it refers to, wherever.
    """

    words: set[str] = field(default_factory=set)
    stems: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    anything: bool = False
    references: frozenset[str] = frozenset()

    def add(self, lexeme: str) -> bool:
        """Takes the first word of `lexeme` in; whether it has one."""
        if lexeme.startswith("<") and lexeme.rstrip("?") not in _WILD:
            self.lists.add(lexeme.rstrip("?")[1:-1])
            return not lexeme.endswith("?")
        if lexeme == "_" or lexeme[0] == "<" or lexeme in _GAPS:
            self.anything = True
            return not lexeme.endswith("?")
        marks = (lexeme,) if lexeme.isalpha() else _MARK.findall(lexeme)
        if not marks:
            return False
        word = marks[0].lower().replace("’", "'")
        if word.endswith("*"):
            self.stems.add(word[:-1])
        elif word.endswith("~") or "'" not in word:
            self.words.add(word)
        else:
            self.words |= literal(word).words
        return True


def openings(phrase: str) -> Openings:
    """How the well-formed `phrase` can begin; it is read no further than needed."""
    found = Openings()
    if "<" in phrase:
        lexemes = (lexeme.rstrip("?") for lexeme in _LEXEME.findall(phrase) if lexeme.startswith("<"))
        found.references = frozenset(lexeme[1:-1] for lexeme in lexemes if lexeme not in _WILD)
    # For each open group: whether a match can begin where it begins, and whether it can begin after it.
    groups: list[tuple[bool, bool]] = []
    here = True
    for match in _LEXEME.finditer(phrase):
        lexeme = match.group()
        if lexeme == "(":
            groups.append((here, False))
        elif lexeme == "|":
            before, after = groups[-1]
            groups[-1] = (before, after or here)
            here = before
        elif lexeme.startswith(")"):
            before, after = groups.pop()
            here = after or here or (before and lexeme == ")?")
        elif here:
            here = not found.add(lexeme)
        if not here and not groups:
            break
    return found
