"""Condition trees: what a rule's `find` is compiled into, and how it is asked of a document.

A condition yields matches inside a window (a range of the prose, or the whole post). Leaves are matchers; their answers
are computed once a document. Combinators ask their children cheapest first and stop at the first that fails; asked
`exhaustive`ly they ask everything, which changes the cost and never the answer.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from policy428.mapped import Span
from policy428.violation import Evidence

if TYPE_CHECKING:
    from policy428.document import Document
    from policy428.matchers import Matcher

Scope = Literal["sentence", "neighbours", "paragraph", "post"]
SCOPES: tuple[Scope, ...] = ("sentence", "neighbours", "paragraph", "post")


@dataclass(frozen=True, slots=True)
class Match:
    """A condition that held: where (None when outside the text), on what evidence, with which captures.

    Offsets, those of the evidence included, count in the document's prose.
    """

    span: Span | None = None
    evidence: tuple[Evidence, ...] = ()
    captures: tuple[tuple[str, str], ...] = ()

    def joined(self, others: Iterable[Match]) -> Match:
        """This match, standing where it stands, with the evidence and captures of `others` beside its own."""
        evidence, captures = list(self.evidence), list(self.captures)
        for other in others:
            evidence.extend(other.evidence)
            captures.extend(other.captures)
        return Match(self.span, tuple(dict.fromkeys(evidence)), tuple(dict.fromkeys(captures)))


@dataclass(slots=True)
class State:
    """One document under examination: the matches of each leaf, computed once.

    Attributes:
        document: the document.
        exhaustive: ask every condition, cheap or dear, whether or not the answer is already known.
    """

    document: Document
    exhaustive: bool = False
    _found: dict[int, tuple[Match, ...]] = field(default_factory=dict)
    _windows: dict[str, tuple[Span, ...]] = field(default_factory=dict)

    def matches(self, leaf: Matcher) -> tuple[Match, ...]:
        """All matches of `leaf` in the document."""
        known = self._found.get(id(leaf))
        if known is None:
            known = self._found[id(leaf)] = tuple(leaf.find(self.document))
        return known

    def windows(self, scope: Scope, outer: Span | None) -> Sequence[Span | None]:
        """The windows of kind `scope` that overlap `outer`."""
        if scope == "post":
            return (None,)
        spans = self._windows.get(scope)
        if spans is None:
            spans = self._windows[scope] = self._cut(scope)
        return spans if outer is None else [span for span in spans if span.overlaps(outer)]

    def _cut(self, scope: Scope) -> tuple[Span, ...]:
        sentences = self.document.sentences
        if scope == "sentence":
            return sentences
        if scope == "paragraph":
            return self.document.paragraphs
        if len(sentences) < 2:
            return sentences
        return tuple(first.cover(second) for first, second in itertools.pairwise(sentences))


class Condition(Protocol):
    """Anything that can be asked of a document."""

    cost: int

    def find(self, state: State, window: Span | None) -> list[Match]:
        """The matches inside `window`."""

    def possible(self, state: State, window: Span | None) -> bool:
        """False only when no window inside `window` can hold a match; cheap to ask."""


@dataclass(slots=True)
class Leaf:
    """A matcher's matches, cut to the window."""

    matcher: Matcher
    cost: int = 1

    def find(self, state: State, window: Span | None) -> list[Match]:
        found = state.matches(self.matcher)
        if window is None:
            return list(found)
        return [m for m in found if m.span is None or window.start <= m.span.start < window.end]

    def possible(self, state: State, window: Span | None) -> bool:
        return bool(self.find(state, window))


@dataclass(slots=True)
class All:
    """Every child holds and none of `barred` does; stands where its first child stands."""

    children: Sequence[Condition]
    barred: Sequence[Condition] = ()
    cost: int = 0
    _order: tuple[int, ...] = ()
    _bars: tuple[Condition, ...] = ()

    def __post_init__(self) -> None:
        self._order = tuple(sorted(range(len(self.children)), key=lambda i: self.children[i].cost))
        self._bars = tuple(sorted(self.barred, key=lambda bar: bar.cost))
        self.cost = sum(child.cost for child in self.children) + sum(bar.cost for bar in self.barred)

    def find(self, state: State, window: Span | None) -> list[Match]:
        found: dict[int, list[Match]] = {}
        failed = False
        for index in self._order:
            found[index] = self.children[index].find(state, window)
            if not found[index]:
                failed = True
                if not state.exhaustive:
                    return []
        for bar in self._bars:
            if bar.find(state, window):
                failed = True
                if not state.exhaustive:
                    return []
        if failed:
            return []
        if not self.children:
            return [Match()]
        anchors = found[0]
        if all(anchor.span is None for anchor in anchors):
            anchors = next((found[i] for i in range(len(self.children)) if found[i][0].span is not None), anchors)
        others = [found[i] for i in range(len(self.children)) if found[i] is not anchors]
        return [anchor.joined(_nearest(anchor, group) for group in others) for anchor in anchors]

    def possible(self, state: State, window: Span | None) -> bool:
        return all(self.children[i].possible(state, window) for i in self._order)


def _nearest(anchor: Match, group: list[Match]) -> Match:
    if anchor.span is None:
        return group[0]
    here = anchor.span
    return min(group, key=lambda m: (m.span is None, here.gap(m.span) if m.span else 0, m.span == here))


@dataclass(slots=True)
class Any:
    """At least one child holds; the matches of all that do."""

    children: Sequence[Condition]
    cost: int = 0

    def __post_init__(self) -> None:
        self.cost = max((child.cost for child in self.children), default=0)

    def find(self, state: State, window: Span | None) -> list[Match]:
        found = [match for child in self.children for match in child.find(state, window)]
        return sorted(found, key=_position)

    def possible(self, state: State, window: Span | None) -> bool:
        return any(child.possible(state, window) for child in self.children)


