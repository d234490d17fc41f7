"""Markup to prose: what is kept, what goes, and where each character came from."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy428.markup import Markup, parse


def shown(markup: Markup, source: str) -> str:
    """The source characters that the prose's letters and digits say they came from."""
    prose = markup.prose
    return "".join(
        source[start:end]
        for char, start, end in zip(prose.text, prose.starts, prose.ends, strict=True)
        if char.isalnum()
    )


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


@pytest.mark.parametrize(
    ("source", "prose"),
    [
        ("wo**rd**s and __more__ *of* ~~them~~", "words and more of them"),
        ("[the text](http://x.example/path 'title')", "the text"),
        ("![a *small* boat](boat.png)", "a small boat"),
        ("[![alt of a badge](b.png)](http://x.example)", "alt of a badge"),
        ("see `code` here", "see  here"),
        ("one `a` two", "one  two"),
        ("before\n\n```\nin a fence\n```\n\nafter", "before\n\nafter"),
        ("before\n\n    indented code\n\nafter", "before\n\nafter"),
        ("# Title #\nText", "Title\n\nText"),
        ("Title\n=====\nText", "Title\n\nText"),
        ("- one\n- two\n  1. three", "one\n\ntwo\n\nthree"),
        ("> said\n> twice", "said\ntwice"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a | b\n\n1 | 2"),
        ("a &amp; b &#233; &copy;", "a & b é ©"),
        (r"3 \* 4 \_ 5", "3 * 4 _ 5"),
        ("<!-- a note -->\n\ntext <!-- inside --> end", "text  end"),
        ("a <b>bold</b> word<br>next", "a bold word\nnext"),
        ("a <kbd>key</kbd> b", "a  b"),
        ('<div title="hover">\nIn a <i>block</i>\n</div>', "hover\n\nIn a block"),
        ("[text][ref]\n\n[ref]: http://x.example", "text"),
        ("hard  \nbreak and\\\nanother", "hard\nbreak and\nanother"),
        ("snake_case and 2*3*4", "snake_case and 234"),
        ("bare https://x.example/a_b_c stays", "bare https://x.example/a_b_c stays"),
        ("<https://x.example/a%20b>", "https://x.example/a%20b"),
        ("", ""),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_markdown_leaves_what_a_reader_reads(source: str, prose: str, newline: str) -> None:
    assert parse(source.replace("\n", newline), "markdown").prose.text == prose


@pytest.mark.parametrize(
    ("source", "prose"),
    [
        ("<p>wo<b>rd</b>s</p><p>more</p>", "words\n\nmore"),
        ("<script>var a = 'x';</script><style>p {}</style>text", "text"),
        ("<pre>code <pre>deeper</pre> code</pre>text <code>x</code>", "text"),
        ('<img src="a.png" alt="Ann &amp; Bo">', "Ann & Bo"),
        ("<img alt='one' src=x><img alt=two>", "one\n\ntwo"),
        ('<a href="http://x.example" title="hover">text</a>', "hover\n\ntext"),
        ('<meta name="description" content="About us"><meta name="viewport" content="width=1">', "About us"),
        ("<title>T</title><!-- note --><h1>H</h1>", "T\n\nH"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a | b\n\nc"),
        ("a<br/>b", "a\nb"),
        ("many   spaces\n and lines", "many spaces and lines"),
        ("a heading\n\nand a paragraph without a tag", "a heading\n\nand a paragraph without a tag"),
        ("&lt;b&gt; &eacute; &#39;x&#x27; &bogus; A&B &amp", "<b> é 'x' &bogus; A&B &"),
        ("a < b and c > d", "a < b and c > d"),
        ("<![foo[ odd ]]>text", "text"),
    ],
)
def test_html_leaves_what_a_reader_reads(source: str, prose: str) -> None:
    assert parse(source, "html").prose.text == prose


def test_offsets_point_at_the_written_letters() -> None:
    source = "Intro\n\n> - A **hid**den w&eacute;rd, [li_n_k](http://x.example)"
    prose = parse(source, "markdown").prose
    for word, written in [("hidden", "hid**den"), ("wérd", "w&eacute;rd"), ("li_n_k", "li_n_k")]:
        start = prose.text.index(word)
        span = prose.origin(start, start + len(word))
        assert source[span.start : span.end] == written


def test_second_of_two_equal_words_is_found_behind_a_link_target() -> None:
    source = "[x](http://a.example/word) word"
    prose = parse(source, "markdown").prose
    start = prose.text.index("word")
    assert prose.origin(start, start + 4).start == source.rindex("word")


def test_plain_text_is_left_alone() -> None:
    source = "Not *marked* & [kept](as it) <b>is</b> `all`\r\n"
    prose = parse(source, "text").prose
    assert prose.text == source
    assert prose.starts == tuple(range(len(source)))


@pytest.mark.parametrize("kind", ["text", "markdown", "html"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_front_matter_is_fields_but_its_title_is_prose(kind: str, newline: str) -> None:
    source = newline.join(
        ["---", 'title: "A day: out"', "description: >", "  Folded", "  lines", "role: classroom", "---", "Body"]
    )
    markup = parse(source, kind)  # type: ignore[arg-type]
    assert markup.prose.text == "A day: out\n\nFolded lines\n\nBody"
    assert markup.front_matter["role"] == "classroom"
    assert shown(markup, source) == letters(markup.prose.text)


@pytest.mark.parametrize(
    "source",
    ["---\n[not: a mapping\n---\nx", "---\n- list\n---\nx", "---\nnever: closed\n", "---\n" + "[" * 5000 + "\n---\n"],
)
def test_what_only_looks_like_front_matter_is_text(source: str) -> None:
    markup = parse(source)
    assert markup.front_matter == {}
    assert markup.prose.text == source


def test_alternative_texts_beside_the_post_stay_plain() -> None:
    text = "```\nan unclosed fence"
    markup = parse(text + "\n\nAlt with *stars*", "markdown", written=len(text))
    assert markup.prose.text.strip() == "Alt with *stars*"


def test_links_handles_and_hashtags() -> None:
    source = "By @coach_k. mail a@b.example #GoBucs #1 [text](http://x.example/y) www.z.example, C# &#35;"
    markup = parse(source, "text")
    assert [tag.text for tag in markup.handles] == ["@coach_k"]
    assert [tag.text for tag in markup.hashtags] == ["#GoBucs"]
    assert [link.target for link in markup.links] == ["http://x.example/y", "www.z.example"]
    marked = parse(source, "markdown")
    assert [(link.target, marked.prose.text[link.start : link.end]) for link in marked.links] == [
        ("http://x.example/y", "text"),
        ("www.z.example", "www.z.example"),
    ]


MARKS = st.one_of(
    st.sampled_from(
        ["*", "**", "_", "`", "~~", "[", "](u)", "![", "]", "[a]: b\n", "<http://e.f>", "\\", "&", "!", ";"]
    ),
    st.sampled_from(
        ["\n", "\n\n", "\r\n", "\r", "  \n", "> ", "- ", "1. ", "# ", "    ", "\t", "---\n", "===\n", "```\n"]
    ),
    st.sampled_from(
        ["<b>", "</b>", "<", ">", "<!--", "-->", "<pre>", "</pre>", "<i title='t x'>", '<img alt="q">', "<p>"]
    ),
    st.sampled_from(["|", "\n|-|-|\n", "\u00a0", "\u200b", "\x00", "#", "@"]),
)
WORDS = st.text(alphabet="abc éß漢🙂1", min_size=1, max_size=4)
WRITTEN = st.lists(st.one_of(MARKS, WORDS), max_size=25).map("".join)


@settings(max_examples=400, deadline=None)
@given(source=WRITTEN, kind=st.sampled_from(["text", "markdown", "html"]))
def test_each_letter_of_prose_is_the_letter_at_its_place(source: str, kind: str) -> None:
    markup = parse(source, kind)  # type: ignore[arg-type]
    prose = markup.prose
    assert len(prose.text) == len(prose.starts) == len(prose.ends)
    assert all(0 <= start <= end <= len(source) for start, end in zip(prose.starts, prose.ends, strict=True))
    assert list(prose.starts) == sorted(prose.starts)
    # No entity can arise (no letters between & and ;), so letters are always taken over one by one.
    assert shown(markup, source) == letters(prose.text)
    for part in (*markup.links, *markup.handles, *markup.hashtags):
        assert 0 <= part.start <= part.end <= len(prose.text)


@settings(max_examples=200, deadline=None)
@given(words=st.lists(st.text(alphabet="abcdeé", min_size=1, max_size=6), min_size=1, max_size=8), data=st.data())
def test_emphasis_anywhere_in_a_word_changes_nothing(words: list[str], data: st.DataObject) -> None:
    source = ""
    for word in words:
        cut = data.draw(st.integers(0, len(word) - 1))
        end = data.draw(st.integers(cut + 1, len(word)))
        source += f"{word[:cut]}**{word[cut:end]}**{word[end:]} "
    assert parse(source, "markdown").prose.text == " ".join(words)


@pytest.mark.parametrize("kind", ["markdown", "html"])
@pytest.mark.parametrize("piece", ["[", "<", "*a", "> ", "- ", "![", "&", "<a", "`", "<!--", "|", "_a_ ", "<div>"])
def test_hostile_repetition_ends(piece: str, kind: str) -> None:
    parse(piece * 3000, kind)  # type: ignore[arg-type]
