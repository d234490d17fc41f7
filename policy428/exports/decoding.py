"""Bytes to text as they stream in: UTF-8, UTF-16 or UTF-32; a byte that is no UTF-8 is read as Windows-1252."""

from __future__ import annotations

import codecs
import io
from typing import BinaryIO, cast

from policy428.exports.tree import Member

_ERRORS = "policy428-windows"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding(head: bytes) -> str:
    """The encoding of a file that begins with `head`: by its mark, or by the zero bytes of unmarked UTF-16."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    sample = head[: len(head) // 2 * 2]
    if len(sample) >= 4:
        for odd, name in ((1, "utf-16-le"), (0, "utf-16-be")):
            if sample[odd::2].count(0) * 4 > len(sample) and not sample[1 - odd :: 2].count(0):
                return name
    return "utf-8"


def start(member: Member) -> str:
    """A member's first characters, for a look."""
    head = member.head()
    return head.decode(encoding(head), _ERRORS if encoding(head).startswith("utf-8") else "replace").lstrip("\ufeff")


def text(member: Member) -> io.TextIOWrapper:
    """A member's text as a stream, line ends as they are.

    Raises:
        InputError: it cannot be opened.
    """
    return io.TextIOWrapper(member.open(), encoding=encoding(member.head()), errors=_ERRORS, newline="")


def utf8(member: Member) -> BinaryIO:
    """A member's text as a stream of UTF-8 without a mark.

    Raises:
        InputError: it cannot be opened.
    """
    return cast("BinaryIO", _Utf8(member.open(), encoding(member.head())))


class _Utf8(io.RawIOBase):
    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = cast("io.BufferedReader", stream)
        self._decoder = codecs.getincrementaldecoder(name)(_ERRORS)

    def read(self, size: int = -1) -> bytes:
        """About `size` bytes; none only at the end."""
        while data := self._stream.read1(size):
            if decoded := self._decoder.decode(data):
                return decoded.encode("utf-8", "replace")
        return self._decoder.decode(b"", True).encode("utf-8", "replace")

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


def _windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", "replace") if error.encoding.startswith("utf-8") else "\ufffd", error.end


codecs.register_error(_ERRORS, _windows)
