"""A district's own copy of its policy, cut into clauses by their numbering: `IV.`, in it `A.`, in it `1.`, in it `a.`.

Nothing is taken from a layout: a clause begins where a line begins with the number that comes next. So a copy out of a
word processor, a web page or a PDF is cut alike, whatever its margins, and whatever runs along the top of its pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path

from policy428.errors import ConfigError, Place
from policy428.policylines import SUFFIXES, read_lines

ROMAN, LETTER, DIGIT, SMALL, SMALL_ROMAN = "I A 1 a i".split()
_STYLES = {
    ROMAN: re.compile(r"(?:X{0,3})(?:IX|IV|V?I{0,3})"),
    LETTER: re.compile(r"[A-Z]"),
    DIGIT: re.compile(r"[0-9]{1,2}"),
    SMALL: re.compile(r"[a-z]"),
    SMALL_ROMAN: re.compile(r"(?:x{0,3})(?:ix|iv|v?i{0,3})"),
}
_ONES = {"i": 1, "v": 5, "x": 10}
# A number may be passed over, as where a clause was repealed or its line is lost; of the smaller ones none may be, for
# "C. Smith" at the beginning of a line is no clause.
_SKIPPED = {ROMAN: 3, LETTER: 2}
_NUMBER = re.compile(
    r"(?:(?:section|article|part)\s{1,4})?(?P<open>\()?(?P<label>[A-Za-z]{1,6}|[0-9]{1,2})(?P<close>[.):])(?:\s{1,80}|$)",
    re.IGNORECASE,
)
# The whole name at once: "IV.E." or "IV.E.2"
_WHOLE = re.compile(r"(?P<name>[IVX]{1,6}\.[A-Z](?:\.[0-9]{1,2})?)[.:)]?(?:\s{1,80}|$)")
_AFTERWARDS = re.compile(
    r"(?:(?:legal |cross |statutory )?references?|(?:last )?(?:adopted|revised|reviewed|amended)|history)\s?[:.]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a clause: how deep below the clause it stands, its own number there, and its text."""

    depth: int
    label: str
    text: str


