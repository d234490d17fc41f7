"""From what a rule says to the edit of one post; no edit where none is sure to be safe.

Safe is an edit of words that stand in the text as they are read: not in code, nor in front matter, nor in a link's
target or tag, nor with markup between their letters.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from policy428.fixing.appending import appended
from policy428.fixing.removing import removed
from policy428.fixing.rule import FixRule
from policy428.mapped import Span
from policy428.violation import Fix

if TYPE_CHECKING:
    from policy428.conditions import Match
    from policy428.document import Document

HIDDEN = "•"
"""What hides a letter or digit in a mended draft; it means nothing in Markdown or HTML, nor to any list of words."""

_NUMBER = re.compile(r"\w*\d\w*")
_BARE = " \t\r\n.,;:!?()"


def edit(rule: FixRule, match: Match, document: Document) -> Fix | None:
    """The edit of the post's text that `rule` asks for where `match` stands, or None."""
    if rule.kind == "append":
        return appended(document.context.profile.disclaimer, document)
    place = _place(rule.what, match, document)
    if place is None:
        return None
    text = document.post.text
    written = text[place.start : place.end]
    if rule.kind == "remove":
        place = removed(text, place, rule.lead, document.markup.body)
        return Fix(place.start, place.end, "")
    if rule.kind == "mask":
        new = hidden(written)
    elif rule.instead is not None:
        milder = rule.instead.get(written.lower())
        if milder is None:
            return None
        new = _cased(milder, written)
    else:
        new = rule.text
    if rule.kind == "replace" and document.post.markup == "html":
        new = html.escape(new)
    return Fix(place.start, place.end, new) if new != written else None


def hidden(text: str) -> str:
    """`text` with the letters and digits of its numbers hidden; all letters where it has no digit."""
    pattern = _NUMBER if any(char.isdigit() for char in text) else re.compile(r"\w+")
    return pattern.sub(lambda m: HIDDEN * len(m.group()), text)


def _place(name: str, match: Match, document: Document) -> Span | None:
    """Where in the post's text the words captured as `name` stand; None where an edit would not be safe."""
    words = next((text for capture, text in match.captures if capture == name), None)
    spans = [Span(e.start, e.end) for e in match.evidence if e.text == words and e.end > e.start]
    if words is None or not spans:
        return None
    span = match.span if match.span in spans else spans[0]
    there = document.to_source(span)
    prose = document.prose.text[span.start : span.end]
    if there.end > len(document.post.text) or there.start < document.markup.body:
        return None
    if document.source[there.start : there.end] != prose:
        return None
    return _outside_links(there, span, document)


def _outside_links(there: Span, span: Span, document: Document) -> Span | None:
    """`there`, with its brackets where it is `<a@b.example>`; None inside another link, whose target would stay."""
    text = document.post.text
    before, after = text[: there.start][-1:], text[there.end :][:1]
    for link in document.markup.links:
        if not span.overlaps(Span(link.start, link.end)):
            continue
        if (link.start, link.end) != (span.start, span.end):
            return None
        if document.post.markup == "markdown" and (before, after) == ("<", ">"):
            return Span(there.start - 1, there.end + 1)
        if any(char and char not in _BARE for char in (before, after)):
            return None
    return there


def _cased(word: str, like: str) -> str:
    """`word` in capitals, or with a capital, as `like` is written."""
    if len(like) > 1 and like.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
