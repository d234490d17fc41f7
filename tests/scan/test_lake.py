import bz2
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="needs pyarrow: pip install policy428[ray]")

from policy428.errors import InputError
from policy428.post import Author, Media, Post
from policy428.readers import Given
from policy428.scan.lake import find, read, shown_as

LINE = b'{"text": "Nice day."}\n'
NAMES = ("a.jsonl", "2024/b.ndjson", "2024/05/c.jsonl", "2024/_temporary/x.jsonl", "_SUCCESS", ".hidden.jsonl")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        path = tmp_path / "lake" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(LINE)
    return tmp_path / "lake"


def found(source: str) -> list[tuple[str, str | None]]:
    files, _ = find(source, Given())
    return [(file.source, file.name) for file in files]


def test_a_folder_is_read_whole_without_what_is_hidden(folder: Path) -> None:
    members = ["2024/05/c.jsonl", "2024/b.ndjson", "a.jsonl"]
    assert found("lake") == [("lake", name) for name in members]
    assert found(f"file://{folder}") == [(f"file://{folder}", name) for name in members]


@pytest.mark.parametrize(
    ("glob", "names"),
    [
        ("lake/*.jsonl", ["a.jsonl"]),
        ("lake/**/*.jsonl", ["2024/05/c.jsonl", "a.jsonl"]),
        ("lake/2024/*.[nj]*", ["2024/b.ndjson"]),
        ("lake/2???/05/c.jsonl", ["2024/05/c.jsonl"]),
        ("lake/[!a].jsonl", []),
    ],
)
def test_a_glob_names_files_as_a_shell_does(glob: str, names: list[str], folder: Path) -> None:
    if not names:
        with pytest.raises(InputError, match="no such file"):
            find(glob, Given())
        return
    assert found(glob) == [(f"lake/{name}", None) for name in names]
    if "?" not in glob:  # in an address it begins the options
        assert found(f"file://{folder.parent}/{glob}") == [
            (f"file://{folder.parent}/lake/{name}", None) for name in names
        ]


def test_a_name_with_the_signs_of_a_glob_is_that_file(folder: Path) -> None:
    (folder / "posts[1].jsonl").write_bytes(LINE)
    assert found("lake/posts[1].jsonl") == [("lake/posts[1].jsonl", None)]


@pytest.mark.parametrize("source", ["nothing", "nothing/*.jsonl", "lake/_SUCCESS", "strange://nothing/at/all"])
def test_what_is_not_there_is_refused(source: str, folder: Path) -> None:
    with pytest.raises(InputError) as caught:
        find(source, Given())
    assert str(caught.value).startswith(source)


def test_files_of_other_kinds_are_told_of(folder: Path) -> None:
    (folder / "posts.csv").write_text("text\nNice day.\n")
    _, (error,) = find("lake", Given())
    assert "posts.csv" in error.message


def test_an_address_is_told_without_its_keys() -> None:
    assert shown_as("s3://key:secret@bucket/posts/*.parquet?region=eu&token=x") == "s3://bucket/posts/*.parquet"
    assert shown_as("posts/what?.jsonl") == "posts/what?.jsonl"


def test_packed_lines_are_read_and_broken_ones_are_errors(tmp_path: Path) -> None:
    text = "".join(f"{line}\n" for line in (json.dumps({"text": "Nice day.", "id": 7}), "{broken", '{"id": "a"}'))
    (tmp_path / "a.jsonl.bz2").write_bytes(bz2.compress(text.encode()))
    ((file,), _) = find(str(tmp_path / "a.jsonl.bz2"), Given(role="official"))
    first, *errors = read(file)
    assert isinstance(first, Post)
    assert (first.text, first.id, first.role, first.source.record) == ("Nice day.", "7", "official", 1)
    assert ["record 2" in str(errors[0]), "record 3" in str(errors[1])] == [True, True]


def test_a_torn_packed_file_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    import gzip
    import random

    draw = random.Random(1)
    text = "".join(json.dumps({"text": f"Nice day {draw.random()}."}) + "\n" for _ in range(20_000))
    data = gzip.compress(text.encode())
    (tmp_path / "a.jsonl.gz").write_bytes(data[: len(data) // 2])
    ((file,), _) = find(str(tmp_path / "a.jsonl.gz"), Given())
    items = list(read(file))
    assert isinstance(items[-1], InputError)
    assert sum(isinstance(item, Post) for item in items) > 5_000


def test_rows_of_parquet_are_posts(tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    rows = [
        {
            "text": "Nice day.",
            "id": 7,
            "time": datetime(2024, 5, 1, 12, tzinfo=UTC),
            "author": {"name": "Mo Lund", "bio": None},
            "media": [{"path": "a.jpg", "alt": "A cat"}],
            "day": date(2024, 5, 1),
        },
        {"text": None, "id": 8},
    ]
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.Table.from_pylist(rows), path)
    ((file,), _) = find(str(path), Given())
    post, error = read(file)
    assert isinstance(post, Post) and isinstance(error, InputError)
    assert (post.id, post.time, post.author) == ("7", "2024-05-01T12:00:00Z", Author(name="Mo Lund"))
    assert post.media == (Media(path="a.jpg", alt="A cat"),)
    assert "record 2" in error.message


def test_broken_parquet_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1 and nothing more")
    ((file,), _) = find(str(path), Given())
    (error,) = read(file)
    assert isinstance(error, InputError) and "broken" in error.message
