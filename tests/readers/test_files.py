from collections.abc import Callable
from pathlib import Path

import pytest

from policy428.errors import InputError
from policy428.readers.files import find_files

Write = Callable[[str, str], Path]


def found(*arguments: str, notes: list[str] | None = None) -> list[str]:
    return [str(item) for item in find_files(arguments, (notes if notes is not None else []).append)]


@pytest.fixture
def folder(tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("b.md", "a.txt", "sub/c.html", "sub/d.jsonl", "x.png", "odd.post"):
        write(name, "text")
    for name in (".git/e.txt", "node_modules/f.md", ".hidden.md"):
        write(name, "text")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_folder_stands_for_its_drafts_in_order(folder: Path) -> None:
    assert found(".") == ["a.txt", "b.md", str(Path("sub/c.html")), str(Path("sub/d.jsonl"))]


def test_a_file_named_outright_is_taken_whatever_its_suffix(folder: Path) -> None:
    assert found("odd.post", ".hidden.md", "-") == ["odd.post", ".hidden.md", "-"]


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.md", ["b.md"]),
        ("*", ["a.txt", "b.md", "sub/c.html", "sub/d.jsonl"]),
        ("**/*", ["a.txt", "b.md", "sub/c.html", "sub/d.jsonl"]),
        ("*.post", ["odd.post"]),
        ("sub/?.html", ["sub/c.html"]),
    ],
)
def test_patterns(folder: Path, pattern: str, names: list[str]) -> None:
    assert found(pattern) == [str(Path(name)) for name in names]


def test_each_file_comes_once(folder: Path) -> None:
    assert found("a.txt", ".", "a.txt", str(folder / "b.md"))[:2] == ["a.txt", "b.md"]
    assert len(found("a.txt", ".", "a.txt", str(folder / "b.md"))) == 4


def test_a_file_whose_name_has_a_bracket_is_a_file(write: Write) -> None:
    path = write("draft[1].txt", "text")
    assert found(str(path)) == [str(path)]


def test_a_folder_without_drafts_says_so(folder: Path) -> None:
    (folder / "empty").mkdir()
    notes: list[str] = []
    assert found("empty", notes=notes) == []
    assert len(notes) == 1 and notes[0].startswith("empty: no drafts here")


@pytest.mark.parametrize("argument", ["nope.txt", "nope/*.md", "a" * 5000, "nul\0l"])
def test_what_is_not_there_is_an_error_and_the_rest_goes_on(folder: Path, argument: str) -> None:
    items = list(find_files([argument, "a.txt"], lambda note: None))
    assert isinstance(items[0], InputError)
    assert items[1:] == ["a.txt"]


def test_a_link_back_to_its_folder_does_not_loop(folder: Path) -> None:
    (folder / "sub" / "again").symlink_to(folder, target_is_directory=True)
    assert len(found(".")) == 4
