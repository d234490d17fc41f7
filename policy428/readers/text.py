"""Plain text drafts: one file is one post."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from policy428.readers import Given, Item, register
from policy428.readers.draft import read_draft


@register
class TextReader:
    """A draft in plain text."""

    name: ClassVar[str] = "text"
    suffixes: ClassVar[tuple[str, ...]] = (
        ".txt",
        ".text",
    )

    def read(self, text: str, path: str, given: Given) -> Iterator[Item]:
        yield read_draft(text, path, given, "text")
