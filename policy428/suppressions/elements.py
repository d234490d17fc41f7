"""The block elements of HTML, with their places in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from policy428.mapped import Span
from policy428.markup.html import BLOCKS, CELLS, HIDDEN

RAW = frozenset({"title", "textarea", "option", "script", "style"})
"""Elements in which `<!--` begins no comment, or that hold nothing but text."""
_ELEMENTS = BLOCKS | CELLS | HIDDEN | RAW
_VOID = frozenset({"hr"})
_ENDED_BY_LIKE = {
    **{tag: frozenset({tag}) for tag in ("li", "tr", "option", "optgroup", "tbody", "thead", "tfoot")},
    **{tag: frozenset({"dt", "dd"}) for tag in ("dt", "dd")},
    **{tag: frozenset({"td", "th", "tr"}) for tag in ("td", "th")},
}
_BETWEEN = re.compile(r"(?:\s|<!--(?:(?!-->).)*-->)*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that begins or ends a block."""

    name: str
    start: int
    end: int
    closing: bool


class Elements:
    """The block elements of `source`, whose first character has the offset `base`."""

    def __init__(self, source: str, base: int) -> None:
        self.source = source
        self.base = base
        self.end = base + len(source)
        reader = _Tags(source, base)
        reader.feed(source)
        reader.close()
        self.tags = reader.tags

    def after(self, offset: int) -> Span | None:
        """The element, or the words up to the next border of a block, that follow `offset`; None for neither."""
        found = _BETWEEN.match(self.source, offset - self.base)
        start = self.base + found.end() if found else offset
        for number, tag in enumerate(self.tags):
            if tag.start == start:
                return None if tag.closing else Span(start, self._end(number))
            if tag.start > start:
                return Span(start, tag.start)
        return Span(start, self.end) if start < self.end else None

    def room(self, offset: int) -> int:
        """Where a comment can be put that holds for the block of `offset` and little else."""
        before: Tag | None = None
        for tag in self.tags:
            if tag.start <= offset < tag.end:
                return tag.start
            if tag.end > offset:
                break
            before = tag
        if before is None:
            return self.base
        if before.name in RAW and not before.closing:
            return before.start
        inside = self.source[before.end - self.base : offset - self.base]
        return offset - len(inside.lstrip())

    def _end(self, number: int) -> int:
        """Where the element ends that the tag of that number begins."""
        first = self.tags[number]
        if first.name in _VOID:
            return first.end
        open_tags = [first.name]
        for tag in self.tags[number + 1 :]:
            if not tag.closing:
                last = open_tags[-1]
                if last == "p" or tag.name in _ENDED_BY_LIKE.get(last, ()):
                    open_tags.pop()
                    if not open_tags:
                        return tag.start
                if tag.name not in _VOID:
                    open_tags.append(tag.name)
            elif tag.name in open_tags:
                while open_tags.pop() != tag.name:
                    pass
                if not open_tags:
                    return tag.end
            else:
                return tag.start
        return self.end


class _Tags(HTMLParser):
    def __init__(self, source: str, base: int) -> None:
        super().__init__(convert_charrefs=False)
        self.base = base
        self.lines = [0, *_line_starts(source)]
        self.source = source
        self.tags: list[Tag] = []

    def handle_starttag(self, tag: str, attrs: Iterable[object]) -> None:
        if tag in _ELEMENTS:
            start = self._here()
            self.tags.append(Tag(tag, start, start + len(self.get_starttag_text() or ""), False))

    def handle_endtag(self, tag: str) -> None:
        if tag in _ELEMENTS:
            start = self._here()
            close = self.source.find(">", start - self.base)
            self.tags.append(Tag(tag, start, self.base + close + 1 if close >= 0 else start, True))

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        # As in the reader of HTML: the base class asserts on sections it does not know.
        return self.parse_bogus_comment(i, report)

    def _here(self) -> int:
        line, column = self.getpos()
        return self.base + self.lines[line - 1] + column


def _line_starts(source: str) -> Iterator[int]:
    return (found.end() for found in re.finditer("\n", source))
