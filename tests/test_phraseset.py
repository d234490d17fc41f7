"""The index of a set finds what asking every phrase everywhere would find."""

from hypothesis import given, settings
from hypothesis import strategies as st

from policy428.document import Document
from policy428.linter import Linter
from policy428.phrases import PhraseError, check, parse
from policy428.phraseset import Phrase, PhraseSet, View
from policy428.post import Post

WORDS = ["text", "texts", "texting", "texted", "snap", "snapped", "kids", "kid's", "running", "runnin", "dont", "don't"]
WORDS += ["went", "hurries", "hurried", "lying", "boxes", "10", "🎉", "Tyler", "vaping", "ill", "I'll"]
ATOMS = ["text", "text~", "snap~", "kid~", "run~", "don't", "go~", "hurry~", "lie~", "box~", "vap*", "i'll", "Tyler"]
ATOMS += ["_", "<#>", "<emoji>", "<Name>", "<other>", "<other>?", "drug-free"]

phrases = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(" ".join),
        st.builds("({}|{}){}".format, inner, inner, st.sampled_from(["", "?"])),
        st.builds("{} {} {}".format, inner, st.sampled_from(["..", "..."]), inner),
    ),
    max_leaves=6,
)
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
OTHER = PhraseSet("other", [Phrase("text~ (me)?"), Phrase("kid~")])


def well_formed(phrase: str) -> bool:
    try:
        parse(phrase)
    except PhraseError:
        return False
    return True


def everywhere(phrase: Phrase, view: View) -> set[tuple[int, int]]:
    places = range(len(view.texts))
    return {(start, end) for start in places for end in phrase.ends(view, start, lambda name: OTHER) if end > start}


@settings(deadline=None)
@given(phrase=phrases.filter(well_formed), text=texts)
def test_no_beginning_is_missed(linter: Linter, phrase: str, text: str) -> None:
    view = Document(Post(text=text), linter.context).view
    found = PhraseSet("probe", [Phrase(phrase)])
    found.prepare(lambda name: OTHER)
    starts = set(found.starts(view))
    for start, _ in everywhere(found.phrases[0], view):
        assert start in starts
        assert found.candidates(view, start) == [found.phrases[0]]


@given(st.text(alphabet="ab~*?.|() -<>#_", max_size=14))
def test_the_quick_look_refuses_exactly_what_cannot_be_parsed(phrase: str) -> None:
    try:
        check(phrase)
    except PhraseError:
        assert not well_formed(phrase)
    else:
        assert well_formed(phrase)


def test_of_equal_entries_the_first_written_is_named(linter: Linter) -> None:
    view = Document(Post(text="texting me"), linter.context).view
    found = PhraseSet("probe", [Phrase("text~ me"), Phrase("_ me"), Phrase("texting me")])
    found.prepare(lambda name: OTHER)
    assert [phrase.source for phrase in found.candidates(view, 0)] == ["text~ me", "_ me", "texting me"]
