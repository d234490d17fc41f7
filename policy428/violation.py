"""What the linter answers: a violation, its evidence, and its place in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from policy428.post import Source

Severity = Literal["notice", "warning", "error"]
SEVERITIES: tuple[Severity, ...] = ("notice", "warning", "error")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One leaf of a rule that held: which matcher, on which words, and why it counts.

    `start` and `end` are offsets in the text the person wrote; both 0 when the evidence lies outside it (bio, group,
    media). `private` marks text that reports must mask.
    """

    leaf: str
    text: str
    start: int
    end: int
    why: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class Fix:
    """A safe edit of a post's text: `start:end`, in code points, becomes `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Violation:
    """A clause that a post would break.

    Attributes:
        rule: name, `IV.B-profanity`.
        clause: `IV.B`.
        citation: `Policy 428 § IV.B`.
        family: the rule family of clauses.md, `profanity`.
        severity: `notice`, `warning` or `error`.
        confidence: 0 to 1.
        message: what is wrong, in plain words; unmasked, reports mask it by `evidence`.
        suggestion: what to change.
        start, end: offsets of the span in the post's text, code points from 0.
        line, column, end_line, end_column: the same place counted from 1; `end_column` is one past the last.
        match: the text of the span, unmasked.
        evidence: the leaves that held, in the rule's order.
        fingerprint: stable over moved lines and edits elsewhere.
        mark: what the fingerprint knows it by in its post: the rule and, unmasked, the words; never to be shown.
        post: the post's id in a file of several.
        source: where the post was read.
        fix: a safe edit of the post's text that mends it, where there is one.
    """

    rule: str
    clause: str
    citation: str
    family: str
    severity: Severity
    confidence: float
    message: str
    suggestion: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    match: str
    evidence: tuple[Evidence, ...]
    fingerprint: str
    post: str | None = None
    source: Source = Source()
    mark: str = ""
    fix: Fix | None = None


class Suppressed(NamedTuple):
    """A violation that somebody let stand: why, and whether it was said in the draft itself or outside of it."""

    violation: Violation
    reason: str
    in_draft: bool


def at_least(severity: Severity, floor: Severity) -> bool:
    """Whether `severity` is as grave as `floor` or graver."""
    return SEVERITIES.index(severity) >= SEVERITIES.index(floor)
