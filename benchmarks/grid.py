"""A table of figures, as aligned plain text or as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grid:
    """A title, the heads of the columns, and rows of cells; the first column stands left, the others right."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]

    def plain(self) -> str:
        """For a terminal."""
        lines = [self.heads, *self.rows]
        widths = [max(len(line[column]) for line in lines) for column in range(len(self.heads))]
        text = [self.title]
        for line in lines:
            cells = [line[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(line[1:], widths[1:], strict=True))]
            text.append("  ".join(cells).rstrip())
        return "\n".join(text)

    def markdown(self) -> str:
        """For a document."""
        rule = ["---", *("---:" for _ in self.heads[1:])]
        lines = ["| " + " | ".join(line) + " |" for line in (self.heads, rule, *self.rows)]
        return "\n".join([f"**{self.title}**", "", *lines])
