"""Which format reads what, and all problems told beside the posts."""

import json
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest

from policy428.errors import InputError
from policy428.exports import Format, Options, choose, formats
from policy428.exports.choose import plan, read
from policy428.exports.jsonstream import records
from policy428.exports.tree import Bounds, Member, Tree, open_tree
from policy428.post import Post
from policy428.readers import Item


class Birds:
    """Reads `birds*.json`: a list of objects with a `song`."""

    name: ClassVar[str] = "birds"
    title: ClassVar[str] = "Birds"
    platform: ClassVar[str] = "birds"
    rank: ClassVar[int] = 10

    def claims(self, tree: Tree) -> Sequence[Member]:
        return tree.ending("birds*.json")

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        for member in members:
            for record in records(member):
                if isinstance(record, InputError):
                    yield record
                    continue
                number, data = record
                if "crash" in data:
                    raise KeyError(data["crash"])
                if "refuse" in data:
                    raise member.error("will not", record=number)
                yield Post(data["song"], id=data.get("id"), source=member.place(number, "song", platform="birds"))


class Everything(Birds):
    """Claims every JSON, as a general format does."""

    name: ClassVar[str] = "everything"
    title: ClassVar[str] = "Everything"
    rank: ClassVar[int] = 50

    def claims(self, tree: Tree) -> Sequence[Member]:
        return tree.ending("*.json")


class Broken(Birds):
    """Cannot even look."""

    name: ClassVar[str] = "broken"
    title: ClassVar[str] = "Broken"

    def claims(self, tree: Tree) -> Sequence[Member]:
        raise RuntimeError("private words")


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def use(*kinds: Format) -> None:
        monkeypatch.setattr(choose, "formats", lambda: {kind.name: kind for kind in kinds})

    return use


@pytest.fixture
def source(tmp_path: Path) -> Callable[[dict[str, Any]], str]:
    def make(files: dict[str, Any]) -> str:
        for name, data in files.items():
            path = tmp_path / "source" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
        return str(tmp_path / "source")

    return make


def told(items: Iterator[Item]) -> list[str]:
    """Texts of posts, and messages without the place."""
    return [item.text if isinstance(item, Post) else f"! {item.message}" for item in items]


def song(text: str, **more: Any) -> dict[str, Any]:
    return {"song": text, **more}


def test_each_member_goes_to_the_claiming_format_of_lowest_rank(known: Any, source: Any) -> None:
    known(Everything(), Birds())
    tree = open_tree(source({"birds.json": [], "cats.json": [], "notes.csv": b"", "picture.jpg": b"", "main.css": b""}))
    assert [(kind.name, [member.name for member in members]) for kind, _, members in plan([tree])] == [
        ("birds", ["birds.json"]),
        ("everything", ["cats.json"]),
        ("unknown", ["notes.csv"]),
    ]
    assert [kind.name for kind, _, _ in plan([tree], ["birds"])] == ["birds", "unknown"]


def test_an_unknown_name_of_a_format_is_refused(known: Any, source: Any) -> None:
    known(Birds())
    with pytest.raises(InputError, match=r"unknown format “brids”.*did you mean “birds”"):
        list(read([source({})], Options(), only=["brids"]))


def test_posts_of_all_sources_in_order(known: Any, tmp_path: Path) -> None:
    known(Birds())
    for number in (2, 1):
        with zipfile.ZipFile(tmp_path / f"part-{number}.zip", "w") as archive:
            archive.writestr(f"birds_{number}.json", json.dumps([song(f"{number}a"), song(f"{number}b")]))
    parts = [str(tmp_path / "part-2.zip"), str(tmp_path / "part-1.zip")]
    found = [item for item in read(parts, Options()) if isinstance(item, Post)]
    assert [(post.text, post.source.path, post.source.member, post.source.record) for post in found] == [
        ("2a", parts[0], "birds_2.json", 1),
        ("2b", parts[0], "birds_2.json", 2),
        ("1a", parts[1], "birds_1.json", 1),
        ("1b", parts[1], "birds_1.json", 2),
    ]


def test_a_claimed_member_without_a_post_is_told(known: Any, source: Any) -> None:
    known(Birds())
    found = told(read([source({"birds_1.json": [song("la")], "birds_2.json": [], "birds_3.json": [5]})], Options()))
    assert found == ["la", "! matched Birds but held no post", "! matched Birds but held no post"]


def test_many_members_without_a_post_take_few_lines(known: Any, source: Any) -> None:
    known(Birds())
    found = told(read([source({f"birds_{number}.json": [] for number in range(90)})], Options()))
    assert len(found) == 21 and found[-1] == "! matched Birds but held no post: 70 more files"


def test_files_that_no_format_reads_are_told_in_one_line(known: Any, source: Any) -> None:
    known(Birds())
    assert told(read([source({"a.json": [], "b.html": b"", "c.png": b""})], Options())) == [
        "! no format reads 2 files here, first “a.json”"
    ]
    assert told(read([source({})], Options())) == ["! no format reads 2 files here, first “a.json”"]


