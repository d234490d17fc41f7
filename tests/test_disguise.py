"""The matcher on a small list of harmless stand-ins, so that what it does is plain; the real lists have tests apart."""

import subprocess
import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy428.disguise import DisguiseEntry, DisguiseMatcher

MATCHER = DisguiseMatcher(
    [
        DisguiseEntry("*drat*", inflections=("dratted", "dratting", "dratty")),
        DisguiseEntry("bother", inflections=("bothers", "bothered")),
        DisguiseEntry("nit", "mild", innocent=("nit comb", "Nit <Name>", "lice")),
        DisguiseEntry("OMD"),
        DisguiseEntry("coño"),
        DisguiseEntry("go boil"),
        DisguiseEntry("p-ing"),
        DisguiseEntry("🧨"),
        DisguiseEntry("@#$%", "mild"),
        DisguiseEntry("8==D"),
        DisguiseEntry("诅咒"),
    ],
    innocent=["hydrat*", "dratini"],
)


def found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in MATCHER.find(text)]


@pytest.mark.parametrize(
    ("written", "how"),
    [
        ("drat", "plain"),
        ("DRAT", "plain"),
        ("dratted", "plain"),
        ("bother", "plain"),
        ("omd", "plain"),
        ("OMD", "plain"),
        ("coño", "plain"),
        ("megadrat", "joined"),
        ("draaaat", "repeated"),
        ("dratttt", "repeated"),
        ("bootherrrr", "repeated"),
        ("ddrat", "repeated"),
        ("drta", "swapped"),
        ("dRaT", "plain"),
        ("DrAt", "plain"),
        ("bohter", "swapped"),
        ("botherd", "clipped"),
        ("bothr", "clipped"),
        ("botheer", "repeated"),
        ("dr7t", "leet"),
        ("80th3r", "leet"),
        ("b07h3r", "leet"),
        ("dr@t", "leet"),
        ("dr4t", "leet"),
        ("b0th3r", "leet"),
        ("megadr@t", "leet"),
        ("dr*t", "masked"),
        ("d**t", "masked"),
        ("d***", "masked"),
        ("b*th*r", "masked"),
        ("dr--t", "masked"),
        ("d—t", "masked"),
        ("dr-t", "masked"),
        ("dr_t", "masked"),
        ("d#@%", "masked"),
        ("dr🐀t", "masked"),
        ("megadr*t", "masked"),
        ("b0th*r", "masked"),
        ("d r a t", "spaced"),
        ("d.r.a.t", "spaced"),
        ("D-R-A-T", "spaced"),
        ("d_r_a_t", "spaced"),
        ("d * r * a * t", "spaced"),
        ("d🍕r🍕a🍕t", "spaced"),
        ("O.M.D", "spaced"),
        ("dra t", "spaced"),
        ("dr.at", "spaced"),
        ("bo_ther", "spaced"),
        ("drаt", "homoglyph"),
        ("ｄｒａｔ", "homoglyph"),
        ("dr\u200bat", "invisible"),
        ("d\u0336r\u0336a\u0336t\u0336", "invisible"),
        ("🧨", "symbols"),
        ("@#$%!", "symbols"),
        ("8=====D", "symbols"),
    ],
)
def test_sees_through(written: str, how: str) -> None:
    text = f"well {written} then"
    hits = MATCHER.find(text)
    assert [text[hit.start : hit.end] for hit in hits] == [written]
    assert how in hits[0].how


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("#whatthedratnow", "whatthedratnow"),
        ("#nobothertoday", "bother"),
        ("#SoMuchBotherHere", "Bother"),
        ("the bother's over", "bother"),
        ("such f*cts, d**t's", "d**t"),
        ("(d**t!)", "d**t"),
        ("oh go boil now", "go boil"),
        ("p-ing around", "p-ing"),
        ("他说诅咒了", "诅咒"),
        ("drat.", "drat"),
    ],
)
def test_marks_exactly(text: str, hit: str) -> None:
    assert found(text) == [hit]


