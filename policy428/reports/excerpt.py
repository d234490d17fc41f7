"""The lines of a post where a violation stands, with its span underlined."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from policy428.reports.masking import Edit
from policy428.reports.plain import Cell, cells, underline, window
from policy428.violation import Violation

LINES = 3
"""Lines of a long span that are shown."""

_AROUND = 6


def excerpt(text: str, violation: Violation, edits: Sequence[Edit], width: int) -> Iterator[tuple[str, str, str]]:
    """Line number, line and underline for each line of the span, `width` columns at most; nothing without a span.

    Args:
        text: the post's text.
        violation: whose span is shown.
        edits: what is masked in `text`, in order.
        width: columns for the line.
    """
    if violation.start >= violation.end:
        return
    start = text.rfind("\n", 0, violation.start) + 1
    for number in range(violation.line, violation.end_line + 1):
        newline = text.find("\n", start)
        end = len(text) if newline < 0 else newline
        # Of a line without end only what can be shown is looked at: a post may hold thousands of findings.
        first = max(start, violation.start)
        part = _line(text, max(start, first - _AROUND * width), min(end, first + _AROUND * width), violation, edits)
        line = window(part, width)
        if number == violation.line or any(cell.marked for cell in line):
            if number >= violation.line + LINES:
                yield "", f"… to line {violation.end_line}", ""
                return
            yield str(number), "".join(cell.shown for cell in line).rstrip(), underline(line)
        start = end + 1


def _line(text: str, start: int, end: int, violation: Violation, edits: Sequence[Edit]) -> list[Cell]:
    line: list[Cell] = []
    at = start
    # They do not overlap, so their ends are in order too.
    for edit in edits[bisect_right(edits, start, key=lambda edit: edit.end) :]:
        if edit.start >= end:
            break
        if edit.end > at:
            line += _plain(text, at, max(at, edit.start), violation)
            # A masked text that began on the line before is shown there.
            if edit.start >= start:
                line += cells(edit.shown, marked=edit.start < violation.end and violation.start < edit.end)
            at = min(edit.end, end)
    return line + _plain(text, at, end, violation)


def _plain(text: str, start: int, end: int, violation: Violation) -> list[Cell]:
    first, last = max(start, violation.start), min(end, violation.end)
    if first >= last:
        return cells(text[start:end], marked=False)
    return [
        *cells(text[start:first], marked=False),
        *cells(text[first:last], marked=True),
        *cells(text[last:end], marked=False),
    ]
