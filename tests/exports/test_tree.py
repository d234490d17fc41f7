"""Sources: the same members from a folder, a zip and a tar; attacks end in a word, in bounded time and memory."""

import io
import os
import socket
import stat
import struct
import tarfile
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy428.errors import InputError
from policy428.exports.opening import open_trees
from policy428.exports.tree import Bounds, Tree, join, open_tree

FILES = {
    "export/posts/your_posts_1.json": b'[{"a": 1}]',
    "export/posts/Your_Posts_2.JSON": b"[]",
    "export/profile.json": b"{}",
    "export/media/swan.jpg": b"\xff\xd8",
}
HIDDEN = {"__MACOSX/export/._profile.json": b"x", "export/.DS_Store": b"x", "export/._swan.jpg": b"x"}


def folder(path: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return path


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def tarred(path: Path, files: dict[str, bytes], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


MAKERS: dict[str, Callable[[Path, dict[str, bytes]], Path]] = {
    "folder": lambda path, files: folder(path / "source", files),
    "zip": lambda path, files: zipped(path / "source.bin", files),
    "tar": lambda path, files: tarred(path / "source.bin", files),
    "tar.gz": lambda path, files: tarred(path / "source.bin", files, "w:gz"),
    "tar.bz2": lambda path, files: tarred(path / "source.bin", files, "w:bz2"),
    "tar.xz": lambda path, files: tarred(path / "source.bin", files, "w:xz"),
}


@pytest.fixture(params=sorted(MAKERS))
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[dict[str, bytes]], str]:
    return lambda files: str(MAKERS[request.param](tmp_path, files))


def told(tree: Tree) -> str:
    return "\n".join(map(str, tree.problems))


def content(tree: Tree) -> dict[str, bytes]:
    found = {}
    for member in tree:
        with member.open() as stream:
            found[member.name] = stream.read()
    return found


# what every kind of source gives


def test_members_are_the_files_without_hidden_ones(make: Callable[[dict[str, bytes]], str]) -> None:
    tree = open_tree(make(FILES | HIDDEN))
    assert content(tree) == FILES
    assert {member.name: member.size for member in tree} == {name: len(data) for name, data in FILES.items()}
    assert tree.problems == []


def test_members_are_found_by_the_end_of_their_path(make: Callable[[dict[str, bytes]], str]) -> None:
    tree = open_tree(make(FILES))
    names = [member.name for member in tree.ending("posts/your_posts_*.json")]
    assert sorted(names) == ["export/posts/Your_Posts_2.JSON", "export/posts/your_posts_1.json"]
    assert tree.ending("osts/your_posts_1.json") == []
    assert tree.ending("export/*.json") == tree.ending("profile.json") != []
    first = tree.first("profile.json")
    assert first is not None and first.name == "export/profile.json"
    assert tree.first("profile.json.bak") is None


def test_a_member_says_where_it_is(make: Callable[[dict[str, bytes]], str]) -> None:
    source = make(FILES)
    member = open_tree(source).first("profile.json")
    assert member is not None
    place = member.place(3, "bio", platform="facebook", kind="profile")
    assert (place.path, place.member, place.record, place.field) == (source, "export/profile.json", 3, "bio")
    assert str(member.error("is odd", record=3)) == f"{source}!export/profile.json: record 3: is odd"


def test_a_single_file_is_its_own_member(tmp_path: Path) -> None:
    path = folder(tmp_path, {"tweets.js": b"data"}) / "tweets.js"
    (member,) = open_tree(str(path))
    assert (member.name, member.alone, member.place().member) == ("tweets.js", True, None)
    assert str(member.error("is odd")) == f"{path}: is odd"


def test_a_packed_file_that_is_no_archive_is_its_own_member(tmp_path: Path) -> None:
    import gzip

    path = tmp_path / "posts.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "Hello"}\n'))
    (member,) = open_tree(str(path))
    assert (member.name, member.alone, member.open().read()) == ("posts.jsonl", True, b'{"text": "Hello"}\n')


def test_first_bytes_may_be_looked_at_while_another_member_is_read(make: Callable[[dict[str, bytes]], str]) -> None:
    files = {f"{number}.json": bytes([65 + number]) * 300_000 for number in range(3)}
    members = list(open_tree(make(files)))
    with members[1].open() as stream:
        begun = stream.read(10)
        assert [member.head(4) for member in members] == [b"AAAA", b"BBBB", b"CCCC"]
        assert begun + stream.read() == files["1.json"]


def test_members_of_a_packed_tar_are_read_in_one_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import gzip

    files = {f"{number:03}.json": os.urandom(9_000) for number in range(40)}
    tree = open_tree(str(tarred(tmp_path / "a.tgz", files, "w:gz")))
    opened = []
    real = gzip.open
    monkeypatch.setattr(gzip, "open", lambda path: opened.append(path) or real(path))
    assert content(tree) == files
    assert len(opened) == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    files=st.dictionaries(
        st.from_regex(r"[a-z]{1,8}(/[a-z]{1,8}){0,2}\.json", fullmatch=True), st.binary(max_size=9000)
    )
)
def test_all_archives_give_the_same_members(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("same")
    for maker in ("zip", "tar", "tar.gz"):
        assert content(open_tree(str(MAKERS[maker](path, files)))) == files


# parts of one export


def test_archives_in_a_folder_are_parts_of_it(tmp_path: Path) -> None:
    zipped(folder(tmp_path, {"notes.json": b"{}"}) / "name-1.zip", {"posts_1.json": b"[]"})
    zipped(tmp_path / "name-2.zip", {"profile.json": b"{}"})
    tree = open_tree(str(tmp_path))
    assert [(member.source, member.name) for member in tree] == [
        (str(tmp_path), "notes.json"),
        (str(tmp_path / "name-1.zip"), "posts_1.json"),
        (str(tmp_path / "name-2.zip"), "profile.json"),
    ]


def test_parts_of_one_export_are_joined_and_two_exports_stay_apart(tmp_path: Path) -> None:
    parts = [
        zipped(tmp_path / "ann-1.zip", {"posts/1.json": b"[]", "in/index.html": b""}),
        zipped(tmp_path / "ann-2.zip", {"profile.json": b"{}", "in/index.html": b""}),
        zipped(tmp_path / "bob.zip", {"posts/1.json": b"[]", "profile.json": b"{}"}),
    ]
    trees = [tree for tree in open_trees(map(str, parts)) if isinstance(tree, Tree)]
    assert [[member.source for member in tree.ending("*.json")] for tree in trees] == [
        [str(parts[0]), str(parts[1])],
        [str(parts[2]), str(parts[2])],
    ]


def test_joined_trees_keep_members_sources_and_problems(tmp_path: Path) -> None:
    one = open_tree(str(zipped(tmp_path / "1.zip", {"a.json": b"1", "../b.json": b""})))
    two = open_tree(str(zipped(tmp_path / "2.zip", {"c.json": b"2"})))
    tree = join([one, two])
    assert [(member.source, member.name) for member in tree] == [(one.path, "a.json"), (two.path, "c.json")]
    assert tree.problems == one.problems != []


def test_a_broken_part_does_not_hide_the_others(tmp_path: Path) -> None:
    zipped(tmp_path / "good.zip", {"a.json": b"[]"})
    (tmp_path / "bad.zip").write_bytes(b"PK\3\4nothing")
    found = list(open_trees([str(tmp_path), str(tmp_path / "missing.zip")]))
    assert [tree.path for tree in found if isinstance(tree, Tree)] != []
    assert {str(error).split(":")[0] for error in found if isinstance(error, InputError)} == {
        str(tmp_path / "bad.zip"),
        str(tmp_path / "missing.zip"),
    }
    assert "bad.zip" in told(open_tree(str(tmp_path)))


# what is passed over


def test_a_name_that_is_no_text_can_be_written_in_a_report(tmp_path: Path) -> None:
    inside = tmp_path / os.fsdecode(b"f\xe9")
    inside.mkdir()
    (inside / os.fsdecode(b"caf\xe9.json")).write_bytes(b"[]")
    tarred(tmp_path / "a.tar", {os.fsdecode(b"caf\xe9.json"): b"[]"})
    for source in (inside, tmp_path / "a.tar"):
        (member,) = open_tree(str(source))
        assert member.open().read() == b"[]"
        f"{member.place()} {member.error('x')}".encode()


@pytest.mark.parametrize(
    "name", ["../up.json", "a/../../up.json", "/etc/up.json", "C:\\up.json", "..\\up.json", "a\\..\\..\\u"]
)
@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
def test_names_that_climb_out_are_passed_over(kind: str, name: str, tmp_path: Path) -> None:
    source = str(MAKERS[kind](tmp_path, {name: b"[]", "good.json": b"[]"}))
    tree = open_tree(source)
    assert [member.name for member in tree] == ["good.json"]
    assert "climb out of the archive passed over: 1" in told(tree)


def test_a_windows_zip_has_folders(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"posts/one.json": b"[]"})
    path.write_bytes(path.read_bytes().replace(b"posts/one.json", b"posts\\one.json"))
    assert [member.name for member in open_tree(str(path)).ending("posts/one.json")] == ["posts/one.json"]


