"""Readers: from a file's text to posts, one module a format, found by registration.

A reader is a class with a `name`, the `suffixes` of its files and a `read`. A module in this package registers its
class with `@register`; another package does so through an entry point in the group `policy428.readers` that names the
class. Readers yield what they can and an `InputError` for each record they cannot read: one bad line never hides the
rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePath
from typing import ClassVar, Protocol

from policy428.errors import InputError
from policy428.plugins import Registry
from policy428.post import Author, Media, Post, Role

Item = Post | InputError
"""What a reader yields: a post, or what is wrong with the record in its place."""


@dataclass(frozen=True, slots=True)
class Given:
    """What is known beside the drafts, for every post that does not say it itself."""

    role: Role | None = None
    author: Author = field(default_factory=Author)
    media: tuple[Media, ...] = ()
    group: str | None = None
    authorized: bool = False


class Reader(Protocol):
    """Reads one format."""

    name: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]

    def read(self, text: str, path: str, given: Given) -> Iterator[Item]:
        """The posts of a file's `text`; `path` is its name for messages and sources."""


_registry: Registry[Reader] = Registry(__name__, "policy428.readers")
register = _registry.register


@cache
def readers() -> Mapping[str, Reader]:
    """All readers by name: those of this package and those of entry points."""
    return {name: reader() for name, reader in _registry.load().items()}


@cache
def suffixes() -> Mapping[str, Reader]:
    """The reader of each file suffix, `.md`."""
    return {suffix: reader for reader in readers().values() for suffix in reader.suffixes}


def reader_for(path: str) -> Reader:
    """The reader of the file named `path`, by its suffix; plain text where nothing else is known."""
    return suffixes().get(PurePath(path).suffix.lower()) or readers()["text"]
