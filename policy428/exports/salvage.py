"""What can be read of a zip that is cut off: its list of files is at its end, but each file has a header of its own.

The layout is that of the ZIP application note, 4.3.7 and 4.3.9.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from policy428.exports.passing import hidden, is_archive, safe_name
from policy428.exports.tree import Bounds, Member

_LOCAL = b"PK\3\4"
_DESCRIPTOR = b"PK\7\x08"
_STORED, _DEFLATED = 0, 8
_UNKNOWN = 0xFFFFFFFF
_STEP = 2**18


class Entry(NamedTuple):
    """A file in the zip: where its bytes begin, how many stand there and how they are packed."""

    name: str
    start: int
    packed: int
    method: int


class Salvaged:
    """A zip without its list; a key is an `Entry`."""

    def __init__(self, path: str, bounds: Bounds) -> None:
        self.bounds = bounds
        self._path = path

    def open(self, key: object) -> BinaryIO:
        return cast("BinaryIO", _Unpacked(self._path, cast("Entry", key)))


class _Unpacked(io.RawIOBase):
    """The bytes of one entry; ends in an `EOFError` where the zip ends inside it."""

    def __init__(self, path: str, entry: Entry) -> None:
        self._file = Path(path).open("rb")  # noqa: SIM115
        self._file.seek(entry.start)
        self._left = entry.packed
        self._inflate = zlib.decompressobj(-15) if entry.method == _DEFLATED else None

    def read(self, size: int = -1) -> bytes:
        size = size if size > 0 else _STEP
        if self._inflate is None:
            return self._packed(size)
        while not self._inflate.eof:
            data = self._inflate.decompress(self._inflate.unconsumed_tail or self._packed(_STEP), size)
            if data:
                return data
        return b""

    def _packed(self, size: int) -> bytes:
        data = self._file.read(min(size, self._left))
        if not data and (self._left or self._inflate is not None):
            raise EOFError
        self._left -= len(data)
        return data

    def close(self) -> None:
        self._file.close()
        super().close()


def salvaged(path: str, bounds: Bounds) -> list[Member]:
    """The files that can be found from the beginning of the zip at `path`, the last one as far as it goes."""
    store = Salvaged(path, bounds)
    members: dict[str, Member] = {}
    for entry, size in _entries(path, bounds):
        name = safe_name(entry.name)
        if name is None or hidden(name) or is_archive(name) or entry.name.endswith("/"):
            continue
        members[name] = Member(name, size, path, store, entry)
        if len(members) >= bounds.members:
            break
    return list(members.values())


def _entries(path: str, bounds: Bounds) -> Iterator[tuple[Entry, int]]:
    with Path(path).open("rb") as file:
        end = file.seek(0, 2)
        at = 0
        while True:
            file.seek(at)
            head = file.read(30)
            if len(head) < 30 or not head.startswith(_LOCAL):
                return
            flags = int.from_bytes(head[6:8], "little")
            method = int.from_bytes(head[8:10], "little")
            packed = int.from_bytes(head[18:22], "little")
            size = int.from_bytes(head[22:26], "little")
            name = file.read(int.from_bytes(head[26:28], "little")).decode(
                "utf-8" if flags & 0x800 else "cp437", "replace"
            )
            extra = file.read(int.from_bytes(head[28:30], "little"))
            start = file.tell()
            if packed == _UNKNOWN or size == _UNKNOWN:
                size, packed = _long(extra)
            if flags & 0x1 or method not in (_STORED, _DEFLATED):
                if flags & 0x8:
                    return
            elif flags & 0x8 and not packed:
                if method == _STORED:
                    return
                packed, size = _measured(file, start, bounds.member_bytes)
                yield Entry(name, start, packed, method), size
            else:
                yield Entry(name, start, packed, method), size
            at = _after(file, start + packed, flags)
            if at > end:
                return


def _after(file: BinaryIO, at: int, flags: int) -> int:
    """Where the next header begins: after the descriptor, of four forms, that may follow a file."""
    if not flags & 0x8:
        return at
    file.seek(at)
    tail = file.read(28)
    for length in (16, 24, 12, 20):
        if tail[length : length + 4] == _LOCAL and (length in (12, 20) or tail.startswith(_DESCRIPTOR)):
            return at + length
    return at + len(tail)


def _measured(file: BinaryIO, start: int, limit: int) -> tuple[int, int]:
    """How long a deflated file of unknown length is, packed and unpacked, as far as it goes."""
    inflate = zlib.decompressobj(-15)
    packed = size = 0
    file.seek(start)
    while not inflate.eof and size <= limit:
        data = inflate.unconsumed_tail
        if not data:
            data = file.read(_STEP)
            packed += len(data)
        if not data:
            break
        try:
            size += len(inflate.decompress(data, _STEP))
        except zlib.error:
            break
    return packed - len(inflate.unused_data), size


def _long(extra: bytes) -> tuple[int, int]:
    """Unpacked and packed size of a file beyond 4 GB."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = int.from_bytes(extra[at : at + 2], "little"), int.from_bytes(extra[at + 2 : at + 4], "little")
        if kind == 1 and length >= 16:
            return int.from_bytes(extra[at + 4 : at + 12], "little"), int.from_bytes(extra[at + 12 : at + 20], "little")
        at += 4 + length
    return 0, 0
