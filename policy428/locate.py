"""Turns candidates into violations: places in the person's own text, messages with their captures, fingerprints."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from policy428.circumstances import circumstances
from policy428.document import Document
from policy428.fixing.edits import edit
from policy428.judge import Candidate
from policy428.mapped import Span
from policy428.post import Post
from policy428.violation import Evidence, Violation


def violations(judged: Sequence[Candidate], document: Document) -> list[Violation]:
    """The violations of one post, in the order of its text."""
    counts: dict[str, int] = {}
    found = []
    for candidate in judged:
        rule = candidate.rule
        source, span, alt = _place(candidate.span, document)
        line, column = line_column(document.post.text, span.start)
        end_line, end_column = line_column(document.post.text, span.end)
        message = _fill(rule.message, candidate)
        if alt:
            message = f"{message} (In the description of attachment {alt}.)"
        # A rule that speaks once a post is about the post: which words made it speak first may change with any edit.
        key = rule.name if rule.once else f"{rule.name}\0{' '.join(source.lower().split())}"
        counts[key] = counts.get(key, 0) + 1
        found.append(
            Violation(
                rule=rule.name,
                clause=rule.clause,
                citation=document.context.profile.citation(rule.clause),
                family=_fill(rule.family, candidate),
                severity=candidate.severity,
                confidence=round(candidate.confidence, 2),
                message=message,
                suggestion=rule.suggestion,
                start=span.start,
                end=span.end,
                line=line,
                column=column,
                end_line=end_line,
                end_column=end_column,
                match=source,
                evidence=_all_evidence(candidate, document),
                fingerprint=fingerprint(document.post, key, counts[key]),
                post=document.post.id,
                source=document.post.source,
                mark=key,
                fix=None if rule.fix is None else edit(rule.fix, candidate.match, document),
            )
        )
    return found


def _place(span: Span | None, document: Document) -> tuple[str, Span, int]:
    """The matched text, its range in the post's text, and the number of the alt text it lies in (0: in none).

    What lies in an alt text or outside the text altogether has no range there: it gets the empty one at its start.
    """
    if span is None:
        return "", Span(0, 0), 0
    there = document.to_source(span)
    shown = document.source[there.start : there.end]
    if there.start < len(document.post.text) or not document.post.media:
        return shown, Span(there.start, min(there.end, len(document.post.text))), 0
    return shown, Span(0, 0), document.alt_number(there.start)


def _all_evidence(candidate: Candidate, document: Document) -> tuple[Evidence, ...]:
    """What the rule's leaves held on, then what stands around it, each told once; the judge has the last word."""
    found = candidate.match.evidence
    judged = [item for item in found if item.leaf == "judge"]
    leaves = [item for item in found if item.leaf != "judge"]
    told = dict.fromkeys((*leaves, *circumstances(candidate.rule, document), *judged))
    return tuple(dict.fromkeys(_evidence(item, document) for item in told))


def _evidence(item: Evidence, document: Document) -> Evidence:
    if item.start == item.end:
        return item
    there = document.to_source(Span(item.start, item.end))
    if there.start >= len(document.post.text):
        return replace(item, start=0, end=0)
    return replace(item, start=there.start, end=min(there.end, len(document.post.text)))


def _fill(message: str, candidate: Candidate) -> str:
    captures: dict[str, str] = {}
    for name, text in candidate.match.captures:
        captures.setdefault(name, " ".join(text.split()))
    for name in candidate.rule.captures:
        captures.setdefault(name, "it")
    return message.format_map(captures)


def line_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of a code-point offset."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def fingerprint(post: Post, mark: str, number: int) -> str:
    """Identifies a finding across moved lines: path, post, rule and matched words, and which of several it is.

    However the path was written, it is the one seen from the working folder.
    """
    parts = "\0".join((seen_from(Path.cwd(), post.source.path), post.id or "", mark, str(number)))
    return hashlib.blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def seen_from(folder: Path, path: str) -> str:
    """`path`, which may be written in several ways, relative to `folder` where it lies in it, with slashes."""
    if path.startswith("<"):
        return path
    whole = os.path.abspath(path)  # noqa: PTH100 - resolving links would cost a look at the disk a post
    inside = os.path.relpath(whole, folder) if os.path.splitdrive(whole)[0] == folder.drive else whole
    return Path(whole if inside.startswith("..") else inside).as_posix()
