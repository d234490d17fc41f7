"""A worker process: makes its judge once, then answers batches until the scan's own process goes away."""

from __future__ import annotations

import os
import queue
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any, Protocol

from policy428.errors import Policy428Error
from policy428.scan.judging import Answer, Job

READY, ANSWER, BEGUN, REST, WRONG = "ready", "answer", "begun", "rest", "wrong"
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "NUMEXPR_NUM_THREADS")


class Judging(Protocol):
    """What a worker judges with; see `policy428.scan.judging.Judge`."""

    def judge(self, jobs: Sequence[Job]) -> Iterator[tuple[int, Answer | None]]:
        """The answer to each of `jobs`, by number; before it is begun, its number with None."""


def work(make: Callable[[], Judging], connection: Connection) -> None:
    """The life of a worker.

    It says READY; then for each batch BEGUN and ANSWER for each job, and REST at its end. WRONG, with an error, is its
    last word: no post can be judged.

    Args:
        make: makes the judge.
        connection: to the scan's own process, for batches and answers.
    """
    # Ctrl-C goes to all processes of a terminal; the scan's own decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    batches: queue.SimpleQueue[Sequence[Job]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(connection, batches), daemon=True).start()
    try:
        judge = make()
        connection.send((READY, 0, None))
        while True:
            for number, answer in judge.judge(batches.get()):
                connection.send((BEGUN if answer is None else ANSWER, number, answer))
            connection.send((REST, 0, None))
    except Policy428Error as error:
        connection.send((WRONG, 0, _plain(error)))
    except OSError:
        os._exit(0)
    except Exception:
        # A traceback may hold the text of a post.
        if os.environ.get("POLICY428_DEBUG"):
            raise
        os._exit(1)


def _listen(connection: Connection, batches: queue.SimpleQueue[Any]) -> None:
    """Takes in batches as they come, so that the scan's process never waits with one; ends when that process does."""
    while True:
        try:
            batches.put(connection.recv())
        except (EOFError, OSError):
            os._exit(0)


def _plain(error: Policy428Error) -> tuple[type[Policy428Error], str, Any, str | None]:
    """An error in parts; as an exception it would not come through whole."""
    return type(error), error.message, error.place, error.hint


@contextmanager
def one_thread() -> Iterator[None]:
    """Inside, libraries that are loaded, and processes that are started, calculate with one thread each."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
