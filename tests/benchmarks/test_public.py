from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.public import main
from benchmarks.sets import people, presidio
from benchmarks.sets.rows import Runner

TEXT = "Thanks to Karen Lindqvist, her number is 507-555-0143."


def put(folder: Path, name: str, rows: list[dict[str, object]]) -> None:
    lines = (json.dumps(row) + "\n" for row in rows)
    (folder / f"{name}.dev.jsonl").write_text("".join(lines), encoding="utf-8")


def test_without_the_sets_it_says_so_and_is_content(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--eval", str(tmp_path / "nowhere")]) == 0
    assert "not here" in capsys.readouterr().out


def test_a_set_that_lacks_its_file_is_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["people", "--eval", str(tmp_path), "--no-peers"]) == 0
    assert "wnut17.dev.jsonl" in capsys.readouterr().out


def test_a_set_that_nobody_knows_is_a_wrong_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["poems"])
    assert stop.value.code == 2
    assert "poems" in capsys.readouterr().err


def test_the_same_seed_draws_the_same_rows(tmp_path: Path) -> None:
    put(tmp_path, "some", [{"text": str(i)} for i in range(100)])
    drawn = Runner(tmp_path, limit=10, seed=1).rows("some")
    assert drawn == Runner(tmp_path, limit=10, seed=1).rows("some")
    assert drawn != Runner(tmp_path, limit=10, seed=2).rows("some")
    assert len(drawn) == 10
    assert [int(row["text"]) for row in drawn] == sorted(int(row["text"]) for row in drawn)


def test_people_and_numbers_are_counted_by_overlap(tmp_path: Path) -> None:
    name, number = TEXT.index("Karen"), TEXT.index("507")
    spans = [{"type": "PERSON", "start": name, "end": name + 15}]
    spans.append({"type": "PHONE_NUMBER", "start": number, "end": number + 12})
    put(tmp_path, "presidio", [{"text": TEXT, "spans": spans}])
    for file in people.FILES:
        put(tmp_path, file, [{"text": TEXT, "people": [[name, name + 5]]}, {"text": "Rain again.", "people": []}])
    runner = Runner(tmp_path, peers=False)
    rows = {row[0]: row[2] for row in presidio.measure(runner)[0].rows}
    assert rows["PERSON"] == rows["PHONE_NUMBER"] == "1.000 (1.00, 1.00)"
    assert rows["IBAN_CODE"] == "none"
    for grid in people.measure(runner):
        assert ["policy428", "1.000", "1.000", "1.000"] in [list(row) for row in grid.rows]
