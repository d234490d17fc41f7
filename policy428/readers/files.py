"""From what stands on the command line to files: single ones, folders, glob patterns, and `-` for standard input."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from policy428.errors import InputError, Place
from policy428.readers import suffixes

STDIN = "-"
SKIPPED = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})
"""Folders never entered, beside hidden ones."""


def find_files(arguments: Iterable[str], notify: Callable[[str], None]) -> Iterator[str | InputError]:
    """The paths that `arguments` name, each once, in order; `-` stays as it is.

    A folder stands for the files in it, at any depth, whose suffix a reader knows; hidden files and folders are
    passed over. `notify` is told of a folder without drafts; an `InputError` stands for what is not there.
    """
    seen: set[str] = set()
    for argument in arguments:
        for path in _expand(argument, notify):
            key = path if isinstance(path, InputError) or path == STDIN else os.path.realpath(path)
            if isinstance(path, InputError):
                yield path
            elif key not in seen:
                seen.add(str(key))
                yield path


def _expand(argument: str, notify: Callable[[str], None]) -> Iterator[str | InputError]:
    if argument == STDIN:
        yield STDIN
    elif _there(argument, Path.is_dir):
        yield from _folder(argument, notify)
    elif _there(argument, Path.exists):
        yield argument
    elif glob.has_magic(argument):
        yield from _pattern(argument, notify)
    else:
        yield InputError("no such file or folder", place=Place(argument))


def _there(argument: str, test: Callable[[Path], bool]) -> bool:
    try:
        return test(Path(argument))
    except (OSError, ValueError):  # a name too long, or with a NUL in it
        return False


def _pattern(pattern: str, notify: Callable[[str], None]) -> Iterator[str | InputError]:
    """Files that match; those of a suffix no reader knows only where the pattern names it (`*.post`)."""
    wanted = {*suffixes(), Path(pattern).suffix.lower()} - {""}
    count = 0
    named = set(Path(pattern).parts)
    for path in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207 - Path.glob takes no absolute pattern
        if (SKIPPED - named) & set(Path(path).parts):
            continue
        if Path(path).is_dir():
            if "**" not in pattern:
                count += 1
                yield from _folder(path, notify)
        elif Path(path).suffix.lower() in wanted:
            count += 1
            yield path
    if not count:
        yield InputError("no draft matches this pattern", place=Place(pattern))


def _folder(folder: str, notify: Callable[[str], None]) -> Iterator[str | InputError]:
    problems: list[OSError] = []
    count = 0
    for root, folders, names in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in SKIPPED)
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in suffixes():
                count += 1
                yield str(Path(root) / name)
    for problem in problems:
        yield InputError(f"cannot be read: {problem.strerror}", place=Place(str(problem.filename)))
    if not count and not problems:
        notify(f"{folder}: no drafts here (looked for {', '.join(sorted(suffixes()))})")
