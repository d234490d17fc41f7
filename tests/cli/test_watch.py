import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue

import pytest
from click.testing import CliRunner

from policy428.cli import main
from policy428.errors import InputError
from policy428.watching import Watched

PATIENCE = 60.0
"""Seconds; a busy machine takes its time, and a test that passes never waits so long."""


class Watching:
    """`policy428 watch` in a process of its own, with the lines it prints as they come."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        root = str(Path(__file__).resolve().parents[2])
        self.process = subprocess.Popen(
            [sys.executable, "-m", "policy428", "watch", *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": root, "NO_COLOR": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self.lines: Queue[str] = Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def until(self, part: str) -> list[str]:
        """The lines up to the one that holds `part`."""
        seen: list[str] = []
        end = time.monotonic() + PATIENCE
        while not seen or part not in seen[-1]:
            try:
                seen.append(self.lines.get(timeout=max(0.1, end - time.monotonic())))
            except Empty:
                raise AssertionError(f"no “{part}” in {seen}") from None
        return seen

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Watching]:
    (tmp_path / "drafts" / "sub").mkdir(parents=True)
    started = Watching(tmp_path, "drafts")
    try:
        started.until("watching drafts; Ctrl-C ends")
        yield started
    finally:
        if started.process.poll() is None:
            started.process.kill()
            started.process.wait()


def test_drafts_are_checked_as_they_are_saved(watching: Watching, tmp_path: Path) -> None:
    drafts = tmp_path / "drafts"
    (drafts / "a.md").write_text("The concert is Thursday.\n", encoding="utf-8")
    (line,) = watching.until("drafts/a.md")
    assert line.startswith("✓ ") and line.endswith("drafts/a.md: nothing here goes against the policy.")

    (drafts / ".a.md.swp").write_text("The damn bus", encoding="utf-8")
    (drafts / "#a.md").write_text("The damn bus", encoding="utf-8")
    (drafts / "a.md").write_text("The damn bus\n", encoding="utf-8")
    assert watching.until("1 post checked")[0].startswith("drafts/a.md:1:5: notice IV.B-mild-oath")

    # As editors save: beside it, and then in its place.
    (drafts / "a.tmp").write_text("The bus\n", encoding="utf-8")
    (drafts / "a.tmp").replace(drafts / "a.md")
    assert not [line for line in watching.until("drafts/a.md: nothing") if "damn" in line]

    (drafts / "sub" / "b.jsonl").write_text('{"text": "Snow"}\n{broken\n', encoding="utf-8")
    assert watching.until("b.jsonl")[-1].startswith("error: drafts/sub/b.jsonl:2:2: not JSON")

    (drafts / "policy428.yaml").write_text("ignore: [IV.B]\n", encoding="utf-8")
    watching.until("the configuration was changed and is read anew")
    (drafts / "a.md").write_text("The damn damn bus\n", encoding="utf-8")
    watching.until("drafts/a.md: nothing here goes against the policy.")

    assert watching.end() == 0
    assert watching.until("stopped")[-1] == "note: stopped watching"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("a.md", True),
        ("deep/er/a.TXT", True),
        ("posts.jsonl", True),
        ("a.py", False),
        ("a.md~", False),
        ("a.md.swp", False),
        (".a.md", False),
        (".#a.md", False),
        ("#a.md#", False),
        ("~$a.html", False),
        ("a~.md", False),
        ("flycheck_a.md", False),
        (".git/a.md", False),
        ("node_modules/a.md", False),
        ("../a.md", False),
    ],
)
def test_what_is_a_draft(tmp_path: Path, name: str, wanted: bool) -> None:
    folder = tmp_path.resolve() / "in"
    folder.mkdir()
    assert Watched([str(folder)]).wants(os.path.normpath(folder / name)) is wanted


def test_a_single_file_is_watched_by_its_folder_and_no_other_is_wanted(tmp_path: Path) -> None:
    file = tmp_path.resolve() / "draft"
    file.write_text("x", encoding="utf-8")
    watched = Watched([str(file)])
    assert (watched.roots, watched.recursive) == ((file.parent,), False)
    assert watched.wants(file)
    assert not watched.wants(file.with_name("other.md"))


def test_a_draft_is_told_once_for_each_time_it_was_written(tmp_path: Path) -> None:
    file = tmp_path.resolve() / "a.md"
    watched = Watched([str(tmp_path)])
    assert watched.saved([str(file)]) == [], "it is not there"
    file.write_text("x", encoding="utf-8")
    assert watched.saved([str(file)]) == [file]
    assert watched.saved([str(file)]) == []
    file.write_text("xy", encoding="utf-8")
    assert watched.saved([str(file)]) == [file]


def test_what_is_not_there_cannot_be_watched() -> None:
    with pytest.raises(InputError):
        Watched(["no/such/folder"])
    result = CliRunner().invoke(main, ["watch", "no/such/folder"])
    assert (result.exit_code, result.stderr) == (2, "error: no/such/folder: no such file or folder\n")


def test_a_missing_package_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    result = CliRunner().invoke(main, ["watch", str(tmp_path), "--select", "IV.C"])
    assert result.exit_code == 2
    assert result.stderr == "error: watching needs the package watchfiles (pip install 'policy428[watch]')\n"
