"""Markdown (CommonMark with tables and strike-through) to prose.

markdown-it-py gives the structure but no column of any inline token. So each block's content is first aligned with
the lines it came from, and the inline parser is run with a state that notes where every token starts.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from functools import cache
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from policy428.markup.builder import ProseBuilder
from policy428.markup.html import HIDDEN, read_html

NESTING = 100
"""Depth of lists and quotations that is read; the parser leaves out what lies deeper."""

_BREAKS = frozenset(
    {"paragraph_open", "heading_open", "list_item_open", "tr_open", "blockquote_open", "fence", "code_block", "hr"}
)
_CELLS = frozenset({"th_open", "td_open"})
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]{0,40})")


def read_markdown(source: str, base: int, builder: ProseBuilder) -> None:
    """Adds the prose of `source`, which stands at `base` of the whole and ends its lines with a newline alone."""
    source = source.replace("\x00", "\ufffd")  # as the parser does
    lines = [0, *(found.end() for found in re.finditer("\n", source)), len(source)]
    environment: MutableMapping[str, Any] = {}
    parser = _parser()
    cursor = 0
    in_cell = False
    for token in parser.parse(source, environment):
        if token.type in _BREAKS:
            builder.separate("\n\n")
            in_cell = False
        elif token.type in _CELLS:
            builder.separate(" | ")
            in_cell = True
        elif token.type == "html_block" and token.map:
            first, last = _range(lines, token.map)
            builder.separate("\n\n")
            read_html(source[first:last], base + first, builder)
            builder.separate("\n\n")
        elif token.type == "inline" and token.map and token.content:
            first, last = _range(lines, token.map)
            places = _align(token.content, source, max(first, cursor), last, in_cell)
            cursor = places[-1] + 1
            children: list[Token] = []
            parser.inline.parse(token.content, parser, environment, children)
            _Inline(builder, token.content, [base + place for place in places]).add(children)


def blocks(source: str) -> list[Token]:
    """The blocks of `source`, whose lines end with a newline alone, as the parser tells them; none of their content."""
    return _parser().parse(source)


def _range(lines: Sequence[int], block: Sequence[int]) -> tuple[int, int]:
    return lines[block[0]], lines[min(block[1], len(lines) - 1)]


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": NESTING}).enable(["table", "strikethrough"])
    inline = _PlacedParser()
    inline.ruler, inline.ruler2 = parser.inline.ruler, parser.inline.ruler2
    parser.inline = inline
    # Joining texts would lose their places; inline parsing is called block by block above.
    parser.inline.ruler2.disable("fragments_join")
    parser.core.ruler.disable(["inline", "text_join"])
    return parser


class _PlacedState(StateInline):
    """Inline parsing state that notes in each token's `meta["at"]` the position it was pushed from."""

    pending_at: int | None = None

    def append_pending(self, text: str) -> None:
        if self.pending_at is None:
            self.pending_at = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:
        token = super().pushPending()
        token.meta["at"] = self.pos if self.pending_at is None else self.pending_at
        self.pending_at = None
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        token.meta["at"] = self.pos
        self.pending_at = None
        return token


class _PlacedParser(ParserInline):
    """The inline parser, run with a `_PlacedState`."""

    def parse(self, src: str, md: MarkdownIt, env: MutableMapping[str, Any], tokens: list[Token]) -> list[Token]:
        state = _PlacedState(src, md, env, tokens)
        self.tokenize(state)
        _settle(state.tokens)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _settle(tokens: list[Token]) -> None:
    """Gives texts pushed from one position (a run of emphasis marks) their own places, one after the other."""
    before: Token | None = None
    pushed_at = -1
    for token in tokens:
        at = token.meta["at"]
        if token.type == "text" and before is not None and before.type == "text" and at == pushed_at:
            token.meta["at"] = before.meta["at"] + len(before.content)
        before, pushed_at = token, at


