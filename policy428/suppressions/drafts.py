"""Suppressions written into a draft: comments before the blocks they are about, and front matter for the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from policy428.mapped import Span
from policy428.markup import parse
from policy428.post import Markup
from policy428.suppressions.blocks import Blocks
from policy428.suppressions.comments import FILE, IGNORE

if TYPE_CHECKING:
    from policy428.violation import Violation

_DOCTYPE = re.compile(r"\s*<!doctype[^<>]*>[ \t]*(?:\r?\n)?", re.IGNORECASE)


def with_suppressions(text: str, markup: Markup, found: Sequence[Violation], reason: str) -> tuple[str, int]:
    """`text` with `found` suppressed, and how many of them are."""
    blocks = Blocks(text, markup)
    found = [
        violation
        for violation in found
        if text[violation.start : violation.end] == violation.match or _nowhere(violation)
    ]
    places: dict[int, list[str]] = {}
    rest: list[str] = []
    for violation in found:
        place = None if _nowhere(violation) else _place(blocks, violation)
        (rest if place is None else places.setdefault(place, [])).append(violation.rule)
    for comments, names in ((places, rest), ({}, [violation.rule for violation in found])):
        new = _with_comments(text, markup, comments, reason)
        for written in _for_all(new, markup, _sorted(names), reason):
            if _same(blocks, written):
                return written, len(found)
    return text, 0


def comment(directive: str, names: Iterable[str], reason: str) -> str:
    """A comment that suppresses."""
    return f"<!-- policy428: {directive} {', '.join(names)}: {reason} -->"


def _nowhere(violation: Violation) -> bool:
    """Whether it stands at no place of the text, but in an alt text, the author's profile, or the post as a whole."""
    return violation.start == violation.end


def _place(blocks: Blocks, violation: Violation) -> int | None:
    """Where the comment for a finding goes; None where it can have none."""
    if violation.start < blocks.body or blocks.markup == "text":
        return None
    if blocks.markup == "html":
        return blocks.elements().room(violation.start)
    span = Span(violation.start, violation.end)
    return next((there.start for t in blocks.tokens if t.level == 0 and (there := blocks.span(t)).overlaps(span)), None)


def _with_comments(text: str, markup: Markup, places: Mapping[int, list[str]], reason: str) -> str:
    line = "\r\n" if "\r\n" in text else "\n"
    for place in sorted(places, reverse=True):
        written = comment(IGNORE, _sorted(places[place]), reason)
        at = _after_doctype(text, place) if place == 0 else place
        indent = re.search(r"(?:\A|(?<=[\r\n]))[ \t]*\Z", text[:at][-200:])
        if markup == "markdown" or indent:
            written += line + (indent.group() if indent else "")
        text = text[:at] + written + text[at:]
    return text


def _for_all(text: str, markup: Markup, names: Sequence[str], reason: str) -> Iterable[str]:
    """Ways to suppress `names` in the whole draft, the best first."""
    if not names:
        yield text
        return
    from policy428.suppressions.frontmatter import with_names

    blocks = Blocks(text, markup)
    written = with_names(text, blocks.body, names, reason)
    if written is not None:
        yield written
    if markup != "text":
        at = _after_doctype(text, blocks.body)
        line = "\r\n" if "\r\n" in text else "\n"
        yield text[:at] + comment(FILE, names, reason) + line + text[at:]


def _after_doctype(text: str, place: int) -> int:
    found = _DOCTYPE.match(text, place)
    return found.end() if found else place


def _same(before: Blocks, text: str) -> bool:
    """Whether `text` says the same as what was there before, in the same blocks."""
    old, new = parse(before.text, before.markup), parse(text, before.markup)
    if old.prose.text != new.prose.text or _without_own(old.front_matter) != _without_own(new.front_matter):
        return False
    return before.markup != "markdown" or _shape(before) == _shape(Blocks(text, before.markup))


def _without_own(front: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in front.items() if key != "policy428"}


def _shape(blocks: Blocks) -> list[tuple[str, int, str]]:
    return [(token.type, token.level, token.content) for token in blocks.tokens if not blocks.is_comment(token)]


def _sorted(names: Iterable[str]) -> list[str]:
    return sorted(set(names))
