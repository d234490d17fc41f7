"""The manual for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from policy428.manual.entries import ClauseEntry, RuleEntry, Shown

WIDTH = 96


def text(entries: Sequence[ClauseEntry | RuleEntry], *, brief: bool = False) -> str:
    """`entries` as plain text; a `brief` clause is a line with the names of its rules below."""
    line = "\n\n" if brief else f"\n\n{'-' * WIDTH}\n\n"
    return line.join("\n".join(_lines(entry, brief)) for entry in entries)


def _lines(entry: ClauseEntry | RuleEntry, brief: bool) -> Iterator[str]:
    if isinstance(entry, RuleEntry):
        yield from _rule(entry)
    elif brief:
        yield f"{entry.name}  {entry.title}"
        yield from _names(entry.rules)
    else:
        yield from _clause(entry)


def _clause(entry: ClauseEntry) -> Iterator[str]:
    yield f"{entry.name}  {entry.title}"
    yield entry.citation
    for part in (entry.asks, *entry.about.split("\n\n")):
        if part:
            yield ""
            yield textwrap.fill(" ".join(part.split()), WIDTH)
    if entry.policy:
        yield ""
        yield "In the policy's own words"
        for paragraph in entry.policy:
            indent = "  " + "   " * paragraph.depth
            words = f"{paragraph.label} {paragraph.text}".strip()
            yield textwrap.fill(words, WIDTH, initial_indent=indent, subsequent_indent=indent)
    elif entry.lacking:
        yield ""
        yield f"In the policy's own words: {entry.lacking}."
    yield from _list("Sources", entry.see)
    yield ""
    yield "Rules"
    yield from _names(entry.rules)


def _names(rules: Sequence[RuleEntry]) -> Iterator[str]:
    width = max((len(rule.name) for rule in rules), default=0)
    for rule in rules:
        yield f"  {rule.name:<{width}}  {rule.severity:<7}  {rule.title}"


def _rule(entry: RuleEntry) -> Iterator[str]:
    yield f"{entry.name}  {entry.title}"
    yield f"{entry.citation}, {entry.clause_title}"
    yield f"{entry.severity}; {entry.terms}"
    if entry.about:
        yield ""
        yield textwrap.fill(entry.about, WIDTH)
    yield from _list("It says", (entry.message,))
    yield from _list("Instead", (entry.suggestion,) if entry.suggestion else ())
    yield from _list("Reported", [_example(shown) for shown in entry.breaks])
    yield from _list("Not reported", [_example(shown) for shown in entry.keeps])
    yield from _list("Sources", entry.see)


def _example(shown: Shown) -> str:
    return f"{shown.text}  ({shown.around})".strip() if shown.around else shown.text


def _list(title: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield ""
        yield title
        for item in items:
            yield textwrap.fill(item, WIDTH, initial_indent="  - ", subsequent_indent="    ")
