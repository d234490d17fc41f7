import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy428.folding import fold

SAMPLES = st.text(
    alphabet=st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("aB c\u0301\u200b\u00e9\u0430\u0435\u03bf\uff21\U0001d41a\U0001f44d\ufe0f\u00a0\n\t…½ﬁß"),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Go BUCS", "go bucs"),
        ("Ｓｃｈｏｏｌ", "school"),
        ("𝐬𝐜𝐡𝐨𝐨𝐥 𝓼𝓬𝓱𝓸𝓸𝓵 🅂🄲🄷🄾🄾🄻", "school school school"),
        ("sc\u200bho\u00adol", "school"),
        ("s̶c̶h̷o̸o̲l̈", "school"),
        ("café Ærø Łódź straße þorn İstanbul ırmak", "cafe aero lodz strasse thorn istanbul irmak"),
        ("“don’t” — ok", '"don\'t" - ok'),
        ("½ cup … ﬁne", "1⁄2 cup ... fine"),
        ("W-E-M™ 2024®", "w-e-m™ 2024®"),
    ],
)
def test_plain_letters_in_one_case(written: str, folded: str) -> None:
    assert fold(written).text == folded


def test_look_alikes_are_folded_in_a_word_of_two_scripts() -> None:
    assert fold("ѕсhооl νоtе").text == "school vote"


def test_a_word_made_wholly_of_look_alikes_is_folded_in_a_latin_text() -> None:
    assert fold("the ѕсоре of it").text == "the scope of it"


@pytest.mark.parametrize("text", ["школа и сосна", "η σχολή είναι κλειστή", "рот, нос и ухо: это лицо"])
def test_words_of_another_script_stay_themselves(text: str) -> None:
    assert not any(char.isascii() and char.isalpha() for char in fold(text).text)


@pytest.mark.parametrize("text", ["नमस्ते", "สวัสดี", "مُدَرِّس", "你好", "한국어", "שָׁלוֹם"])
def test_marks_that_belong_to_a_script_are_kept(text: str) -> None:
    assert fold(text).text == text


def test_a_match_covers_what_was_dropped_within_it() -> None:
    text = "so: s\u200bc\u0336hool!"
    folded = fold(text)
    start = folded.text.index("school")
    span = folded.origin(start, start + len("school"))
    assert text[span.start : span.end] == "s\u200bc\u0336hool"


def test_a_mark_at_the_end_belongs_to_its_letter() -> None:
    folded = fold("ok\u0336 then")
    assert folded.origin(0, 2).end == 3


@given(SAMPLES)
def test_places_run_forward_and_lie_inside_the_text(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    assert list(folded.ends) == sorted(folded.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))


@given(SAMPLES)
def test_white_space_stays_one_for_one(text: str) -> None:
    folded = fold(text)
    written = [place for place, char in enumerate(text) if char.isspace()]
    kept = [folded.starts[place] for place, char in enumerate(folded.text) if char.isspace()]
    assert kept == written
    assert [char for char in text if char in "\n\r"] == [char for char in folded.text if char in "\n\r"]


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=80))
def test_ascii_is_only_lowered(text: str) -> None:
    folded = fold(text)
    assert folded.text == text.lower()
    assert folded.starts == tuple(range(len(text)))
