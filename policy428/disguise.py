"""Words of a list seen through their disguises, without taking honest words for them.

Every word is looked up as it stands, folded. Only what looks odd is examined further: letters mixed with signs,
letters set apart, drawled or blotted out. So a clean post costs little more than one look-up a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policy428.disguises.contexts import Contexts
from policy428.disguises.forms import DisguiseEntry, Form, Forms
from policy428.disguises.leet import guesses, readings
from policy428.disguises.masks import Masks
from policy428.disguises.reading import Reading, read
from policy428.disguises.spacing import letters_apart, parted, run_together
from policy428.mapped import Span

__all__ = ["DisguiseEntry", "DisguiseMatcher", "Disguised"]

_OUTER = ".,;:?()[]{}\"'/\\<>…"
_POSSESSIVE = re.compile(r"'s?$")
_GRAWLIX = re.compile(r"(?<!\S)[\"'(]{0,2}([@#$%&*!?^~]{4,20})[\"').,]{0,3}(?!\S)")

# A form, its place in the folded text, and how it is disguised.
Candidate = tuple[Form, int, int, str]


@dataclass(frozen=True, slots=True)
class Disguised:
    """A listed word found in a text.

    Attributes:
        word: the entry's word, without its marks.
        strength: `mild` or `strong`.
        start, end: offsets in the text.
        how: `plain`, or the disguises seen through: `joined`, `repeated`, `swapped`, `clipped`, `respelled`, `leet`,
            `masked`, `spaced`, `symbols`, `homoglyph`, `invisible`.
    """

    word: str
    strength: str
    start: int
    end: int
    how: tuple[str, ...]


class DisguiseMatcher:
    """Finds the words of a list however they are written.

    Args:
        entries: the words.
        innocent: words and phrases which contain or resemble an entry and are clean, in the notation of contexts.
    """

    def __init__(self, entries: Iterable[DisguiseEntry], innocent: Iterable[str] = ()) -> None:
        self._forms = Forms(entries)
        self._masks = Masks(self._forms.exact.values())
        self._contexts = Contexts(innocent)
        self._stems = _any_of(self._forms.stems)
        self._symbols = _any_of(self._forms.symbols)

    def find(self, text: str) -> list[Disguised]:
        """The listed words in `text`, in order and without overlap; a longer find hides the shorter ones in it."""
        reading = read(text)
        found = list(self._signs(reading))
        for form, start, end, how in self._candidates(reading):
            span = Span(*reading.place(start, end))
            if any(span.start < stop and first < span.end for first, stop in reading.addresses):
                continue
            if not self._contexts.excuses(text, form.entry, span):
                found.append(_disguised(form, span, _how(reading, form, span, how)))
        return _without_overlap(found)

    def _candidates(self, reading: Reading) -> Iterator[Candidate]:
        """Forms with their places in the folded text and the disguise; some overlap."""
        yield from self._whole_words(reading)
        yield from self._phrases(reading)
        if self._stems is not None:
            yield from self._joined(self._stems, reading)
        for tag, start in reading.hashtags:
            hidden = run_together(tag, self._forms)
            if hidden is not None:
                yield hidden[0], start + hidden[1], start + hidden[2], "joined"
        for chunk, start, _ in reading.odd:
            yield from self._unmasked(chunk, start, reading)
        for first, last in reading.apart:
            for form, start, end in letters_apart(reading.folded, first, last, self._forms):
                yield form, start, end, "spaced"
        for word, start, end in reading.fragments:
            broken = self._forms.exact.get(word)
            if broken is not None and broken.strong:
                yield broken, start, end, "spaced"

    def _whole_words(self, reading: Reading) -> Iterator[Candidate]:
        known = self._forms.spellings
        if not known.keys().isdisjoint(reading.vocabulary):
            for words in (reading.words, reading.humped, reading.heads):
                for word, start, end in words:
                    found = known.get(word)
                    # `cúm` is a word of another language and no disguise.
                    if found and not (end - start < 4 and reading.has_accents(start, end)):
                        yield found[0], start, end, found[1]
        for word, start, end in reading.drawls:
            form = self._forms.drawled(word)
            if form is not None:
                yield form, start, end, "repeated"
        if self._forms.accented:
            for word, start, end in reading.accented:
                if word in self._forms.accented:
                    yield self._forms.accented[word], start, end, "plain"

    def _phrases(self, reading: Reading) -> Iterator[Candidate]:
        vocabulary = reading.vocabulary
        possible = {
            first: phrases
            for first in self._forms.phrases.keys() & vocabulary
            if (phrases := [p for p in self._forms.phrases[first] if not reading.plain or vocabulary.issuperset(p[0])])
        }
        if not possible:
            return
        for index, (word, start, _) in enumerate(reading.words):
            for phrase, hyphened, form in possible.get(word, ()):
                written = reading.words[index : index + len(phrase)]
                if len(written) == len(phrase) and all(map(reading.says, written, phrase)):
                    end = written[-1][2]
                    if not hyphened or set(re.findall(r"\W", reading.folded[start:end])) == {"-"}:
                        yield form, start, end, "plain"

    def _joined(self, stems: re.Pattern[str], reading: Reading) -> Iterator[Candidate]:
        reach = 0
        for found in stems.finditer(reading.folded):
            if found.start() >= reach:
                start, reach = reading.around(found.start(), found.end())
                form = self._forms.joined(reading.folded[start:reach])
                if form is not None and reading.folded[start:reach] not in self._forms.exact:
                    yield form, start, reach, "joined"

    def _unmasked(self, chunk: str, start: int, reading: Reading) -> Iterator[Candidate]:
        """What a piece of letters and signs spells, if anything."""
        core = chunk.strip(_OUTER)
        start += chunk.find(core)
        bare = _POSSESSIVE.sub("", core.rstrip("!"))
        if bare.endswith("*") and reading.closes_emphasis(start, start + len(bare)):
            bare = bare.rstrip("*")
        end = start + len(bare)
        for word in readings(bare):
            found = self._forms.word(word)
            # A name behind an @ is an account's.
            form = found[0] if found else None if bare[0] == "@" else self._forms.joined(word)
            if form is not None:
                yield form, start, end, "leet"
                return
        for word in guesses(bare):
            form = self._forms.exact.get(word)
            if form is not None and form.strong:
                yield form, start, end, "leet"
                return
        form = parted(bare, self._forms)
        if form is not None:
            yield form, start, end, "spaced"
            return
        form = self._masks.find(reading.with_long_dashes(bare, start))
        if form is not None:
            yield form, start, end, "masked"

    def _signs(self, reading: Reading) -> Iterator[Disguised]:
        """Emoji of the list, drawings, and runs of signs that stand for a word."""
        if self._symbols is not None and not reading.plain:
            for found in self._symbols.finditer(reading.folded):
                span = Span(*reading.place(*found.span()))
                yield _disguised(self._forms.symbols[found.group()], span, ("symbols",))
        for drawing, form in self._forms.drawings:
            for found in drawing.finditer(reading.text):
                yield _disguised(form, Span(*found.span()), ("symbols",))
        if self._forms.grawlix is not None:
            for found in _GRAWLIX.finditer(reading.text):
                signs = set(found[1])
                if len(signs) > 2 and len(signs & set("@#$%&*")) > 1:
                    yield _disguised(self._forms.grawlix, Span(*found.span(1)), ("symbols",))


def _any_of(texts: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted(texts, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))) if longest_first else None


def _disguised(form: Form, span: Span, how: tuple[str, ...]) -> Disguised:
    return Disguised(form.entry.word.strip("*~") or form.entry.word, form.entry.strength, span.start, span.end, how)


def _how(reading: Reading, form: Form, span: Span, how: str) -> tuple[str, ...]:
    """The disguise, with `homoglyph` for letters of another shape and `invisible` for what was dropped."""
    more = []
    if not reading.plain and form.text.isascii():
        strange = [char for char in reading.text[span.start : span.end] if char > "\x7f"]
        if any(char.isalpha() and not unicodedata.name(char, "").startswith("LATIN") for char in strange):
            more.append("homoglyph")
        if any(unicodedata.category(char) in ("Cf", "Mn", "Me") for char in strange):
            more.append("invisible")
    return tuple(more) if more and how == "plain" else (how, *more)


def _without_overlap(found: list[Disguised]) -> list[Disguised]:
    if len(found) < 2:
        return found
    kept: list[Disguised] = []
    for hit in sorted(found, key=lambda hit: (hit.start - hit.end, hit.how != ("plain",), hit.start)):
        if not any(hit.start < other.end and other.start < hit.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)
