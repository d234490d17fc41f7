import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from policy428.errors import ModelError, Policy428Error
from policy428.post import Post
from policy428.scan import pool as pools
from policy428.scan.judging import Answer, Failed, Job
from policy428.scan.pool import Alone, Judges, Pool

Make = Callable[..., Pool]


def jobs(*texts: str) -> list[Job]:
    return [Job(number, Post(text)) for number, text in enumerate(texts)]


def answers(judges: Judges, *batches: Sequence[Job], within: float = 60) -> dict[int, Answer]:
    for batch in batches:
        judges.submit(batch)
    count = sum(len(batch) for batch in batches)
    found: list[tuple[int, Answer]] = []
    until = time.monotonic() + within
    while len(found) < count and time.monotonic() < until:
        found += judges.answers(0.5)
    assert len(found) == count, "some posts were never answered, or one twice"
    return dict(found)


def test_all_posts_are_answered_once(pool: Make) -> None:
    batches = [[Job(10 * batch + number, Post("fine")) for number in range(10)] for batch in range(8)]
    assert answers(pool(2), *batches) == dict.fromkeys(range(80), ())


def test_a_post_that_ends_its_process_is_an_error_and_the_rest_is_judged(pool: Make) -> None:
    found = answers(pool(2), jobs("a", "b", "die", "c", "d"))
    assert [number for number, answer in found.items() if isinstance(answer, Failed)] == [2]
    assert found[2] == Failed("could not be judged: the process that judged it ended (signal 9)")


def test_a_process_ended_by_somebody_else_costs_no_post(pool: Make, tmp_path: Path) -> None:
    found = answers(pool(1), jobs("a", f"die once {tmp_path / 'died'}", "b"))
    assert found == {0: (), 1: (), 2: ()}
    assert (tmp_path / "died").exists()


def test_where_a_batch_dies_as_a_whole_halves_find_the_post(pool: Make) -> None:
    found = answers(pool(2), jobs("a", "b", "c", "die together", "e"))
    assert [number for number, answer in found.items() if isinstance(answer, Failed)] == [3]


def test_a_process_that_hangs_is_ended(pool: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "GRACE", 0.2)
    found = answers(pool(1, seconds=0.3), jobs("a", "hang", "b"))
    assert found == {0: (), 1: Failed("could not be judged within 0.3 seconds"), 2: ()}


def test_a_failure_inside_is_no_traceback_with_the_text(pool: Make, capfd: pytest.CaptureFixture[str]) -> None:
    found = answers(pool(1), jobs("crash", "b"))
    assert found == {0: Failed("could not be judged: the process that judged it ended (status 1)"), 1: ()}
    assert "private" not in capfd.readouterr().err


def test_what_is_wrong_with_the_configuration_ends_the_scan_with_its_hint(pool: Make) -> None:
    with pytest.raises(ModelError, match=r"no model \(get one\)"):
        answers(pool(1), jobs("wrong"))


def test_workers_that_never_begin_are_given_up(judges: Any) -> None:
    made = Pool(judges.stillborn, 1, 60)
    try:
        with pytest.raises(Policy428Error, match="worker processes end before they begin"):
            answers(made, jobs("a"))
    finally:
        made.close()


def test_judges_have_no_room_while_they_have_enough_to_do(pool: Make) -> None:
    made = pool(1)
    count = 0
    while made.room:
        made.submit([Job(count, Post("fine"))])
        count += 1
    assert 1 <= count <= pools.AHEAD
    made.answers(10)


def test_alone_answers_in_this_process(judges: Any) -> None:
    assert answers(Alone(judges.Clumsy), jobs("a", "b"), jobs()) == {0: (), 1: ()}
