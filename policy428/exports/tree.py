"""A source as a tree of members: a file, a folder, a zip or a tar, seen alike, in place and within bounds.

What a source is, is found by its first bytes, never by its name. Nothing is ever extracted. Links, devices and names
that climb out of the source are passed over and told of. Bytes and members are bounded, not the ratio of compression:
honest exports compress 45 to 1.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol, cast
from weakref import WeakKeyDictionary

from policy428.errors import InputError, Place
from policy428.exports.passing import whole
from policy428.post import Kind, Source

HEAD = 4096
HEADS = 16_000
"""How many members' first bytes are kept of one source."""
_CHUNK = 2**18


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is read of a source.

    Attributes:
        members: files in a source.
        member_bytes: bytes of one member, uncompressed, that a format streams.
        whole_bytes: bytes of one member that a format reads whole.
        record_bytes: bytes of one record of a member that is streamed.
        post_bytes: bytes of one post's text.
        depth: how deep JSON may be nested.
    """

    members: int = 1_000_000
    member_bytes: int = 64 * 2**30
    whole_bytes: int = 256 * 2**20
    record_bytes: int = 8 * 2**20
    post_bytes: int = 2**20
    depth: int = 200


class Store(Protocol):
    """What holds the bytes of members: a folder, a zip, a tar."""

    bounds: Bounds

    def open(self, key: object) -> BinaryIO:
        """The bytes of the member known here as `key`. Whatever goes wrong may be raised; `Member` words it."""


_kept: WeakKeyDictionary[Store, int] = WeakKeyDictionary()


class Member:
    """One file of a source.

    Attributes:
        name: its path inside the source, with `/`; the file's own name where the source is a single file.
        size: bytes, uncompressed, as the source says.
        source: the source's path as it was named.
        alone: the source is this single file.
    """

    __slots__ = ("_head", "_key", "_store", "alone", "name", "size", "source")

    def __init__(
        self, name: str, size: int, source: str, store: Store, key: object, *, alone: bool = False, head: bytes = b""
    ) -> None:
        self.name = whole(name)
        self.size = size
        self.source = whole(source)
        self.alone = alone
        self._store = store
        self._key = key
        self._head: bytes | None = head or None

    @property
    def bounds(self) -> Bounds:
        """The bounds that its source is read within."""
        return self._store.bounds

    @property
    def path(self) -> Path | None:
        """Where it lies on disk; None where it is inside an archive."""
        return Path(self._key) if isinstance(self._key, str) else None

    def open(self) -> BinaryIO:
        """Its bytes from the start, as a stream; `read1` gives what can be had before it breaks.

        Raises:
            InputError: it cannot be opened; reading raises it where the bytes are broken or beyond the bound.
        """
        if self._head is not None and len(self._head) == self.size:
            return io.BytesIO(self._head)
        return io.BufferedReader(_Bounded(self, self._opened()), _CHUNK)

    def head(self, size: int = HEAD) -> bytes:
        """Its first bytes, as many as can be read; kept, so that many formats may look."""
        kept = self._head
        if kept is None or len(kept) < min(size, self.size):
            kept = b"".join(self._first(max(size, HEAD)))
            if len(kept) <= HEAD and _kept.setdefault(self._store, 0) < HEADS:
                _kept[self._store] += 1
                self._head = kept
        return kept[:size]

    def _first(self, size: int) -> Iterator[bytes]:
        """Its first `size` bytes, or those before it breaks."""
        try:
            with self.open() as stream:
                while size and (data := cast("io.BufferedReader", stream).read1(size)):
                    yield data
                    size -= len(data)
        except InputError:
            return

    def whole(self) -> bytes:
        """All its bytes, for a format that cannot stream.

        Raises:
            InputError: it is larger than `bounds.whole_bytes`, or broken.
        """
        limit = self.bounds.whole_bytes
        with self.open() as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise self.error(f"larger than {limit:,} bytes, the limit for a file of this kind")
        return data

    def place(
        self, record: int | None = None, field: str | None = None, *, platform: str | None = None, kind: Kind = "post"
    ) -> Source:
        """Where a post of this member stood."""
        member = None if self.alone else self.name
        return Source(self.source, member=member, record=record, field=field, platform=platform, kind=kind)

    def error(self, message: str, *, record: int | None = None, hint: str | None = None) -> InputError:
        """An error about this member, and the record in it where one is named."""
        path = self.source if self.alone else f"{self.source}!{self.name}"
        where = f"record {record}: " if record is not None else ""
        return InputError(f"{where}{message}", place=Place(path), hint=hint)

    def _opened(self) -> BinaryIO:
        try:
            return self._store.open(self._key)
        except InputError:
            raise
        except Exception as problem:
            raise self.error(*_worded(problem)) from None

    def __repr__(self) -> str:
        return f"Member({self.source!r}, {self.name!r})"


class Tree:
    """The members of one source, or of several that are one export, in order; hidden files and `__MACOSX` left out.

    Attributes:
        path: the source's path as it was named; several are separated by a comma.
        bounds: what it is read within.
        problems: what was passed over, and why.
    """

    def __init__(
        self, path: str, members: Sequence[Member], bounds: Bounds, problems: Iterable[InputError] = ()
    ) -> None:
        self.path = whole(path)
        self.bounds = bounds
        self.problems: list[InputError] = list(problems)
        self._members = members
        self._by_suffix: dict[str, list[Member]] | None = None
        self._found: dict[tuple[str, ...], list[Member]] = {}

    def __iter__(self) -> Iterator[Member]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def ending(self, *suffixes: str) -> list[Member]:
        """The members whose path ends with one of `suffixes`, taken at a folder's border: `posts/your_posts_1.json`
        fits `export/posts/your_posts_1.json`. `*` stands for anything but `/`. Case does not count.
        """
        found = self._found.get(suffixes)
        if found is None:
            pattern = re.compile("|".join(_pattern(suffix) for suffix in suffixes), re.IGNORECASE)
            found = [member for member in self._candidates(suffixes) if pattern.search(member.name)]
            self._found[suffixes] = found
        return list(found)

    def first(self, *suffixes: str) -> Member | None:
        """The first of `ending`."""
        found = self.ending(*suffixes)
        return found[0] if found else None

    def _candidates(self, suffixes: Sequence[str]) -> Iterable[Member]:
        """The members that may fit: most of an export is media, and no format asks for those."""
        wanted = {PurePosixPath(pattern).suffix.lower() for pattern in suffixes}
        if any(not kind or "*" in kind for kind in wanted):
            return self._members
        if self._by_suffix is None:
            self._by_suffix = {}
            for member in self._members:
                self._by_suffix.setdefault(suffix(member), []).append(member)
        if len(wanted) == 1:
            return self._by_suffix.get(wanted.pop(), ())
        return (member for member in self._members if suffix(member) in wanted)


class _Bounded(io.RawIOBase):
    """A member's bytes, counted; whatever breaks on the way is told as an `InputError`."""

    def __init__(self, member: Member, stream: BinaryIO) -> None:
        self._member = member
        self._stream = stream
        # What stands before a break is lost by `read`, which wants all or nothing.
        self._read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
        self._left = member.bounds.member_bytes

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._read(len(buffer))
        except InputError:
            raise
        except Exception as problem:
            raise self._member.error(*_worded(problem)) from None
        self._left -= len(data)
        if self._left < 0:
            limit = self._member.bounds.member_bytes
            raise self._member.error(f"larger than {limit:,} bytes, the limit for one file of a source")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


