"""Members of a folder on disk, and of a single file."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from policy428.errors import InputError, Place
from policy428.exports.passing import Passed, hidden, is_archive
from policy428.exports.tree import Bounds, Member, Tree


class Disk:
    """Files on disk; a key is a path."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds

    def open(self, key: object) -> BinaryIO:
        # Between listing and reading a file may have become a pipe or a link: neither is waited for nor followed.
        handle = os.open(str(key), os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise OSError("no regular file")
        return os.fdopen(handle, "rb", buffering=0)


def file_tree(path: str, bounds: Bounds) -> Tree:
    """The tree of a single file that is no archive."""
    real = Path(path).resolve()
    member = Member(Path(path).name or real.name, real.stat().st_size, path, Disk(bounds), str(real), alone=True)
    return Tree(path, [member], bounds)


def folder_tree(path: str, bounds: Bounds) -> tuple[Tree, list[str]]:
    """The tree of a folder, and the paths of archives that lie in it.

    Raises:
        InputError: it holds more than `bounds.members` files.
    """
    passed = Passed(path)
    disk = Disk(bounds)
    members: list[Member] = []
    archives: list[str] = []
    for name, entry, size in _walk(path, passed):
        if is_archive(name):  # parts of an export lie in a folder as they were downloaded
            archives.append(entry)
        else:
            members.append(Member(name, size, path, disk, entry))
        if len(members) + len(archives) > bounds.members:
            raise InputError(f"holds more than {bounds.members:,} files, the limit for a source", place=Place(path))
    return Tree(path, members, bounds, passed.problems()), archives


def _walk(root: str, passed: Passed) -> Iterator[tuple[str, str, int]]:
    """Name inside the folder, path and size of each file, in the order of names."""
    pending = [(root, "")]
    while pending:
        folder, prefix = pending.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError:
            passed.add("folders that cannot be read", prefix or folder)
            continue
        below = []
        for entry in entries:
            name = f"{prefix}{entry.name}"
            if hidden(entry.name):
                continue
            try:
                if entry.is_symlink():
                    passed.add("symbolic links passed over", name)
                elif entry.is_dir(follow_symlinks=False):
                    below.append((entry.path, f"{name}/"))
                elif entry.is_file(follow_symlinks=False):
                    yield name, entry.path, entry.stat(follow_symlinks=False).st_size
                else:
                    passed.add("devices, pipes and sockets passed over", name)
            except OSError:
                passed.add("files that cannot be read", name)
        pending.extend(reversed(below))
