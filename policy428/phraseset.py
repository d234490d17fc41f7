"""Sets of phrases, and where they match among a document's words.

A set is indexed by how its phrases begin, as written (`text~`, `vap*`). A phrase is parsed when a text first holds
such a beginning, so that a short post costs little however many phrases there are.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from policy428.inflections import bases
from policy428.kept import kept
from policy428.mapped import Span
from policy428.phrases import (
    Choice,
    Element,
    Gap,
    ListRef,
    PhraseError,
    Words,
    check,
    literal,
    openings,
    pack,
    parse,
    unpack,
)
from policy428.tokens import Token

Resolver = Callable[[str], "PhraseSet"]
# Numbers of phrases by how they begin: by key, by stem, by list, with anything; and the lists that they refer to.
Index = tuple[dict[str, list[int]], dict[str, list[int]], dict[str, list[int]], list[int], frozenset[str]]


@dataclass(slots=True)
class View:
    """A document's words as phrases see them.

    Attributes:
        tokens: words, numbers, emoji (handles, addresses and links are left out).
        texts: their folded texts.
        last: for each, the position one past the last word of its sentence.
        words: the different texts.
        places: the positions of each of them.
        keys: the positions at which a phrase can begin that is indexed under the key.
        ends: where entries of lists end, by list name and position, as far as already looked up.
        starts: where entries of lists can begin, by list name, likewise.
    """

    tokens: Sequence[Token]
    texts: list[str]
    last: list[int]
    words: frozenset[str]
    places: Mapping[str, list[int]]
    keys: Mapping[str, list[int]]
    ends: dict[tuple[str, int], tuple[int, ...]] = field(default_factory=dict)
    starts: dict[str, Collection[int]] = field(default_factory=dict)


def look(tokens: Iterable[Token], sentences: Sequence[Span]) -> View:
    """The view of a document's `tokens`, which belong to the `sentences` they begin in."""
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
    keys: dict[str, list[int]] = {}
    for text, positions in places.items():
        for key in keys_of(text):
            keys.setdefault(key, []).extend(positions)
    return View(kept, [token.text for token in kept], last, frozenset(places), places, keys)


@lru_cache(maxsize=50_000)
def keys_of(text: str) -> tuple[str, ...]:
    """The keys under which phrases are indexed that the word `text` can begin: itself, and `base~` for its bases."""
    marked = (f"{base}~" for base in bases(text))
    return (text, *(key for key in marked if text in literal(key).words))


class Phrase:
    """A phrase, parsed when first needed. `source` is how it was written.

    Raises:
        PhraseError: it is not well formed.
    """

    __slots__ = ("_elements", "_needs", "_packed", "source")

    def __init__(self, source: str) -> None:
        try:
            check(source)
        except PhraseError as problem:
            raise PhraseError(f"the phrase “{source}”: {problem}") from None
        self.source = source
        self._elements: tuple[Element, ...] | None = None
        self._needs: tuple[frozenset[str], ...] | None = None
        self._packed: tuple[bytes, bytes] | None = None

    @classmethod
    def known(cls, source: str, packed: tuple[bytes, bytes]) -> Phrase:
        """The phrase that said of itself that it is `packed`; it is not looked at before a text calls for it."""
        phrase = cls.__new__(cls)
        phrase.source, phrase._elements, phrase._needs, phrase._packed = source, None, None, packed
        return phrase

    def packed(self) -> tuple[bytes, bytes]:
        """What it needs and what it is made of, apart, as plain data."""
        elements = parse(self.source)
        needs: tuple[Any, ...] = tuple(sorted(_needs(elements[1:]), key=len))
        return marshal.dumps(needs), marshal.dumps(pack(elements))

    def ends(self, view: View, start: int, resolve: Resolver) -> set[int]:
        """The token positions (one past the last) at which a match beginning at `start` can end."""
        needs = self._needs
        if needs is None:
            if self._packed is not None:
                needs = marshal.loads(self._packed[0])
            else:
                self._elements = parse(self.source)
                needs = tuple(sorted(_needs(self._elements[1:]), key=len))
            self._needs = needs
        for need in needs:
            if need.isdisjoint(view.words):
                return set()
        if self._elements is None:
            self._elements = unpack(marshal.loads(self._packed[1])) if self._packed else parse(self.source)
        return _ends(self._elements, view, {start}, view.last[start], resolve)


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


