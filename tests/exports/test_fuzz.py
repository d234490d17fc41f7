"""Archives that are wrong in every way: whatever stands in them, a format yields posts and errors, and soon.

The formats are asked directly, since the reading of all sources would turn what they raise into an error too. What is
mutated are the small exports in examples/, so that a new format is tried as soon as it has one. Set FUZZ_ROUNDS for
more of the random kind.
"""

from __future__ import annotations

import copy
import io
import json
import os
import random
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from policy428.errors import InputError
from policy428.exports import Format, Options, formats
from policy428.exports.choose import read
from policy428.exports.tree import Bounds, Member, Tree, open_tree
from policy428.post import KINDS, Post

EXPORTS = Path(__file__).parents[2] / "examples" / "exports"
PLATFORMS = sorted(path.name for path in EXPORTS.iterdir() if path.is_dir())
ROUNDS = int(os.environ.get("FUZZ_ROUNDS", "8"))
THOROUGH = ROUNDS > 8
SECONDS = 20.0
"""How long one archive may take; a small one takes some thousandths."""

Files = dict[str, bytes]


class Memory:
    """Files that lie in memory, as what a tree reads from."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.bounds = Bounds(whole_bytes=4 * 2**20, record_bytes=2**20)

    def open(self, key: object) -> io.BytesIO:
        return io.BytesIO(self.files[str(key)])

    def tree(self) -> Tree:
        members = [Member(name, len(data), "fuzz.zip", self, name) for name, data in self.files.items()]
        return Tree("fuzz.zip", members, self.bounds)


def load(platform: str) -> Files:
    files = {}
    for member in open_tree(str(EXPORTS / platform)):
        with member.open() as stream:
            files[member.name] = stream.read()
    return files


def claimed(files: Files) -> dict[str, set[str]]:
    """Which members each format takes of files that are whole."""
    tree = Memory(files).tree()
    return {name: {member.name for member in kind.claims(tree)} for name, kind in asked()}


def asked() -> Iterator[tuple[str, Format]]:
    """The formats, those that can set to read private messages."""
    for name, kind in formats().items():
        configure = getattr(kind, "configured", None)
        yield name, configure(Options(messages=True)) if configure is not None else kind


def reading(files: Files, before: dict[str, set[str]]) -> list[Post]:
    """Reads files with every format that claims them, or claimed them before they were broken."""
    posts = []
    start = time.monotonic()
    for name, kind in asked():
        tree = Memory(files).tree()
        claims = {member.name for member in kind.claims(tree)} | before.get(name, set())
        aside = getattr(kind, "aside", None)
        if aside is not None:
            assert all(isinstance(member, Member) for member in aside(tree))
        members = [member for member in tree if member.name in claims]
        if members:
            for messages in (False, True):
                posts += [sound(item) for item in kind.read(tree, members, Options(messages=messages))]
    assert time.monotonic() - start < SECONDS
    return [post for post in posts if isinstance(post, Post)]


def sound(item: object) -> object:
    """`item`, which must be an error or a post whose every field is what it ought to be."""
    if isinstance(item, InputError):
        assert len(str(item)) < 1_000
        return item
    assert isinstance(item, Post)
    author, source = item.author, item.source
    texts = [item.text, source.path, source.platform, *(media.path for media in item.media), *item.thread]
    maybe = [item.group, item.id, item.time, item.permalink, source.field, source.member]
    maybe += [author.name, author.email, author.handle, author.bio, *(media.alt for media in item.media)]
    assert all(isinstance(text, str) for text in texts), item
    assert all(text is None or isinstance(text, str) for text in maybe), item
    assert source.kind in KINDS
    assert source.record is None or isinstance(source.record, int)
    for text in filter(None, [*texts, *maybe]):
        text.encode("utf-8")  # half a pair of surrogates can be written nowhere
    return item


def nested(depth: int) -> Any:
    value: Any = "deep"
    for number in range(depth):
        value = [value] if number % 2 else {"data": value}
    return value


JUNK: list[Any] = [
    None,
    True,
    0,
    -1,
    1.5,
    10**400,
    1e308,
    "",
    " ",
    "text",
    "\ud83d",
    "\x00",
    "9" * 5_000,
    "0000-00-00",
    "2024-13-45T99:99:99Z",
    "http://[broken",
    "<p>a</p" + "<" * 50,
    [],
    {},
    [None],
    [[]],
    ["text", 3, {"text": None}],
    {"": None},
    {"value": {"value": []}},
    nested(40),
]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The place of every value in `value`, at most three of a list."""
    yield path
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*path, key))
    elif isinstance(value, list):
        for number in range(min(len(value), 3)):
            yield from places(value[number], (*path, number))