def test_what_a_format_knows_to_hold_no_posts_is_left_aside(known: Any, source: Any) -> None:
    class Knowing(Birds):
        def aside(self, tree: Tree) -> Sequence[Member]:
            return tree.ending("likes.json")

    known(Knowing())
    path = source({"birds.json": [song("la")], "likes.json": [], "plan.csv": b"x"})
    assert told(read([path], Options())) == ["la", "! no format reads this file"]


def test_a_source_without_anything_to_read_is_told(known: Any, source: Any, tmp_path: Path) -> None:
    known(Birds())
    (tmp_path / "empty").mkdir()
    assert told(read([str(tmp_path / "empty")], Options())) == ["! holds no file that could hold posts"]
    assert told(read([str(tmp_path / "missing")], Options())) == ["! no such file or folder"]


def test_what_was_passed_over_is_told(known: Any, source: Any, tmp_path: Path) -> None:
    known(Birds())
    path = source({"birds.json": [song("la")]})
    (Path(path) / "link.json").symlink_to("/etc/passwd")
    assert told(read([path], Options())) == ["! symbolic links passed over: 1, first “link.json”", "la"]


def test_wrong_json_in_one_member_hides_nothing_else(known: Any, source: Any) -> None:
    known(Birds())
    files = {"birds_1.json": b'[{"song": "one"}, {"song": "two"}, {"song": thr', "birds_2.json": [song("four")]}
    assert told(read([source(files)], Options())) == [
        "one",
        "two",
        "! the JSON is broken after record 2; the rest is not read",
        "four",
    ]


@pytest.mark.parametrize(
    ("bad", "message"),
    [({"crash": 1}, "! Birds cannot be read further: KeyError"), ({"refuse": 1}, "! record 2: will not")],
)
def test_a_format_that_breaks_off_goes_on_with_the_next_member(bad: Any, message: str, known: Any, source: Any) -> None:
    known(Birds())
    files = {
        "birds_1.json": [song("one")],
        "birds_2.json": [song("two"), bad, song("lost")],
        "birds_3.json": [bad],
        "birds_4.json": [song("four")],
    }
    found = told(read([source(files)], Options()))
    assert [text for text in found if not text.startswith("!")] == ["one", "two", "four"]
    assert found[2] == message


def test_a_format_that_cannot_look_is_told_and_the_others_read(known: Any, source: Any) -> None:
    known(Broken(), Birds())
    found = told(read([source({"birds.json": [song("la")]})], Options()))
    assert found == ["! cannot be looked through for Broken: RuntimeError", "la"]


def test_a_post_beyond_the_bound_is_refused(known: Any, source: Any) -> None:
    known(Birds())
    path = source({"birds.json": [song("ok"), song("x" * 101), song("é" * 51), song("é" * 50)]})
    assert told(read([path], Options(), bounds=Bounds(post_bytes=100))) == [
        "ok",
        "! record 2: the post is longer than 100 bytes, the limit for one",
        "! record 3: the post is longer than 100 bytes, the limit for one",
        "é" * 50,
    ]


def test_ids_that_stand_twice_are_counted_once_for_all(known: Any, source: Any) -> None:
    known(Birds())
    same = [song("a", id="1"), song("b", id="1"), song("c", id="2"), song("d", id="1"), song("e"), song("f")]
    many = [song("x", id=f"n{number}") for number in range(3_000)]
    found = told(read([source({"birds_1.json": same, "birds_2.json": [*many, song("g", id="2")]})], Options()))
    assert [text for text in found if text.startswith("!")] == ["! Birds: ids that stood before: 3"]
    assert len(found) == 6 + 3_001 + 1


def test_half_a_letter_is_no_text(known: Any, source: Any) -> None:
    class Halves(Birds):
        def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
            yield Post("half \ud83d", source=members[0].place(1))

    known(Halves())
    assert told(read([source({"birds.json": []})], Options())) == ["half ?"]


def test_every_error_has_a_place(known: Any, source: Any) -> None:
    known(Broken(), Birds())
    path = source({"birds_1.json": b"[", "birds_2.json": [], "c.json": []})
    errors = [item for item in read([path, path + "x"], Options()) if isinstance(item, InputError)]
    assert len(errors) == 5 and all(error.place.path and error.place.path.startswith(path) for error in errors)


def test_every_format_is_described() -> None:
    page = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
    table = page.partition("## Formats")[2].partition("## ")[0]
    described = {
        name
        for row in table.splitlines()
        if row.startswith("| `")
        for name in re.findall(r"`([a-z-]+)`", row.split("|")[1])
    }
    assert described == set(formats())


def test_the_limits_are_described() -> None:
    page = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
    bounds = Bounds()
    sizes = [f"{bounds.members:,}", f"{bounds.member_bytes >> 30} GiB", f"{bounds.depth} levels"]
    sizes += [f"{size >> 20} MiB" for size in (bounds.whole_bytes, bounds.record_bytes, bounds.post_bytes)]
    assert [size for size in sizes if f"| {size} |" not in page] == []
