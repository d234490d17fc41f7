import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from policy428.cli import main

Write = Callable[[str, str], Path]
BAD = "The f*cking bus is late."
OTHER = "Puppies for sale, write tolson@wem.k12.mn.us"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shared: None) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def new(*arguments: str | Path) -> list[tuple[str, int]]:
    result = run("check", *arguments, "--baseline", "known.json", "--format", "json")
    return [(item["clause"], item["line"]) for item in json.loads(result.stdout)["violations"]]


def kept() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(Path("known.json").read_text())
    return loaded


def test_known_findings_are_quiet_wherever_they_move(write: Write) -> None:
    path = write("a.md", f"# Story\n\n{BAD}\n\n{OTHER}\n")
    assert run("baseline", "create", path, "--baseline", "known.json").exit_code == 0
    result = run("check", path, "--baseline", "known.json")
    assert result.exit_code == 0
    assert "2 more suppressed or known" in result.stdout
    write("a.md", f"# Another story\n\nAn intro.\n\n{OTHER}\n\nMore words. {BAD}\n")
    assert new(path) == []


def test_counts_matter(write: Write) -> None:
    path = write("a.md", f"{BAD}\n\n{BAD}\n")
    run("baseline", "create", path, "--baseline", "known.json")
    write("a.md", f"{BAD}\n\n{BAD}\n\n{BAD}\n")
    assert new(path) == [("IV.B", 5)]
    write("a.md", f"{BAD}\n")
    assert new(path) == []


def test_a_file_is_known_however_it_is_named(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("drafts/a.md", BAD)
    run("baseline", "create", "drafts", "--baseline", "known.json")
    assert new(path) == new("./drafts/../drafts/a.md") == new("drafts/*.md") == []
    monkeypatch.chdir("drafts")
    assert run("check", "a.md", "--baseline", "../known.json").exit_code == 0
    assert run("check", write("b.md", BAD), "--baseline", "../known.json").exit_code == 1


def test_update_adds_and_forgets_and_prune_only_forgets(write: Write) -> None:
    a, b = write("a.md", BAD), write("b.md", BAD)
    run("baseline", "create", a, b, "--baseline", "known.json")
    write("a.md", OTHER)
    said = run("baseline", "prune", a, "--baseline", "known.json")
    assert said.stderr == "known.json: 0 added, 1 forgotten; 1 finding known.\n"
    assert new(a, b) == [("IV.C", 1)]
    assert "1 added, 0 forgotten; 2 findings" in run("baseline", "update", a, "--baseline", "known.json").stderr
    assert new(a, b) == []
    assert "0 added, 1 forgotten" in run("baseline", "prune", a, "--all", "--baseline", "known.json").stderr
    assert new(a, b) == [("IV.B", 1)]


def test_nothing_private_is_kept_and_the_key_is_new_each_time(write: Write) -> None:
    path = write("Tyler Brandt.md", OTHER)
    run("baseline", "create", path, "--baseline", "known.json")
    text, first = Path("known.json").read_text(), kept()
    assert not any(word in text for word in ("tolson", "Tyler", "Brandt", "wem.k12"))
    if os.name == "posix":
        assert Path("known.json").stat().st_mode & 0o777 == 0o600
    run("baseline", "create", path, "--baseline", "known.json", "--force")
    assert kept()["key"] != first["key"] and kept()["findings"].keys().isdisjoint(first["findings"])


def test_the_file_changes_only_where_findings_do(write: Write) -> None:
    path = write("a.md", f"{BAD}\n\n{OTHER}\n")
    run("baseline", "create", path, "--baseline", "known.json")
    before = Path("known.json").read_text().splitlines()
    write("a.md", f"Intro.\n\n{OTHER}\n\n{BAD}\n")
    run("baseline", "update", path, "--baseline", "known.json")
    assert Path("known.json").read_text().splitlines() == before
    write("b.md", BAD)
    run("baseline", "update", ".", "--baseline", "known.json")
    after = Path("known.json").read_text().splitlines()
    assert len(after) == len(before) + 3 and set(before) - {"    }"} <= set(after) | {"    },"}


def test_a_file_that_cannot_be_read_keeps_what_is_known_of_it(write: Write) -> None:
    path = write("a.md", BAD)
    run("baseline", "create", path, "--baseline", "known.json")
    path.write_bytes(b"a\0b")
    assert run("baseline", "update", path, "--baseline", "known.json").exit_code == 2
    write("a.md", BAD)
    assert new(path) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "there is no such baseline (make a new one: policy428 baseline create"),
        ("{", "is not JSON"),
        ("[]", "is no baseline"),
        ('{"format": "policy428 baseline", "version": 9}', "of version 9"),
        ('{"format": "policy428 baseline", "version": 1, "findings": {}}', "without its key"),
        (
            '{"format": "policy428 baseline", "version": 1, "key": "00112233445566778899", "findings": {"a": 1}}',
            "counts",
        ),
    ],
)
def test_what_is_no_baseline_is_told_in_a_line(write: Write, text: str | None, said: str) -> None:
    if text is not None:
        write("known.json", text)
    result = run("check", write("a.md", BAD), "--baseline", "known.json")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert said in result.stderr


def test_a_baseline_is_not_written_over_unasked(write: Write) -> None:
    path = write("known.json", "mine")
    result = run("baseline", "create", write("a.md", BAD), "--baseline", path)
    assert (result.exit_code, path.read_text()) == (2, "mine")


def test_a_baseline_of_a_scan_knows_posts_in_a_newer_export(write: Write) -> None:
    path = write("posts.jsonl", json.dumps({"id": "1", "text": BAD}))
    run("scan", path, "--jobs", "1", "--out", "scan.db")
    assert run("baseline", "create", "scan.db", "--baseline", "known.json").exit_code == 0
    quiet = ("--jobs", "1", "--format", "json", "--baseline", "known.json")
    assert run("scan", path, *quiet).exit_code == 0
    records = [{"id": "0", "text": BAD}, {"id": "1", "text": f"Good morning! {BAD}"}]
    newer = write("posts.jsonl", "\n".join(map(json.dumps, records)))
    result = run("scan", newer, *quiet)
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    assert [item["post"] for item in data["violations"]] == ["0"]
    assert (data["summary"]["posts"], data["summary"]["violations"], data["summary"]["suppressed"]) == (2, 1, 1)


def test_no_baseline_is_made_of_nothing(write: Write) -> None:
    assert run("baseline", "create", "missing.md", "--baseline", "known.json").exit_code == 2
    assert not Path("known.json").exists()