def _position(match: Match) -> tuple[int, int]:
    return (match.span.start, -match.span.end) if match.span else (1 << 60, 0)


@dataclass(slots=True)
class Within:
    """The inner condition holds inside one window of the scope."""

    scope: Scope
    inner: Condition
    cost: int = 0

    def __post_init__(self) -> None:
        self.cost = self.inner.cost

    def find(self, state: State, window: Span | None) -> list[Match]:
        if not state.exhaustive and not self.possible(state, window):
            return []
        found: dict[Match, None] = {}
        for span in state.windows(self.scope, window):
            for match in self.inner.find(state, span):
                found.setdefault(match)
        return list(found)

    def possible(self, state: State, window: Span | None) -> bool:
        # A wider scope than the window looks beyond it, so only the whole post can rule a match out.
        return self.inner.possible(state, None)


@dataclass(slots=True)
class Near:
    """Every child holds within so many words of the first; `ordered` asks for the order written."""

    words: int
    children: Sequence[Condition]
    ordered: bool = False
    cost: int = 0

    def __post_init__(self) -> None:
        self.cost = sum(child.cost for child in self.children)

    def find(self, state: State, window: Span | None) -> list[Match]:
        if not state.exhaustive and not self.possible(state, window):
            return []
        found = []
        for anchor in self.children[0].find(state, window):
            if anchor.span is None:
                continue
            chain = self._chain(state, anchor, window)
            if chain is not None:
                found.append(anchor.joined(chain))
        return found

    def _chain(self, state: State, anchor: Match, window: Span | None) -> list[Match] | None:
        assert anchor.span is not None
        reach = _reach(state.document, anchor.span, self.words, back=not self.ordered)
        if window is not None:
            reach = Span(max(reach.start, window.start), min(reach.end, window.end))
        chain: list[Match] = []
        after = anchor.span.end
        for child in self.children[1:]:
            found = [m for m in child.find(state, reach) if m.span is None or m.span != anchor.span]
            if self.ordered:
                found = [m for m in found if m.span is not None and m.span.start >= after]
            if not found:
                return None
            best = _nearest(anchor, found)
            chain.append(best)
            if best.span is not None:
                after = best.span.end
        return chain

    def possible(self, state: State, window: Span | None) -> bool:
        return all(child.possible(state, window) for child in sorted(self.children, key=lambda c: c.cost))


def _reach(document: Document, span: Span, words: int, *, back: bool) -> Span:
    """The prose range that ends so many words after `span` (and begins so many before it)."""
    tokens = document.tokens
    before = [token.start for token in tokens if token.end <= span.start]
    after = [token.end for token in tokens if token.start >= span.end]
    start = (before[-words] if len(before) >= words else 0) if back else span.start
    end = after[words - 1] if len(after) >= words else len(document.prose.text)
    return Span(start, end)


@dataclass(slots=True)
class Count:
    """At least `least` (and at most `most`) matches in different places."""

    least: int
    most: int | None
    children: Sequence[Condition]
    cost: int = 0

    def __post_init__(self) -> None:
        self.cost = sum(child.cost for child in self.children)

    def find(self, state: State, window: Span | None) -> list[Match]:
        found = sorted((m for child in self.children for m in child.find(state, window)), key=_position)
        distinct: list[Match] = []
        for match in found:
            if match.span is None or not any(other.span and match.span.overlaps(other.span) for other in distinct):
                distinct.append(match)
        if len(distinct) < self.least or (self.most is not None and len(distinct) > self.most):
            return []
        return [distinct[0].joined(distinct[1:])] if distinct else [Match()]

    def possible(self, state: State, window: Span | None) -> bool:
        return self.least == 0 or any(child.possible(state, window) for child in self.children)


@dataclass(slots=True)
class Score:
    """Weighs signs: the points of those that hold add up to at least `least`. Points may be negative."""

    least: float
    signs: Sequence[tuple[float, Condition]]
    cost: int = 0

    def __post_init__(self) -> None:
        self.cost = sum(sign.cost for _, sign in self.signs)

    def find(self, state: State, window: Span | None) -> list[Match]:
        total = 0.0
        held: list[tuple[float, Match]] = []
        rest = sum(points for points, _ in self.signs if points > 0)
        # Sums of tenths miss their mark by a hair, each in its own way.
        least = self.least - 1e-6
        for points, sign in sorted(self.signs, key=lambda pair: pair[1].cost):
            found = sign.find(state, window)
            if found:
                total += points
                held.append((points, found[0]))
            if points > 0:
                rest -= points
            if total + rest < least and not state.exhaustive:
                return []
        if total < least:
            return []
        speaking = sorted((pair for pair in held if pair[0] > 0), key=lambda pair: (pair[1].span is None, -pair[0]))
        if not speaking:
            return [Match()]
        first, *others = [match for _, match in speaking]
        return [first.joined(others)]

    def possible(self, state: State, window: Span | None) -> bool:
        return True


@dataclass(slots=True)
class Not:
    """Holds, outside the text, when the inner condition does not."""

    inner: Condition
    why: str = ""
    cost: int = 0

    def __post_init__(self) -> None:
        self.cost = self.inner.cost

    def find(self, state: State, window: Span | None) -> list[Match]:
        if self.inner.find(state, window):
            return []
        return [Match(None, (Evidence("missing", "", 0, 0, self.why),) if self.why else ())]

    def possible(self, state: State, window: Span | None) -> bool:
        return True
