from pathlib import Path

import pytest
from click.testing import CliRunner

from policy428.cli.init import init
from policy428.config import Config
from policy428.errors import ConfigError


def test_what_it_writes_is_a_configuration_that_works(tmp_path: Path) -> None:
    result = CliRunner().invoke(init, [str(tmp_path)])
    assert result.exit_code == 0
    config = Config.near(tmp_path / "draft.txt")
    assert config.path == tmp_path / "policy428.yaml"
    assert config.profile.email_domains == ("example.k12.mn.us",)
    assert (len(config.rosters), config.ignore) == (0, ())


def test_the_lines_that_are_commented_out_are_right_too(tmp_path: Path) -> None:
    path = tmp_path / "policy428.yaml"
    CliRunner().invoke(init, [str(path)])
    examples = [line for line in path.read_text("utf-8").splitlines() if line.startswith("# ") and ":" in line[:24]]
    keys = {line[2:].split(":")[0] for line in examples}
    assert {"rosters", "permits", "select", "ignore", "severities", "allow", "people", "roles", "extends"} <= keys


def test_a_file_that_is_there_is_kept_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "policy428.yaml"
    path.write_text("fail_on: error\n", encoding="utf-8")
    result = CliRunner().invoke(init, [str(path)])
    assert isinstance(result.exception, ConfigError)
    assert "--force" in str(result.exception)
    assert path.read_text("utf-8") == "fail_on: error\n"
    assert CliRunner().invoke(init, [str(path), "--force"]).exit_code == 0
    assert "profile:" in path.read_text("utf-8")


@pytest.mark.parametrize("name", ["gone/policy428.yaml", "a/b/c.yaml"])
def test_a_missing_folder_is_one_clear_line(tmp_path: Path, name: str) -> None:
    result = CliRunner().invoke(init, [str(tmp_path / name)])
    assert isinstance(result.exception, ConfigError)
    assert "cannot be written" in str(result.exception)
