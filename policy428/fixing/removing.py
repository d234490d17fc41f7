"""What goes with words that are removed: brackets around them, a word that led to them, a blank too many."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policy428.mapped import Span

_PAIRS = {"(": ")", "<": ">"}
_BLANKS = " \t\u00a0"
_AFTER_A_BLANK = ".,;:!?)\r\n"
_REACH = 60


def removed(text: str, place: Span, lead: Sequence[str], body: int) -> Span:
    """The range of `text` to remove so that nothing is left of what stands at `place`.

    Args:
        text: the post's text.
        place: the words.
        lead: words that go too where they stand right before, as “at” does before an address.
        body: where the text starts, after its front matter.
    """
    start, end = place.start, place.end
    while start > body and end < len(text) and _PAIRS.get(text[start - 1]) == text[end]:
        start, end = start - 1, end + 1
    if lead:
        words = "|".join(re.escape(word).replace(r"\ ", r"[ \t]+") for word in sorted(lead, key=len, reverse=True))
        before = text[max(body, start - _REACH) : start]
        found = re.search(rf"(?<![\w-])(?:{words})[ \t]{{0,3}}:?[ \t]{{0,3}}\Z", before, re.IGNORECASE)
        if found is not None:
            start -= len(before) - found.start()
    ends = end == len(text) or text[end] in _AFTER_A_BLANK + _BLANKS or text.startswith("</", end)
    if start > body and text[start - 1] in _BLANKS and ends:
        while start > body and text[start - 1] in _BLANKS:
            start -= 1
    elif start == body or text[start - 1] in "\r\n":
        while end < len(text) and text[end] in _BLANKS:
            end += 1
    return _whole_line(text, start, end, body)


def _whole_line(text: str, start: int, end: int, body: int) -> Span:
    """The range with the end of its line where nothing is left of the line, and with one of two blank lines around."""
    if start > body and text[start - 1] != "\n":
        return Span(start, end)
    newline = _newline(text, end)
    if not newline:
        return Span(start, end)
    end += len(newline)
    if text[max(body, start - 2 * len(newline)) : start] in ("", newline, newline * 2):
        end += len(_newline(text, end))
    return Span(start, end)


def _newline(text: str, at: int) -> str:
    """The end of a line that stands there, empty for none."""
    return next((newline for newline in ("\r\n", "\n") if text.startswith(newline, at)), "")
