"""The words that names are made of."""

from hypothesis import given
from hypothesis import strategies as st

from policy428.people.words import key, words_of
from policy428.sentences import sentences


def test_forms_and_possessives() -> None:
    words = words_of("Tyler's DOG saw McKay at 3rd, iPad in hand. B. left", ())
    assert [(word.text, word.form) for word in words[:6]] == [
        ("Tyler", "cap"),
        ("DOG", "upper"),
        ("saw", "lower"),
        ("McKay", "cap"),
        ("at", "lower"),
        ("3rd", "number"),
    ]
    assert words[0].possessive and not words[1].possessive
    assert ("iPad", "mixed") in [(word.text, word.form) for word in words]
    assert ("B.", "initial") in [(word.text, word.form) for word in words]


def test_what_is_no_word() -> None:
    words = words_of("see https://a.example/Tyler @tyler #Tyler tyler@a.example Tyler5SOS", ())
    assert {word.form for word in words} == {"lower", "skip", "handle", "hashtag", "other"}


def test_heads_of_sentences_open() -> None:
    text = "One came. Two went\nThree sat"
    words = words_of(text, sentences(text))
    assert [word.text for word in words if word.opens] == ["One", "Two", "Three"]


def test_keys_are_plain() -> None:
    assert (key("Sørensen"), key("O’Brien"), key("Łucja"), key("ZOË")) == ("sorensen", "o'brien", "lucja", "zoe")


@given(st.text(max_size=120))
def test_offsets_hold(text: str) -> None:
    last = 0
    for word in words_of(text, sentences(text)):
        assert last <= word.start < word.end
        assert text[word.start : word.end] == word.text
        assert text[last : word.start] == word.gap or word.gap == text[last : word.start]
        last = word.end if not word.possessive else max(word.end, last)