@pytest.mark.parametrize(
    "text",
    [
        "drink water to stay hydrated",
        "a Dratini card",
        "brother",  # contains an entry that may not join letters
        "the brat, the bath and other things",
        "cono",  # the accent makes the word
        "p ing, p/ing",
        "a nit comb for the class",
        "lice check: no nit found",
        "Nit Larson won",
        "cut along a.b.c.d lines, then d to r at t",
        "drill at 5: d1, r2, a3, t4",
        "**Great** *day* at **drill**",
        "** Room d** and **Team d***",
        "see https://example.org/drat?x=dr@t",
        "1-800-555-0100, $500, 5-3, 3:30, #4, 50%, A+, C++, Q&A, R&B",
        "8=5+3",
        "it's 100% *free*!!! (really...)",
        "wow!!! ??? ---- **** ....",
        "",
    ],
)
def test_lets_be(text: str) -> None:
    assert found(text) == []


def test_strength_and_word_are_the_entry_s() -> None:
    (hit,) = MATCHER.find("what a nit")
    assert (hit.word, hit.strength) == ("nit", "mild")
    (hit,) = MATCHER.find("dratted thing")
    assert (hit.word, hit.strength) == ("drat", "strong")


def test_an_acronym_of_initials_needs_to_be_listed_as_one() -> None:
    matcher = DisguiseMatcher([DisguiseEntry("nit"), DisguiseEntry("OMD")])
    assert matcher.find("the N.I.T. tournament") == []
    assert [hit.word for hit in matcher.find("O.M.D. no")] == ["OMD"]


def test_a_word_of_another_language_is_no_disguise() -> None:
    assert found("nít, nït") == []


def test_a_longer_find_hides_the_shorter() -> None:
    matcher = DisguiseMatcher([DisguiseEntry("drat"), DisguiseEntry("drat it all")])
    assert [hit.word for hit in matcher.find("drat it all")] == ["drat it all"]


def test_empty_lists_find_nothing() -> None:
    assert DisguiseMatcher([]).find("drat @#$%! f u c 🖕") == []


ALPHABET = st.sampled_from(
    [*"dratbohenit DRAT**--__..@$143!#", "🧨", "\u200b", "\u0336", "а", "ｄ", "ñ", "—", "\n", "'"]
)


@given(st.text(alphabet=ALPHABET, max_size=50))
def test_finds_lie_in_the_text_in_order_and_apart(text: str) -> None:
    hits = MATCHER.find(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(first.end <= second.start for first, second in pairwise(hits))
    assert all(not text[hit.start].isspace() and not text[hit.end - 1].isspace() for hit in hits)


@given(
    st.text(max_size=40),
    st.text(max_size=40),
    st.sampled_from(["drat", "d r a t", "dr*t", "dr4t", "d\u0336r\u0336a\u0336t\u0336"]),
)
def test_a_word_is_found_wherever_it_stands(before: str, after: str, written: str) -> None:
    text = f"{before} — {written} — {after}"
    start = len(before) + 3
    hits = MATCHER.find(text)
    assert any(hit.start <= start and hit.end >= start + len(written) for hit in hits)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ,.", max_size=200))
def test_plain_words_are_only_found_as_listed(text: str) -> None:
    for hit in MATCHER.find(text):
        letters = "".join(char for char in text[hit.start : hit.end] if char.isalpha())
        assert any(word in letters.replace(" ", "") for word in ("drat", "bother", "nit", "omd", "goboil")) or any(
            letters.count(char * 2) for char in "dratbohe"
        )


@pytest.mark.parametrize(
    "text",
    [
        "d" * 20_000,
        "d*" * 10_000,
        "d " * 10_000,
        "*" * 20_000,
        "a.b-c_d" * 3_000,
        "#" + "do" * 9_000,
        "d\u0336" * 9_000,
    ],
)
def test_a_nasty_text_takes_little_time(text: str) -> None:
    begun = time.perf_counter()
    MATCHER.find(text)
    assert time.perf_counter() - begun < 2


def test_a_text_of_plain_letters_needs_no_table_of_look_alikes() -> None:
    script = (
        "import sys; from policy428.disguise import DisguiseEntry, DisguiseMatcher;"
        "DisguiseMatcher([DisguiseEntry('drat'), DisguiseEntry('сука')]).find('a dr*t, café, “so” — d r a t');"
        "sys.exit('confusable_homoglyphs' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
