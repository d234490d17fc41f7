from collections.abc import Iterable
from functools import partial
from typing import Any

import pytest

from policy428.errors import InputError
from policy428.post import Author, Kind, Post, Source
from policy428.scan import run as running
from policy428.scan.journal import Journal
from policy428.scan.judging import Judge, Settings
from policy428.scan.pool import Alone
from policy428.scan.run import Counts, Scan
from policy428.session import Session

BIO = "Teacher. For tickets write tolson@wem.k12.mn.us"
SETTINGS = Settings(isolated=True)


def post(number: int, text: str, kind: Kind = "post", **author: Any) -> Post:
    source = Source("export.zip", member="a.json", record=number, platform="x", kind=kind)
    return Post(text, author=Author(handle="@mo", bio=BIO, **author), source=source)


def scanned(items: Iterable[Post | InputError]) -> tuple[Counts, list[tuple[int, str]]]:
    judge = Alone(partial(Judge, SETTINGS))
    with Journal.create() as journal:
        journal.begin("1", "rules", [], {})
        scan = Scan(items, judge, journal, Session(isolated=True), SETTINGS)
        scan.run()
        journal.end("done")
        return scan.counts, [(f.record["source"]["record"], f.record["rule"]) for f in journal.findings()]


def test_the_account_is_told_of_once_with_its_profile() -> None:
    profile = post(1, BIO, "profile", email="mo@wem.k12.mn.us")
    counts, found = scanned([profile, *(post(number, "Nice day.") for number in range(2, 6))])
    assert counts.posts == 5
    assert found and {record for record, _ in found} == {1}


def test_without_a_profile_it_is_told_with_the_first_post() -> None:
    _, found = scanned(post(number, "Nice day.") for number in range(1, 5))
    assert [record for record, _ in found] == [1]


def test_errors_keep_their_place_among_the_posts() -> None:
    items = [post(1, "Nice day."), InputError("one"), post(2, "A damn mess."), InputError("two")]
    counts, _ = scanned(items)
    assert (counts.posts, counts.errors) == (2, 2)


def test_no_more_is_read_than_may_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "WAITING", 50)
    ahead: list[int] = []
    read = 0

    def items() -> Iterable[Post]:
        nonlocal read
        for number in range(400):
            read += 1
            yield Post(f"Nice day number {number}.", source=Source("a.jsonl", number))

    judge = Alone(partial(Judge, SETTINGS))
    with Journal.create() as journal:
        journal.begin("1", "rules", [], {})
        scan = Scan(items(), judge, journal, Session(isolated=True), SETTINGS, lambda c: ahead.append(read - c.posts))
        scan.run()
        assert journal.summary().posts == 400
    assert max(ahead) <= 50 + 2 * running.BATCH
