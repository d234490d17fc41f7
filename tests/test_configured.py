"""What a real configuration changes of what is reported: permits, people, words, severities, packs."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from policy428 import Author, Linter, Media, Post
from policy428.config import Config
from policy428.errors import ConfigError

Write = Callable[[str, str], Path]
TODAY = date(2026, 3, 2)

MUGS = Post("We put the Bucs logo on mugs, order yours!")
PARTY = Post(
    "Jen Olson, our para, at the staff party, pics below", author=Author(bio="Teacher at WEM"), media=(Media("p.jpg"),)
)
MURAL = Post(
    "Tyler Brandt painting the mural in art class today",
    role="classroom",
    media=(Media("mural.jpg", alt="Tyler Brandt at his easel"),),
)
COPIES = Post("I scanned the whole workbook and put the PDF on my drive so nobody has to buy it")
VOICE = Post("On behalf of W-E-M Schools: the gym floor is safe.", author=Author(name="Pat Lund"))
RECORD = "Tyler Brandt got detention again and is failing math."


def reports(write: Write, settings: str, post: Post, clause: str) -> bool:
    """Whether `clause`, alone selected, is reported."""
    config = Config.load(write("policy428.yaml", f"select: [{clause}]\n{settings}"))
    return any(violation.clause == clause for violation in Linter(config, today=TODAY).check(post))


@pytest.mark.parametrize(
    ("line", "post", "clause"),
    [
        ("*,logo,Superintendent,{dates}", MUGS, "IV.F"),
        ("Jen Olson,photo,Jen Olson,{dates}", PARTY, "IV.I"),
        ('Tyler Brandt,"photo, work",K. Brandt,{dates}', MURAL, "III.A"),
        ("*,copyright,Workbook House,{dates}", COPIES, "IV.E"),
        ("Pat Lund,speak,Superintendent,{dates}", VOICE, "IV.D"),
    ],
)
def test_a_permit_in_force_answers_its_clause_and_an_expired_one_does_not(
    write: Write, line: str, post: Post, clause: str
) -> None:
    header = "who,what,granted_by,from,to\n"
    write("now.csv", header + line.format(dates="2025-09-01,2026-06-30"))
    write("old.csv", header + line.format(dates="2024-09-01,2025-06-30"))
    assert not reports(write, "permits: [now.csv]\n", post, clause)
    assert reports(write, "permits: [old.csv]\n", post, clause)


def test_a_consent_of_one_is_none_of_another(write: Write) -> None:
    write("permits.csv", "who,what,granted_by,from,to\nAva Lund,photo,K. Lund,2025-09-01,2026-06-30\n")
    assert reports(write, "permits: [permits.csv]\n", MURAL, "III.A")


@pytest.mark.parametrize("settings", ["not_people: [Tyler Brandt]\n", "people: {Tyler Brandt: public}\n"])
def test_a_name_that_is_no_pupils_has_no_record(write: Write, settings: str) -> None:
    assert reports(write, "", Post(RECORD), "IV.E")
    assert not reports(write, settings, Post(RECORD), "IV.E")


@pytest.mark.parametrize("key", ["IV.B", "IV.B-mild-oath", "'*'", "profanity"])
def test_a_word_that_is_let_be(write: Write, linter: Linter, key: str) -> None:
    post = Post("The damn bus is late.")
    assert "IV.B-mild-oath" in {violation.rule for violation in linter.check(post)}
    config = Config.load(write("policy428.yaml", f"allow: {{{key}: [damn]}}\nselect: [IV.B-profanity]\n"))
    assert Linter(config).check(post) == []


@pytest.mark.parametrize(
    ("post", "wanted"),
    [
        (Post("W-E-M should have hired from inside. Everybody knows it."), True),
        (Post("W-E-M should have hired from inside. My view and not the district's."), False),
        (
            Post("W-E-M should have hired from inside.", author=Author(bio="Views are my own, not the district's")),
            False,
        ),
        (Post("W-E-M should have hired from inside.", thread=("Opinions are mine alone, not my employer's.",)), False),
        (Post("W-E-M should have hired from inside.", authorized=True), False),
    ],
)
def test_whose_view_it_is_may_be_said_anywhere(linter: Linter, post: Post, wanted: bool) -> None:
    assert ("IV.D" in {violation.clause for violation in linter.check(post)}) == wanted


WET_SOCK = Post(
    "The new hire in the office has the personality of a wet sock and about half the brains.",
    author=Author(bio="WEM para"),
)


@pytest.mark.parametrize("key", ["IV.B-reads-like-insult", "IV.B", "IV"])
def test_a_word_allowed_for_a_rule_on_meaning_passes_over_its_sentence(write: Write, key: str) -> None:
    select = "select: [IV.B-reads-like-insult]\n"
    assert Linter(Config.load(write("policy428.yaml", select))).check(WET_SOCK)
    assert not Linter(Config.load(write("policy428.yaml", f"{select}allow: {{{key}: [wet  Sock]}}\n"))).check(WET_SOCK)
    assert Linter(Config.load(write("policy428.yaml", f"{select}allow: {{{key}: [et so]}}\n"))).check(WET_SOCK)


@pytest.mark.parametrize(
    ("value", "reported"),
    [
        ("0.5", True),
        ("1.0", False),
        ("{IV.B: 1.0}", False),
        ("{IV.B: 1.0, IV.B-profanity: 0}", True),
        ("{IV.D: 1}", True),
    ],
)
def test_what_is_less_sure_than_configured_is_not_reported(write: Write, value: str, reported: bool) -> None:
    config = Config.load(write("policy428.yaml", f"min_confidence: {value}\n"))
    assert bool(Linter(config).check(Post("That was a damn shame."))) == reported


def test_a_wrong_confidence_is_refused(write: Write) -> None:
    with pytest.raises(ConfigError, match=r"policy428.yaml:1:\d+: “min_confidence” must.*from 0 to 1"):
        Config.load(write("policy428.yaml", "min_confidence: 70\n"))
