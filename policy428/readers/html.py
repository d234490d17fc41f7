"""HTML drafts: one file is one post."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from policy428.readers import Given, Item, register
from policy428.readers.draft import read_draft

REPORT = '<meta name="generator" content="policy428 report">'
"""What a page of our own findings says of itself: it quotes drafts and is none."""

_HEAD = 2000


@register
class HtmlReader:
    """A draft in HTML."""

    name: ClassVar[str] = "html"
    suffixes: ClassVar[tuple[str, ...]] = (
        ".html",
        ".htm",
        ".xhtml",
    )

    def read(self, text: str, path: str, given: Given) -> Iterator[Item]:
        if REPORT in text[:_HEAD]:
            return
        yield read_draft(text, path, given, "html")
