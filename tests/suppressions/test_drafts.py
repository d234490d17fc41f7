"""Comments written into drafts made of all kinds of blocks: they hold, they change nothing else, and once is enough."""

from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from policy428.context import Context
from policy428.document import Document
from policy428.mapped import Span
from policy428.markup import parse
from policy428.post import Markup, Post
from policy428.suppressions.comments import in_comments
from policy428.suppressions.drafts import with_suppressions
from policy428.violation import Violation

WORD = "goose"
MARKDOWN = (
    f"A {WORD} here.\nAnd a {WORD} there.",
    f"# A {WORD}",
    f"A {WORD}\n======",
    f"- one\n- a {WORD}\n\n  more {WORD}\n- three",
    f"3. one\n4. a {WORD}\n   - nested {WORD}",
    f"| a | b |\n|---|---|\n| {WORD} | x |\n| y | {WORD} |",
    f"> quoted {WORD}\nlazily {WORD}",
    f"```\ncode {WORD}\n```",
    f"    indented {WORD}",
    f"<div>\n<p>a {WORD}</p>\n</div>",
    f"<b>bold {WORD}</b> and *{WORD}*",
    "<!-- a comment -->",
    "<!-- policy428: ignore IV.C: another -->",
    "---",
    "[link]: http://example.org",
    f"![a {WORD}](x.png)",
    f"Hard  \nbreak {WORD}\\\nend",
)
HTML = (
    f"<p>a {WORD}</p>",
    f"bare {WORD}",
    f"<ul><li>one<li>a {WORD}</ul>",
    f"<table>\n<tr><td>{WORD}<td>x\n</table>",
    f"<pre>{WORD}</pre>",
    f"<title>{WORD}</title>",
    f"<p title='{WORD}'>x",
    f"<div>\n  <section>\n    {WORD}\n  </section>{WORD}</div>",
    "<!-- a comment -->",
    f"<img alt='{WORD}'>",
    f"<h1>{WORD} <em>x</em></h1>",
    "</div>",
    "<script>let x = '<p>goose';</script>",
)
FRONT = ("", f"---\ntitle: A {WORD}\n---\n", f"+++\ntitle = 'A {WORD}'\n+++\n", "<!doctype html>\n")


def drafts(pieces: tuple[str, ...]) -> st.SearchStrategy[str]:
    body = st.lists(st.tuples(st.sampled_from(pieces), st.sampled_from(["\n", "\n\n"])), min_size=1, max_size=7)
    text = st.builds(lambda front, parts: front + "".join(a + b for a, b in parts), st.sampled_from(FRONT), body)
    return st.builds(lambda whole, line: whole.replace("\n", line), text, st.sampled_from(["\n", "\r\n"]))


def geese(text: str, markup: Markup) -> list[Violation]:
    """A finding for each goose that is prose."""
    prose = parse(text, markup).prose
    found = []
    at = prose.text.find(WORD)
    while at >= 0:
        span = prose.origin(at, at + len(WORD))
        if text[span.start : span.end] == WORD:
            found.append(violation(text, span))
        at = prose.text.find(WORD, at + 1)
    return found


def violation(text: str, span: Span) -> Violation:
    known: dict[str, Any] = {
        "rule": "IV.B-goose", "clause": "IV.B", "citation": "", "family": "", "severity": "error", "confidence": 1.0,
        "message": "", "suggestion": "", "line": 1, "column": 1, "end_line": 1, "end_column": 1, "evidence": (),
        "fingerprint": "",
    }  # fmt: skip
    return Violation(start=span.start, end=span.end, match=text[span.start : span.end], **known)


def left(text: str, markup: Markup) -> list[Violation]:
    """The geese that no comment or front matter holds for."""
    document = Document(Post(text, markup=markup), cast(Context, None))
    held, mistakes = in_comments(document)
    assert not mistakes
    mine = [item for item in held if item.name == "IV.B-goose" and item.reason == "a bird"]
    front = parse(text, markup).front_matter.get("policy428")
    if front is not None:
        assert front == {"ignore": {"IV.B-goose": "a bird"}}
        # The whole page is suppressed.
        return []
    return [goose for goose in geese(text, markup) if not any(item.covers(goose) for item in mine)]


def holds(text: str, markup: Markup) -> None:
    found = geese(text, markup)
    new, count = with_suppressions(text, markup, found, "a bird")
    assert count == len(found)
    assert parse(new, markup).prose.text == parse(text, markup).prose.text
    assert left(new, markup) == []
    if "\r\n" in text:
        assert new.count("\n") == new.count("\r\n")
    if not found:
        assert new == text


@settings(max_examples=150, deadline=None)
@given(drafts(MARKDOWN))
def test_in_markdown(text: str) -> None:
    holds(text, "markdown")


@settings(max_examples=150, deadline=None)
@given(drafts(HTML))
def test_in_html(text: str) -> None:
    holds(text, "html")
