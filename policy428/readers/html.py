"""HTML drafts: one file is one post."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from policy428.readers import Given, Item, register
from policy428.readers.draft import read_draft


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
        yield read_draft(text, path, given, "html")