def test_links_and_devices_of_a_tar_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        for name, kind in [
            ("s", tarfile.SYMTYPE),
            ("h", tarfile.LNKTYPE),
            ("d", tarfile.CHRTYPE),
            ("f", tarfile.FIFOTYPE),
        ]:
            info = tarfile.TarInfo(f"{name}.json")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    tree = open_tree(str(path))
    assert list(tree) == []
    assert "links passed over: 2" in told(tree) and "devices, pipes and sockets passed over: 2" in told(tree)


def test_a_link_in_a_zip_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("link.json")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    tree = open_tree(str(path))
    assert list(tree) == []
    assert "symbolic links passed over: 1, first “link.json”" in told(tree)


def test_links_pipes_and_loops_of_a_folder_are_passed_over(tmp_path: Path) -> None:
    outside = folder(tmp_path / "outside", {"secret.json": b"[]"})
    inside = folder(tmp_path / "inside", {"good.json": b"[]"})
    (inside / "link.json").symlink_to(outside / "secret.json")
    (inside / "folder").symlink_to(outside)
    (inside / "loop").symlink_to(inside)
    os.mkfifo(inside / "pipe.json")
    with socket.socket(socket.AF_UNIX) as there:
        os.chdir(inside)
        there.bind("socket.json")
        tree = open_tree(str(inside))
    assert [member.name for member in tree] == ["good.json"]
    assert "symbolic links passed over: 3" in told(tree) and "devices, pipes and sockets passed over: 2" in told(tree)


