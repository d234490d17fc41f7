"""One text with what every search for disguised words needs of it, worked out once for all lists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache

from policy428.disguises.forms import WORD
from policy428.folding import fold
from policy428.resources import data_folder

# Places where a run of letters meets signs that have no business in a word; what surrounds them is examined.
_ODD = re.compile(
    r"""
    (?<=[^\W\d_])[^\w\s'",;:)]{1,30}(?=[^\W_])    # b*tch, fu.ck, sh-t, f🦆ck
  | (?<=[^\W\d_])[\d_]{1,20}(?=[^\W\d_]|[$@(!|+]) # sh1t, fu_ck, d1(k
  | (?<![^\W_])[@$58](?=[^\W_]|[$@])              # @ss, $hit, 5hit, 8itch, @$$
  | (?<=[^\W\d_])[*#%@$&-]{2,20}(?![^\W_])        # f***, a$$
  | (?<=[^\W\d_])\d{1,2}(?=\s|$)                  # bi7, me55
  | (?<=[^\W\d_])[!|]\+(?![^\W_])                 # sh!+
    """,
    re.VERBOSE,
)
_CHUNK = re.compile(r"\S{2,60}")
_ADDRESS = re.compile(r"://|www\.|@[^@]{0,60}\.\w|\.(?:com|org|net|edu|us|gov)\b")
_URL = re.compile(r"(?:https?://|www\.)\S{1,2000}", re.IGNORECASE)
_HUMP = re.compile(r"[a-z][A-Z]")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+")
_HASHTAG = re.compile(r"#([a-z]{6,40})(?![^\W_])")
# Single letters with up to five other signs between each and the next.
_APART = re.compile(r"(?<![^\W_])(?<!['’])[^\W_](?:[\W_]{1,5}[^\W_](?![^\W_])){2,60}")
_TRIPLE = re.compile(r"([^\W\d_])\1\1")
_OPENING_STARS = re.compile(r"(?<![*\w])\*{1,3}(?=[^\s*])")
# What may follow a word behind an apostrophe; "ass't" is no such thing.
_ENDINGS = frozenset(["s", "d", "ll", "ve", "re", "m", "in", "n", "ed", "em"])

Word = tuple[str, int, int]


@cache
def common_words() -> frozenset[str]:
    """Short and frequent words: what honest words are joined of in a hashtag, and no halves of a broken word."""
    text = (data_folder("wordlists") / "joining-words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=16)
def read(text: str) -> Reading:
    """The reading of `text`; the last few are kept, since several lists look at one text in turn."""
    return Reading(text)


class Reading:
    """A text, folded, with its words and its oddities; all offsets but those of `place` count in the folded text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = text.isascii()
        mapped = fold(text)
        self.folded = mapped.text
        self._starts, self._ends = mapped.starts, mapped.ends
        words: list[Word] = [(found.group(), found.start(), found.end()) for found in WORD.finditer(self.folded)]
        self.humped: list[Word] = []
        self.words = words
        if _HUMP.search(text):
            self.words = [part for word in words for part in self._humps(word)]
            # `dRaT` is no camel case; as a whole it may be a word.
            parts = set(self.words)
            self.humped = [word for word in words if word not in parts]

    @cached_property
    def heads(self) -> list[Word]:
        """Words in front of an apostrophe and a usual ending."""
        found = []
        for word, start, _ in self.words:
            if "'" in word:
                head, _, ending = word.partition("'")
                if ending in _ENDINGS:
                    found.append((head, start, start + len(head)))
        return found

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """All words, wholes of words in camel case, and heads."""
        return frozenset(word for word, _, _ in (*self.words, *self.humped, *self.heads))

    @cached_property
    def drawls(self) -> list[Word]:
        """Words with a letter three times in a row."""
        if not _TRIPLE.search(self.folded):
            return []
        return [word for word in (*self.words, *self.heads) if _TRIPLE.search(word[0])]

    @cached_property
    def odd(self) -> list[Word]:
        """Pieces between blanks in which letters and signs mix as they do not in honest words."""
        found = []
        reach = 0
        for mark in _ODD.finditer(self.folded):
            if mark.start() < reach:
                continue
            start = mark.start()
            while start > reach and not self.folded[start - 1].isspace():
                start -= 1
            chunk = _CHUNK.match(self.folded, start)
            if chunk is None:
                continue
            reach = chunk.end()
            whole = reach == len(self.folded) or self.folded[reach].isspace()
            if whole and not _ADDRESS.search(chunk.group()):
                found.append((chunk.group(), start, reach))
        return found

    @cached_property
    def fragments(self) -> list[Word]:
        """Two to four neighbouring pieces that are no words, joined (`fu ck`); one of them is very short."""
        common = common_words()
        found = []
        for index, (word, start, end) in enumerate(self.words[:-1]):
            if len(word) > 4 or word in common:
                continue
            joined, last, shortest = word, end, len(word)
            for part, part_start, part_end in self.words[index + 1 : index + 4]:
                if part in common or self.folded[last:part_start] != " ":
                    break
                joined, last, shortest = joined + part, part_end, min(shortest, len(part))
                if shortest < 3 < len(joined) < 20:
                    found.append((joined, start, last))
        return found

    @cached_property
    def apart(self) -> list[tuple[int, int]]:
        """Runs of single letters with other signs between them."""
        return [run.span() for run in _APART.finditer(self.folded)]

    @cached_property
    def hashtags(self) -> list[tuple[str, int]]:
        """Hashtags of one run of letters, without camel case, with their starts."""
        if "#" not in self.folded:
            return []
        found = [(tag[1], tag.start(1)) for tag in _HASHTAG.finditer(self.folded)]
        return [(tag, start) for tag, start in found if not _HUMP.search(self.written(start, start + len(tag)))]

    @cached_property
    def addresses(self) -> list[tuple[int, int]]:
        """Web addresses, as ranges of the text itself."""
        return [found.span() for found in _URL.finditer(self.text)] if "/" in self.text or "www" in self.folded else []

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The range of the text that a range of the folded text came from."""
        return (start, end) if self.plain else (self._starts[start], self._ends[end - 1])

    def written(self, start: int, end: int) -> str:
        """A range of the folded text as it was written."""
        return self.text[slice(*self.place(start, end))]

    def as_written(self, word: Word) -> str:
        """A word in lower case with its accents."""
        return word[0] if self.plain else unicodedata.normalize("NFC", self.written(word[1], word[2]).lower())

    @cached_property
    def accented(self) -> list[Word]:
        """Words that are not wholly plain letters, in lower case as written."""
        if self.plain:
            return []
        written = ((self.as_written(word), word[1], word[2]) for word in self.words)
        return [word for word in written if not word[0].isascii()]

    def has_accents(self, start: int, end: int) -> bool:
        """Whether a word holds accented letters of the Latin script, rather than letters of another shape."""
        return not self.plain and _accented(unicodedata.normalize("NFC", self.written(start, end)))

    def says(self, word: Word, wanted: str) -> bool:
        """Whether a word, as written or with letters of another shape folded, is `wanted`; accents count."""
        if self.plain:
            return word[0] == wanted
        written = self.as_written(word)
        return written == wanted or (word[0] == wanted and not _accented(written))

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The run of letters and digits around a range."""
        folded = self.folded
        while start > 0 and folded[start - 1].isalnum():
            start -= 1
        while end < len(folded) and folded[end].isalnum():
            end += 1
        return start, end

    def closes_emphasis(self, start: int, end: int) -> bool:
        """Whether the stars that end at `end` close an emphasis opened earlier in the line rather than mask letters."""
        line = self.folded.rfind("\n", 0, start) + 1
        return _OPENING_STARS.search(self.folded, line, end) is not None

    def with_long_dashes(self, chunk: str, start: int) -> str:
        """`chunk`, which stands at `start`, with each long dash as two strokes."""
        if self.plain or "-" not in chunk:
            return chunk
        written = (self.written(start + offset, start + offset + 1) for offset in range(len(chunk)))
        return "".join("--" if raw in ("—", "–") else char for char, raw in zip(chunk, written, strict=True))

    def _humps(self, word: Word) -> Iterator[Word]:
        """The parts of a word in camel case (`WhatTheHeck`), or the word itself."""
        folded, start, end = word
        raw = self.written(start, end)
        if len(raw) != end - start or not _HUMP.search(raw):
            yield word
            return
        for part in _CAMEL.finditer(raw):
            yield folded[part.start() : part.end()], start + part.start(), start + part.end()


def _accented(text: str) -> bool:
    return any(char > "\x7f" and unicodedata.name(char, "").startswith("LATIN") for char in text)
