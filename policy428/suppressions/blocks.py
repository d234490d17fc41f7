"""Blocks of Markdown and HTML in the text as it was written: what a comment holds for, and where one can be put."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from policy428.mapped import Span
from policy428.post import Markup

if TYPE_CHECKING:
    from markdown_it.token import Token

    from policy428.suppressions.elements import Elements

_TAG = re.compile(r"<[^<>]{0,2000}>")
_LIST_MARK = re.compile(r"\A(?:[ \t>]|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))*")
_ONLY_COMMENTS = re.compile(r"\A(?:\s|<!--(?:(?!-->).)*-->)*\Z", re.DOTALL)
_LINE = re.compile(r"\r\n?|\n")


class Blocks:
    """The blocks of a draft.

    Args:
        text: the draft as written, front matter included.
        markup: how it is written.
    """

    def __init__(self, text: str, markup: Markup) -> None:
        from policy428.markup.builder import ProseBuilder
        from policy428.markup.frontmatter import split

        self.text = text
        self.markup = markup
        self.front, self.body = split(text, ProseBuilder())
        """The values of the front matter, and where the text after it starts."""
        self.lines = [self.body, *(found.end() for found in _LINE.finditer(text, self.body))]
        """Where the lines of the body start."""

    @cached_property
    def tokens(self) -> list[Token]:
        """The blocks of Markdown, each with its lines counted from that of the body's first."""
        from policy428.markup.markdown import blocks

        body = self.text[self.body :].replace("\x00", "\ufffd")
        return [token for token in blocks(_LINE.sub("\n", body)) if token.map and token.nesting >= 0]

    def after(self, comment: Span) -> tuple[Span, ...]:
        """The ranges that a comment holds for: its line, and the next block unless words stand before it alone."""
        line = Span(self.line_start(comment.start), self.line_end(comment.end))
        before = _bare(_LIST_MARK.sub("", self.text[line.start : comment.start]))
        if before and not _bare(self.text[comment.end : line.end]):
            return (line,)
        following = self._next_html(comment, None) if self.markup == "html" else self._next_markdown(comment)
        return (line,) if following is None else (line, following)

    def line_start(self, offset: int) -> int:
        """Where the line of `offset` starts."""
        return self.lines[bisect_right(self.lines, offset) - 1] if offset >= self.body else 0

    def line_end(self, offset: int) -> int:
        """Where the line of `offset` ends, before what ends it."""
        found = _LINE.search(self.text, offset)
        return found.start() if found else len(self.text)

    def span(self, token: Token) -> Span:
        """The range of a block of Markdown."""
        first, last = token.map or (0, 0)
        return Span(self._start(first), self._start(last))

    def elements(self, inside: Span | None = None) -> Elements:
        """The elements of HTML, of the whole body or of a part of it."""
        from policy428.suppressions.elements import Elements

        part = inside or Span(self.body, len(self.text))
        return Elements(self.text[part.start : part.end], part.start)

    def _start(self, line: int) -> int:
        return self.lines[line] if line < len(self.lines) else len(self.text)

    def _next_html(self, comment: Span, inside: Span | None) -> Span | None:
        return self.elements(inside).after(comment.end)

    def _next_markdown(self, comment: Span) -> Span | None:
        holders = [
            number
            for number, token in enumerate(self.tokens)
            if token.type in ("html_block", "inline") and self.span(token).contains(comment)
        ]
        if not holders or self.tokens[holders[-1]].type == "inline":
            return None
        number = holders[-1]
        block = self.span(self.tokens[number])
        if not _ONLY_COMMENTS.match(self.text[comment.end : block.end]):
            return self._next_html(comment, block)
        for token in self.tokens[number + 1 :]:
            there = self.span(token)
            if token.level <= self.tokens[number].level and there.start >= block.end and not self.is_comment(token):
                return there
        return None

    def is_comment(self, token: Token) -> bool:
        """Whether a block of Markdown is nothing but comments."""
        span = self.span(token)
        return token.type == "html_block" and _ONLY_COMMENTS.match(self.text[span.start : span.end]) is not None


def _bare(text: str) -> str:
    return _TAG.sub("", text).strip()
