"""From files to posts: reads, bounds, decodes and hands each file to the reader of its format."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from policy428.errors import InputError, Place, Policy428Error
from policy428.post import Post
from policy428.readers import Given, Item, reader_for
from policy428.readers.decode import decode
from policy428.readers.files import STDIN, find_files


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what is read: bytes of a file, characters of a post."""

    file_bytes: int = 50_000_000
    post_characters: int = 200_000


def read_drafts(
    arguments: Iterable[str],
    given: Callable[[str], Given],
    *,
    limits: Callable[[str], Limits],
    notify: Callable[[str], None],
    stdin_name: str | None = None,
) -> Iterator[Post | Policy428Error]:
    """The posts of all drafts that `arguments` name; an error stands for each that cannot be read.

    Args:
        arguments: files, folders, glob patterns, `-`.
        given: what is known beside the draft of a path.
        limits: bounds for the draft of a path; a file or post beyond them is an error.
        notify: told, in one line each, of what is read otherwise than one might think.
        stdin_name: file name that standard input goes by, for its format and for messages.
    """
    for path in find_files(arguments, notify):
        if isinstance(path, InputError):
            yield path
            continue
        name = (stdin_name or "<stdin>") if path == STDIN else path
        try:
            bounds, known = limits(name), given(name)
            data = _bytes(path, name, bounds.file_bytes)
        except Policy428Error as error:
            yield error
            continue
        yield from posts_of(data, name, known, bounds, notify)


def posts_of(
    data: bytes, name: str, known: Given, bounds: Limits, notify: Callable[[str], None]
) -> Iterator[Post | Policy428Error]:
    """The posts of a file called `name` that holds `data`; an error stands for each that cannot be read."""
    try:
        decoded = decode(data, name)
    except Policy428Error as error:
        yield error
        return
    if decoded.notice:
        notify(decoded.notice)
    for item in reader_for(name).read(decoded.text, name, known):
        yield _bounded(item, bounds.post_characters)


def too_large(name: str, limit: int) -> InputError:
    """The error for a file of more than `limit` bytes."""
    return InputError(
        f"larger than {limit:,} bytes, the limit for a file",
        place=Place(name),
        hint="raise limits.file_bytes in the configuration",
    )


def _bytes(path: str, name: str, limit: int) -> bytes:
    try:
        if path == STDIN:
            data = sys.stdin.buffer.read(limit + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(limit + 1)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", place=Place(name)) from None
    if len(data) > limit:
        raise too_large(name, limit)
    return data


def _bounded(item: Item, limit: int) -> Item:
    if isinstance(item, InputError) or len(item.text) <= limit:
        return item
    return InputError(
        f"the post is longer than {limit:,} characters, the limit for one",
        place=Place(item.source.path, item.source.line),
        hint="raise limits.post_characters in the configuration",
    )
