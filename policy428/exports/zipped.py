"""Members of a zip, read in place."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from policy428.errors import InputError, Place
from policy428.exports.passing import Passed, hidden, is_archive, safe_name
from policy428.exports.salvage import salvaged
from policy428.exports.tree import Bounds, Member, Tree

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

_METHODS = frozenset({0, 8, 12, 14})
"""Stored, deflated, bzip2, LZMA: what the standard library unpacks."""
_DIRECTORY_BYTES = 256 * 2**20
_LOCAL_HEADER = 30
_WAYS_IN = "download it again, or unpack it and name the folder"


class Zip:
    """An open zip; a key is its entry in the directory."""

    def __init__(self, archive: ZipFile, bounds: Bounds) -> None:
        self.bounds = bounds
        self._archive = archive

    def open(self, key: object) -> BinaryIO:
        return cast("BinaryIO", self._archive.open(cast("ZipInfo", key)))


def zip_tree(path: str, bounds: Bounds) -> Tree:
    """The tree of a zip.

    Raises:
        InputError: it is broken, holds more than `bounds.members` files, or parts of it overlap (a zip bomb).
    """
    import zipfile

    place = Place(path)
    try:
        _check_directory(path, bounds)
        archive = zipfile.ZipFile(Path(path))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
        found = salvaged(path, bounds)
        if not found:
            raise InputError("this zip is cut off or broken", place=place, hint=_WAYS_IN) from None
        message = (
            f"this zip is cut off or broken; {len(found):,} files found from its beginning are read, as far as they go"
        )
        return Tree(path, found, bounds, [InputError(message, place=place, hint=_WAYS_IN)])
    except OSError as problem:
        raise InputError(f"cannot be read: {problem.strerror or problem}", place=place) from None
    entries = archive.infolist()
    if len(entries) > bounds.members:
        raise InputError(f"holds more than {bounds.members:,} files, the limit for a source", place=place)
    if any(entry.filename == "[Content_Types].xml" for entry in entries):
        raise InputError("an Office document, which is not read", place=place, hint="save the sheet as CSV")
    _check_overlap(entries, path)
    store = Zip(archive, bounds)
    passed = Passed(path)
    members: dict[str, Member] = {}
    for entry in entries:
        name = _member_name(entry, bounds, passed)
        if name is None:
            continue
        if name in members:
            passed.add("names that stand twice; the last one counts", name)
            del members[name]
        members[name] = Member(name, entry.file_size, path, store, entry)
    # The list would otherwise be held twice over, media and all.
    archive.filelist.clear()
    archive.NameToInfo.clear()
    return Tree(path, list(members.values()), bounds, passed.problems())


def _member_name(entry: ZipInfo, bounds: Bounds, passed: Passed) -> str | None:
    """The name of a file to be read; None where it is passed over."""
    raw = getattr(entry, "orig_filename", entry.filename)
    name = safe_name(raw)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if entry.is_dir() or kind == stat.S_IFDIR:
        return None
    if name is None:
        passed.add("names that climb out of the archive passed over", raw)
    elif hidden(name):
        return None
    elif is_archive(name):
        passed.add("archives inside the archive, which are not opened", name, "unpack them and name the folder")
    elif kind == stat.S_IFLNK:
        passed.add("symbolic links passed over", name)
    elif kind not in (0, stat.S_IFREG):
        passed.add("devices, pipes and sockets passed over", name)
    elif entry.flag_bits & 0x1:
        passed.add("encrypted files passed over", name, "unlock the archive and scan it again")
    elif entry.compress_type not in _METHODS:
        passed.add("files compressed in a way that cannot be read", name, "unpack the archive and name the folder")
    elif entry.file_size > bounds.member_bytes:
        passed.add(f"files larger than {bounds.member_bytes:,} bytes passed over", name)
    else:
        return name
    return None


def _check_overlap(entries: list[ZipInfo], path: str) -> None:
    """Refuses an archive whose files share bytes: that is how a small zip is made to unpack without end."""
    end = 0
    for start, length in sorted(
        (e.header_offset, _LOCAL_HEADER + len(e.orig_filename) + e.compress_size) for e in entries
    ):
        if start < end:
            raise InputError("files inside this zip overlap, as in a zip bomb; it is not read", place=Place(path))
        end = start + length


def _check_directory(path: str, bounds: Bounds) -> None:
    """Refuses a directory too large to be held, before the standard library reads it whole.

    The layout is that of the ZIP application note, 4.3.14 to 4.3.16.
    """
    with Path(path).open("rb") as file:
        size = file.seek(0, 2)
        start = max(0, size - 65_557)
        file.seek(start)
        tail = file.read()
        at = tail.rfind(b"PK\5\6")
        if at < 0 or at + 22 > len(tail):
            return
        count = int.from_bytes(tail[at + 10 : at + 12], "little")
        length = int.from_bytes(tail[at + 12 : at + 16], "little")
        if at >= 20 and tail[at - 20 : at - 16] == b"PK\6\7":
            file.seek(min(size, int.from_bytes(tail[at - 12 : at - 4], "little")))
            record = file.read(56)
            if record[:4] == b"PK\6\6":
                count = int.from_bytes(record[32:40], "little")
                length = int.from_bytes(record[40:48], "little")
    if count > bounds.members or length > _DIRECTORY_BYTES:
        raise InputError(f"holds more than {bounds.members:,} files, the limit for a source", place=Place(path))
