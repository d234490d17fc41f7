"""A member whose bytes are changed on the way: what stands around the data is cut off, a dialect is put right."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from policy428.exports.tree import Bounds, Member

CHUNK = 2**16

Change = Callable[[BinaryIO], Iterator[bytes]]
"""From the stream of a member to what is read in its stead, piece by piece."""


def rewritten(member: Member, change: Change) -> Member:
    """`member` as `change` makes it."""
    return Member(member.name, member.size, member.source, _Changed(member, change), None, alone=member.alone)


def after_equals(stream: BinaryIO) -> Iterator[bytes]:
    """What is assigned in a script that is one assignment: past the first `=`, without the `;` at the end."""
    begun, held = False, b""
    while chunk := stream.read(CHUNK):
        if not begun:
            _, sign, chunk = chunk.partition(b"=")
            if not sign:
                continue
            begun = True
        chunk = held + chunk
        # The end may be a semicolon and blanks; they are let through once something follows.
        kept = chunk.rstrip(b"; \t\r\n")
        held = chunk[len(kept) :]
        if len(held) > CHUNK:
            kept, held = chunk, b""
        if kept:
            yield kept


def doubled_quotes(stream: BinaryIO) -> Iterator[bytes]:
    """A CSV whose quotes are escaped with a backslash, with doubled quotes instead; other backslashes stay."""
    held = b""
    while chunk := stream.read(CHUNK):
        chunk = held + chunk
        held = chunk[-1:] if chunk.endswith(b"\\") else b""
        yield chunk[: len(chunk) - len(held)].replace(b'\\"', b'""')
    if held:
        yield held


class _Changed:
    """Where the bytes of the changed member come from."""

    def __init__(self, member: Member, change: Change) -> None:
        self.bounds: Bounds = member.bounds
        self._member = member
        self._change = change

    def open(self, key: object) -> BinaryIO:
        stream = self._member.open()
        return cast(BinaryIO, io.BufferedReader(_Pieces(stream, self._change(stream)), CHUNK))


class _Pieces(io.RawIOBase):
    """Pieces of bytes as one stream."""

    def __init__(self, stream: BinaryIO, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._stream = stream
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size

    def close(self) -> None:
        self._stream.close()
        super().close()
