import pytest

from policy428.document import Document
from policy428.errors import RuleError
from policy428.lexicon import Lexicon
from policy428.linter import Linter
from policy428.phrases import PhraseError, parse
from policy428.post import Post


def found(linter: Linter, phrase: str, text: str, **lists: list[str]) -> list[str]:
    lexicon = Lexicon([])
    for name, phrases in lists.items():
        lexicon.add(name, phrases)
    lexicon.add("probe", [phrase])
    document = Document(Post(text=text), linter.context)
    return [text[hit.start : hit.end] for hit in lexicon.find("probe", document)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("text me", "Text me. TEXT, me!", ["Text me", "TEXT, me"]),
        ("text me", "context mention", []),
        ("text~ me", "he texted me, she texts me", ["texted me", "texts me"]),
        ("vap*", "vaping and vapes, not a vacuum", ["vaping", "vapes"]),
        ("(text|call) me", "call me", ["call me"]),
        ("(add me|my snap is) now", "my snap is now up", ["my snap is now"]),
        ("text (only|just)? me", "text me, text just me, text not me", ["text me", "text just me"]),
        ("text _ me", "text or me", ["text or me"]),
        ("text _ me", "text me", []),
        ("text .. me", "text or call me", ["text or call me"]),
        ("text .. me", "text or call or snap me", []),
        ("text ... me", "text or call or snap me", ["text or call or snap me"]),
        ("<#> days", "10 days", ["10 days"]),
        ("hi <emoji>", "hi 🎉", ["hi 🎉"]),
        ("ask <Name>", "ask Tyler", ["ask Tyler"]),
        ("ask <Name>", "ask tyler", []),
        ("drug-free", "a Drug free school", ["Drug free"]),
        ("don't tell", "DONT tell, don’t tell", ["DONT tell", "don’t tell"]),
        ("go bucs", "#GoBucs", ["GoBucs"]),
        ("cafe", "the Café", ["Café"]),
    ],
)
def test_what_a_phrase_finds(linter: Linter, phrase: str, text: str, expected: list[str]) -> None:
    assert found(linter, phrase, text) == expected


def test_a_phrase_stays_inside_its_sentence(linter: Linter) -> None:
    assert found(linter, "text me", "I read the text. Me too.") == []


def test_a_phrase_may_refer_to_a_list(linter: Linter) -> None:
    assert found(linter, "my <pupil> is late", "My best student is late", pupil=["best student", "kid"]) == [
        "My best student is late"
    ]


def test_lists_that_refer_to_each_other_in_a_circle_are_refused(linter: Linter) -> None:
    with pytest.raises(RuleError, match="circle"):
        found(linter, "<a>", "anything", a=["<b> x"], b=["<a> y"])


@pytest.mark.parametrize("phrase", ["", "(a|b", "a)", "a|b", "... a", "a ...", "(a)~", "text only? me"])
def test_broken_phrases_are_refused(phrase: str) -> None:
    with pytest.raises(PhraseError):
        parse(phrase)


def test_the_longest_entry_wins_at_a_place(linter: Linter) -> None:
    lexicon = Lexicon([])
    lexicon.add("probe", ["high", "high school", "school"])
    document = Document(Post(text="our high school"), linter.context)
    assert [hit.entry for hit in lexicon.find("probe", document)] == ["high school"]
