"""Results of a scan as tables: findings and errors, with columns that stay, for Parquet."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from policy428.errors import InputError, Place, Policy428Error, Remark
from policy428.post import Post
from policy428.scan.kept import Kept, finding_of

if TYPE_CHECKING:
    import pyarrow as pa

KNOWN = 50_000
"""Verdicts that are known again, at most, when the next posts come."""


def findings_schema() -> pa.Schema:
    """Columns of the findings: where the post stood, then what was found, masked. New ones may come at the end."""
    import pyarrow as pa

    text, number = pa.string(), pa.int64()
    line = pa.struct([("number", text), ("text", text), ("marks", text)])
    return pa.schema(
        [
            *((name, text) for name in ("path", "member")),
            ("record", number),
            *((name, text) for name in ("field", "platform", "kind", "post", "permalink", "time")),
            *((name, text) for name in ("rule", "clause", "citation", "family", "severity")),
            ("confidence", pa.float64()),
            *((name, text) for name in ("message", "suggestion", "match", "quote")),
            *((name, number) for name in ("line", "column", "end_line", "end_column", "start", "end")),
            ("excerpt", pa.list_(line)),
            ("reasons", pa.list_(text)),
            ("fingerprint", text),
        ]
    )


def errors_schema() -> pa.Schema:
    """Columns of the errors: where, what, how to mend it, and whether it is only worth knowing."""
    import pyarrow as pa

    text, number = pa.string(), pa.int64()
    return pa.schema(
        [
            ("path", text),
            ("line", number),
            ("column", number),
            ("message", text),
            ("hint", text),
            ("remark", pa.bool_()),
        ]
    )


class Sheet:
    """Keeps what one run finds in memory until it is taken; a `policy428.scan.sink.Sink`."""

    def __init__(self) -> None:
        self.key = os.urandom(32)
        self.judged = 0
        self._contents: dict[bytes, int] = {}
        self._verdicts: dict[int, tuple[Kept, ...]] = {}
        self._findings: list[dict[str, Any]] = []
        self._errors: list[dict[str, Any]] = []

    def known(self, content: bytes) -> tuple[int, int] | None:
        verdict = self._contents.get(content)
        return None if verdict is None else (verdict, len(self._verdicts[verdict]))

    @contextmanager
    def writing(self) -> Iterator[None]:
        yield

    def add_verdict(self, content: bytes, found: Iterable[Kept]) -> int:
        self.judged += 1
        self._contents[content] = self.judged
        self._verdicts[self.judged] = tuple(found)
        return self.judged

    def add_post(self, place: int, post: Post, verdict: int) -> None:
        self._findings += [_finding(kept, post) for kept in self._verdicts[verdict]]

    def add_error(self, place: int, error: Policy428Error) -> None:
        self._errors.append(error_row(error))

    def take(self) -> tuple[pa.Table, pa.Table]:
        """Findings and errors since the last time; of the verdicts, only so many stay known."""
        import pyarrow as pa

        tables = (
            pa.Table.from_pylist(self._findings, findings_schema()),
            pa.Table.from_pylist(self._errors, errors_schema()),
        )
        self._findings, self._errors = [], []
        if len(self._contents) > KNOWN:
            self._contents, self._verdicts = {}, {}
        return tables


def error_row(error: Policy428Error) -> dict[str, Any]:
    """An error as a row."""
    at = error.place
    where = {"path": at.path, "line": at.line, "column": at.column}
    return {**where, "message": error.message, "hint": error.hint, "remark": isinstance(error, Remark)}


def error_of(row: Mapping[str, Any]) -> InputError:
    """The error of a row."""
    kind = Remark if row["remark"] else InputError
    return kind(row["message"], place=Place(row["path"], row["line"], row["column"]), hint=row["hint"])


def _finding(kept: Kept, post: Post) -> dict[str, Any]:
    finding = finding_of(kept, post)
    excerpt = [dict(zip(("number", "text", "marks"), line, strict=True)) for line in finding.excerpt]
    more = {"family": finding.family, "quote": finding.quote, "excerpt": excerpt, "reasons": list(finding.reasons)}
    return {**finding.record, **finding.record["source"], **more}
