"""Findings as reports show them: masked as the output asks, with excerpt and reasons, and no longer tied to a document.

Every report is made of these, whether a post was checked just now or its findings come out of a scan's database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from policy428.post import Post
from policy428.reports import Checked, Look
from policy428.reports.excerpt import excerpt
from policy428.reports.masking import Masker
from policy428.reports.reasons import reasons
from policy428.reports.record import violation_record
from policy428.violation import Violation

_BESIDE_EXCERPT = 8


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, fit to be shown.

    Attributes:
        record: the JSON object of the finding; its keys are a promise to other programs.
        family: the rule family, `profanity`.
        place: where it stands, as editors know it: `path:line:column`.
        title: the same for people, with the post's name where a file holds several.
        excerpt: number, text and underline of the lines where it stands; empty without a span.
        quote: the words it stands on.
        reasons: what spoke for it, a line each.
        origin: what is known of the post: permalink, time, and the parts of its source that are set.
    """

    record: Mapping[str, Any]
    family: str
    place: str
    title: str
    excerpt: tuple[tuple[str, str, str], ...] = ()
    quote: str = ""
    reasons: tuple[str, ...] = ()
    origin: Mapping[str, Any] = field(default_factory=dict)


def findings(checked: Checked, look: Look, *, private: bool = True) -> list[Finding]:
    """The findings of one post for an output that looks so.

    `private` masks names and numbers of people too; what every format but `text` and `concise` on a terminal asks for.
    """
    return _shown(checked, checked.violations, look, private)


def suppressed(checked: Checked, look: Look, *, private: bool = True) -> list[tuple[Finding, str, bool]]:
    """The suppressed findings of one post, each with its reason and its place, as `findings` shows the others."""
    if not checked.suppressed:
        return []
    masker = Masker(checked, look, private=private)
    shown = _shown(checked, [item.violation for item in checked.suppressed], look, private)
    return [
        (finding, masker.mask(item.reason), item.in_draft)
        for finding, item in zip(shown, checked.suppressed, strict=True)
    ]


def _shown(checked: Checked, violations: Sequence[Violation], look: Look, private: bool) -> list[Finding]:
    if not violations:
        return []
    masker = Masker(checked, look, private=private)
    text = checked.post.text
    edits = masker.edits(text)
    width = max(look.width - _BESIDE_EXCERPT, 20)
    return [
        Finding(
            record=violation_record(violation, masker),
            family=violation.family,
            place=_place(checked.post, violation.line, violation.column),
            title=_title(checked.post, violation.line, violation.column),
            excerpt=tuple(excerpt(text, violation, edits, width)),
            quote=masker.mask(violation.match),
            reasons=tuple(reasons(violation, masker.mask)) if look.explain else (),
            origin=origin(checked.post),
        )
        for violation in violations
    ]


def origin(post: Post) -> dict[str, Any]:
    """What is known of where a post came from; only what is set."""
    source = post.source
    known = {
        "platform": source.platform,
        "kind": source.kind if source.platform else None,
        "member": source.member,
        "record": source.record,
        "field": source.field,
        "permalink": post.permalink,
        "time": post.time,
    }
    return {name: value for name, value in known.items() if value is not None}


def post_title(post: Post) -> str:
    """How people call a post: its file, with number and name where the file holds several."""
    source = post.source
    if source.line is None and source.record is None:
        return source.file
    name = f" (post {post.id})" if post.id else ""
    return f"{source.file}:{source.line or source.record}{name}"


def _place(post: Post, line: int, column: int) -> str:
    """`path:line:column`; in a file of several posts the line is that of the post's record."""
    source = post.source
    return f"{source.file}:{source.line or source.record or line}:{column}"


def _title(post: Post, line: int, column: int) -> str:
    source = post.source
    if source.line is None and source.record is None:
        return _place(post, line, column)
    return f"{post_title(post)}, {line}:{column}"
