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
from policy428.disguises.forms import WORD, DisguiseEntry, Form, Forms
from policy428.disguises.leet import readings
from policy428.disguises.masks import Masks
from policy428.disguises.spacing import broken_words, common_words, letters_apart, parted
from policy428.folding import fold
from policy428.mapped import MappedText, Span

__all__ = ["DisguiseEntry", "DisguiseMatcher", "Disguised"]

# Places where a run of letters meets signs that have no business in a word; what surrounds them is examined.
_ODD = re.compile(
    r"""
    (?<=[^\W\d_])[^\w\s'",;:)]+(?=[^\W_])      # b*tch, fu.ck, sh-t, f🦆ck
  | (?<=[^\W\d_])[\d_]+(?=[^\W\d_]|[$@])       # sh1t, fu_ck
  | (?<![^\W_])[@$5](?=[^\W_$@])               # @ss, $hit, 5hit
  | (?<=[^\W\d_])[*#%@$&-]{2,}(?![^\W_])       # f***, a$$
  | (?<=[^\W\d_])\d(?=\s|$)                    # bi7
    """,
    re.VERBOSE,
)
_CHUNK = re.compile(r"\S{2,60}")
_POSSESSIVE = re.compile(r"'s?$")
_OUTER = ".,;:?()[]{}\"'/\\<>…"
_ADDRESS = re.compile(r"://|www\.|@[^@]{0,60}\.\w|\.(?:com|org|net|edu|us|gov)\b")
_GRAWLIX = re.compile(r"(?<!\S)[\"'(]{0,2}([@#$%&*!?^~]{4,20})[\"').,]{0,3}(?!\S)")
_HUMP = re.compile(r"[a-z][A-Z]")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+")
# What may follow a word behind an apostrophe; "ass't" is no such thing.
_ENDINGS = frozenset(["s", "d", "ll", "ve", "re", "m", "in", "n", "ed", "em"])
_OPENING_STARS = re.compile(r"(?<![*\w])\*{1,3}(?=[^\s*])")


