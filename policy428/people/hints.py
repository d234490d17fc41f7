"""Words near somebody that hint at a role: "in my 3rd hour", "got written up"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from policy428.mapped import Span
from policy428.people.person import Role

if TYPE_CHECKING:
    from policy428.document import Document

# Characters between a name and a hint that still speaks of it, in its own sentence and in the one before.
REACH = 80
REACH_BACK = 160
# Lists of hints, the role each shows, and what it weighs against titles, relations and rosters.
_LISTS: tuple[tuple[str, Role, float], ...] = (("student-signs", "student", 0.55), ("staff-signs", "staff", 0.55))
_FARTHER = 0.003
_BEFORE = 0.2


class Hints:
    """The hints of one document, by sentence; found when first asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._starts = [sentence.start for sentence in document.sentences]
        self._found: dict[str, dict[int, list[Span]]] = {}

    def near(self, span: Span) -> Iterator[tuple[Role, str, float]]:
        """What hints at the role of whoever `span` names: the role, why, and its weight; the nearest of each list."""
        text = self.document.prose.text
        at = self._sentence(span.start)
        if at is None:
            return
        for name, role, weight in _LISTS:
            by_sentence = self._by_sentence(name)
            near = min((hit.gap(span), hit.start, hit.end) for hit in [*by_sentence.get(at, ()), _NOWHERE])
            if near[0] < REACH:
                yield role, f"“{text[near[1] : near[2]]}” stands near", weight - near[0] * _FARTHER
                continue
            near = min((hit.gap(span), hit.start, hit.end) for hit in [*by_sentence.get(at - 1, ()), _NOWHERE])
            if near[0] < REACH_BACK:
                yield role, f"“{text[near[1] : near[2]]}” stands in the sentence before", weight - _BEFORE

    def _sentence(self, at: int) -> int | None:
        number = bisect_right(self._starts, at) - 1
        return number if number >= 0 else None

    def _by_sentence(self, name: str) -> dict[int, list[Span]]:
        known = self._found.get(name)
        if known is None:
            known = self._found[name] = {}
            for hit in self.document.hits(name):
                number = self._sentence(hit.start)
                if number is not None:
                    known.setdefault(number, []).append(Span(hit.start, hit.end))
        return known


_NOWHERE = Span(1 << 40, 1 << 40)