def changed(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    value = copy.deepcopy(value)
    inner = value
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = new
    return value


def as_json(data: bytes) -> tuple[bytes, Any] | None:
    """What stands before the JSON of a file (`window.YTD... = `), and its value."""
    text = data.removeprefix(b"\xef\xbb\xbf")
    start = re.match(rb"[\w.\s]{0,100}=\s*", text)
    lead = start.group() if start else b""
    try:
        return lead, json.loads(text[len(lead) :])
    except ValueError:
        return None


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_value_of_the_wrong_type_in_any_place_of_json(platform):
    files = load(platform)
    before = claimed(files)
    taken = set().union(*before.values())
    chance = random.Random(platform)
    tries = []
    for name, data in files.items():
        found = as_json(data) if name.endswith((".json", ".js")) else None
        if found is None:
            continue
        lead, value = found
        # The members that tell of others (accounts, channels) are tried less: each time all is read anew.
        junk = JUNK if name in taken else chance.sample(JUNK, 6)
        tries += [(name, lead, value, path, new) for path in places(value) for new in junk]
    for name, lead, value, path, new in tries if THOROUGH else chance.sample(tries, min(len(tries), 12 * ROUNDS)):
        reading({**files, name: lead + json.dumps(changed(value, path, new)).encode()}, before)


HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "blank": b" \r\n\t \n",
    "null": b"null",
    "a number": b"17",
    "an empty list": b"[]",
    "an empty object": b"{}",
    "zeros": b"\x00" * 4_096,
    "a mark alone": b"\xff\xfe",
    "half a pair": b"\xff\xfea",
    "brackets": b"[" * 30_000,
    "objects": b'{"data":' * 10_000,
    "objects in lists": b'[{"data":' * 10_000,
    "a long number": b"[" + b"9" * 50_000 + b"]",
    "a vast exponent": b'[{"timestamp": 1e999999999, "text": -1e999999999}]',
    "quotes": b'"' * 20_000,
    "an open string": b'[{"text": "' + b"a" * 1_500_000,
    "commas": b"," * 30_000 + b"\n" + b"," * 30_000,
    "lines": b"\n" * 50_000,
    "tags": b"<rss><channel>" + b"<item>" * 20_000,
    "attributes": b"<rss " + b"a='b' " * 10_000 + b">",
    "a long tag": b"<" + b"a" * 400_000,
    "ampersands": b"<rss><channel><item><title>" + b"&" * 50_000,
    "brackets of CDATA": b"<rss><channel><item><title><![CDATA[" + b"]" * 50_000,
    "rules": b"---\n" * 5_000,
    "aliases": b"---\na: &a [x]\n"
    + b"".join(b"%c: &%c [*%c,*%c,*%c,*%c]\n" % (c + 1, c + 1, c, c, c, c) for c in range(97, 117))
    + b"---\n",
    "a deep mapping": b"---\n" + b"{a: " * 3_000 + b"\n---\n",
    "deep TOML": b"+++\na = " + b"[" * 5_000 + b"\n+++\n",
    "bytes": bytes(range(256)) * 50,
}


