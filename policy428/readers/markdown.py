"""Markdown drafts: one file is one post."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from policy428.readers import Given, Item, register
from policy428.readers.draft import read_draft


@register
class MarkdownReader:
    """A draft in Markdown."""

    name: ClassVar[str] = "markdown"
    suffixes: ClassVar[tuple[str, ...]] = (
        ".md",
        ".markdown",
        ".mdown",
    )

    def read(self, text: str, path: str, given: Given) -> Iterator[Item]:
        yield read_draft(text, path, given, "markdown")
