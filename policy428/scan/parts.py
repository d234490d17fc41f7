"""The folder that a scan spread over machines writes: findings and errors in Parquet, totals in JSON.

findings/part-00000.parquet ...    errors/part-00000.parquet ...    summary.json, last
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from policy428.errors import InputError, Place, Policy428Error
from policy428.scan.lake import shown_as
from policy428.scan.sheet import error_row, errors_schema, findings_schema

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.fs import FileSystem

    from policy428.violation import Severity

PART = 1_000_000
"""Rows of a part, about."""
GROUP = 20_000
"""Rows that are written together, about."""
LISTED = 1_000
"""Errors and remarks that the summary lists; `errors/` has them all."""


class Parts:
    """A folder being written; a context manager.

    Args:
        folder: on disk, or the address of one on a filesystem that pyarrow knows; nothing may be in it yet.

    Raises:
        InputError: it cannot be written, or something is in it.
    """

    def __init__(self, folder: str) -> None:
        from pyarrow.fs import FileSelector

        self.folder = shown_as(folder)
        self.posts = self.judged = self.failures = self.remarks = 0
        self.errors: list[dict[str, Any]] = []
        self.by_severity: Counter[Severity] = Counter()
        self._by: dict[str, Counter[str]] = {"clause": Counter(), "rule": Counter(), "month": Counter()}
        self._started = _now()
        with self._failing():
            self._system, self._path = _made(folder)
            if self._system.get_file_info(FileSelector(self._path, allow_not_found=True)):
                raise InputError("is not empty", place=Place(self.folder), hint="name a new folder with --out")
            self._findings = _Table(self._system, f"{self._path}/findings", findings_schema())
            self._errors = _Table(self._system, f"{self._path}/errors", errors_schema())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        with suppress(Exception):
            self._findings.close()
            self._errors.close()

    @property
    def findings(self) -> int:
        """Findings so far."""
        return self._findings.rows

    def add(self, posts: int, judged: int, findings: pa.Table, errors: pa.Table) -> None:
        """Writes what came of some posts.

        Raises:
            InputError: it cannot be written.
        """
        self.posts += posts
        self.judged += judged
        remarks = sum(errors["remark"].to_pylist())
        self.remarks += remarks
        self.failures += errors.num_rows - remarks
        self.by_severity.update(findings["severity"].to_pylist())
        self._by["clause"].update(findings["clause"].to_pylist())
        self._by["rule"].update(findings["rule"].to_pylist())
        self._by["month"].update((time or "")[:7] for time in findings["time"].to_pylist())
        if len(self.errors) < LISTED:
            self.errors += errors.slice(0, LISTED - len(self.errors)).to_pylist()
        with self._failing():
            self._findings.add(findings)
            self._errors.add(errors)

    def add_errors(self, errors: Iterable[Policy428Error]) -> None:
        """Writes errors."""
        import pyarrow as pa

        rows = pa.Table.from_pylist([error_row(error) for error in errors], errors_schema())
        self.add(0, 0, findings_schema().empty_table(), rows)

    def close(self, state: str, told: dict[str, Any]) -> None:
        """Ends the folder with its summary; `told` goes into it.

        Raises:
            InputError: it cannot be written.
        """
        totals = {"posts": self.posts, "judged": self.judged, "findings": self.findings, "errors": self.failures}
        totals["remarks"] = self.remarks
        summary = {"state": state, "started": self._started, "ended": _now(), **told, **totals}
        summary["by_severity"] = dict(sorted(self.by_severity.items()))
        summary |= {f"by_{name}": dict(sorted(counts.items())) for name, counts in self._by.items()}
        summary["first_errors"] = self.errors
        with self._failing():
            self._findings.close()
            self._errors.close()
            with self._system.open_output_stream(f"{self._path}/summary.json") as stream:
                stream.write(f"{json.dumps(summary, ensure_ascii=False, indent=2)}\n".encode())

    def _failing(self) -> _Failing:
        return _Failing(self.folder)


class _Failing:
    """Inside, what the filesystem raises is told as an `InputError`."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: object) -> None:
        if isinstance(error, OSError | ValueError | NotImplementedError):
            told = " ".join(str(error).split())[:300]
            raise InputError(f"cannot be written: {told}", place=Place(self._folder)) from None


class _Table:
    """A table in parts of bounded size; with no rows, one part without any, so that readers find the columns."""

    def __init__(self, system: FileSystem, folder: str, schema: pa.Schema) -> None:
        self.rows = 0
        self._system = system
        self._folder = folder
        self._schema = schema
        self._writer: Any = None
        self._close: Callable[[], None] = lambda: None
        self._part = 0
        self._written = 0
        self._held: list[pa.Table] = []
        system.create_dir(folder, recursive=True)

    def add(self, table: pa.Table) -> None:
        self.rows += table.num_rows
        if table.num_rows:
            self._held.append(table)
        if sum(held.num_rows for held in self._held) >= GROUP:
            self._write()

    def close(self) -> None:
        if self._held or not self._part:
            self._write()
        self._end()

    def _write(self) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        if self._writer is None:
            stream = self._system.open_output_stream(f"{self._folder}/part-{self._part:05}.parquet")
            self._writer = parquet.ParquetWriter(stream, self._schema, compression="zstd")
            self._close = stream.close
            self._part += 1
        table = pa.concat_tables(self._held) if self._held else self._schema.empty_table()
        self._held = []
        self._writer.write_table(table)
        self._written += table.num_rows
        if self._written >= PART:
            self._end()

    def _end(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._close()
            self._writer, self._written = None, 0


def _made(folder: str) -> tuple[FileSystem, str]:
    """The filesystem and path of `folder`, which is there then; on disk, for its owner alone."""
    from pyarrow.fs import FileSystem, LocalFileSystem

    if "://" not in folder:
        path = Path(folder).absolute()
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return LocalFileSystem(), path.as_posix()
    system, path = FileSystem.from_uri(folder)
    return system, path.rstrip("/")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