def _align(content: str, text: str, first: int, last: int, in_cell: bool) -> list[int]:
    """For each character of a block's `content` its offset in `text[first:last]`, the lines of the block.

    A line of a paragraph ends its source line, after the marks of the lists and quotations around it; a heading may
    have closing marks after it; a cell of a table is the next one from `first` on.
    """
    places: list[int] = []
    at = first
    for line in content.split("\n"):
        if places:
            places.append(at - 1)
        end = _line_end(text, at, last)
        body = line.strip()
        lead = len(line) - len(line.lstrip()) if body else 0
        found = text.find(body, at, end) if in_cell else _ending(body, text, at, end)
        while found < 0 and not places and end < last:
            # A first line of nothing but unusual white space was trimmed away.
            at = end + 1
            end = _line_end(text, at, last)
            found = _ending(body, text, at, end)
        if found < 0:
            places.extend(_greedy(line, text, at, end))
        else:
            places.extend(max(at, found - lead) for _ in range(lead))
            places.extend(range(found, found + len(body)))
            places.extend(min(found + len(body), max(end - 1, 0)) for _ in range(len(line) - lead - len(body)))
        at = min(end + 1, last)
    return places


def _line_end(text: str, start: int, last: int) -> int:
    newline = text.find("\n", start, last)
    return last if newline < 0 else newline


def _ending(body: str, text: str, start: int, end: int) -> int:
    line = text[start:end].rstrip()
    if not line.endswith(body):
        line = line.rstrip("#").rstrip()
    return start + len(line) - len(body) if line.endswith(body) else text.rfind(body, start, end)


def _greedy(line: str, text: str, start: int, end: int) -> list[int]:
    places, last = [], start
    for char in line:
        found = text.find(char, start, end)
        if found >= 0:
            last, start = found, found + 1
        places.append(last)
    return places


class _Inline:
    """Adds the inline tokens of one block, whose character `i` stands at `places[i]` of the source."""

    def __init__(self, builder: ProseBuilder, content: str, places: Sequence[int]) -> None:
        self.builder = builder
        self.content = content
        self.places = places
        self.hidden: str | None = None

    def add(self, tokens: Sequence[Token]) -> None:
        """Adds what is prose of `tokens`."""
        auto = False
        for token in tokens:
            at = token.meta.get("at", 0)
            if token.type == "html_inline":
                self._tag(token.content, at)
            elif self.hidden is not None:
                continue
            elif token.type == "text" and auto:
                self._text(self.content[at + 1 : self.content.find(">", at)], at + 1)
            elif token.type == "text":
                self._text(token.content, at)
            elif token.type == "text_special":
                self._special(token, at)
            elif token.type in ("softbreak", "hardbreak"):
                self._text("\n", self.content.find("\n", at))
            elif token.type == "code_inline":
                self._gap()
            elif token.type == "image":
                self._gap()
                self.builder.images.append(str(token.attrGet("src") or ""))
                inside = _Inline(self.builder, token.content, self.places[at + 2 : at + 2 + len(token.content)])
                inside.add(token.children or [])
                self._gap()
            elif token.type == "link_open":
                self.builder.open_link(str(token.attrGet("href") or ""))
            elif token.type == "link_close":
                self.builder.close_link()
            auto = token.type == "link_open" and token.markup == "autolink"

    def _text(self, text: str, at: int) -> None:
        if text:
            self.builder.add_places(text, self.places[at : at + len(text)])

    def _special(self, token: Token, at: int) -> None:
        if token.info == "entity":
            self.builder.add(token.content, self.places[at], self.places[at + len(token.markup) - 1] + 1)
        else:
            self._text(token.content, at + len(token.markup) - len(token.content))

    def _gap(self) -> None:
        """Keeps words apart that stood on both sides of something left out."""
        if not self.builder.ends_in_space:
            self.builder.separate(" ")

    def _tag(self, raw: str, at: int) -> None:
        found = _TAG.match(raw)
        name = found.group(2).lower() if found else ""
        if self.hidden is not None:
            if found and found.group(1) and name == self.hidden:
                self.hidden = None
        elif name in HIDDEN and found and not found.group(1):
            self.hidden = name
            self._gap()
        elif self.places[at + len(raw) - 1] - self.places[at] == len(raw) - 1:
            read_html(raw, self.places[at], self.builder)
