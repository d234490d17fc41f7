"""How a scan is getting on, on standard error: a moving line on a terminal, a plain one now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, Self, TextIO

from policy428.scan.counting import Counting
from policy428.scan.run import Counts

EVERY = 10.0
"""Seconds between two plain lines."""


class Progress:
    """Shows counts while a scan runs; a context manager.

    Args:
        items: makes what will be read, to be counted on a terminal for the time that is left.
        out: standard error unless told.
    """

    def __init__(self, items: Callable[[], Iterable[object]] | None = None, out: TextIO | None = None) -> None:
        self._out = out or sys.stderr
        self._items = items
        self._counting: Counting | None = None
        self._began = time.monotonic()
        self._told = self._began
        self._live: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        if self._out.isatty():
            self._counting = Counting(self._items) if self._items is not None else None
            self._live, self._task = _live(self._out)
            self._live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._live is not None:
            self._live.stop()
        if self._counting is not None:
            self._counting.close()

    def __call__(self, counts: Counts) -> None:
        """Shows `counts`, if it is time to."""
        now = time.monotonic()
        if self._live is not None:
            done = counts.posts + counts.errors
            said = {"findings": _number(counts.findings, "finding"), "speed": _speed(done, now - self._began)}
            total = self._counting.total if self._counting is not None else None
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


def _live(out: TextIO) -> tuple[Any, Any]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    columns = [SpinnerColumn(), TextColumn("{task.fields[posts]}"), TextColumn("{task.fields[speed]}")]
    columns += [TextColumn("{task.fields[findings]}"), BarColumn(), TimeRemainingColumn()]
    live = Progress(*columns, console=Console(file=out), transient=True, refresh_per_second=4)
    return live, live.add_task("scan", total=None, posts="", speed="", findings="")


def _speed(posts: int, seconds: float) -> str:
    return f"{posts / seconds:,.0f} posts/s" if seconds > 0.5 else "… posts/s"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
