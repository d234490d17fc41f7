"""HTML to prose, with the standard library's parser and its positions."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from policy428.mapped import Span
from policy428.markup.builder import ProseBuilder

HIDDEN = frozenset({"script", "style", "code", "pre", "template", "kbd", "samp", "svg", "math"})
"""Elements whose text is no prose: scripts, code, drawings."""

BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head"),
        *("header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p"),
        *("search", "section", "select", "summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul"),
    )
)
_MEDIA = frozenset({"img", "video", "audio", "source"})
CELLS = frozenset({"td", "th"})
_SHOWN = frozenset({"alt", "title", "aria-label"})
_SHOWN_META = frozenset({"description", "og:description", "og:title", "twitter:description", "twitter:title"})
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]{1,100})(?:\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'<>`]+)))?""")
_ENTITY = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?"
_PIECE = re.compile(rf"\s+|{_ENTITY}|[^\s&]+|&")


def read_html(source: str, base: int, builder: ProseBuilder) -> None:
    """Adds the prose of `source`, which stands at `base` of the whole, to `builder`."""
    reader = _Reader(source, base, builder)
    reader.feed(source)
    reader.close()


class _Reader(HTMLParser):
    def __init__(self, source: str, base: int, builder: ProseBuilder) -> None:
        super().__init__(convert_charrefs=False)
        self.source = source
        self.base = base
        self.builder = builder
        self.lines = [0, *(found.end() for found in re.finditer("\n", source))]
        self.hidden: str | None = None
        self.depth = 0

    def here(self) -> int:
        """Offset in `source` of what the parser is handling."""
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.hidden is not None:
            self.depth += tag == self.hidden
            return
        if tag in HIDDEN:
            self.hidden, self.depth = tag, 1
            return
        self._separate(tag)
        known = dict(attrs)
        if tag == "a":
            self.builder.open_link(known.get("href") or "")
        elif tag in _MEDIA and known.get("src"):
            self.builder.images.append(known["src"] or "")
        self._attributes(tag, known)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # In HTML the slash of `<div/>` means nothing but on void and foreign elements.
        if tag not in HIDDEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.hidden is not None:
            self.depth -= tag == self.hidden
            if self.depth == 0:
                self.hidden = None
            return
        if tag == "a":
            self.builder.close_link()
        self._separate(tag)

    def handle_data(self, data: str) -> None:
        if self.hidden is None:
            self._text(data, self.here())

    def handle_comment(self, data: str) -> None:
        start = self.here()
        end = self.source.find("-->", start)
        # The parser also hands over what browsers take for comments.
        if self.hidden is None and end >= 0 and self.source.startswith("<!--", start):
            self.builder.comments.append(Span(self.base + start, self.base + end + 3))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        # Browsers read `<![...` as a comment; the base class asserts on sections it does not know.
        return self.parse_bogus_comment(i, report)

    def _reference(self, raw: str) -> None:
        start = self.here()
        if self.source.startswith(";", start + len(raw)):
            raw += ";"
        if self.hidden is None:
            self._text(raw, start)

    def _separate(self, tag: str) -> None:
        if tag in BLOCKS:
            self.builder.separate("\n\n")
        elif tag == "br":
            self.builder.separate("\n")
        elif tag in CELLS:
            self.builder.separate(" | ")

    def _attributes(self, tag: str, attrs: dict[str, str | None]) -> None:
        shown = set(_SHOWN & attrs.keys())
        if tag == "meta" and (attrs.get("name") or attrs.get("property") or "").lower() in _SHOWN_META:
            shown.add("content")
        if not shown:
            return
        raw = self.get_starttag_text() or ""
        start = self.here()
        for found in _ATTRIBUTE.finditer(raw, len(tag) + 1):
            if found.group(1).lower() in shown and found.lastindex and found.lastindex > 1:
                self.builder.separate("\n\n")
                self._text(found.group(found.lastindex), start + found.start(found.lastindex))
                self.builder.separate("\n\n")

    def _text(self, raw: str, start: int) -> None:
        """Adds `raw` with its white space collapsed, blank lines kept, and its entities decoded."""
        for found in _PIECE.finditer(raw):
            piece = found.group()
            place = self.base + start + found.start()
            if piece.isspace():
                # Blogs write paragraphs without a tag; elsewhere a blank line stands at a border all the same.
                self.builder.separate("\n\n" if piece.count("\n") > 1 else " ")
            elif piece[0] == "&" and (decoded := unescape(piece)) != piece:
                self.builder.add(decoded, place, place + len(piece))
            else:
                self.builder.add(piece, place)
