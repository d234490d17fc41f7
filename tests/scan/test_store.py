from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from policy428.errors import InputError, Place
from policy428.post import Post, Source
from policy428.scan.journal import Journal
from policy428.scan.kept import Kept
from policy428.scan.store import DONE, RUNNING, Store


def kept(clause: str = "IV.B", severity: str = "error") -> Kept:
    record: dict[str, Any] = {"rule": f"{clause}-x", "clause": clause, "severity": severity, "line": 1, "column": 5}
    return Kept(record, "x", (("1", "a d***", "  ^^^^"),), "d***", ("a reason",), "mark")


def post(number: int, time: str | None = "2024-05-01", **where: Any) -> Post:
    source = Source("x.zip", member="a.json", record=number, **{"platform": "x", **where})
    return Post("a secret", id=f"p{number}", time=time, source=source)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.create(tmp_path / "scan.db") as made:
        made.begin("1.0", "rules", ["x.zip"], {"from": ["x"]})
        yield made


def add(journal: Journal, *entries: tuple[Post, bytes, list[Kept]]) -> None:
    with journal.writing():
        for place, (one, content, found) in enumerate(entries, 1):
            known = journal.known(content)
            journal.add_post(place, one, known[0] if known else journal.add_verdict(content, found))


def test_what_is_kept_is_read_again_in_the_order_of_reading(journal: Journal, tmp_path: Path) -> None:
    add(journal, (post(1), b"a", [kept(), kept("IV.C")]), (post(2), b"b", []), (post(3), b"a", []))
    journal.end(DONE)
    journal.close()
    with Store.open(tmp_path / "scan.db") as store:
        found = list(store.findings())
        assert [(f.record["post"], f.record["clause"]) for f in found] == [
            ("p1", "IV.B"),
            ("p1", "IV.C"),
            ("p3", "IV.B"),
            ("p3", "IV.C"),
        ]
        assert found[0].place == "x.zip!a.json:1:5"
        assert found[0].title == "x.zip!a.json:1 (post p1), 1:5"
        assert (found[0].excerpt, found[0].reasons) == ((("1", "a d***", "  ^^^^"),), ("a reason",))
        assert [(result.title, len(result.made)) for result in store.results()] == [
            ("x.zip!a.json:1 (post p1)", 2),
            ("x.zip!a.json:3 (post p3)", 2),
        ]
        last = store.run()
        assert last is not None
        assert (last.state, last.sources, last.options, last.judged) == (DONE, ("x.zip",), {"from": ["x"]}, 2)


def test_totals_and_shares(journal: Journal) -> None:
    add(
        journal,
        (post(1, "2024-05-01"), b"a", [kept()]),
        (post(2, "2024-06-01", kind="comment"), b"b", [kept("IV.C", "notice")]),
        (post(3, None, platform=None), b"a", []),
    )
    with journal.writing():
        journal.add_error(9, InputError("broken", place=Place("x.zip", 3), hint="mend it"))
    total = journal.summary()
    assert (total.posts, total.violations, total.errors) == (3, 3, 1)
    assert total.by_clause == {"IV.B": 2, "IV.C": 1}
    assert total.by_severity == {"error": 2, "notice": 1}
    shares = [(share.name, share.posts, share.by_severity) for share in journal.by_month()]
    assert shares == [("", 1, {"error": 1}), ("2024-05", 1, {"error": 1}), ("2024-06", 1, {"notice": 1})]
    assert [(share.name, share.posts) for share in journal.by_platform()] == [("", 1), ("x", 2)]
    assert [(share.name, share.posts) for share in journal.by_kind()] == [("comment", 1), ("post", 2)]
    assert [str(error) for error in journal.errors()] == ["x.zip:3: broken (mend it)"]


def test_what_is_not_written_to_its_end_is_not_written(journal: Journal) -> None:
    with pytest.raises(KeyboardInterrupt), journal.writing():
        journal.add_post(1, post(1), journal.add_verdict(b"a", [kept()]))
        raise KeyboardInterrupt
    assert journal.known(b"a") is None
    assert journal.summary().posts == 0


def test_a_run_that_is_done_takes_the_place_of_those_before(journal: Journal) -> None:
    add(journal, (post(1), b"a", [kept()]), (post(2), b"b", [kept("IV.C")]))
    journal.end(DONE)
    journal.begin("1.0", "rules", ["x.zip"], {})
    last = journal.run()
    assert last is not None and last.state == RUNNING
    add(journal, (post(1), b"a", []))
    assert [finding.record["clause"] for finding in journal.findings()] == ["IV.B"]
    assert journal.known(b"b") is not None
    journal.end(DONE)
    assert journal.known(b"b") is None


def test_a_fingerprint_stays_when_an_export_is_renamed_and_renumbered(journal: Journal) -> None:
    moved = Post("", id="p1", source=Source("newer.zip", member="b.json", record=7, platform="x"))
    add(journal, (post(1), b"a", [kept()]), (moved, b"a", []), (post(2), b"a", []))
    first, second, other = (finding.record["fingerprint"] for finding in journal.findings())
    assert first == second != other


def test_without_a_path_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Journal.create() as journal:
        journal.begin("1.0", "rules", [], {})
        add(journal, (post(1), b"a", [kept()]))
        assert journal.summary().violations == 1
    assert list(tmp_path.iterdir()) == []


def test_there_must_be_a_database_to_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such scan database"):
        Store.open(tmp_path / "none.db")
