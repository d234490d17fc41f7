"""Collects prose piece by piece, each with its place in the source."""

from __future__ import annotations

from collections.abc import Sequence

from policy428.mapped import MappedText, Span
from policy428.markup.tags import Link

_STRENGTH = ("", " ", "\n", " | ", "\n\n")


class ProseBuilder:
    """Builds a `MappedText` from the parts of a source that are prose, in order of place.

    Separators asked for between two parts are written only when more prose follows, the stronger one winning, and map
    to what lies between the parts.
    """

    def __init__(self) -> None:
        self.links: list[Link] = []
        self.images: list[str] = []
        self.comments: list[Span] = []
        self._pieces: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._separator = ""
        self._open: list[tuple[str, int | None]] = []

    def add(self, text: str, start: int, end: int | None = None) -> None:
        """Appends `text`, which stands at `start` of the source.

        With `end`, all of its characters map to the whole range `start:end` (an entity, say); without, each maps to
        its own place.
        """
        if not text:
            return
        self._flush(start)
        if end is None:
            self._append(text, range(start, start + len(text)), range(start + 1, start + len(text) + 1))
        else:
            self._append(text, [start] * len(text), [end] * len(text))

    def add_places(self, text: str, places: Sequence[int]) -> None:
        """Appends `text`, whose character `i` stands at `places[i]` of the source."""
        if text:
            self._flush(places[0])
            self._append(text, places, [place + 1 for place in places])

    def separate(self, separator: str) -> None:
        """Asks for `separator` (one of " ", newline, " | ", blank line) before the next piece."""
        if self._pieces and _STRENGTH.index(separator) > _STRENGTH.index(self._separator):
            self._separator = separator

    @property
    def ends_in_space(self) -> bool:
        """Whether more prose would follow white space, a separator or nothing at all."""
        return bool(self._separator) or not self._pieces or self._pieces[-1][-1].isspace()

    def open_link(self, target: str) -> None:
        """What is added from here on, up to `close_link`, is the text of a link to `target`."""
        self._open.append((target, None))

    def close_link(self) -> None:
        """Ends the innermost open link, if there is one."""
        if self._open:
            target, start = self._open.pop()
            here = len(self._starts)
            if target:
                self.links.append(Link(target, here if start is None else start, here))

    def mapped(self) -> MappedText:
        """All prose added so far."""
        return MappedText("".join(self._pieces), tuple(self._starts), tuple(self._ends))

    def _flush(self, start: int) -> None:
        if self._separator:
            last = self._ends[-1] if self._ends else 0
            count = len(self._separator)
            self._append(self._separator, [min(last, start)] * count, [max(last, start)] * count)
            self._separator = ""
        if self._open and self._open[-1][1] is None:
            here = len(self._starts)
            self._open = [(target, here if opened is None else opened) for target, opened in self._open]

    def _append(self, text: str, starts: Sequence[int], ends: Sequence[int]) -> None:
        self._pieces.append(text)
        self._starts.extend(starts)
        self._ends.extend(ends)