def _index(phrases: Sequence[Phrase]) -> Index:
    """How `phrases`, by their numbers, can begin."""
    by_key: dict[str, list[int]] = {}
    by_stem: dict[str, list[int]] = {}
    by_list: dict[str, list[int]] = {}
    anywhere: list[int] = []
    references: set[str] = set()
    for number, phrase in enumerate(phrases):
        found = openings(phrase.source)
        for key in found.words:
            by_key.setdefault(key, []).append(number)
        for stem in found.stems:
            by_stem.setdefault(stem, []).append(number)
        for name in found.lists:
            by_list.setdefault(name, []).append(number)
        if found.anything:
            anywhere.append(number)
        references |= found.references
    return by_key, by_stem, by_list, anywhere, frozenset(references)


class PhraseSet:
    """A named set of phrases, indexed by their beginnings.

    Attributes:
        references: the lists that its phrases name, known once it is prepared.
    """

    def __init__(self, name: str, phrases: Sequence[Phrase]) -> None:
        self.name = name
        self.become(phrases)

    @classmethod
    def of(cls, name: str, sources: Sequence[str], *, keep: bool) -> PhraseSet:
        """The set of the phrases written as `sources`; what is worked out of them is kept for later runs if `keep`.

        Raises:
            PhraseError: one is not well formed.
        """
        if not (keep and kept.is_open):
            return cls(name, [Phrase(source) for source in sources])
        text = "\0".join(sources).encode("utf-8", "surrogatepass")
        found = kept.find("phrases", text)
        if found is None:
            phrases = [Phrase(source) for source in sources]
            found = (_index(phrases), [phrase.packed() for phrase in phrases])
            kept.add("phrases", text, found)
        index, packed = found
        made = cls(name, [Phrase.known(source, data) for source, data in zip(sources, packed, strict=True)])
        made._index = index
        return made

    def become(self, phrases: Sequence[Phrase]) -> None:
        """Takes other phrases in place of its own; the sets that refer to it see them."""
        self.phrases = tuple(phrases)
        self.references: frozenset[str] = frozenset()
        # Numbers of phrases by their beginnings.
        self._by_key: dict[str, list[int]] = {}
        self._by_stem: dict[str, list[int]] = {}
        self._by_list: dict[PhraseSet, list[int]] = {}
        self._anywhere: list[int] = []
        self._index: Index | None = None
        self._ready = False

    def prepare(self, resolve: Resolver, trail: tuple[str, ...] = ()) -> None:
        """Builds the index; lists that a phrase can begin with are prepared first.

        Raises:
            PhraseError: an entry can begin with the list it stands in, directly or through others.
        """
        if self._ready:
            return
        if self.name in trail:
            raise PhraseError(f"the lists refer to each other in a circle: {' → '.join((*trail, self.name))}")
        self._by_key, self._by_stem, lists, self._anywhere, self.references = self._index or _index(self.phrases)
        self._by_list = {}
        for list_name, numbers in lists.items():
            named = resolve(list_name)
            named.prepare(resolve, (*trail, self.name))
            self._by_list.setdefault(named, []).extend(numbers)
        self._ready = True

    def starts(self, view: View) -> Collection[int]:
        """The positions at which a match of this set can begin, in no order; kept in `view.starts`."""
        known = view.starts.get(self.name)
        if known is None:
            known = view.starts[self.name] = self._starts(view)
        return known

    def _starts(self, view: View) -> Collection[int]:
        if self._anywhere:
            return range(len(view.texts))
        found = {position for key in self._by_key.keys() & view.keys.keys() for position in view.keys[key]}
        if self._by_stem:
            stems = tuple(self._by_stem)
            found.update(place for text, places in view.places.items() if text.startswith(stems) for place in places)
        for named in self._by_list:
            found.update(named.starts(view))
        return found

    def candidates(self, view: View, start: int) -> Iterable[Phrase]:
        """The phrases that the word at `start` can begin, in their order."""
        text = view.texts[start]
        found = [self._by_key[key] for key in keys_of(text) if key in self._by_key]
        found.extend(phrases for stem, phrases in self._by_stem.items() if text.startswith(stem))
        found.extend(phrases for named, phrases in self._by_list.items() if start in named.starts(view))
        if self._anywhere:
            found.append(self._anywhere)
        numbers = found[0] if len(found) == 1 else sorted({number for some in found for number in some})
        return [self.phrases[number] for number in numbers]

    def ends_at(self, view: View, start: int, resolve: Resolver) -> tuple[int, ...]:
        """Where matches of this set that begin at token `start` end; kept in `view.ends`."""
        key = (self.name, start)
        known = view.ends.get(key)
        if known is None:
            self.prepare(resolve)
            found: set[int] = set()
            for phrase in self.candidates(view, start):
                found |= phrase.ends(view, start, resolve)
            known = view.ends[key] = tuple(sorted(found))
        return known
