"""How a scan is getting on, on standard error: a moving line on a terminal, a plain one now and then elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any, Self, TextIO

from policy428.scan.run import Counts

EVERY = 10.0
"""Seconds between two plain lines."""


class Progress:
    """Shows counts while a scan runs; a context manager.

    Args:
        total: posts expected, where that is known.
        out: standard error unless told.
    """

    def __init__(self, total: int | None = None, out: TextIO | None = None) -> None:
        self._out = out or sys.stderr
        self._total = total
        self._began = time.monotonic()
        self._told = self._began
        self._live: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        if self._out.isatty():
            self._live, self._task = _live(self._out, self._total)
            self._live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._live is not None:
            self._live.stop()

    def __call__(self, counts: Counts) -> None:
        """Shows `counts`, if it is time to."""
        now = time.monotonic()
        if self._live is not None:
            done = counts.posts + counts.errors
            said = {"findings": _number(counts.findings, "finding"), "speed": _speed(done, now - self._began)}
            total = max(self._total, done) if self._total else None
            self._live.update(self._task, completed=done, total=total, posts=f"{counts.posts:,} posts", **said)
        elif now - self._told >= EVERY:
            self._told = now
            self._out.write(f"{line(counts, now - self._began)}\n")
            self._out.flush()


def line(counts: Counts, seconds: float) -> str:
    """`counts` in one plain line."""
    parts = [_number(counts.posts, "post"), _speed(counts.posts + counts.errors, seconds)]
    parts += [_number(counts.findings, "finding")]
    if counts.errors:
        parts.append(_number(counts.errors, "error"))
    return ", ".join(parts)


def _live(out: TextIO, total: int | None) -> tuple[Any, Any]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = [SpinnerColumn(), TextColumn("{task.fields[posts]}"), TextColumn("{task.fields[speed]}")]
    columns += [TextColumn("{task.fields[findings]}"), *([BarColumn(), TimeRemainingColumn()] if total else [])]
    live = Progress(*columns, TimeElapsedColumn(), console=Console(file=out), transient=True, refresh_per_second=4)
    return live, live.add_task("scan", total=total, posts="", speed="", findings="")


def _speed(posts: int, seconds: float) -> str:
    return f"{posts / seconds:,.0f} posts/s" if seconds > 0.5 else "… posts/s"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
