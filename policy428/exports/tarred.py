"""Members of a tar, plain or compressed, read in place; a compressed file that is no tar is a single member."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from policy428.errors import InputError, Place
from policy428.exports.passing import Passed, hidden, is_archive, safe_name
from policy428.exports.tree import HEAD, Bounds, Member, Tree

_HEADER_BYTES = 2**20
"""What the headers of one member may take: long names and attributes are read whole."""
_HEADS = 8_000
"""How many members' first bytes are kept: to come back to them later is to unpack everything before."""
_GLOBALS = 200
_STEP = 2**20


class Tar:
    """A tar; a key is where a member's bytes begin and how many there are, in the unpacked stream.

    A compressed tar cannot be entered in the middle. The last stream is kept when its member is closed, so that
    members opened in the order of the archive are read in one pass.
    """

    def __init__(self, unpack: Callable[[], BinaryIO], bounds: Bounds, *, seekable: bool) -> None:
        self.bounds = bounds
        self._unpack = unpack
        self._seekable = seekable
        self._idle: BinaryIO | None = None

    def open(self, key: object) -> BinaryIO:
        start, size = cast("tuple[int, int]", key)
        stream, self._idle = self._idle, None
        if stream is not None and not self._seekable and stream.tell() > start:
            stream.close()
            stream = None
        if stream is None:
            stream = self._unpack()
        if self._seekable:
            stream.seek(start)
        else:
            _skip(stream, start - stream.tell())
        return cast("BinaryIO", _Slice(stream, size, self._done))

    def _done(self, stream: BinaryIO) -> None:
        if self._idle is not None:
            self._idle.close()
        self._idle = stream


class _Slice(io.RawIOBase):
    """`size` bytes of a stream from where it stands; ends in an `EOFError` where the stream ends earlier."""

    def __init__(self, stream: BinaryIO, size: int, done: Callable[[BinaryIO], None]) -> None:
        self._stream = stream
        self._left = size
        self._done = done
        self._read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        data = self._read(wanted) if wanted else b""
        if wanted and not data:
            raise EOFError
        self._left -= len(data)
        return data

    def close(self) -> None:
        if not self.closed:
            self._done(self._stream)
        super().close()


class _Headers:
    """The file that `tarfile` reads headers from: refuses to read one that is too long, which it would do whole."""

    def __init__(self, stream: BinaryIO, path: str) -> None:
        self._stream = stream
        self._path = path
        self.spent = 0

    def read(self, size: int = -1) -> bytes:
        self.spent += max(size, 0)
        if size < 0 or self.spent > _HEADER_BYTES:
            raise InputError("a header in this tar is too long; it is not read further", place=Place(self._path))
        return self._stream.read(size)

    def tell(self) -> int:
        return self._stream.tell()

    def seek(self, position: int) -> int:
        if self._stream.seekable() and position < self._stream.tell():
            return self._stream.seek(position)
        _skip(self._stream, position - self._stream.tell())
        return position


def tar_tree(path: str, unpack: Callable[[], BinaryIO], bounds: Bounds, *, packed: bool) -> Tree:
    """The tree of the tar that `unpack` opens from its start.

    What can be read of a tar that is cut off is kept, and the rest told of.

    Raises:
        InputError: it holds more than `bounds.members` files.
    """
    passed = Passed(path)
    store = Tar(unpack, bounds, seekable=not packed)
    members: dict[str, Member] = {}
    problems: list[InputError] = []
    stream = unpack()
    headers = _Headers(stream, path)
    kept = count = 0
    try:
        archive = tarfile.open(fileobj=cast("BinaryIO", headers), mode="r:")  # noqa: SIM115
        while (info := archive.next()) is not None:
            headers.spent = 0
            archive.members.clear()  # type: ignore[attr-defined]
            count += 1
            if count > bounds.members:
                raise InputError(f"holds more than {bounds.members:,} files, the limit for a source", place=Place(path))
            if len(archive.pax_headers) > _GLOBALS:
                raise InputError("this tar has too many headers; it is not read further", place=Place(path))
            if info.size > bounds.member_bytes:
                passed.add(f"files larger than {bounds.member_bytes:,} bytes; what follows them is not read", info.name)
                break
            name = _member_name(info, passed)
            if name is None:
                continue
            if name in members:
                passed.add("names that stand twice; the last one counts", name)
                del members[name]
            place = info.offset_data, info.size
            members[name] = Member(name, info.size, path, store, place)
            if kept < _HEADS and not name.lower().endswith(_MEDIA):
                kept += 1
                head = stream.read(min(HEAD, info.size))
                members[name] = Member(name, info.size, path, store, place, head=head)
    except InputError as problem:
        problems.append(problem)
    except Exception:
        problems.append(
            InputError(
                f"this tar is cut off or broken after {count:,} entries; what stands before is read",
                place=Place(path),
                hint="download it again",
            )
        )
    finally:
        stream.close()
    return Tree(path, list(members.values()), bounds, [*problems, *passed.problems()])


def packed_file_tree(path: str, unpack: Callable[[], BinaryIO], bounds: Bounds) -> Tree:
    """The tree of a compressed file that is no tar: `posts.jsonl.gz`."""
    store = Tar(unpack, bounds, seekable=False)
    name = Path(path).stem or Path(path).name
    return Tree(path, [Member(name, bounds.member_bytes, path, _Whole(store, unpack), None, alone=True)], bounds)


class _Whole:
    """A compressed file as the only member."""

    def __init__(self, store: Tar, unpack: Callable[[], BinaryIO]) -> None:
        self.bounds = store.bounds
        self._unpack = unpack

    def open(self, key: object) -> BinaryIO:
        return self._unpack()


_MEDIA = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".mp4", ".mov", ".webm", ".mp3", ".m4a", ".ogg", ".srt")


def _member_name(info: tarfile.TarInfo, passed: Passed) -> str | None:
    """The name of a file to be read; None where it is passed over."""
    if info.isdir():
        return None
    name = safe_name(info.name)
    if name is None:
        passed.add("names that climb out of the archive passed over", info.name)
    elif hidden(name):
        return None
    elif is_archive(name):
        passed.add("archives inside the archive, which are not opened", name, "unpack them and name the folder")
    elif info.issym() or info.islnk():
        passed.add("links passed over", name)
    elif info.issparse():
        passed.add("sparse files passed over", name)
    elif not info.isreg():
        passed.add("devices, pipes and sockets passed over", name)
    else:
        return name
    return None


def _skip(stream: BinaryIO, count: int) -> None:
    while count > 0:
        data = stream.read(min(count, _STEP))
        if not data:
            raise EOFError
        count -= len(data)
