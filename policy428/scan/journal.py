"""What a running scan writes into its database, in transactions: killed, it is left as the last of them made it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from policy428.errors import InputError, Place, Policy428Error, Remark
from policy428.post import Post
from policy428.scan.database import connect
from policy428.scan.kept import Kept, to_row
from policy428.scan.store import DONE, INTERRUPTED, RUNNING, Store
from policy428.violation import Severity


class Journal(Store):
    """A scan's database for writing."""

    @classmethod
    def create(cls, path: Path | str | None = None) -> Journal:
        """The database at `path`, made where it is missing; without a path one that is gone when closed.

        Raises:
            InputError: it cannot be written, another scan is writing it, or it is no scan's database of this version.
        """
        file = None if path is None else Path(path)
        return cls(connect(file, create=True), file)

    def __init__(self, connection: sqlite3.Connection, path: Path | None = None) -> None:
        super().__init__(connection, path)
        self._run = self._last()
        self._judged = 0

    @property
    def key(self) -> bytes:
        """The random key of the content hashes."""
        (key,) = self._db.execute("SELECT value FROM facts WHERE name = 'key'").fetchone()
        return bytes(key)

    def begin(self, version: str, rules: str, sources: Sequence[str], options: Mapping[str, Any]) -> None:
        """Starts a run; of earlier ones that did not come to their end only the verdicts stay."""
        with self.writing():
            self._db.execute("UPDATE runs SET state = ? WHERE state = ?", (INTERRUPTED, RUNNING))
            for table in ("posts", "errors"):
                self._db.execute(
                    f"DELETE FROM {table} WHERE run NOT IN (SELECT run FROM runs WHERE state = ?)", (DONE,)
                )
            self._db.execute(
                "INSERT INTO runs (state, started, version, rules, sources, options, judged)"
                " VALUES (?, ?, ?, ?, ?, ?, 0)",
                (RUNNING, _now(), version, rules, json.dumps(list(sources)), json.dumps(dict(options))),
            )
        self._run, self._judged = self._last(), 0

    def known(self, content: bytes) -> tuple[int, int] | None:
        """The number of the verdict on posts of this content, and that of its findings; None where there is none."""
        row = self._db.execute(
            "SELECT verdict, (SELECT count(*) FROM findings WHERE findings.verdict = verdicts.verdict)"
            " FROM verdicts WHERE content = ?",
            (content,),
        ).fetchone()
        return row and (int(row[0]), int(row[1]))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction: all that is written in it is kept, or nothing.

        Raises:
            InputError: it cannot be written, as when the disk is full.
        """
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("UPDATE runs SET judged = ? WHERE run = ?", (self._judged, self._run))
            self._db.execute("COMMIT")
        except BaseException as error:
            with suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            if not isinstance(error, sqlite3.Error):
                raise
            place = Place(None if self.path is None else str(self.path))
            raise InputError(f"cannot be written: {error}", place=place) from None

    def add_verdict(self, content: bytes, found: Iterable[Kept]) -> int:
        """Keeps what was found in posts of this content; the verdict's number."""
        verdict = self._db.execute("INSERT INTO verdicts (content) VALUES (?)", (content,)).lastrowid
        assert verdict is not None
        rows = ((verdict, number, *to_row(kept)) for number, kept in enumerate(found))
        self._db.executemany("INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self._judged += 1
        return verdict

    def add_post(self, place: int, post: Post, verdict: int) -> None:
        """Keeps where a post stood; `place` is its number in the order of reading."""
        source = post.source
        where = (source.path, source.line, source.member, source.record, source.field)
        row = (self._run, place, verdict, post.id, source.platform, source.kind, *where, post.permalink, post.time)
        self._db.execute("INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def add_error(self, place: int, error: Policy428Error) -> None:
        """Keeps what could not be read or judged."""
        at = error.place
        row = (self._run, place, at.path, at.line, at.column, error.message, error.hint, isinstance(error, Remark))
        self._db.execute("INSERT INTO errors VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def gravest(self) -> Iterator[tuple[str, Severity]]:
        """Each source that something was found in, with each severity of what was found."""
        yield from self._db.execute(
            "SELECT DISTINCT path, severity FROM posts JOIN findings USING (verdict) WHERE run = ?", (self._run,)
        ).fetchall()

    def end(self, state: str) -> None:
        """Ends the run. One that is `done` takes the place of all before it, and what only they needed is forgotten."""
        run = self._run
        with self.writing():
            self._db.execute("UPDATE runs SET state = ?, ended = ? WHERE run = ?", (state, _now(), run))
            if state != DONE:
                return
            for table in ("posts", "errors"):
                self._db.execute(f"DELETE FROM {table} WHERE run <> ?", (run,))
            for table in ("findings", "verdicts"):
                self._db.execute(f"DELETE FROM {table} WHERE verdict NOT IN (SELECT verdict FROM posts)")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
