import io
import itertools
import time
from functools import partial

import pytest

from policy428.scan import progress
from policy428.scan.counting import Counting
from policy428.scan.progress import Progress, line
from policy428.scan.run import Counts


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_elsewhere_than_on_a_terminal_a_plain_line_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = itertools.count(0, 4)
    monkeypatch.setattr(progress.time, "monotonic", lambda: float(next(clock)))
    out = io.StringIO()
    with Progress(partial(range, 50), out) as show:
        for posts in range(1000, 7000, 1000):
            show(Counts(posts=posts, findings=1))
    assert out.getvalue().splitlines() == ["3,000 posts, 250 posts/s, 1 finding", "6,000 posts, 250 posts/s, 1 finding"]


def test_errors_are_counted_apart() -> None:
    assert line(Counts(posts=1, findings=2, errors=1), 2) == "1 post, 1 posts/s, 2 findings, 1 error"


def test_on_a_terminal_a_line_that_moves() -> None:
    out = Terminal()
    with Progress(None, out) as show:
        show(Counts(posts=1234, findings=5))
    assert "1,234 posts" in out.getvalue()
    assert "5 findings" in out.getvalue()


def test_what_is_to_come_is_counted_beside() -> None:
    counting = Counting(partial(range, 50))
    try:
        for _ in range(200):
            if counting.total is not None:
                break
            time.sleep(0.1)
        assert counting.total == 50
    finally:
        counting.close()