def test_a_file_that_became_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    inside = folder(tmp_path / "inside", {"a.json": b"[]"})
    (member,) = open_tree(str(inside))
    (inside / "a.json").unlink()
    (inside / "a.json").symlink_to(tmp_path / "secret")
    with pytest.raises(InputError, match="cannot be read"):
        member.open()


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_members_of_one_name_the_last_counts(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a"
    if kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.json", b"old")
            archive.writestr("a.json", b"new")
    else:
        with tarfile.open(path, "w:gz" if kind == "tar.gz" else "w") as tar:
            for data in (b"old", b"new"):
                info = tarfile.TarInfo("a.json")
                info.size = 3
                tar.addfile(info, io.BytesIO(data))
    tree = open_tree(str(path))
    assert content(tree) == {"a.json": b"new"}
    assert "names that stand twice; the last one counts: 1" in told(tree)


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_archives_in_an_archive_are_told_of_once(kind: str, tmp_path: Path) -> None:
    tree = open_tree(str(MAKERS[kind](tmp_path, {"a.zip": b"PK\3\4", "b.tgz": b"", "c.json": b"[]"})))
    assert [member.name for member in tree] == ["c.json"]
    assert told(tree).count("archives inside the archive, which are not opened: 2") == 1


def test_encrypted_members_are_told_of(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.json": b"[]", "b.json": b"[]"})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(mark)
        data[at + offset] |= 1
    path.write_bytes(data)
    tree = open_tree(str(path))
    assert [member.name for member in tree] == ["b.json"]
    assert "encrypted files passed over: 1" in told(tree) and "unlock" in told(tree)


# what is refused


def refusal(path: Path | str, bounds: Bounds | None = None) -> str:
    with pytest.raises(InputError) as caught:
        open_tree(str(path), bounds)
    return str(caught.value)


def test_what_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    assert "no such file or folder" in refusal(tmp_path / "nothing")
    assert "no such file or folder" in refusal(tmp_path / ("x" * 300)) or "name too long" in refusal(
        tmp_path / ("x" * 300)
    )
    assert "a\0b" in refusal("a\0b")
    os.mkfifo(tmp_path / "pipe")
    assert "neither a file nor a folder" in refusal(tmp_path / "pipe")


@pytest.mark.parametrize(
    ("mark", "what"),
    [(b"7z\xbc\xaf\x27\x1c", "7z"), (b"Rar!\x1a\x07\x01\0", "RAR"), (b"\x28\xb5\x2f\xfd", "Zstandard")],
)
def test_archives_of_other_kinds_are_named(mark: bytes, what: str, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(mark + bytes(100))
    assert f"a {what} archive" in refusal(tmp_path / "a.zip")


def test_an_office_document_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "plan.xlsx", {"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"})
    assert "Office document" in refusal(path) and "CSV" in refusal(path)


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_too_many_members_are_refused_or_told(kind: str, tmp_path: Path) -> None:
    source = MAKERS[kind](tmp_path, {f"{number}.json": b"" for number in range(30)})
    try:
        tree = open_tree(str(source), Bounds(members=20))
    except InputError as error:
        assert "more than 20 files" in str(error)
    else:
        assert "more than 20 files" in told(tree)


def test_a_directory_that_claims_millions_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    record = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 10**9, 10**9, 46 * 10**9, 0)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, 4, 1)
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    path.write_bytes(b"PK\3\4" + record + locator + end)
    assert "more than 1,000,000 files" in refusal(path)


