import csv
import io
from collections.abc import Callable

import pytest

from policy428.errors import InputError
from policy428.reports.finding import Finding

Make = Callable[..., Finding]
Told = Callable[..., str]

COLUMNS = [
    "rule", "clause", "citation", "severity", "confidence", "message", "suggestion", "path", "member", "record",
    "field", "post", "platform", "kind", "time", "permalink", "line", "column", "end_line", "end_column", "start",
    "end", "match", "fingerprint",
]  # fmt: skip


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_a_finding_under_the_promised_columns(finding: Make, told: Told) -> None:
    stood = {"platform": "x", "kind": "post", "member": "data/tweets.js", "record": 3, "field": "full_text"}
    shown = told("csv", finding(1, **stood, time="2024-05-01T10:00:00Z"), finding(2))
    assert shown.splitlines()[0].split(",") == COLUMNS
    first, second = rows(shown)
    assert {name: first[name] for name in stood} == {name: str(value) for name, value in stood.items()}
    assert (first["rule"], first["confidence"], first["match"], first["post"]) == (
        "IV.B-swear-word",
        "0.9",
        "d***",
        "p1",
    )
    assert second["member"] == second["time"] == ""


def test_no_findings_leave_the_columns(told: Told) -> None:
    assert rows(told("csv", errors=(InputError("cut off"),))) == []
    assert told("csv").splitlines()[0].split(",") == COLUMNS


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r\n=1", "＝1"])
def test_nothing_runs_as_a_formula(finding: Make, told: Told, start: str) -> None:
    (row,) = rows(told("csv", finding(message=start, path=start, member=start)))
    for name in ("message", "path", "member"):
        assert row[name].startswith("'")


def test_numbers_are_no_formulas(finding: Make, told: Told) -> None:
    assert rows(told("csv", finding(record=7)))[0]["record"] == "7"


def test_a_row_is_a_line_whatever_the_text(finding: Make, told: Told) -> None:
    shown = told("csv", finding(message='He said, "a\nb\r\nc\x00d\u2028e"\ud800', path="漢,字.zip"))
    assert shown.count("\n") == 2 and "\r" not in shown and "\x00" not in shown
    (row,) = rows(shown)
    assert row["path"] == "漢,字.zip" and row["message"].startswith('He said, "a b')
    shown.encode("utf-8")
