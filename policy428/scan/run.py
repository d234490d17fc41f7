"""One run of a scan: posts are read in order, judged by whoever is free, and kept in order.

What is read waits in one queue until it is judged; reading stops while that queue is full, so that memory does not grow
with the archive. Posts whose verdict the database knows are not judged again, and of posts alike only the first is.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy428.errors import InputError, Place, Policy428Error
from policy428.post import Post
from policy428.scan.content import account_of, content_of, rules_of
from policy428.scan.judging import Answer, Failed, Job
from policy428.suppressions.beside import applying

if TYPE_CHECKING:
    from policy428.scan.judging import Settings
    from policy428.scan.pool import Judges
    from policy428.scan.sink import Sink
    from policy428.session import Session

BATCH = 32
BATCH_CHARACTERS = 50_000
WAITING = 2_000
"""Posts that may wait to be judged or kept, at most."""
WAITING_CHARACTERS = 8_000_000
PATIENCE = 0.5
"""Seconds that a batch waits to be filled."""
REMEMBERED = 100_000
"""Accounts, and posts that could not be judged, that are known again at most."""


@dataclass(slots=True)
class Counts:
    """How far a run has come; `judged` counts the posts that had to be judged."""

    posts: int = 0
    judged: int = 0
    findings: int = 0
    errors: int = 0


@dataclass(slots=True)
class _Ticket:
    """The verdict that posts alike wait for."""

    verdict: int | None = None
    failed: Failed | None = None
    findings: int = 0


@dataclass(slots=True)
class _Entry:
    """A post, or an error, at its place in the order of reading."""

    place: int
    item: Post | Policy428Error
    ticket: _Ticket | None = None
    size: int = 0


class Scan:
    """Reads, has judged, and keeps.

    Args:
        items: posts, and errors in the place of those that cannot be read, in order.
        judges: who judges.
        journal: where results are kept; its run has begun.
        session: the configurations.
        settings: how posts are judged.
        watch: told of the counts now and then.
    """

    def __init__(
        self,
        items: Iterable[Post | Policy428Error],
        judges: Judges,
        journal: Sink,
        session: Session,
        settings: Settings,
        watch: Callable[[Counts], None] = lambda counts: None,
    ) -> None:
        self.counts = Counts()
        self.stopped = False
        self._items = iter(items)
        self._judges = judges
        self._journal = journal
        self._session = session
        self._settings = settings
        self._watch = watch
        self._key = journal.key
        self._rules: dict[str, str] = {}
        self._waiting: deque[_Entry] = deque()
        self._characters = 0
        self._place = 0
        self._exhausted = False
        self._batch: list[Job] = []
        self._batch_since = 0.0
        self._tickets: dict[bytes, _Ticket] = {}
        self._asked: dict[int, bytes] = {}
        self._failed: dict[bytes, _Ticket] = {}
        self._accounts: dict[bytes, None] = {}

    def stop(self) -> None:
        """Makes `run` end soon, with what has been found so far."""
        self.stopped = True

    def run(self) -> None:
        """Reads and judges to the end, or until it is stopped.

        Raises:
            Policy428Error: no post can be judged; what was judged before is kept.
        """
        while not self.stopped and (self._waiting or not self._exhausted):
            self._read()
            found = self._judges.answers(PATIENCE) if self._asked else []
            self._keep(found)
            self._watch(self.counts)

    def _read(self) -> None:
        """Reads until the queue is full or the judges have enough."""
        while not self.stopped and not self._exhausted and self._judges.room and not self._full():
            item = next(self._items, None)
            if item is None:
                self._exhausted = True
                break
            self._take(item)
            if self._batch and time.monotonic() - self._batch_since > PATIENCE:
                self._submit()
        if self._exhausted or self._full():
            self._submit()

    def _full(self) -> bool:
        return len(self._waiting) >= WAITING or self._characters >= WAITING_CHARACTERS

    def _take(self, item: Post | Policy428Error) -> None:
        """Puts what was read into the queue, and into a batch where its verdict is not known."""
        self._place += 1
        if isinstance(item, Policy428Error):
            self._waiting.append(_Entry(self._place, item))
            return
        job = Job(self._place, item)
        try:
            rules = self._rules_of(item.source.path)
            self._measure(item)
        except Policy428Error as error:
            self._waiting.append(_Entry(self._place, error))
            return
        job = replace(job, account=self._first_of_account(job))
        config = self._session.config(item.source.path)
        content = content_of(job, rules, self._key, [entry.rules for entry in applying(config, item.source)])
        entry = _Entry(self._place, replace(item, text="", thread=()), size=len(item.text))
        entry.ticket = self._tickets.get(content) or self._failed.get(content)
        if entry.ticket is None and (known := self._journal.known(content)) is not None:
            entry.ticket = _Ticket(known[0], findings=known[1])
        if entry.ticket is None:
            entry.ticket = self._tickets[content] = _Ticket()
            self._asked[job.number] = content
            if not self._batch:
                self._batch_since = time.monotonic()
            self._batch.append(job)
            if len(self._batch) >= BATCH or sum(len(job.post.text) for job in self._batch) >= BATCH_CHARACTERS:
                self._submit()
        self._waiting.append(entry)
        self._characters += entry.size

    def _first_of_account(self, job: Job) -> bool:
        """Whether what is found in the account is told with this post: with its profile, or else its first post.

        In an export all posts have the author that its account is; elsewhere each says its own.
        """
        source = job.post.source
        account = account_of(job, self._key) if source.platform is not None else None
        if account is None:
            return True
        first = account not in self._accounts
        if len(self._accounts) < REMEMBERED:
            self._accounts[account] = None
        return first or source.kind == "profile"

    def _rules_of(self, path: str) -> str:
        rules = self._rules.get(path)
        if rules is None:
            if len(self._rules) >= REMEMBERED:
                self._rules.clear()
            rules = self._rules[path] = rules_of(self._session.config(path), self._settings)
        return rules

    def _measure(self, post: Post) -> None:
        """Refuses a post that is longer than the configuration lets one be.

        Raises:
            InputError: it is.
        """
        source = post.source
        limit = self._session.config(source.path).limits.post_characters
        if len(post.text) + sum(len(media.alt or "") for media in post.media) > limit:
            raise InputError(
                f"the post is longer than {limit:,} characters, the limit for one",
                place=Place(source.file, source.line or source.record),
                hint="raise limits.post_characters in the configuration",
            )

    def _submit(self) -> None:
        if self._batch:
            self._judges.submit(self._batch)
            self._batch = []

    def _keep(self, found: list[tuple[int, Answer]]) -> None:
        """Keeps the verdicts in `found`, and the posts at the head of the queue whose verdicts are known."""
        if not found and not (self._waiting and _settled(self._waiting[0])):
            return
        with self._journal.writing():
            for number, answer in found:
                self._verdict(self._asked.pop(number), answer)
            for entry in self._heads():
                self._place_of(entry)

    def _verdict(self, content: bytes, answer: Answer) -> None:
        ticket = self._tickets.pop(content)
        self.counts.judged += 1
        if isinstance(answer, Failed):
            ticket.failed = answer
            if len(self._failed) < REMEMBERED:
                self._failed[content] = ticket
        else:
            ticket.verdict, ticket.findings = self._journal.add_verdict(content, answer), len(answer)

    def _heads(self) -> Iterator[_Entry]:
        while self._waiting and _settled(self._waiting[0]):
            entry = self._waiting.popleft()
            self._characters -= entry.size
            yield entry

    def _place_of(self, entry: _Entry) -> None:
        ticket = entry.ticket
        if isinstance(entry.item, Policy428Error):
            self._fail(entry.place, entry.item)
        elif ticket is not None and ticket.verdict is not None:
            self._journal.add_post(entry.place, entry.item, ticket.verdict)
            self.counts.posts += 1
            self.counts.findings += ticket.findings
        elif ticket is not None and ticket.failed is not None:
            source = entry.item.source
            place = Place(source.file, source.line or source.record)
            self._fail(entry.place, InputError(ticket.failed.reason, place=place))

    def _fail(self, place: int, error: Policy428Error) -> None:
        self._journal.add_error(place, error)
        self.counts.errors += 1


def _settled(entry: _Entry) -> bool:
    ticket = entry.ticket
    return ticket is None or ticket.verdict is not None or ticket.failed is not None