def open_tree(path: str, bounds: Bounds | None = None) -> Tree:
    """The members of the file, folder, zip or tar at `path`; archives lying in a folder are parts of it.

    Raises:
        InputError: there is nothing, or nothing that can be read.
    """
    from policy428.exports.opening import open_source

    opened = list(open_source(path, bounds or Bounds()))
    tree = join([part for part in opened if isinstance(part, Tree)], path)
    tree.problems.extend(part for part in opened if isinstance(part, InputError))
    return tree


def join(trees: Sequence[Tree], path: str | None = None) -> Tree:
    """Several sources as one export, so that what stands in one (the account) serves the posts of another."""
    if len(trees) == 1 and path in (None, trees[0].path):
        return trees[0]
    named = path if path is not None else ", ".join(tree.path for tree in trees)
    problems = [problem for tree in trees for problem in tree.problems]
    return Tree(named, [member for tree in trees for member in tree], trees[0].bounds if trees else Bounds(), problems)


def suffix(member: Member) -> str:
    """The suffix of a member's name in lower case, `.json`."""
    name = member.name.rpartition("/")[2]
    stem, dot, last = name.rpartition(".")
    return f".{last.lower()}" if stem and dot else ""


def _pattern(suffix: str) -> str:
    return "(?:^|/)" + "[^/]*".join(map(re.escape, suffix.split("*"))) + r"\Z"


def _worded(problem: Exception) -> tuple[str]:
    """What to tell of an exception that reading an archive raised; its own words may quote what was read."""
    import lzma
    import zlib
    from zipfile import BadZipFile

    if isinstance(problem, BadZipFile | zlib.error | lzma.LZMAError | EOFError):
        return ("is broken inside the archive: what was read so far is kept, the rest is lost",)
    if isinstance(problem, NotImplementedError):
        return ("is compressed in a way that cannot be read here; pack it anew as a plain zip",)
    if isinstance(problem, RuntimeError):
        return ("is encrypted; unlock the archive first",)
    if isinstance(problem, OSError):
        return (f"cannot be read: {problem.strerror or 'the archive is broken here'}",)
    return (f"cannot be read: {type(problem).__name__}",)
