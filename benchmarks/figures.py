"""Figures of the public sets: spans that overlap, and yes-or-no answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Range = tuple[int, int]


def harmonic(precision: float, recall: float) -> float:
    """F1 of a precision and a recall."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(slots=True)
class Overlap:
    """Spans reported and spans wanted; one is right when it overlaps one of the other, however little."""

    reported: int = 0
    right: int = 0
    wanted: int = 0
    found: int = 0

    def add(self, reported: Iterable[Range], wanted: Iterable[Range]) -> None:
        """Counts the spans of one text, half-open ranges of one type."""
        ours, theirs = set(reported), set(wanted)
        self.reported += len(ours)
        self.wanted += len(theirs)
        self.right += sum(any(overlap(one, other) for other in theirs) for one in ours)
        self.found += sum(any(overlap(one, other) for other in ours) for one in theirs)

    @property
    def precision(self) -> float:
        """Share of the reported that overlaps something wanted; 0 when nothing was reported."""
        return self.right / self.reported if self.reported else 0.0

    @property
    def recall(self) -> float:
        """Share of the wanted that something reported overlaps; 0 when nothing was wanted."""
        return self.found / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return harmonic(self.precision, self.recall)


@dataclass(slots=True)
class Flags:
    """Texts flagged or not, against texts that should be."""

    hits: int = 0
    alarms: int = 0
    misses: int = 0
    quiet: int = 0

    def add(self, flagged: bool, wanted: bool) -> None:
        """Counts one text."""
        self.hits += flagged and wanted
        self.alarms += flagged and not wanted
        self.misses += wanted and not flagged
        self.quiet += not wanted and not flagged

    @property
    def precision(self) -> float:
        """Share of the flagged that should be."""
        return self.hits / (self.hits + self.alarms) if self.hits + self.alarms else 0.0

    @property
    def recall(self) -> float:
        """Share of those that should be flagged which were."""
        return self.hits / (self.hits + self.misses) if self.hits + self.misses else 0.0

    @property
    def f1(self) -> float:
        """F1 of the flagged."""
        return harmonic(self.precision, self.recall)

    @property
    def false_positive_rate(self) -> float:
        """Share of those that should be let be which were flagged."""
        return self.alarms / (self.alarms + self.quiet) if self.alarms + self.quiet else 0.0

    @property
    def macro_f1(self) -> float:
        """Mean of the F1 of the flagged and the F1 of those let be."""
        total = 2 * self.quiet + self.alarms + self.misses
        return (self.f1 + (2 * self.quiet / total if total else 0.0)) / 2


def overlap(one: Range, other: Range) -> bool:
    """Whether two half-open ranges share a character."""
    return one[0] < other[1] and other[0] < one[1]
