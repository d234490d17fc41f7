"""Where a run puts what it finds: the database of a scan, or the memory of one that is spread over machines."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Protocol

from policy428.errors import Policy428Error
from policy428.post import Post
from policy428.scan.kept import Kept


class Sink(Protocol):
    """What keeps verdicts, posts and errors."""

    @property
    def key(self) -> bytes:
        """The random key of the content hashes."""

    def known(self, content: bytes) -> tuple[int, int] | None:
        """The number of the verdict on posts of this content, and that of its findings; None where there is none."""

    def writing(self) -> AbstractContextManager[None]:
        """All that is added inside is kept, or nothing."""

    def add_verdict(self, content: bytes, found: Iterable[Kept]) -> int:
        """Keeps what was found in posts of this content; the verdict's number."""

    def add_post(self, place: int, post: Post, verdict: int) -> None:
        """Keeps where a post stood."""

    def add_error(self, place: int, error: Policy428Error) -> None:
        """Keeps what could not be read or judged."""
