"""What holds for every text, whatever is found in it."""

from __future__ import annotations

import subprocess
import sys
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy428.contacts import find_contacts
from policy428.contacts.plain import plain
from policy428.contacts.spoken import spoken_numbers
from policy428.profile import packaged

PROFILE = packaged()
PIECES = st.sampled_from(
    [
        *("218-555-0123", "lmoe@lakemail.example", "338-61-2047", "418 Second St NW", "door code 4418#"),
        *("4012888888881881", "l\u200bmoe\uff20lakemail.example", "five oh seven", "\U0001d7d2\U0001d7cf", "\u00df"),
        *("\u0130", "é", "🏴\u200d☠️", "\n\n", ". ", " at ", " dot ", "pw: Lakers4040", "DOB 3/14/2011", "he's at "),
        *("(", "#", "&#64;", "–"),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=12).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_places_are_true_and_apart(text):
    end = 0
    for contact in find_contacts(text, profile=PROFILE):
        assert text[contact.start : contact.end] == contact.text
        assert contact.text.strip()
        assert contact.start >= end
        end = contact.end


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(blacklist_categories=("Nd", "Cs")), max_size=40), st.text(max_size=20))
def test_number_is_found_wherever_it_stands(before, after):
    text = f"{before}\n\n218-555-0123\n\n{after}"
    start = len(before) + 2
    assert any((c.start, c.end) == (start, start + 12) for c in find_contacts(text, profile=PROFILE))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_plain_text_maps_back_in_order(text):
    mapped = plain(text)
    if mapped is not None:
        assert len(mapped.text) == len(mapped.starts) == len(mapped.ends)
        assert list(mapped.starts) == sorted(mapped.starts)
        assert all(0 <= s < e <= len(text) for s, e in zip(mapped.starts, mapped.ends, strict=True))


def test_real_words_of_other_scripts_stay():
    assert plain("школа и Ελλάδα") is None


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("two one eight, double five five, oh one nine oh", ["2185550190"]),
        ("four, twenty-two, seventeen", ["42217"]),
        ("nine oh six six", ["9066"]),
        ("one of them and two for me", []),
    ],
)
def test_spoken_numbers(text, digits):
    assert [number.digits for number in spoken_numbers(text, text)] == digits


@pytest.mark.parametrize(
    "unit", ["1 ", "5-", "a@", "at dot ", "the code is ", "Apt 1 A ", "1.1.", "::", "password ", "\u0430a "]
)
def test_long_odd_texts_end_soon(unit):
    find_contacts(unit * 3000, profile=PROFILE)


@pytest.mark.parametrize("unit", ["é a@b.example ", "DOB 3/14/2011 "])
def test_time_grows_no_faster_than_the_text(unit):
    def seconds(count):
        started = perf_counter()
        assert len(find_contacts(unit * count, profile=PROFILE)) == count
        return perf_counter() - started

    seconds(10)
    assert seconds(3200) < 8 * 4 * seconds(400)  # eight times the text; four is for a busy machine


def test_common_text_loads_no_number_library():
    code = (
        "import sys; from policy428.contacts import find_contacts; from policy428.profile import packaged;"
        "find_contacts('Call 507-555-0100, 418 Third Ave, 338-61-2047', profile=packaged());"
        "sys.exit('phonenumbers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
