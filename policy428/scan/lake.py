"""Posts as JSON Lines and Parquet, wherever a filesystem that pyarrow knows keeps them: on disk, `s3://`, `gs://` ...

A source is a file, a folder, or a glob of files. The records have the fields of `Post`, as the format `posts` reads
them, and each is a post or an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from policy428.errors import InputError, Place, Remark
from policy428.exports.jsonstream import lines
from policy428.exports.passing import hidden
from policy428.exports.posts import post_of
from policy428.exports.tree import Bounds, Member
from policy428.readers import Given, Item

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

_LINES = (".jsonl", ".ndjson")
_PACKED = {".gz": "gzip", ".bz2": "bz2", ".zst": "zstd", ".lz4": "lz4"}
_ROWS = 256
"""Rows of a Parquet file that are read at a time."""
_NAMED = 5
"""Files passed over that are told by name."""
_WILD = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class File:
    """A file of posts; may go to another machine.

    Attributes:
        system: where it lies.
        path: its path there.
        source: the source it is of, as it was named.
        name: its name inside the source; None where the source is this file.
        size: bytes, as they are stored.
        given: what is known of its posts beside them.
    """

    system: FileSystem
    path: str
    source: str
    name: str | None
    size: int
    given: Given


def find(source: str, given: Given) -> tuple[list[File], list[Remark]]:
    """The files of `source` in the order of their names, and what was passed over.

    Raises:
        InputError: there is no such place, or nothing in it that can be read.
    """
    from pyarrow.fs import FileSelector, FileType

    shown = shown_as(source)
    try:
        system, path = _system(source)
        (at,) = system.get_file_info([path])
        if at.type == FileType.File and _way(path):
            return [File(system, path, shown, None, at.size, given)], []
        folder = at.type == FileType.Directory
        root = path if folder else _steady(path)
        listed = system.get_file_info(FileSelector(root, recursive=True, allow_not_found=True))
    except (OSError, ValueError, NotImplementedError) as error:
        told = " ".join(str(error).split())[:300]
        raise InputError(f"cannot be listed: {told}", place=Place(shown)) from None
    fits = re.compile(f"{re.escape(path)}/.*" if folder else _pattern(path), re.DOTALL)
    found: list[File] = []
    other: list[str] = []
    for info in sorted(listed, key=lambda info: str(info.path)):
        name = info.path[len(root) :].strip("/")
        if info.type != FileType.File or not fits.fullmatch(info.path) or _hidden(name):
            continue
        if not _way(info.path):
            other.append(name)
        elif folder:
            found.append(File(system, info.path, shown, name, info.size, given))
        else:  # named as a shell would have named it
            found.append(File(system, info.path, f"{_steady(shown)}{name}", None, info.size, given))
    if not found:
        there = other or at.type != FileType.NotFound
        message = "holds no JSON Lines or Parquet, by the names of its files" if there else "no such file or folder"
        raise InputError(message, place=Place(shown), hint="end names with .jsonl, .ndjson or .parquet")
    return found, [_passed(shown, other)] if other else []


def shown_as(source: str) -> str:
    """A source as it may be told: an address without the keys and options that it may carry."""
    if "://" not in source:
        return source
    return re.sub(r"(?<=://)[^/@]*@", "", source.partition("?")[0])


def read(file: File) -> Iterator[Item]:
    """The posts of a file, and an error in the place of each record that cannot be read."""
    packed = _packed(file.path)
    size = -1 if packed else file.size  # of a packed file nobody knows how long it is
    member = Member(file.name or file.path, size, file.source, _Store(file, packed), 0, alone=file.name is None)
    records = _rows(file, member) if _way(file.path) == "parquet" else lines(member)
    for item in records:
        yield item if isinstance(item, InputError) else post_of(member, item[0], item[1], file.given)


class _Store:
    """Opens the file behind a member."""

    def __init__(self, file: File, packed: str | None) -> None:
        self.bounds = Bounds()
        self._file = file
        self._packed = packed

    def open(self, key: object) -> BinaryIO:
        return cast("BinaryIO", self._file.system.open_input_stream(self._file.path, compression=self._packed))


def _rows(file: File, member: Member) -> Iterator[tuple[int, Any] | InputError]:
    import pyarrow as arrow
    from pyarrow import parquet

    number = 0
    try:
        with file.system.open_input_file(file.path) as opened, parquet.ParquetFile(opened) as table:
            for batch in table.iter_batches(batch_size=_ROWS):
                for row in batch.to_pylist():
                    number += 1
                    yield number, _plain(row)
    except (arrow.ArrowException, OSError, ValueError):
        yield member.error(f"the Parquet is broken after record {number:,}; the rest is not read")


def _plain(value: Any) -> Any:
    """A cell as JSON would have it: a moment as ISO 8601."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value.isoformat()
    return value


def _system(source: str) -> tuple[FileSystem, str]:
    """The filesystem of a source, and the source's path there, wildcards included."""
    from pyarrow.fs import FileSystem, LocalFileSystem

    if "://" not in source:
        return LocalFileSystem(), Path(source).absolute().as_posix()
    address, mark, options = source.partition("?")
    begin = _steady(address) if _wild(address) is not None else address
    system, path = FileSystem.from_uri(f"{begin}{mark}{options}")
    rest = address[len(begin) :]
    return system, f"{path.rstrip('/')}/{rest}" if rest else path.rstrip("/")


def _wild(path: str) -> int | None:
    found = _WILD.search(path)
    return None if found is None else found.start()


def _steady(path: str) -> str:
    """What stands before the first part with a wildcard, or before the last part, with the slash."""
    return path[: path.rfind("/", 0, _wild(path)) + 1]


def _pattern(path: str) -> str:
    """A glob as a regular expression; `**` goes through folders."""
    words = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?|\[!?[^\]/]+\])", path)
    return "".join(
        words.get(part) or (re.sub(r"^\[!", "[^", part) if number % 2 else re.escape(part))
        for number, part in enumerate(parts)
    )


def _way(path: str) -> str | None:
    """How a file is read, by its name."""
    name = path.lower()
    if name.endswith(".parquet"):
        return "parquet"
    packed = _packed(name)
    return "lines" if (name.rpartition(".")[0] if packed else name).endswith(_LINES) else None


def _packed(path: str) -> str | None:
    """How a file is compressed, by its name."""
    return _PACKED.get(PurePosixPath(path).suffix.lower())


def _hidden(name: str) -> bool:
    """What is hidden, or what the tools that write such folders leave in them: `_SUCCESS`, `_temporary/`."""
    return hidden(name) or any(part.startswith("_") for part in name.split("/"))


def _passed(source: str, names: list[str]) -> Remark:
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    told = f"neither JSON Lines nor Parquet, so not read: {', '.join(names[:_NAMED])}{more}"
    return Remark(told, place=Place(source))