@dataclass(frozen=True, slots=True)
class Disguised:
    """A listed word found in a text.

    Attributes:
        word: the entry's word, without its marks.
        strength: `mild` or `strong`.
        start, end: offsets in the text.
        how: the disguises seen through, or `plain`.
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
        stems = sorted(self._forms.stems, key=len, reverse=True)
        self._stems = re.compile("|".join(map(re.escape, stems))) if stems else None
        symbols = sorted(self._forms.symbols, key=len, reverse=True)
        self._symbols = re.compile("|".join(map(re.escape, symbols))) if symbols else None

    def find(self, text: str) -> list[Disguised]:
        """The listed words in `text`, in order and without overlap; a longer find hides the shorter ones in it."""
        reading = _Reading(text, fold(text), self._forms)
        found = [
            hit
            for form, start, end, how in self._candidates(reading)
            if not self._contexts.excuses(text, form.entry, Span(*(span := reading.place(start, end))))
            for hit in [
                Disguised(form.entry.word.strip("*~"), form.entry.strength, *span, reading.how(how, form, span))
            ]
        ]
        found.extend(self._signs(text))
        found.sort(key=lambda hit: (hit.start, -hit.end, hit.how != ("plain",)))
        kept: list[Disguised] = []
        for hit in sorted(found, key=lambda hit: hit.start - hit.end):
            if not any(hit.start < other.end and other.start < hit.end for other in kept):
                kept.append(hit)
        return sorted(kept, key=lambda hit: hit.start)

    def _candidates(self, reading: _Reading) -> Iterator[tuple[Form, int, int, str]]:
        """Forms with their places in the folded text and the disguise; some overlap."""
        yield from self._whole_words(reading)
        yield from self._phrases(reading)
        if self._stems is not None:
            yield from self._joined(reading)
        yield from self._odd(reading)
        for form, start, end in letters_apart(reading.folded, self._forms):
            yield form, start, end, "spaced"
        for form, start, end in broken_words(reading.words, reading.folded, self._forms):
            yield form, start, end, "spaced"

    def _whole_words(self, reading: _Reading) -> Iterator[tuple[Form, int, int, str]]:
        for word, start, end in reading.words:
            found = self._forms.word(word)
            if found is None and "'" in word:
                left, _, ending = word.partition("'")
                if ending in _ENDINGS:
                    found, end = self._forms.word(left), start + len(left)
            if found is not None and not reading.accented(word, start, end):
                yield found[0], start, end, found[1]
        if self._forms.accented and not reading.plain:
            for word, start, end in reading.accented_words():
                form = self._forms.accented.get(word)
                if form is not None:
                    yield form, start, end, "plain"

    def _phrases(self, reading: _Reading) -> Iterator[tuple[Form, int, int, str]]:
        words = reading.words
        for index, (word, start, _) in enumerate(words):
            for phrase, hyphened, form in self._forms.phrases.get(word, ()):
                written = words[index : index + len(phrase)]
                if len(written) == len(phrase) and all(map(reading.says, written, phrase)):
                    end = written[-1][2]
                    if not hyphened or " " not in reading.folded[start:end]:
                        yield form, start, end, "plain"

    def _joined(self, reading: _Reading) -> Iterator[tuple[Form, int, int, str]]:
        assert self._stems is not None
        reach = 0
        for found in self._stems.finditer(reading.folded):
            if found.start() < reach:
                continue
            start, end = reading.around(found.start(), found.end())
            reach = end
            token = reading.folded[start:end]
            form = self._forms.joined(token)
            if form is not None:
                yield form, start, end, "joined"
        for start, token in reading.hashtags():
            yield from self._in_hashtag(token, start)

    def _in_hashtag(self, token: str, start: int) -> Iterator[tuple[Form, int, int, str]]:
        """Words run together behind a `#`: all of them frequent words but for one of the list."""
        for first, last in _splits(token):
            form = self._forms.exact.get(token[first:last])
            if form is not None and _made_of_words(token[:first]) and _made_of_words(token[last:]):
                yield form, start + first, start + last, "joined"
                return

    def _odd(self, reading: _Reading) -> Iterator[tuple[Form, int, int, str]]:
        reach = 0
        for odd in _ODD.finditer(reading.folded):
            if odd.start() < reach:
                continue
            chunk, start = reading.chunk(odd.start())
            reach = start + len(chunk)
            if not chunk or _ADDRESS.search(chunk):
                continue
            core = chunk.strip(_OUTER)
            start += chunk.find(core)
            seen = self._unmasked(core, reading, start)
            if seen is not None:
                form, how = seen
                yield form, start, start + len(core), how

    def _unmasked(self, core: str, reading: _Reading, start: int) -> tuple[Form, str] | None:
        bare = _POSSESSIVE.sub("", core.rstrip("!"))
        if bare.endswith("*") and reading.closes_emphasis(start, start + len(bare)):
            bare = bare.rstrip("*")
        for word in readings(bare):
            form = self._named(word)
            if form is not None:
                return form, "leet"
        form = parted(bare, self._forms)
        if form is not None:
            return form, "spaced"
        form = self._masks.find(reading.with_long_dashes(bare, start))
        return (form, "masked") if form is not None else None

    def _named(self, word: str) -> Form | None:
        found = self._forms.word(word)
        if found is not None:
            return found[0]
        if self._stems is not None and self._stems.search(word):
            return self._forms.joined(word)
        return None

    def _signs(self, text: str) -> Iterator[Disguised]:
        """Emoji of the list, and runs of signs that stand for a word."""
        if self._symbols is not None and not text.isascii():
            for found in self._symbols.finditer(text):
                form = self._forms.symbols[found.group()]
                yield Disguised(form.entry.word, form.entry.strength, found.start(), found.end(), ("symbols",))
        for drawing, form in self._forms.drawings:
            for found in drawing.finditer(text):
                yield Disguised(form.text, form.entry.strength, found.start(), found.end(), ("symbols",))
        grawlix = self._forms.grawlix
        if grawlix is not None:
            for found in _GRAWLIX.finditer(text):
                signs = set(found[1])
                if len(signs) > 2 and len(signs & set("@#$%&*")) > 1:
                    yield Disguised(grawlix.text, grawlix.entry.strength, found.start(1), found.end(1), ("symbols",))


class _Reading:
    """One text with what all the searches need of it."""

    def __init__(self, text: str, mapped: MappedText, forms: Forms) -> None:
        self.text = text
        self.plain = text.isascii()
        self._mapped = mapped
        self.folded = mapped.text
        self.words = [(found.group(), found.start(), found.end()) for found in WORD.finditer(mapped.text)]
        if _HUMP.search(text):
            self.words = [part for word in self.words for part in self._humps(word)]

    def _humps(self, word: tuple[str, int, int]) -> list[tuple[str, int, int]]:
        """The parts of a word in camel case (`WhatTheHeck`), or the word itself."""
        folded, start, end = word
        first, last = self.place(start, end)
        raw = self.text[first:last]
        if last - first != end - start or not _HUMP.search(raw):
            return [word]
        return [
            (folded[part.start() : part.end()], start + part.start(), start + part.end())
            for part in _CAMEL.finditer(raw)
        ]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The range of the text that a range of the folded text came from."""
        if self.plain:
            return start, end
        span = self._mapped.origin(start, end)
        return span.start, span.end

    def as_written(self, word: tuple[str, int, int]) -> str:
        """A word in lower case with its accents."""
        if self.plain:
            return word[0]
        start, end = self.place(word[1], word[2])
        return unicodedata.normalize("NFC", self.text[start:end].lower())

    def accented(self, word: str, start: int, end: int) -> bool:
        """Whether a short word is another language's: written with accents, as `cúm` is, which is no disguise."""
        if self.plain or end - start > 3:
            return False
        raw = unicodedata.normalize("NFC", self.text[slice(*self.place(start, end))])
        return len(raw) == len(word) and any(
            char > "\x7f" and unicodedata.name(char, "").startswith("LATIN") for char in raw
        )

    def says(self, word: tuple[str, int, int], wanted: str) -> bool:
        """Whether a word, as written or with look-alike letters folded, is `wanted`; accents count."""
        if word[0] == wanted and self.plain:
            return True
        written = self.as_written(word)
        return written == wanted or (
            word[0] == wanted
            and not any(unicodedata.name(char, "").startswith("LATIN") for char in written if char > "\x7f")
        )

    def closes_emphasis(self, start: int, end: int) -> bool:
        """Whether the stars that end at `end` close an emphasis opened earlier in the line rather than mask letters."""
        line = self.folded.rfind("\n", 0, start) + 1
        return _OPENING_STARS.search(self.folded, line, end) is not None

    def accented_words(self) -> Iterator[tuple[str, int, int]]:
        """Words that are not wholly plain letters, in lower case with their accents."""
        for word in self.words:
            written = self.as_written(word)
            if not written.isascii():
                yield written, word[1], word[2]

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The run of letters and digits around a range of the folded text."""
        folded = self.folded
        while start > 0 and folded[start - 1].isalnum():
            start -= 1
        while end < len(folded) and folded[end].isalnum():
            end += 1
        return start, end

    def chunk(self, place: int) -> tuple[str, int]:
        """What stands between white space around `place`, with its start; empty when it is too long for a word."""
        folded = self.folded
        start = place
        while start > 0 and not folded[start - 1].isspace() and place - start < 60:
            start -= 1
        found = _CHUNK.match(folded, start)
        if found is None or (found.end() < len(folded) and not folded[found.end()].isspace()):
            return "", place + 1 - start if found is None else start
        return found.group(), start

    def with_long_dashes(self, chunk: str, start: int) -> str:
        """`chunk` of the folded text at `start`, with its long dashes as two strokes."""
        if self.plain or "-" not in chunk:
            return chunk
        out = []
        for offset, char in enumerate(chunk):
            first, last = self.place(start + offset, start + offset + 1)
            out.append("--" if char == "-" and self.text[first:last] in "—–" else char)
        return "".join(out)

    def hashtags(self) -> Iterator[tuple[int, str]]:
        """Single-case hashtags of some length, with their starts."""
        for found in re.finditer(r"#([a-z]{6,40})(?![^\W_])", self.folded):
            yield found.start(1), found[1]

    def how(self, how: str, form: Form, span: tuple[int, int]) -> tuple[str, ...]:
        """The disguise, with `homoglyph` for letters of another shape and `invisible` for what was dropped."""
        more = []
        if not self.plain and form.text.isascii():
            strange = [char for char in self.text[span[0] : span[1]] if char > "\x7f"]
            if any(char.isalpha() for char in strange):
                more.append("homoglyph")
            if any(unicodedata.category(char) in ("Cf", "Mn", "Me") for char in strange):
                more.append("invisible")
        return tuple(more) if more and how == "plain" else (how, *more)


def _splits(token: str) -> Iterator[tuple[int, int]]:
    size = len(token)
    for length in range(min(size, 20), 3, -1):
        for first in range(size - length + 1):
            yield first, first + length


def _made_of_words(text: str) -> bool:
    """Whether `text` is a row of frequent words."""
    common = common_words()
    open_ends = {0}
    for end in range(1, len(text) + 1):
        if any(start in open_ends and text[start:end] in common for start in range(max(0, end - 10), end)):
            open_ends.add(end)
    return len(text) in open_ends
