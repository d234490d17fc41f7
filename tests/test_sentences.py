from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy428.sentences import paragraphs, sentences


def split(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Olson and Mrs. Vang met Dr. Lee on St. Olaf Ave. by the gym.",
        "Practice is at 5 p.m. on Friday.",
        "Tyler B. is out today.",
        "J. K. Rowling wrote it.",
        "Ask Mary A. Smith about it.",
        "It cost 3.50 and took 1.5 hours.",
        "See wem.k12.mn.us for more.",
        "W-E-M vs. Medford, Sept. 12, at the H.S. gym.",
        "Well... maybe not.",
        "my 🐶 snores all night",
        'She asked "Really?" and left.',
    ],
)
def test_one_sentence_stays_whole(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("We won. They lost.", ["We won.", "They lost."]),
        ("so tired. cant even. why", ["so tired.", "cant even.", "why"]),
        ("Really?! yes. Ok!", ["Really?!", "yes.", "Ok!"]),
        ("I go to W-E-M. You do not.", ["I go to W-E-M.", "You do not."]),
        ("We ate at 9 a.m. Then we left.", ["We ate at 9 a.m.", "Then we left."]),
        ("I like plan B. It works.", ["I like plan B.", "It works."]),
        ("done with this 😤😤 my boss again", ["done with this 😤😤", "my boss again"]),
        ("Great game 🎉 See you Friday", ["Great game 🎉", "See you Friday"]),
        ("He said “no.” She left.", ["He said “no.”", "She left."]),
        ("Bring:\n- shoes\n- water", ["Bring:", "- shoes", "- water"]),
        ("1. Sign in.\n2. Sit down.", ["1. Sign in.", "2. Sit down."]),
        ("First line\nSecond line", ["First line", "Second line"]),
        ("no space.After a stop", ["no space.", "After a stop"]),
    ],
)
def test_sentences_part(text: str, parts: list[str]) -> None:
    assert split(text) == parts


def test_a_hard_wrapped_paragraph_runs_on() -> None:
    text = "The board met on Monday evening and talked for two hours\nabout the bond issue."
    assert split(text) == [text]


def test_paragraphs_part_at_blank_lines() -> None:
    text = "\n\nOne\nstill one\n \n  Two  \n\n\n"
    assert [text[span.start : span.end] for span in paragraphs(text)] == ["One\nstill one", "Two"]


@pytest.mark.parametrize("text", ["", " \n ", "\n\n\n"])
def test_nothing_has_no_sentences(text: str) -> None:
    assert sentences(text) == ()
    assert paragraphs(text) == ()


PIECES = st.lists(
    st.sampled_from(
        ["Mr.", "B.", "word", "Word", " ", "\n", ".", "!?", "…", "😀", "3.5", "p.m.", '"', "- ", "1.", "é", ")"]
    ),
    max_size=40,
)


@given(st.one_of(PIECES.map("".join), st.text(max_size=80)))
def test_sentences_hold_every_word_once_and_in_order(text: str) -> None:
    spans = sentences(text)
    assert all(first.end <= second.start for first, second in pairwise(spans))
    assert "".join("".join(split(text)).split()) == "".join(text.split())
    assert all(text[span.start : span.end].strip() == text[span.start : span.end] != "" for span in spans)


@given(st.one_of(PIECES.map("".join), st.text(max_size=80)))
def test_no_sentence_crosses_a_paragraph(text: str) -> None:
    blocks = paragraphs(text)
    assert all(any(block.contains(sentence) for block in blocks) for sentence in sentences(text))
