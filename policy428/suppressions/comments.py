"""Suppressions in comments of Markdown and HTML.

    <!-- policy428: ignore IV.B-profanity, IV.C: quoting the novel -->        the line and the next block
    <!-- policy428: ignore-start IV.B: a reading list --> ... <!-- policy428: ignore-end -->
    <!-- policy428: ignore-file IV.G: the file is an archive -->

What stands after words, at the end of a line, holds for that line alone. A comment in code is code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy428.errors import did_you_mean
from policy428.mapped import Span
from policy428.suppressions.suppression import Mistake, Suppression

if TYPE_CHECKING:
    from policy428.document import Document

MARK = "policy428"
IGNORE, START, END, FILE = DIRECTIVES = ("ignore", "ignore-start", "ignore-end", "ignore-file")
_CLAUSE = re.compile(r"(?:[IVXLC]{1,5}\.[A-Z]|META)(?!\.)")
_BEFORE = re.compile(r"[\w.-]{1,40}\Z")
_DIRECTIVE = re.compile(r"<!--\s*policy428\s*:\s*([^\s:]*)(.*?)\s*-->\Z", re.IGNORECASE | re.DOTALL)


def in_comments(document: Document) -> tuple[list[Suppression], list[Mistake]]:
    """The suppressions that comments of the post hold, in order, and what is wrong with others."""
    post = document.post
    if post.markup == "text" or MARK not in post.text.lower():
        return [], []
    reader = _Reader(document)
    for comment in document.markup.comments:
        found = _DIRECTIVE.match(post.text[comment.start : comment.end])
        if found:
            reader.read(comment, found.group(1).lower(), found.group(2))
    reader.close()
    return reader.found, reader.mistakes


def names_a_rule(document: Document, span: Span) -> bool:
    """Whether the words at `span` of the document's source, which look like a name, name a rule in a suppression."""
    if MARK not in document.source.lower():
        return False
    before = _BEFORE.search(document.source[max(0, span.start - 40) : span.start])
    if not _CLAUSE.match(document.source, span.start - len(before.group()) if before else span.start):
        return False
    front = document.markup.front_matter.get(MARK) is not None and span.start < _front_end(document)
    return front or any(
        comment.contains(span) and _DIRECTIVE.match(document.source[comment.start : comment.end])
        for comment in document.markup.comments
    )


def _front_end(document: Document) -> int:
    from policy428.suppressions.blocks import Blocks

    return Blocks(document.post.text, document.post.markup).body


class _Reader:
    """Reads directives in order and keeps the ranges that are open."""

    def __init__(self, document: Document) -> None:
        from policy428.suppressions.blocks import Blocks

        self.text = document.post.text
        self.blocks = Blocks(self.text, document.post.markup)
        self.found: list[Suppression] = []
        self.mistakes: list[Mistake] = []
        self.open: list[Suppression] = []

    def read(self, comment: Span, directive: str, rest: str) -> None:
        names, reason = _parted(rest)
        if directive not in DIRECTIVES:
            hint = did_you_mean(directive, DIRECTIVES)
            self.mistakes.append(Mistake(comment, f"“{directive}” is nothing that a comment can ask for ({hint})."))
        elif directive == END:
            self._end(comment, names)
        elif not names:
            self.mistakes.append(Mistake(comment, f"“{directive}” names no rule or clause."))
        elif directive == START:
            self.open += [Suppression(name, reason, "comment", comment) for name in names]
        else:
            ranges = self.blocks.after(comment) if directive == IGNORE else None
            self.found += [Suppression(name, reason, "comment", comment, ranges) for name in names]

    def close(self) -> None:
        """What was not ended holds to the end."""
        self._close(self.open, len(self.text))

    def _end(self, comment: Span, names: list[str]) -> None:
        if not names and not self.open:
            self.mistakes.append(Mistake(comment, f"“{END}” ends nothing that “{START}” began."))
        for name in names:
            if name.lower() not in [item.name.lower() for item in self.open]:
                self.mistakes.append(Mistake(comment, f"“{END} {name}” ends nothing that “{START}” began."))
        wanted = {name.lower() for name in names}
        self._close([item for item in self.open if not wanted or item.name.lower() in wanted], comment.start)

    def _close(self, ended: list[Suppression], end: int) -> None:
        self.open = [item for item in self.open if item not in ended]
        for item in ended:
            held = (Span(item.place.end, end),)
            self.found.append(Suppression(item.name, item.reason, item.where, item.place, held))


def _parted(rest: str) -> tuple[list[str], str]:
    """The names of a directive, and the reason after the colon."""
    names, _, reason = rest.partition(":")
    return [name for name in re.split(r"[,\s]+", names) if name], " ".join(reason.split())
