"""Any table or JSON by the columns that a person names; posts of our own as JSON Lines."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policy428.errors import InputError
from policy428.exports import Options
from policy428.exports.choose import read
from policy428.exports.tree import Bounds
from policy428.post import Media, Post

COLUMNS = {
    "text": "Message",
    "author": "from.name",
    "time": "When",
    "media": "pictures",
    "alt": "alts",
    "id": "key",
    "group": "page",
    "permalink": "link",
}
RECORDS = [
    {
        "Message": "Hello",
        "from": {"name": "Ann Berg"},
        "When": "25/12/2025 10:00",
        "pictures": ["a.png", {"url": "b.mp4", "alt": "A boat"}],
        "alts": ["A cat"],
        "key": 12345678901234567890,
        "page": "Lake club",
        "link": "https://example.org/1",
    },
    {"Message": "", "pictures": []},
    {"Message": "Second", "When": "04/05/2025", "key": "1.2E+17", "pictures": None},
]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes | str], str]:
    def make(name: str, data: bytes | str) -> str:
        (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
        return str(tmp_path / name)

    return make


def posts(source: str, columns: dict[str, str] | None = None) -> list[Post]:
    found = list(read([source], Options(columns=COLUMNS if columns is None else columns)))
    assert [str(item) for item in found if isinstance(item, InputError)] == []
    return [item for item in found if isinstance(item, Post)]


def errors(source: str, columns: dict[str, str], bounds: Bounds | None = None) -> list[str]:
    found = read([source], Options(columns=columns), bounds=bounds)
    return [item.message for item in found if isinstance(item, InputError)]


LAYOUTS = {
    "list.json": json.dumps(RECORDS),
    "wrapper.json": json.dumps({"export": {"made": [1, 2], "items": RECORDS}}),
    "lines.jsonl": "\n".join(map(json.dumps, RECORDS)),
    "lines.json": "\n".join(map(json.dumps, RECORDS)),
    "bom.json": b"\xef\xbb\xbf" + json.dumps(RECORDS).encode(),
    "wide.json": json.dumps(RECORDS).encode("utf-16"),
}


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_records_of_every_layout(name: str, write: Any) -> None:
    first, second = posts(write(name, LAYOUTS[name]))
    assert (first.text, first.author.name, first.group) == ("Hello", "Ann Berg", "Lake club")
    assert (first.id, first.permalink) == ("12345678901234567890", "https://example.org/1")
    assert first.media == (Media("a.png", "A cat"), Media("b.mp4", "A boat", "video"))
    assert (second.text, second.id, second.media) == ("Second", "1.2E+17", ())
    assert (first.time, second.time) == ("2025-12-25T10:00:00", "2025-05-04")
    assert (first.source.record, second.source.record) == (1, 3)
    assert (first.source.field, first.source.platform, first.source.kind) == ("Message", "map", "post")


def test_an_object_alone_is_a_record(write: Any) -> None:
    (post,) = posts(write("a.json", json.dumps({"Message": "Alone", "tags": [{"Message": "not this"}]})))
    assert post.text == "Alone"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table(separator: str, write: Any) -> None:
    table = f'Key{separator}MESSAGE{separator}Notes\n007{separator}"Hi{separator} there"{separator}x\n'
    (post,) = posts(write("a.csv", table), {"text": "Message", "id": "key"})
    assert (post.text, post.id, post.source.field) == (f"Hi{separator} there", "007", "MESSAGE")


def test_several_columns_for_one_field(write: Any) -> None:
    (post,) = posts(write("a.csv", "Head,Body,P1,P2\nA,B,1.png,2.png\n"), {"text": "Head+Body", "media": "P1+P2"})
    assert (post.text, post.source.field) == ("A\n\nB", "Head+Body")
    assert [item.path for item in post.media] == ["1.png", "2.png"]


def test_what_a_person_names_goes_before_what_is_recognised(write: Any) -> None:
    source = write("a.csv", "Text,Image URL,Tags,Posting Time,Note\nWords,,,,Other words\n")
    assert [post.text for post in posts(source, {})] == ["Words"]
    assert [post.text for post in posts(source, {"text": "Note"})] == ["Other words"]


def test_a_table_without_the_column_is_not_read(write: Any) -> None:
    assert errors(write("a.csv", "Price,Body2\n5,x\n"), {"text": "Message"}) == ["no format reads this file"]


def test_parquet_on_disk_and_in_a_zip(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    rows = [{"Message": f"row {number}", "key": number, "alts": ["x"]} for number in range(1_000)]
    parquet.write_table(arrow.Table.from_pylist(rows), tmp_path / "a.parquet", row_group_size=300)
    found = posts(str(tmp_path / "a.parquet"))
    assert [(post.text, post.id, post.source.record) for post in found[::999]] == [
        ("row 0", "0", 1),
        ("row 999", "999", 1000),
    ]
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(tmp_path / "a.parquet", "in/a.parquet")
    assert [post.text for post in posts(str(tmp_path / "a.zip"))] == [post.text for post in found]


def test_broken_parquet_is_an_error(tmp_path: Path, write: Any) -> None:
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(arrow.Table.from_pylist([{"Message": "x"}]), tmp_path / "good.parquet")
    data = (tmp_path / "good.parquet").read_bytes()
    for broken in (b"PAR1", data[:-20], b"PAR1" + b"\xff" * 100 + b"PAR1", b""):
        (message,) = errors(write("a.parquet", broken), {"text": "Message"})
        assert "no format reads this file" in message or "Parquet is broken" in message


def test_a_field_or_a_text_that_is_missing_is_refused(write: Any) -> None:
    source = write("a.csv", "a\nb\n")
    with pytest.raises(InputError, match=r"no field “txt”.*did you mean “text”"):
        list(read([source], Options(columns={"txt": "a"})))
    with pytest.raises(InputError, match="no column is named for the text"):
        list(read([source], Options(columns={"time": "a"})))


# posts as JSON Lines


def test_posts_as_json_lines(write: Any) -> None:
    lines = [
        {
            "text": "One",
            "id": 1,
            "role": "official",
            "author": {"name": "Ann"},
            "media": [{"path": "a.png", "alt": "A"}],
        },
        {"text": "Two \ud83d", "time": "2026-01-02", "group": "G", "permalink": "https://example.org"},
    ]
    one, two = posts(write("a.jsonl", "\n".join(map(json.dumps, lines))), {})
    assert (one.id, one.role, one.author.name, one.media) == ("1", "official", "Ann", (Media("a.png", "A"),))
    assert (two.text, two.time, two.group, two.permalink) == ("Two \ufffd", "2026-01-02", "G", "https://example.org")
    assert (two.source.record, two.source.member) == (2, None)


def test_a_wrong_line_is_told_and_the_others_read(write: Any) -> None:
    source = write("a.jsonl", '{"text": "One"}\nnot json\n{"id": 3}\n{"text": "Four", "role": "x"}\n{"text": "Five"}\n')
    found = list(read([source], Options()))
    assert [item.text for item in found if isinstance(item, Post)] == ["One", "Five"]
    assert [str(item).split(": ")[1] for item in found if isinstance(item, InputError)] == [
        "record 2",
        "record 3",
        "record 4",
    ]


def test_lines_of_another_kind_are_not_taken_for_posts(write: Any) -> None:
    assert errors(write("a.jsonl", '{"event": "login"}\n'), {}) == ["no format reads this file"]
