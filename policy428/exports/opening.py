"""What a source is, by its first bytes; and which sources are parts of one export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from policy428.errors import InputError, Place
from policy428.exports.tree import Bounds, Tree, join, suffix

_NOT_READ = {
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
}
_DATA = frozenset({".json", ".js", ".jsonl", ".csv", ".tsv", ".xml", ".html", ".car", ".parquet", ".md"})
_COMMON = ("index.html", "start_here.html", "archive_browser.html", "readme.md", "manifest.json")
"""Files that every part of an export may carry."""


def open_trees(sources: Iterable[str], bounds: Bounds | None = None) -> Iterator[Tree | InputError]:
    """The trees of `sources`, and an error for each that cannot be opened.

    Sources that are parts of one export become one tree, so that the account in one serves the posts of another.
    Two parts of one export never hold a file of the same name; two exports of the same platform do, and stay apart.
    """
    groups: list[tuple[list[Tree], set[str]]] = []
    limit = bounds or Bounds()
    for source in sources:
        try:
            trees = list(open_source(source, limit))
        except InputError as error:
            yield error
            continue
        for tree in trees:
            if isinstance(tree, InputError):
                yield tree
                continue
            names = {name for m in tree if suffix(m) in _DATA and not (name := m.name.lower()).endswith(_COMMON)}
            for parts, seen in groups:
                if not names & seen:
                    parts.append(tree)
                    seen |= names
                    break
            else:
                groups.append(([tree], names))
    for parts, _ in groups:
        yield join(parts)


def open_source(path: str, bounds: Bounds) -> Iterator[Tree | InputError]:
    """The tree of a file, folder or archive, then those of archives lying in the folder (or what is wrong with one).

    Raises:
        InputError: there is nothing at `path`, or nothing that can be read.
    """
    from policy428.exports.folder import folder_tree

    try:
        place = Path(path)
        if place.is_dir():
            tree, archives = folder_tree(path, bounds)
            yield tree
        elif place.is_file():
            yield _file(path, bounds)
            return
        else:
            there = place.exists()
            raise InputError("neither a file nor a folder" if there else "no such file or folder", place=Place(path))
    except (OSError, ValueError) as problem:
        message = getattr(problem, "strerror", None) or "not a name of a file"
        raise InputError(f"cannot be read: {message}", place=Place(path)) from None
    for archive in archives:
        try:
            yield _file(archive, bounds)
        except InputError as error:
            yield error
        except OSError as problem:
            yield InputError(f"cannot be read: {problem.strerror or problem}", place=Place(archive))


def _file(path: str, bounds: Bounds) -> Tree:
    from policy428.exports.folder import file_tree
    from policy428.exports.tarred import packed_file_tree, tar_tree
    from policy428.exports.zipped import zip_tree

    with Path(path).open("rb") as file:
        head = file.read(512)
    if head[:4] in (b"PK\3\4", b"PK\5\6", b"PK\7\x08"):
        return zip_tree(path, bounds)
    for mark, what in _NOT_READ.items():
        if head.startswith(mark):
            raise InputError(f"{what}, which is not read here", place=Place(path), hint="unpack it and name the folder")
    unpack = _unpacker(path, head)
    if unpack is None:
        if _is_tar(head):
            return tar_tree(path, lambda: cast("BinaryIO", Path(path).open("rb")), bounds, packed=False)
        return file_tree(path, bounds)
    try:
        with unpack() as stream:
            first = stream.read(512)
    except Exception:
        raise InputError("this compressed file is broken", place=Place(path), hint="download it again") from None
    return tar_tree(path, unpack, bounds, packed=True) if _is_tar(first) else packed_file_tree(path, unpack, bounds)


def _unpacker(path: str, head: bytes) -> Callable[[], BinaryIO] | None:
    if head.startswith(b"\x1f\x8b"):
        import gzip

        return lambda: cast("BinaryIO", gzip.open(path))
    if head.startswith(b"BZh"):
        import bz2

        return lambda: cast("BinaryIO", bz2.open(path))
    if head.startswith(b"\xfd7zXZ\0"):
        import lzma

        return lambda: cast("BinaryIO", lzma.open(path))
    return None


def _is_tar(head: bytes) -> bool:
    import tarfile

    if len(head) == tarfile.BLOCKSIZE and not any(head):
        return True  # a tar that holds nothing
    try:
        tarfile.TarInfo.frombuf(head, "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True
