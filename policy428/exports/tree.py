"""A source as a tree of members: a file, a folder, a zip or a tar, seen alike, in place and within bounds.

Nothing is ever extracted. Links, devices and names that climb out of the source are passed over and told of. Bytes and
members are bounded, not the ratio of compression: honest exports compress 45 to 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO, Protocol

from policy428.errors import InputError


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is read of a source.

    Attributes:
        members: files in a source.
        member_bytes: bytes of one member, uncompressed, that a format streams.
        whole_bytes: bytes of one member that a format reads whole.
        post_bytes: bytes of one post's text.
        depth: how deep JSON may be nested.
    """

    members: int = 2_000_000
    member_bytes: int = 64 * 2**30
    whole_bytes: int = 256 * 2**20
    post_bytes: int = 2**20
    depth: int = 200


class Member(Protocol):
    """One file of a source.

    Attributes:
        name: its path inside the source, with `/`; the file's own name where the source is a single file.
        size: bytes, uncompressed, as the source says.
        source: the source's path as it was named.
    """

    name: str
    size: int
    source: str

    def open(self) -> BinaryIO:
        """Its bytes from the start, as a stream; reading past the bound on bytes raises `InputError`."""

    def head(self, size: int = 4096) -> bytes:
        """Its first bytes; kept, so that many formats may look."""

    def error(self, message: str, *, record: int | None = None, hint: str | None = None) -> InputError:
        """An error about this member, and the record in it where one is named."""


class Tree(Protocol):
    """The members of one source, in the order of the source; hidden files and `__MACOSX` left out."""

    path: str
    bounds: Bounds
    problems: list[InputError]

    def __iter__(self) -> Iterator[Member]: ...

    def ending(self, *suffixes: str) -> list[Member]:
        """The members whose path ends with one of `suffixes`, taken at a folder's border: `posts/your_posts_1.json`
        fits `export/posts/your_posts_1.json`. `*` stands for anything but `/`.
        """

    def first(self, *suffixes: str) -> Member | None:
        """The first of `ending`."""


def suffix(member: Member) -> str:
    """The suffix of a member's name in lower case, `.json`."""
    return PurePosixPath(member.name).suffix.lower()
