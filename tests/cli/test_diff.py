from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policy428.cli import main


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def test_without_diff_files_must_be_named() -> None:
    result = run("check")
    assert result.exit_code == 2 and "FILES" in result.stderr


def test_outside_of_a_repository_one_line_says_so() -> None:
    result = run("check", "--diff")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert "no working tree of a Git repository" in result.stderr