def hostilities() -> list[tuple[str, str]]:
    """Each platform with some of what is hostile, each of that with some platform; all of it when asked for."""
    names = list(HOSTILE)
    step = 1 if THOROUGH else 5
    return [(one, name) for at, one in enumerate(PLATFORMS) for name in names[0 if THOROUGH else at % 5 :: step]]


@pytest.mark.parametrize(("platform", "hostile"), hostilities())
def test_a_file_of_something_else_altogether(platform, hostile):
    files = load(platform)
    before = claimed(files)
    taken = sorted(set().union(*before.values()))[:3]
    reading({**dict.fromkeys(files, b""), **dict.fromkeys(taken, HOSTILE[hostile])}, before)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def beheaded(data: bytes, chance: random.Random) -> bytes:
    return data[chance.randrange(len(data) + 1) :]


def flipped(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.randrange(1, 40)):
        if out:
            out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def shuffled(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


def without(data: bytes, chance: random.Random) -> bytes:
    """Some marks of structure taken out, others put in."""
    out = bytearray()
    for byte in data:
        if byte in b'{}[]",:<>&;=\n' and chance.random() < 0.03:
            if chance.random() < 0.5:
                continue
            out += bytes([byte]) * chance.choice((2, 40))
        out.append(byte)
    return bytes(out)


def doubled(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + data + data[at:]


def recoded(data: bytes, chance: random.Random) -> bytes:
    return data.decode("utf-8", "replace").encode(chance.choice(("utf-16", "utf-16-be", "utf-32", "cp1252")), "replace")


BREAKS: list[Callable[[bytes, random.Random], bytes]] = [
    cut,
    beheaded,
    flipped,
    shuffled,
    without,
    doubled,
    recoded,
]


@pytest.mark.parametrize("how", BREAKS, ids=lambda how: how.__name__)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_bytes_gone_wrong(platform, how):
    files = load(platform)
    before = claimed(files)
    chance = random.Random(f"{platform} {how.__name__}")
    for _ in range(ROUNDS):
        reading({name: how(data, chance) if chance.random() < 0.8 else data for name, data in files.items()}, before)


def cells(data: bytes, chance: random.Random) -> bytes:
    """A table with cells that are something else, and rows of another length."""
    import csv

    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig", "replace"), newline="")))
    for row in rows[1:]:
        for at in range(len(row)):
            if chance.random() < 0.3:
                row[at] = str(chance.choice(JUNK)).replace("\ud83d", "?")
        if chance.random() < 0.2:
            del row[chance.randrange(len(row) + 1) :]
        if chance.random() < 0.2:
            row += ["more"] * chance.choice((1, 2_000))
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8", "replace")


@pytest.mark.parametrize("platform", PLATFORMS)
def test_tables_with_other_cells(platform):
    files = load(platform)
    tables = {name: data for name, data in files.items() if name.lower().endswith((".csv", ".tsv"))}
    before = claimed(files)
    chance = random.Random(platform)
    for _ in range(ROUNDS if tables else 0):
        reading({**files, **{name: cells(data, chance) for name, data in tables.items()}}, before)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_broken_zip(platform, tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in load(platform).items():
            archive.writestr(name, data)
    whole = buffer.getvalue()
    chance = random.Random(platform)
    path = tmp_path / "export.zip"
    for number in range(ROUNDS):
        path.write_bytes((cut if number % 2 else flipped)(whole, chance))
        start = time.monotonic()
        items = [sound(item) for item in read([str(path)], Options(messages=True))]
        assert items
        assert not any("cannot be read further" in str(item) for item in items if isinstance(item, InputError))
        assert time.monotonic() - start < SECONDS


def test_whole_exports_are_read():
    """What is broken above gives posts while it is whole, or nothing would be tried."""
    for platform in PLATFORMS:
        files = load(platform)
        assert reading(files, claimed(files)), platform
