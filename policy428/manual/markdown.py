"""The manual as Markdown, for the site and for docs/rules.md."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policy428.manual.entries import ClauseEntry, RuleEntry, Shown

_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~])")


def markdown(entries: Sequence[ClauseEntry | RuleEntry]) -> str:
    """`entries`, each under a heading of the second level (a clause) or the third (a rule), without a title."""
    return "\n".join(line for entry in entries for line in _lines(entry)).strip() + "\n"


def reference(entries: Sequence[ClauseEntry], source: str) -> str:
    """The whole reference as a page: a title, what it was made from, a table of the clauses, and every rule."""
    rules = sum(len(entry.rules) for entry in entries)
    lines = [
        "# Rules",
        "",
        f"<!-- Made by `{source}`; change the files in rules/ and make it again: make rules-doc -->",
        "",
        f"The {rules} rules in force without a configuration, by clause. A message's names in braces are filled in",
        "with words of the post. Every rule shows posts that it reports and near neighbours that it does not; the",
        "people and numbers in them are invented. `policy428 explain IV.E` prints the same on a terminal.",
        "",
        "| clause | what it is about | rules |",
        "| --- | --- | --- |",
        *(f"| [{e.name}](#{_anchor(_heading(e))}) | {_escaped(e.title)} | {len(e.rules)} |" for e in entries),
    ]
    return "\n".join(lines) + "\n\n" + markdown(entries)


def _lines(entry: ClauseEntry | RuleEntry) -> Iterator[str]:
    if isinstance(entry, RuleEntry):
        yield from _rule(entry)
        return
    yield from (f"## {_heading(entry)}", "", f"*{_escaped(entry.citation)}*", "")
    for part in (entry.asks, *entry.about.split("\n\n")):
        if part:
            yield from (_escaped(" ".join(part.split())), "")
    if entry.policy:
        yield from ("In the policy's own words:", "")
        for paragraph in entry.policy:
            words = f"{paragraph.label} {paragraph.text}".strip()
            yield from (f"> {_escaped(words)}", ">")
        yield ""
    elif entry.lacking:
        yield from (f"In the policy's own words: {_escaped(entry.lacking)}.", "")
    yield from _sources(entry.see)
    for rule in entry.rules:
        yield from _rule(rule)


def _rule(entry: RuleEntry) -> Iterator[str]:
    yield from (
        f"### {entry.name}",
        "",
        f"{_escaped(entry.title[:1].upper() + entry.title[1:])}. `{entry.severity}`; {entry.terms}.",
        "",
    )
    if entry.about:
        yield from (_escaped(entry.about), "")
    yield from (f"It says: {_escaped(entry.message)}", "")
    if entry.suggestion:
        yield from (f"Instead: {_escaped(entry.suggestion)}", "")
    yield from _examples("Reported:", entry.breaks)
    yield from _examples("Not reported:", entry.keeps)
    yield from _sources(entry.see)


def _examples(title: str, examples: Sequence[Shown]) -> Iterator[str]:
    if examples:
        yield from (title, "")
        for shown in examples:
            around = f" *({_escaped(shown.around)})*" if shown.around else ""
            yield f"- {f'{_escaped(shown.text)}{around}'.strip()}"
        yield ""


def _sources(see: Sequence[str]) -> Iterator[str]:
    if see:
        yield from (f"Sources: {'; '.join(_escaped(source) for source in see)}.", "")


def _heading(entry: ClauseEntry) -> str:
    return f"{entry.name}: {entry.title}"


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def _escaped(text: str) -> str:
    """`text` as it is to be read, with nothing in it taken for Markdown or HTML."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _SPECIAL.sub(r"\\\1", text)
    # "1." or "-" at the beginning of an example would begin a list in the list.
    return re.sub(r"^([-+]|\d{1,9}(?=[.)]))", lambda m: f"\\{m[0]}" if m[0] in "-+" else f"{m[0]}&#8203;", text)
