"""One suppression: which findings, where, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from policy428.mapped import Span
from policy428.violation import Violation

Where = Literal["comment", "front matter", "record", "configuration"]
NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Suppression:
    """A suppression of one name; one that is written for several names is several.

    Attributes:
        name: the rule, clause or beginning of a name, as it was written.
        reason: why; empty where none was given.
        where: where it was written.
        place: the range of the post's text where it was written; empty outside of it.
        ranges: the ranges of the post's text that it holds for; None for the whole post, whatever stands nowhere in
            the text included.
    """

    name: str
    reason: str
    where: Where
    place: Span = NOWHERE
    ranges: tuple[Span, ...] | None = None

    def covers(self, violation: Violation) -> bool:
        """Whether it holds where `violation` stands."""
        if self.ranges is None:
            return True
        span = Span(violation.start, violation.end)
        return any(span.overlaps(held) for held in self.ranges)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A comment that would suppress, had it been written right: where, and what is wrong."""

    place: Span
    message: str
