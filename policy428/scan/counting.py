"""How many posts there are to come: counted by a process of its own while the scan runs, for the time that is left.

To read a post costs a small part of what it costs to judge it, so the sources are read twice where a person watches.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from typing import Any

from policy428.scan.pool import deaf

_LOOK_UP = 1_000


class Counting:
    """Counts in another process.

    Args:
        items: makes what is to be counted; goes to that process.
    """

    def __init__(self, items: Callable[[], Iterable[object]]) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, there = context.Pipe(duplex=False)
        self._process = context.Process(target=_count, args=(items, there), daemon=True)
        self._total: int | None = None
        with deaf():
            self._process.start()
        there.close()

    @property
    def total(self) -> int | None:
        """How many there are; None while they are counted."""
        if self._total is None and not self._connection.closed and self._connection.poll():
            try:
                self._total = self._connection.recv()
            except EOFError:
                self._connection.close()
        return self._total

    def close(self) -> None:
        """Ends the counting."""
        self._process.kill()
        self._process.join()
        self._connection.close()


def _count(items: Callable[[], Iterable[Any]], connection: Connection) -> None:
    parent = multiprocessing.parent_process()
    total = 0
    try:
        for _ in items():
            total += 1
            if total % _LOOK_UP == 0 and parent is not None and not parent.is_alive():
                return
        connection.send(total)
    except Exception:  # whatever is wrong with the sources, the scan itself tells of it
        os._exit(1)
