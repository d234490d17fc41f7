"""The phrase language of word lists and rules, and its matcher over a document's words.

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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from policy428.inflections import inflect
from policy428.mapped import Span
from policy428.tokens import Token

# Without their apostrophe these are other words.
_OTHER_WORDS = frozenset({"ill", "well", "shell", "hell", "id", "were", "wed", "shed", "its", "lets", "whore"})
_LEXEME = re.compile(r"\(|\)\??|\||\.{2,3}|<[\w#-]+>\??|[^\s()|<>]+")
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
Resolver = Callable[[str], "PhraseSet"]


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
        # The same cut as the tokenizer makes: `drug-free` is two words, `4:30` and `don't` are one.
        marks = re.findall(r"\d+(?:[.,:/]\d+)*\w*|\w+(?:['’]\w+)*'?[~*]?|[^\w\s.,!;:\"'()-]", lexeme)
        inner.extend(literal(mark) for mark in marks)
    if optional and inner:
        yield Choice((tuple(inner),), optional=True)
    else:
        yield from inner


def first_words(elements: Sequence[Element], resolve: Resolver) -> tuple[set[str], set[str], bool]:
    """Words and stems with which a match of `elements` can begin, and whether any word at all can."""
    words: set[str] = set()
    stems: set[str] = set()
    for element in elements:
        if isinstance(element, Words):
            return words | element.words, stems | set(element.stems), False
        if isinstance(element, ListRef):
            named = resolve(element.name)
            return words | named.words, stems | named.stems, named.anything
        if isinstance(element, Choice):
            anything = False
            for branch in element.branches:
                more, more_stems, any_word = first_words(branch, resolve)
                words |= more
                stems |= more_stems
                anything = anything or any_word
            if anything or not element.optional:
                return words, stems, anything
            continue
        return words, stems, True
    return words, stems, False


@dataclass(slots=True)
class View:
    """A document's words as phrases see them.

    Attributes:
        tokens: words, numbers, emoji (handles, addresses and links are left out).
        texts: their folded texts.
        sentence: for each, the number of its sentence.
        last: for each, the position one past the last word of its sentence.
        memo: entries of lists already looked up, by list name and position.
        words: the different texts; places: the positions of each.
    """

    tokens: list[Token]
    texts: list[str]
    sentence: list[int]
    last: list[int]
    memo: dict[tuple[str, int], tuple[int, ...]]
    words: frozenset[str]
    places: dict[str, list[int]]


def look(tokens: Sequence[Token], sentences: Sequence[Span]) -> View:
    """The view of a document's `tokens`, numbered by the `sentences` they begin in."""
    kept = [token for token in tokens if token.kind in {"word", "number", "emoji"}]
    numbers: list[int] = []
    number = 0
    for token in kept:
        while number < len(sentences) - 1 and token.start >= sentences[number].end:
            number += 1
        numbers.append(number)
    last = [len(numbers)] * len(numbers)
    for position in range(len(numbers) - 2, -1, -1):
        last[position] = last[position + 1] if numbers[position] == numbers[position + 1] else position + 1
    places: dict[str, list[int]] = {}
    for position, token in enumerate(kept):
        places.setdefault(token.text, []).append(position)
    return View(kept, [token.text for token in kept], numbers, last, {}, frozenset(places), places)


