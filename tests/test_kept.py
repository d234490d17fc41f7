import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from policy428.kept import OFF, Kept, cache_folder, kept, shipped
from policy428.linter import Linter
from policy428.phraseset import PhraseSet
from policy428.post import Post
from policy428.resources import data_folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(OFF, raising=False)
    return tmp_path / "cache"


@pytest.fixture
def warm(folder: Path) -> Iterator[Path]:
    """The process's own answers, kept in `folder` while a test runs."""
    kept.open(folder)
    try:
        yield folder
    finally:
        kept.close()


def file_of(folder: Path) -> Path:
    (file,) = folder.glob("compiled-*.bin")
    return file


def filled(folder: Path) -> Path:
    first = Kept()
    first.open(folder)
    first.add("kind", b"text", ("answer", 1, frozenset({"a"})))
    first.close()
    return file_of(folder)


def again(folder: Path) -> object:
    second = Kept()
    second.open(folder)
    return second.find("kind", b"text")


def test_an_answer_is_found_again_by_kind_and_text_alone(folder: Path) -> None:
    filled(folder)
    assert again(folder) == ("answer", 1, frozenset({"a"}))
    other = Kept()
    other.open(folder)
    assert other.find("kind", b"texts") is None and other.find("kinds", b"text") is None


def test_closed_it_knows_and_takes_nothing(folder: Path) -> None:
    closed = Kept()
    closed.add("kind", b"text", 1)
    assert closed.find("kind", b"text") is None and not closed.is_open
    closed.close()
    assert not folder.exists()


def test_the_file_is_its_owners_alone(folder: Path) -> None:
    file = filled(folder)
    if os.name != "nt":
        assert file.stat().st_mode & 0o777 == 0o600 and folder.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in folder.iterdir()] == [file.name]


def test_a_damaged_file_is_passed_over_and_made_anew(folder: Path) -> None:
    file = filled(folder)
    for damage in (b"", b"x" * 10, file.read_bytes()[:-1], file.read_bytes()[:40] + b"\0" + file.read_bytes()[41:]):
        file.write_bytes(damage)
        assert again(folder) is None
    filled(folder)
    assert again(folder) is not None


@pytest.mark.skipif(os.name == "nt", reason="modes and links are those of other systems")
def test_a_file_that_others_can_write_and_a_link_are_passed_over(folder: Path) -> None:
    file = filled(folder)
    file.chmod(0o622)
    assert again(folder) is None
    file.chmod(0o600)
    assert again(folder) is not None
    file.rename(folder / "elsewhere")
    file.symlink_to(folder / "elsewhere")
    assert again(folder) is None


def test_a_folder_that_cannot_be_written_is_no_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(OFF, raising=False)
    blocked = tmp_path / "file"
    blocked.write_text("x")
    first = Kept()
    first.open(blocked / "cache")
    first.add("kind", b"text", 1)
    first.close()


def test_it_can_be_turned_off(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OFF, "1")
    off = Kept()
    off.open(folder)
    assert not off.is_open


def test_only_the_packages_own_data_counts_as_shipped(tmp_path: Path) -> None:
    assert shipped(data_folder("rules") / "IV-B.yaml") and shipped(data_folder("profiles") / "x.yaml")
    assert not shipped(tmp_path / "rules" / "IV-B.yaml") and not shipped(Path("policy428.yaml"))


def test_words_of_a_configuration_are_never_kept(warm: Path) -> None:
    from policy428.lexicon import Lexicon

    secret = "Zebulon Quackenbush"
    lexicon = Lexicon([data_folder("wordlists")], extra={"campaign": (secret,)}, allowed={"*": (secret,)})
    assert secret in [phrase.source for phrase in lexicon.get("campaign").phrases.phrases]
    lexicon.get("gamble")
    kept.close()
    assert b"Quackenbush" not in file_of(warm).read_bytes()


def test_phrases_that_are_kept_are_those_that_were_written(warm: Path) -> None:
    from policy428.lexicon import Lexicon

    sources = [
        phrase.source
        for name in ("view-own", "drink-drunk", "record-grades", "crude-image")
        for phrase in Lexicon([data_folder("wordlists")]).get(name).phrases.phrases
    ]
    fresh = PhraseSet.of("a", sources, keep=False)
    PhraseSet.of("b", sources, keep=True)
    known = PhraseSet.of("c", sources, keep=True)
    assert [phrase.source for phrase in known.phrases] == sources
    assert [phrase.packed() for phrase in known.phrases] == [phrase.packed() for phrase in fresh.phrases]


def test_the_answers_are_the_same_from_what_is_kept(linter: Linter, warm: Path) -> None:
    Linter()
    kept.close()
    kept.open(warm)
    known = Linter()
    posts = [Post.from_mapping(example.post) for rule in linter.rules[::9] for example in rule.examples[:1]]
    assert len(posts) > 20
    assert [known.check(post) for post in posts] == [linter.check(post) for post in posts]


def test_the_cache_folder_is_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    found = cache_folder()
    assert found is not None and found.name == "policy428"
