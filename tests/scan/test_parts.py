import json
import stat
from collections.abc import Iterable
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="needs pyarrow: pip install policy428[ray]")

from pyarrow import parquet

from policy428.errors import InputError, Place
from policy428.scan import parts as written
from policy428.scan.parts import Parts
from policy428.scan.sheet import Sheet, errors_schema, findings_schema


def errors(count: int) -> Iterable[InputError]:
    return (InputError(f"number {number}", place=Place("a.jsonl", number)) for number in range(count))


def test_a_scan_without_findings_leaves_tables_with_columns(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "found"
    with Parts(str(folder)) as parts:
        parts.add(3, 3, *Sheet().take())
        parts.close("done", {"version": "1"})
    assert parquet.read_table(folder / "findings").schema.equals(findings_schema())
    assert parquet.read_table(folder / "errors").schema.equals(errors_schema())
    summary = json.loads((folder / "summary.json").read_text("utf-8"))
    assert (summary["version"], summary["posts"], summary["findings"], summary["errors"]) == ("1", 3, 0, 0)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")
    with pytest.raises(InputError, match="not empty"):
        Parts(str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_in_the_way_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "found").write_text("x")
    with pytest.raises(InputError, match="cannot be written"):
        Parts(str(tmp_path / "found"))


def test_parts_are_of_bounded_size_and_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written, "PART", 100)
    monkeypatch.setattr(written, "GROUP", 40)
    monkeypatch.setattr(written, "LISTED", 60)
    with Parts(f"file://{tmp_path}/found") as parts:
        for _ in range(10):
            parts.add_errors(errors(25))
        parts.close("done", {})
    files = sorted((tmp_path / "found" / "errors").iterdir())
    assert [path.name for path in files] == ["part-00000.parquet", "part-00001.parquet", "part-00002.parquet"]
    assert parquet.read_table(tmp_path / "found" / "errors").num_rows == 250
    summary = json.loads((tmp_path / "found" / "summary.json").read_text("utf-8"))
    assert summary["errors"] == 250 and len(summary["first_errors"]) == 60