class Phrase:
    """A compiled phrase. `source` is how it was written."""

    __slots__ = ("elements", "needs", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self.elements = parse(source)
        self.needs = tuple(sorted(_needs(self.elements[1:]), key=len))

    def ends(self, view: View, start: int, resolve: Resolver) -> set[int]:
        """The token positions (one past the last) at which a match beginning at `start` can end."""
        for need in self.needs:
            if need.isdisjoint(view.words):
                return set()
        return _ends(self.elements, view, {start}, view.last[start], resolve)


def _needs(elements: Sequence[Element]) -> Iterator[frozenset[str]]:
    """Sets of words of which a text must hold at least one each, wherever, for `elements` to match."""
    for element in elements:
        if isinstance(element, Words) and not element.stems:
            yield element.words
        elif isinstance(element, Choice) and not element.optional:
            firsts = [branch[0] for branch in element.branches]
            if all(isinstance(first, Words) and not first.stems for first in firsts):
                yield frozenset().union(*(first.words for first in firsts if isinstance(first, Words)))


def _ends(elements: Sequence[Element], view: View, at: set[int], last: int, resolve: Resolver) -> set[int]:
    for element in elements:
        if isinstance(element, Words):
            words, stems, texts = element.words, element.stems, view.texts
            at = {i + 1 for i in at if i < last and (texts[i] in words or (stems and texts[i].startswith(stems)))}
        elif isinstance(element, Gap):
            at = {i + k for i in at for k in range(element.most + 1) if i + k <= last}
        elif isinstance(element, Choice):
            after = set(at) if element.optional else set()
            for branch in element.others:
                after |= _ends(branch, view, at, last, resolve)
            for i in at:
                for branch in element.by_word.get(view.texts[i], ()) if i < last else ():
                    after |= _ends(branch, view, {i}, last, resolve)
            at = after
        elif isinstance(element, ListRef):
            named = resolve(element.name)
            at = {end for i in at if i < last for end in named.ends_at(view, i, resolve) if end <= last}
        else:
            at = {i + 1 for i in at if i < last and _wild(element.kind, view.tokens[i])}
        if not at:
            return at
    return at


def _wild(kind: str, token: Token) -> bool:
    if kind == "<#>":
        return token.kind == "number"
    if kind == "<emoji>":
        return token.kind == "emoji"
    if kind == "<Name>":
        return token.kind == "word" and token.raw[:1].isupper()
    return token.kind != "emoji"


class PhraseSet:
    """A named set of phrases, indexed by the words they begin with."""

    def __init__(self, name: str, phrases: Sequence[Phrase]) -> None:
        self.name = name
        self.phrases = tuple(phrases)
        self.words: set[str] = set()
        self.stems: set[str] = set()
        self.anything = False
        self.by_word: dict[str, list[Phrase]] = {}
        self.by_stem: dict[str, list[Phrase]] = {}
        self.anywhere: list[Phrase] = []
        self._ready = False

    def prepare(self, resolve: Resolver, trail: tuple[str, ...] = ()) -> None:
        """Builds the index; lists referred to are prepared first.

        Raises:
            PhraseError: a list refers to itself, directly or through others.
        """
        if self._ready:
            return
        if self.name in trail:
            raise PhraseError(f"the lists refer to each other in a circle: {' → '.join((*trail, self.name))}")
        for name in references(self.phrases):
            resolve(name).prepare(resolve, (*trail, self.name))
        for phrase in self.phrases:
            words, stems, anything = first_words(phrase.elements, resolve)
            for word in words:
                self.by_word.setdefault(word, []).append(phrase)
            for stem in stems:
                self.by_stem.setdefault(stem, []).append(phrase)
            if anything:
                self.anywhere.append(phrase)
            self.words |= words
            self.stems |= stems
            self.anything = self.anything or anything
        self._ready = True

    def starts(self, view: View) -> Sequence[int]:
        """The positions at which a match of this set can begin, in order."""
        if self.anything:
            return range(len(view.texts))
        words = {word for word in view.words if word in self.by_word}
        if self.stems:
            stems = tuple(self.stems)
            words |= {word for word in view.words if word.startswith(stems)}
        return sorted(position for word in words for position in view.places[word])

    def candidates(self, text: str) -> Iterator[Phrase]:
        """The phrases that a word folded to `text` can begin."""
        yield from self.by_word.get(text, ())
        for stem, phrases in self.by_stem.items():
            if text.startswith(stem):
                yield from phrases
        yield from self.anywhere

    def ends_at(self, view: View, start: int, resolve: Resolver) -> tuple[int, ...]:
        """Where matches of this set that begin at token `start` end; kept in `view.memo`."""
        key = (self.name, start)
        known = view.memo.get(key)
        if known is None:
            found: set[int] = set()
            for phrase in self.candidates(view.texts[start]):
                found |= phrase.ends(view, start, resolve)
            known = view.memo[key] = tuple(sorted(found))
        return known


def references(phrases: Sequence[Phrase]) -> set[str]:
    """Names of the lists that the phrases refer to."""
    names: set[str] = set()

    def walk(elements: Sequence[Element]) -> None:
        for element in elements:
            if isinstance(element, ListRef):
                names.add(element.name)
            elif isinstance(element, Choice):
                for branch in element.branches:
                    walk(branch)

    for phrase in phrases:
        walk(phrase.elements)
    return names
