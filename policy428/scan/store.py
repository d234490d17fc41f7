"""Results of a scan, in SQLite: where each post stood, what was found in it, what could not be read, and the run.

No text of a post is kept, and what findings show of it is masked before it comes here. Posts alike share one verdict,
known by a hash of all that it depends on (`content`), made with a random key that lies in the same database: so it
cannot be looked up in a list of likely texts made beforehand, and says nothing to whoever sees the hash alone.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from policy428.errors import InputError, Place, Policy428Error, Remark
from policy428.post import Post, Source
from policy428.reports import Summary, Told
from policy428.reports.finding import Finding, post_title
from policy428.scan.database import connect
from policy428.scan.kept import finding_of, from_row

RUNNING, INTERRUPTED, FAILED, DONE = "running", "interrupted", "failed", "done"

_PLACE = "id, platform, kind, path, line, member, posts.record, field, permalink, time"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a scan.

    Attributes:
        number: 1 for the database's first.
        state: `running` (or killed), `interrupted`, `failed`, or `done`.
        started, ended: ISO 8601, UTC.
        version: of the program.
        rules: hash of rules, lists, models and configuration.
        sources: what was named to be read.
        options: how, by name.
        judged: posts judged in this run; the others' verdicts were known.
    """

    number: int
    state: str
    started: str
    ended: str | None
    version: str
    rules: str
    sources: tuple[str, ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    judged: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """Posts and findings of one month, platform or kind of post."""

    name: str
    posts: int
    by_severity: Mapping[str, int]


class Store:
    """A scan's database. What is read is the last run: its posts in the order they were read in.

    A context manager, made by `open`; `policy428.scan.journal` writes it.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None = None) -> None:
        self.path = path
        self._db = connection

    @classmethod
    def open(cls, path: Path | str) -> Store:
        """The database at `path`, for reading.

        Raises:
            InputError: there is none, or it is not a scan's database of this version.
        """
        return cls(connect(Path(path), create=False), Path(path))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    def run(self) -> Run | None:
        """The last run, None before the first."""
        with self._reading():
            row = self._db.execute(
                "SELECT run, state, started, ended, version, rules, sources, options, judged"
                " FROM runs ORDER BY run DESC LIMIT 1"
            ).fetchone()
        if row is None:
            return None
        number, state, started, ended, version, rules, sources, options, judged = row
        return Run(
            number, state, started, ended, version, rules, tuple(json.loads(sources)), json.loads(options), judged
        )

    def posts(self) -> Iterator[tuple[Post, tuple[Finding, ...]]]:
        """Each post that something was found in, without its text, with its findings, in the order of reading."""
        query = (
            f"SELECT place, {_PLACE}, family, findings.record, excerpt, quote, reasons, mark"
            " FROM posts JOIN findings USING (verdict) WHERE run = ? ORDER BY place, number"
        )
        with self._reading():
            at, post, found = None, Post(""), list[Finding]()
            for place, *columns in self._db.execute(query, (self._last(),)):
                if place != at:
                    if found:
                        yield post, tuple(found)
                    at, post, found = place, _post(columns[:10]), []
                found.append(finding_of(from_row(*columns[10:]), post))
            if found:
                yield post, tuple(found)

    def results(self) -> Iterator[Told]:
        """Each post that something was found in, as reports take it."""
        for post, found in self.posts():
            yield Told(post_title(post), found)

    def findings(self) -> Iterator[Finding]:
        """All findings, in the order of reading."""
        for _, found in self.posts():
            yield from found

    def errors(self) -> Iterator[Policy428Error]:
        """What could not be read or judged, in the order of reading."""
        query = "SELECT path, line, spot, message, hint, remark FROM errors WHERE run = ? ORDER BY place"
        with self._reading():
            for path, line, column, message, hint, remark in self._db.execute(query, (self._last(),)):
                kind = Remark if remark else InputError
                yield kind(message, place=Place(path, line, column), hint=hint)

    def summary(self) -> Summary:
        """Totals."""
        run = self._last()
        with self._reading():
            (posts,) = self._db.execute("SELECT count(*) FROM posts WHERE run = ?", (run,)).fetchone()
            (errors,) = self._db.execute("SELECT count(*) FROM errors WHERE run = ?", (run,)).fetchone()
            grouped = self._db.execute(
                "SELECT clause, severity, count(*) FROM posts JOIN findings USING (verdict)"
                " WHERE run = ? GROUP BY 1, 2",
                (run,),
            ).fetchall()
        by_clause: Counter[str] = Counter()
        by_severity: Counter[str] = Counter()
        for clause, severity, count in grouped:
            by_clause[clause] += count
            by_severity[severity] += count
        return Summary(posts, by_severity.total(), by_clause, by_severity, errors)

    def posted(self, since: str, until: str) -> int:
        """Posts from the day, month or year `since` through `until` (`2024-05-01`, `2024-05`); empty for no bound."""
        query = (
            "SELECT count(*) FROM posts WHERE run = ?1 AND time IS NOT NULL"
            " AND substr(time, 1, length(?2)) >= substr(?2, 1, length(substr(time, 1, 10)))"
            " AND (?3 = '' OR substr(time, 1, length(?3)) <= substr(?3, 1, length(substr(time, 1, 10))))"
        )
        with self._reading():
            (posts,) = self._db.execute(query, (self._last(), since, until)).fetchone()
        return int(posts)

    def by_month(self) -> list[Share]:
        """Posts and findings by month, `2024-05`, in order; those without a time under the empty name, first."""
        return self._shares("coalesce(substr(time, 1, 7), '')")

    def by_platform(self) -> list[Share]:
        """Posts and findings by platform, in the order of their names; empty for files of no platform."""
        return self._shares("coalesce(platform, '')")

    def by_kind(self) -> list[Share]:
        """Posts and findings by kind of post."""
        return self._shares("kind")

    def _shares(self, name: str) -> list[Share]:
        run = self._last()
        with self._reading():
            posts = self._db.execute(
                f"SELECT {name}, count(*) FROM posts WHERE run = ? GROUP BY 1 ORDER BY 1", (run,)
            ).fetchall()
            found = self._db.execute(
                f"SELECT {name}, severity, count(*) FROM posts JOIN findings USING (verdict)"
                " WHERE run = ? GROUP BY 1, 2",
                (run,),
            ).fetchall()
        severities: dict[str, dict[str, int]] = {}
        for of, severity, count in found:
            severities.setdefault(of, {})[severity] = count
        return [Share(of, count, severities.get(of, {})) for of, count in posts]

    def _last(self) -> int:
        (run,) = self._db.execute("SELECT coalesce(max(run), 0) FROM runs").fetchone()
        return int(run)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            path = None if self.path is None else str(self.path)
            raise InputError(f"the scan database is damaged: {error}", place=Place(path)) from None


def _post(columns: Sequence[Any]) -> Post:
    name, platform, kind, path, line, member, record, where, permalink, time = columns
    return Post(
        "", id=name, time=time, permalink=permalink, source=Source(path, line, member, record, where, platform, kind)
    )
