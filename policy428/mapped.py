"""Text that remembers where each of its characters came from.

Every layer of a document (prose without markup, folded text) is a `MappedText`: a string plus, for each of its
characters, the half-open range of the text below it. Layers compose, so a match in the deepest one is reported at
exact offsets of what the person wrote. Offsets count Unicode code points.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points, `start` included and `end` not."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def gap(self, other: Span) -> int:
        """Characters between the two; 0 when they touch or overlap."""
        return max(0, max(self.start, other.start) - min(self.end, other.end))

    def cover(self, other: Span) -> Span:
        """The smallest span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


@dataclass(frozen=True, slots=True)
class MappedText:
    """A string and, for its character `i`, the range `starts[i]:ends[i]` of the text it was made from."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def identity(cls, text: str) -> MappedText:
        """`text` mapped onto itself."""
        return cls(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))

    @classmethod
    def from_pieces(cls, pieces: Iterable[tuple[str, int, int]]) -> MappedText:
        """Builds a text from `(string, start, end)` pieces of the text below.

        A piece as long as its range maps character by character; any other maps each character to the whole range.
        """
        chars: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for piece, start, end in pieces:
            chars.append(piece)
            if len(piece) == end - start:
                starts.extend(range(start, end))
                ends.extend(range(start + 1, end + 1))
            else:
                starts.extend([start] * len(piece))
                ends.extend([end] * len(piece))
        return cls("".join(chars), tuple(starts), tuple(ends))

    def origin(self, start: int, end: int) -> Span:
        """The range of the text below that the characters `start:end` came from.

        An empty range maps to the point where its next character would come from.
        """
        if start >= end:
            point = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return Span(point, point)
        return Span(min(self.starts[start:end]), max(self.ends[start:end]))

    def onto(self, below: MappedText) -> MappedText:
        """This text re-mapped through `below`: its offsets then count in the text that `below` was made from."""
        spans = [below.origin(s, e) for s, e in zip(self.starts, self.ends, strict=True)]
        return MappedText(self.text, tuple(s.start for s in spans), tuple(s.end for s in spans))

    def __len__(self) -> int:
        return len(self.text)
