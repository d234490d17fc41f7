"""Bytes to text: UTF-8, UTF-16 or UTF-32 by their marks, then Windows-1252 with a notice."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from policy428.errors import InputError, Place

# UTF-32's little-endian mark begins with UTF-16's, so it is asked first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-32-le": "UTF-32", "utf-32-be": "UTF-32"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text without its byte order mark, and a notice where the encoding had to be guessed."""

    text: str
    notice: str | None = None


def decode(data: bytes, path: str) -> Decoded:
    """The text of `data`.

    Raises:
        InputError: it is binary (a NUL byte) or in no encoding known here; says at which byte, counted from 0.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_marked(data, mark, encoding, path))
    nul = data.find(0)
    if nul >= 0:
        raise InputError(
            f"binary file: NUL at byte {nul}", place=Place(path), hint="give a text file, in UTF-8 where you can choose"
        )
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        first = error.start
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise InputError(
            f"cannot be decoded: byte {error.start} (0x{data[error.start]:02X}) is neither UTF-8 nor Windows-1252",
            place=Place(path),
            hint="save the file as UTF-8",
        ) from None
    return Decoded(text, f"{path}: not UTF-8 at byte {first} (0x{data[first]:02X}); read as Windows-1252")


def encode(text: str, data: bytes, path: str) -> bytes:
    """`text` in the encoding that `data` is in, with its byte order mark where it has one.

    Raises:
        InputError: a character of `text` cannot be written in it.
    """
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    if not mark:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            encoding = "cp1252"
    try:
        return mark + text.encode(encoding)
    except UnicodeEncodeError as error:
        raise InputError(
            f"cannot be written: {encoding} has no U+{ord(text[error.start]):04X}",
            place=Place(path),
            hint="save the file as UTF-8",
        ) from None


def _marked(data: bytes, mark: bytes, encoding: str, path: str) -> str:
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"cannot be decoded: marked as {_NAMES[encoding]}, but byte {error.start + len(mark)} is not",
            place=Place(path),
            hint="save the file as UTF-8",
        ) from None