@dataclass(slots=True)
class _Clause:
    key: tuple[str, ...]
    label: str
    paragraphs: list[list[str]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How much text it holds, in characters."""
        return sum(len(line) for paragraph in self.paragraphs for line in paragraph)


class PolicyText:
    """The clauses of one copy.

    Args:
        clauses: the paragraphs of each clause by its name, `IV.E`, those of its parts included.
        path: the file.
    """

    def __init__(self, clauses: Mapping[str, tuple[Paragraph, ...]], path: Path) -> None:
        self.clauses = dict(clauses)
        self.path = path

    @classmethod
    def load(cls, path: Path) -> PolicyText:
        """Reads a copy: `.txt`, `.md` or `.pdf`.

        Raises:
            ConfigError: it cannot be read, or holds no numbered clause.
        """
        found = cls(cut(read_lines(path)), path)
        if not found.clauses:
            raise ConfigError(
                "no clause was found in this copy of the policy",
                place=Place(str(path)),
                hint="a clause begins a line with its number, as in “IV.” and below it “A.”",
            )
        return found

    def clause(self, name: str) -> tuple[Paragraph, ...]:
        """The paragraphs of a clause (`IV`, `IV.E`, `IV.E.2`), the first its own; none where the copy lacks it."""
        return self.clauses.get(name.upper(), ())


def cut(lines: Iterable[str]) -> dict[str, tuple[Paragraph, ...]]:
    """The clauses in `lines`; an empty line ends a paragraph.

    Where the numbering begins anew, as after a table of contents, the part that holds more text counts.
    """
    outlines = list(_outlines(lines))
    if not outlines:
        return {}
    best = max(outlines, key=lambda outline: sum(clause.size for clause in outline))
    return {".".join(clause.key): _whole(best, at) for at, clause in enumerate(best)}


def _whole(outline: list[_Clause], at: int) -> tuple[Paragraph, ...]:
    """The clause at `at` with its parts, which follow it."""
    key = outline[at].key
    found = []
    for part in islice(outline, at, None):
        if part.key[: len(key)] != key:
            break
        depth = len(part.key) - len(key)
        first, *more = map(_joined, part.paragraphs or [[]])
        found += [Paragraph(depth, part.label, first), *(Paragraph(depth, "", text) for text in more)]
    return tuple(found)


def _outlines(lines: Iterable[str]) -> Iterator[list[_Clause]]:
    outline: list[_Clause] = []
    stack: list[tuple[str, int, str]] = []
    open_paragraph = False
    for line in lines:
        text = line.strip()
        if not text:
            open_paragraph = False
            continue
        if _AFTERWARDS.match(text):
            stack = []
            continue
        number = _numbered(text, stack)
        if number is not None:
            level, rest, label = number
            if len(level) == 1 and outline and level[0][:2] == (ROMAN, 1):
                yield outline
                outline = []
            stack = level
            outline.append(_Clause(tuple(item[2] for item in level), label, [[rest]] if rest else []))
            open_paragraph = True
        elif stack and outline:
            texts = outline[-1].paragraphs
            if texts and open_paragraph:
                texts[-1].append(text)
            else:
                texts.append([text])
            open_paragraph = True
    if outline:
        yield outline


def _numbered(text: str, stack: list[tuple[str, int, str]]) -> tuple[list[tuple[str, int, str]], str, str] | None:
    """Where the numbering stands after a line that begins with the next number, what follows it, and the number as
    written; None for any other line.
    """
    whole = _WHOLE.match(text)
    if whole:
        level = []
        for style, part in zip((ROMAN, LETTER, DIGIT), whole["name"].split("."), strict=False):
            value = _value(style, part)
            if value is None:
                return None
            level.append((style, value, part))
        return level, text[whole.end() :].strip(), f"{whole['name']}."
    found = _NUMBER.match(text)
    if not found or (found["open"] and found["close"] != ")"):
        return None
    label, shut = found["label"], bool(found["open"])
    level_found = _next(label, shut, stack)
    if level_found is None:
        return None
    written = f"({label})" if shut else f"{label}{found['close']}"
    return level_found, text[found.end() :].strip(), written


def _next(label: str, shut: bool, stack: list[tuple[str, int, str]]) -> list[tuple[str, int, str]] | None:
    values = {style: _value(style, label) for style in _STYLES}
    for depth in range(len(stack) - 1, -1, -1):
        style, last, _ = stack[depth]
        value = values.get(style.removeprefix("("))
        if style.startswith("(") == shut and value is not None:
            if 0 < value - last <= _SKIPPED.get(style, 1):
                return [*stack[:depth], (style, value, label)]
            if style == ROMAN and value == 1:
                return [(ROMAN, 1, label)]
    known = {style for style, _, _ in stack}
    for plain, value in values.items():
        style = f"({plain}" if shut else plain
        if value is None or style in known:
            continue
        if not stack:
            # A part of a policy may begin with any section; below one, counting begins at the beginning.
            return [(style, value, label)] if plain == ROMAN and not shut else None
        if value == 1 and plain != ROMAN:
            return [*stack, (style, 1, label)]
    return None


def _value(style: str, label: str) -> int | None:
    if not label or not _STYLES[style].fullmatch(label):
        return None
    if style == DIGIT:
        return int(label)
    if style in (LETTER, SMALL):
        return ord(label.lower()) - ord("a") + 1
    ones = [_ONES[char] for char in label.lower()]
    return sum(-one if one < max(ones[at:]) else one for at, one in enumerate(ones))


def _joined(lines: list[str]) -> str:
    """The lines of one paragraph as one; a word parted between two is put together where it is a known word."""
    parts: list[str] = []
    for number, line in enumerate(lines):
        after = lines[number + 1] if number + 1 < len(lines) else ""
        if line.endswith("-") and line[-2:-1].isalnum() and after[:1].islower():
            word = re.sub(r"\W", "", line.rsplit(maxsplit=1)[-1] + after.split(maxsplit=1)[0]).lower()
            parts.append(line[:-1] if word in _known_words() else line)
        else:
            parts.append(f"{line} " if after else line)
    return "".join(parts)


@cache
def _known_words() -> frozenset[str]:
    from policy428.resources import data_folder

    text = (data_folder("wordlists") / "common-words.txt").read_text(encoding="utf-8")
    return frozenset(line.strip().lower() for line in text.splitlines())


__all__ = ["SUFFIXES", "Paragraph", "PolicyText", "cut"]