def test_files_that_share_bytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", bytes(10_000_000))
        for number in range(200):
            twin = zipfile.ZipInfo(f"{number:05}.json")
            first = archive.filelist[0]
            twin.header_offset, twin.compress_size, twin.file_size = (
                first.header_offset,
                first.compress_size,
                first.file_size,
            )
            twin.CRC, twin.compress_type = first.CRC, first.compress_type
            archive.filelist.append(twin)
    assert "overlap" in refusal(path)


# bombs: bounded by bytes, in little memory


def test_a_member_beyond_the_bound_stops(make: Callable[[dict[str, bytes]], str]) -> None:
    tree = open_tree(make({"big.json": bytes(300_000), "small.json": b"[]"}), Bounds(member_bytes=200_000))
    big = tree.first("big.json")
    if big is None:
        assert "files larger than 200,000 bytes" in told(tree)
    else:
        with big.open() as stream, pytest.raises(InputError, match="larger than 200,000 bytes"):
            stream.read()


def test_a_zip_that_lies_about_a_size_gives_no_more_than_it_said(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.json": bytes(5_000_000)})
    data = path.read_bytes().replace(struct.pack("<I", 5_000_000), struct.pack("<I", 10))
    path.write_bytes(data)
    (member,) = open_tree(str(path))
    with member.open() as stream, pytest.raises(InputError, match="broken inside the archive"):
        stream.read()


@pytest.mark.parametrize("mode", ["w:gz", "w:bz2"])
def test_a_packed_tar_of_zeros_takes_little_memory(mode: str, tmp_path: Path) -> None:
    path = tmp_path / "bomb"
    with tarfile.open(path, mode) as archive:
        info = tarfile.TarInfo("zeros.json")
        info.size = 150_000_000

        class Zeros(io.RawIOBase):
            def read(self, size: int = -1) -> bytes:
                return bytes(size)

        archive.addfile(info, Zeros())
    tracemalloc.start()
    began = time.monotonic()
    tree = open_tree(str(path), Bounds(member_bytes=100_000_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "files larger than 100,000,000 bytes" in told(tree)
    assert peak < 8_000_000 and time.monotonic() - began < 20


def pax(size: int) -> bytes:
    info = tarfile.TarInfo("././@PaxHeader")
    info.type, info.size = tarfile.XHDTYPE, size
    return info.tobuf(tarfile.USTAR_FORMAT)


def test_a_header_of_a_gigabyte_is_not_read(tmp_path: Path) -> None:
    import gzip

    with gzip.open(tmp_path / "a.tgz", "wb", compresslevel=1) as archive:
        archive.write(pax(2**30))
        for _ in range(64):
            archive.write(bytes(2**20))
    tracemalloc.start()
    tree = open_tree(str(tmp_path / "a.tgz"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "header in this tar is too long" in told(tree) or "too long" in told(tree)
    assert peak < 8_000_000


def test_headers_without_end_are_not_followed(tmp_path: Path) -> None:
    record = b"13 path=a.js\n"
    (tmp_path / "a.tar").write_bytes((pax(len(record)) + record.ljust(512, b"\0")) * 5_000)
    tree = open_tree(str(tmp_path / "a.tar"))
    assert list(tree) == [] and tree.problems


# what is cut off or broken: what stands before is read


def broken(path: Path, keep: float) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    return path


NOISE = {f"{number}.json": os.urandom(20_000) for number in range(5)}


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "tar.xz"])
def test_an_archive_cut_off_gives_the_members_before(kind: str, tmp_path: Path) -> None:
    path = broken(MAKERS[kind](tmp_path, NOISE), 0.5)
    tree = open_tree(str(path))
    assert "cut off or broken" in told(tree)
    first = tree.first("0.json")
    assert first is not None and first.open().read() == NOISE["0.json"]


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_the_member_that_is_cut_gives_what_stands_before(kind: str, tmp_path: Path) -> None:
    path = broken(MAKERS[kind](tmp_path, {"a.json": NOISE["0.json"]}), 0.5)
    (member,) = open_tree(str(path))
    got = b""
    with member.open() as stream, pytest.raises(InputError, match="broken inside the archive"):
        while data := stream.read1(1000):  # type: ignore[attr-defined]
            got += data
    assert len(got) > 5_000 and NOISE["0.json"].startswith(got)


def test_a_streamed_zip_cut_off_gives_the_members_before(tmp_path: Path) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in NOISE.items():
            archive.writestr(name, data)
    (tmp_path / "a.zip").write_bytes(pipe.getvalue()[:-290])
    assert content(open_tree(str(tmp_path / "a.zip"))) == NOISE


def test_a_wrong_checksum_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.json": b"[]" * 10})
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", zlib.crc32(b"[]" * 10)), b"\0\0\0\0"))
    (member,) = open_tree(str(path))
    with pytest.raises(InputError, match="broken inside the archive"):
        member.open().read()


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_damage_ends_in_members_or_a_word(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("damage")
    kind = data.draw(st.sampled_from(["zip", "tar", "tar.gz"]))
    source = MAKERS[kind](path, FILES)
    raw = bytearray(source.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    source.write_bytes(raw[: data.draw(st.integers(0, len(raw)))])
    try:
        for member in open_tree(str(source)):
            member.head()
            with member.open() as stream:
                stream.read(10_000)
    except InputError as error:
        assert str(error)
