import json
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from policy428.cli.config import config

Write = Callable[[str, str], Path]


def test_each_value_is_shown_with_its_origin(write: Write) -> None:
    path = write("policy428.yaml", "fail_on: error\nseverities: {IV.B: notice}\n")
    result = CliRunner().invoke(config, ["show", str(write("draft.txt", "Hi")), "--format", "json"])
    shown = json.loads(result.output)
    values = {item["key"]: (item["value"], item["origin"]) for item in shown["values"]}
    assert shown["path"] == str(path)
    assert values["fail_on"] == ("error", f"{path}:1:1")
    assert values["severities.IV.B"] == ("notice", f"{path}:2:14")
    assert values["select"] == ([], "default")
    assert values["profile"] == ("district-2143", "default")


def test_the_text_form_is_a_line_a_value(write: Write) -> None:
    write("policy428.yaml", "ignore: [IV.G, IV.H]\n")
    result = CliRunner().invoke(config, ["show", str(write("draft.txt", "Hi"))])
    line = next(line for line in result.stdout.splitlines() if line.startswith("ignore"))
    assert "IV.G, IV.H" in line
    assert line.endswith("policy428.yaml:1:1]")


def test_a_given_file_is_used_and_names_on_rosters_are_never_shown(write: Write) -> None:
    write("staff.csv", "name\nRuth Example\n")
    path = write("other.yaml", "rosters: {staff: [staff.csv]}\n")
    result = CliRunner().invoke(config, ["show", "--config", str(path)])
    assert "staff.csv" in result.output
    assert "Ruth" not in result.output
