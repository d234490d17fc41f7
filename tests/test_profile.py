import time
from collections.abc import Callable
from pathlib import Path

import pytest

from policy428.errors import ConfigError
from policy428.profile import load, packaged, packaged_names

Write = Callable[[str, str], Path]


def test_the_packaged_profile_holds_the_published_facts() -> None:
    profile = packaged()
    assert profile.policy == "428"
    assert "wem.k12.mn.us" in profile.email_domains
    assert "507-685-4222" in profile.published_phones
    assert profile.towns == ("Waterville", "Elysian", "Morristown")


def test_a_clause_is_cited_by_policy_number_unless_the_profile_words_it(write: Write) -> None:
    profile = load(write("d.yaml", "name: X Schools\npolicy: 440\ncitations:\n  IV.B: Policy 440, part two\n"))
    assert profile.citation("IV.B") == "Policy 440, part two"
    assert profile.citation("IV.C") == "Policy 440 § IV.C"


def test_a_name_is_enough_and_the_id_is_the_files(write: Write) -> None:
    profile = load(write("lakeside.yaml", "name: Lakeside Schools\n"))
    assert (profile.id, profile.names, profile.schools) == ("lakeside", (), ())


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("name: X\nmascot: [Y]\n", ":2:1", "mascots"),
        ("aliases: [X]\n", ":1:1", "“name” is missing"),
        ("name: X\ntowns: {a: b}\n", ":2:1", "“towns” must be a list"),
        ("name: X\nschools:\n  - aliases: [Y]\n", ":3:5", "needs “name”"),
        ("name: X\nschools:\n  - name: Y\n    fone: 1\n", ":4:5", "phone"),
        ("name: X\ntowns: [A, true]\n", ":2:12", "towns[1]"),
        ("name: [\n", ":2:1", "not YAML"),
        ("- name\n", ":1:1", "must be a mapping"),
    ],
)
def test_a_mistake_names_its_place_and_the_valid_key(write: Write, text: str, place: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(write("d.yaml", text))
    assert f"d.yaml{place}" in str(caught.value)
    assert said in str(caught.value)


def test_an_unknown_packaged_profile_is_refused_with_the_nearest() -> None:
    with pytest.raises(ConfigError, match="district-2143"):
        packaged("district-2134")
    assert "district-2143" in packaged_names()


def test_loading_the_packaged_profile_is_fast() -> None:
    path = Path(packaged().path)
    best = min(_seconds(path) for _ in range(5))
    assert best < 0.05  # about 2 ms on an ordinary machine


def _seconds(path: Path) -> float:
    start = time.perf_counter()
    load(path)
    return time.perf_counter() - start
