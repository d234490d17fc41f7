"""Worker processes: each is given batches and watched; one that dies or hangs costs one post, never the scan."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol

from policy428.errors import Policy428Error
from policy428.scan.judging import Answer, Failed, Job, allowed, too_slow
from policy428.scan.worker import ANSWER, BEGUN, READY, REST, WRONG, Judging, one_thread, work

AHEAD = 2
"""Batches that a worker holds at most: the one in hand and the next."""
GRACE = 30.0
"""Seconds beyond the limit for a post after which a worker that did not end it by itself is ended."""
GATHER = 0.03
"""Seconds that answers are let gather once there is one."""
STILLBORN = 3
"""Workers that may die before they are ready, one after another, until the scan is given up."""


class Judges(Protocol):
    """Whoever judges batches: this process, or several others."""

    @property
    def room(self) -> bool:
        """Whether another batch would be begun soon."""

    def submit(self, jobs: Sequence[Job]) -> None:
        """Hands over a batch."""

    def answers(self, seconds: float) -> list[tuple[int, Answer]]:
        """What has been answered, in any order; waits so long for the first.

        Raises:
            Policy428Error: no post can be judged.
        """

    def close(self) -> None:
        """Ends without waiting for what is not answered."""


class Alone:
    """Judges in this process, for `--jobs 1`."""

    def __init__(self, make: Callable[[], Judging]) -> None:
        with one_thread():
            self._judge = make()
        self._batches: deque[Sequence[Job]] = deque()
        self._running: Iterator[tuple[int, Answer | None]] | None = None

    @property
    def room(self) -> bool:
        return not self._batches

    def submit(self, jobs: Sequence[Job]) -> None:
        self._batches.append(jobs)

    def answers(self, seconds: float) -> list[tuple[int, Answer]]:
        found: list[tuple[int, Answer]] = []
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self._running is None:
                if not self._batches:
                    break
                self._running = self._judge.judge(self._batches.popleft())
            for number, answer in self._running:
                if answer is not None:
                    found.append((number, answer))
                    break
            else:
                self._running = None
                if found:
                    break
        return found

    def close(self) -> None:
        """Nothing is left running."""


class _Worker:
    """A worker process as the pool sees it."""

    def __init__(self, make: Callable[[], Judging], context: Any) -> None:
        self.connection: Connection
        self.connection, there = context.Pipe()
        self.process = context.Process(target=work, args=(make, there), daemon=True)
        with one_thread(), deaf():
            self.process.start()
        there.close()
        self.ready = False
        self.batches: deque[dict[int, Job]] = deque()
        self.begun: int | None = None
        self.since = time.monotonic()

    def send(self, jobs: Sequence[Job]) -> None:
        if not self.batches:
            self.since = time.monotonic()
        self.batches.append({job.number: job for job in jobs})
        try:
            self.connection.send(list(jobs))
        except OSError:  # it has died; that is seen when its answers are read
            return

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


class Pool:
    """Judges in `count` worker processes.

    Args:
        make: makes the judge in each; goes to another process, so it is a function or a partial of one.
        count: how many.
        seconds: how long one post may take.
    """

    def __init__(self, make: Callable[[], Judging], count: int, seconds: float) -> None:
        self._make = make
        self._seconds = seconds
        # Never a fork: the libraries that judge hold threads and locks that a fork would copy as they stand.
        self._context = multiprocessing.get_context("spawn")
        self._queue: deque[Sequence[Job]] = deque()
        self._stillborn = 0
        self._second: set[int] = set()
        self._workers: list[_Worker] = []
        try:
            for _ in range(count):
                self._workers.append(_Worker(make, self._context))
        except BaseException:
            self.close()
            raise

    @property
    def room(self) -> bool:
        return sum(AHEAD - len(worker.batches) for worker in self._workers) > len(self._queue)

    def submit(self, jobs: Sequence[Job]) -> None:
        self._queue.append(jobs)
        self._deal()

    def answers(self, seconds: float) -> list[tuple[int, Answer]]:
        found: list[tuple[int, Answer]] = []
        ready = wait([worker.connection for worker in self._workers], min(seconds, 1.0))
        if ready:
            # Workers have the next batch already: better to hear many answers at once than to wake for each.
            time.sleep(GATHER)
            ready = wait([worker.connection for worker in self._workers], 0)
        for place, worker in enumerate(self._workers):
            if worker.connection in ready and not self._listen(worker, found):
                self._replace(place, self._bury(worker), found)
            elif self._hangs(worker):
                self._listen(worker, found)
                worker.process.kill()
                self._replace(place, too_slow(self._allowed(worker)), found, again=False)
        self._deal()
        return found

    def close(self) -> None:
        for worker in self._workers:
            worker.end()
        self._workers = []

    def _deal(self) -> None:
        """Hands waiting batches to the workers with the least to do."""
        while self._queue:
            worker = min(self._workers, key=lambda worker: len(worker.batches))
            if len(worker.batches) >= AHEAD:
                return
            worker.send(self._queue.popleft())

    def _listen(self, worker: _Worker, found: list[tuple[int, Answer]]) -> bool:
        """Takes in all that a worker has said; whether it is still there."""
        try:
            while worker.connection.poll():
                word, number, answer = worker.connection.recv()
                worker.since = time.monotonic()
                if word == READY:
                    worker.ready = True
                    self._stillborn = 0
                elif word == BEGUN:
                    worker.begun = number
                elif word == ANSWER:
                    worker.begun = None
                    del worker.batches[0][number]
                    found.append((number, answer))
                elif word == REST:
                    worker.batches.popleft()
                elif word == WRONG:
                    kind, message, place, hint = answer
                    raise kind(message, place=place, hint=hint)
        except (EOFError, OSError):
            return False
        return True

    def _hangs(self, worker: _Worker) -> bool:
        busy = worker.ready and any(worker.batches)
        return busy and time.monotonic() - worker.since > self._allowed(worker) + GRACE

    def _allowed(self, worker: _Worker) -> float:
        """How long a worker may be silent: as long as the post it is at may take, or the longest of those at hand."""
        jobs = {number: job for batch in worker.batches for number, job in batch.items()}
        at = [jobs[worker.begun]] if worker.begun in jobs else list(jobs.values())
        return max((allowed(self._seconds, job.post) for job in at), default=self._seconds)

    def _bury(self, worker: _Worker) -> str:
        worker.process.join(GRACE)
        code = worker.process.exitcode
        how = f"signal {-code}" if code is not None and code < 0 else f"status {code}"
        if not worker.ready:
            self._stillborn += 1
            if self._stillborn >= STILLBORN:
                raise Policy428Error(f"worker processes end before they begin ({how})", hint="try --jobs 1")
        return f"could not be judged: the process that judged it ended ({how})"

    def _replace(self, place: int, reason: str, found: list[tuple[int, Answer]], *, again: bool = True) -> None:
        """A new worker in the stead of one that is gone, and what it had not answered handed out again.

        The post it was at is given up, or tried once more by itself where `again` says so. Where it is not known which
        post it was at (many are read together), the batch is tried in halves.
        """
        gone = self._workers[place]
        left = [jobs for batch in gone.batches if (jobs := list(batch.values()))]
        if left and gone.begun is not None:
            at = next(job for job in left[0] if job.number == gone.begun)
            left[0].remove(at)
            if not again or at.number in self._second:
                found.append((at.number, Failed(reason)))
            else:
                self._second.add(at.number)
                left.insert(0, [at])
        elif left and gone.ready:
            jobs = left.pop(0)
            half = len(jobs) // 2
            if not half and jobs[0].number in self._second:
                found.append((jobs[0].number, Failed(reason)))
            elif half:
                left[:0] = [jobs[:half], jobs[half:]]
            else:
                self._second.add(jobs[0].number)
                left.insert(0, jobs)
        self._queue.extendleft(reversed([jobs for jobs in left if jobs]))
        gone.end()
        self._workers[place] = _Worker(self._make, self._context)


@contextmanager
def deaf() -> Iterator[None]:
    """Inside, Ctrl-C waits, and a process started then never hears it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
