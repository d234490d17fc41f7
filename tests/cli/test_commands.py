import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policy428.cli import main

Write = Callable[[str, str], Path]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def test_help_names_every_command() -> None:
    shown = run("--help").stdout
    for command in ("check", "completion", "explain", "inspect", "rules"):
        assert f"\n  {command} " in shown
    assert "options" not in [line.split()[0] for line in shown.splitlines() if line.startswith("  ")]


def test_version() -> None:
    assert run("--version").stdout.startswith("policy428 ")


def test_explain_a_clause_lists_its_rules() -> None:
    shown = run("explain", "iv.c").stdout
    assert "IV.C  " in shown and "Policy 428 § IV.C" in shown and "IV.C-district-email" in shown


def test_explain_a_rule_shows_examples_and_sources() -> None:
    shown = run("explain", "IV.C-district-email").stdout
    for part in ("It says", "Instead", "Reported", "Not reported", "Sources", "personal posts"):
        assert part in shown


def test_explain_a_section_lists_its_clauses() -> None:
    shown = run("explain", "III").stdout
    assert "III.D  " in shown and "IV.C" not in shown


def test_explain_an_unknown_name_is_status_two_with_the_nearest() -> None:
    result = run("explain", "IV.C-distric-email")
    assert result.exit_code == 2
    assert result.stderr == "error: unknown rule or clause “IV.C-distric-email” (did you mean “IV.C-district-email”?)\n"


def test_rules_list_in_both_forms(write: Write) -> None:
    write("policy428.yaml", "severities: {IV.C: notice}\n")
    assert "IV.C-district-email" in run("rules", "list").stdout
    records = json.loads(run("rules", "list", "--select", "IV.C", "--format", "json").stdout)
    assert {(record["clause"], record["severity"]) for record in records} == {("IV.C", "notice")}


def test_rules_test_runs_the_examples() -> None:
    result = run("rules", "test", "--select", "IV.C")
    assert result.exit_code == 0
    assert result.stdout.endswith("all as they say.\n")


def test_rules_test_fails_on_a_wrong_example(write: Write) -> None:
    write(
        "pack/IX-Z.yaml",
        "clause: IX.Z\ntitle: T\nrules:\n  - id: goose\n    message: A goose.\n    find: {phrases: [goose]}\n"
        "    examples:\n      breaks: [a goose, two ducks, the goose]\n      keeps: [a duck, a hen, a cat]\n",
    )
    write("policy428.yaml", "packs: [pack]\n")
    result = run("rules", "test", "--select", "IX")
    assert result.exit_code == 1
    assert "two ducks" in result.stdout and "IX-Z.yaml:8" in result.stdout


def test_rules_test_sees_a_broken_list_that_no_rule_asks_for(write: Write) -> None:
    write("pack/wordlists/ducks.txt", "mallard\n(teal|pintail\n")
    write("policy428.yaml", "packs: [pack]\n")
    result = run("rules", "test", "--select", "IV.C")
    assert result.exit_code == 2
    assert "ducks.txt:2:1: the phrase “(teal|pintail”: a bracket is not closed" in result.stderr


def test_severities_of_unknown_rules_are_refused(write: Write) -> None:
    write("policy428.yaml", "severities: {IV.Q: error}\n")
    result = run("rules", "list")
    assert result.exit_code == 2
    assert "policy428.yaml:1:14: unknown rule or clause “IV.Q”" in result.stderr


def test_rules_test_scores_labelled_posts(write: Write) -> None:
    cases = write(
        "cases.jsonl",
        '{"text": "write tolson@wem.k12.mn.us", "expect": ["IV.C"]}\n{"text": "a t.o at wem.k12.mn.us", "expect": []}\n'
        '{"text": "hello", "expect": ["IV.C", "IV.A"], "may": []}\n',
    )
    result = run("rules", "test", "--select", "IV.C", "--corpus", cases)
    assert "IV.C          1      1       1      0.500   0.500" in result.stdout
    assert "3 posts; 1 of 1 clean ones with a false alarm (1.000)." in result.stdout
    write("cases.jsonl", '{"text": "hello"}\n')
    assert run("rules", "test", "--select", "IV.C", "--corpus", cases).exit_code == 2


def test_rules_test_fails_where_a_guarded_figure_is_missed(write: Write) -> None:
    cases = write(
        "cases.jsonl",
        '{"text": "write tolson@wem.k12.mn.us", "expect": ["IV.C"]}\n'
        '{"text": "a t.o at wem.k12.mn.us", "expect": []}\n',
    )
    write("measures.yaml", "small: {files: [cases], macro_f1: 0.5, clean_alarmed: 1.0}\n")
    assert run("rules", "test", "--select", "IV.C", "--corpus", cases).exit_code == 0
    write("measures.yaml", "small: {files: [cases], macro_f1: 0.9, clean_alarmed: 0.0}\n")
    result = run("rules", "test", "--select", "IV.C", "--corpus", cases)
    assert result.exit_code == 1
    assert "small: macro-F1 0.667 is below 0.9" in result.stdout
    assert "small: 1.000 of the clean posts are alarmed, more than 0.0" in result.stdout
    write("measures.yaml", "small: {files: [cases, others], macro_f1: 0.9}\n")
    assert run("rules", "test", "--select", "IV.C", "--corpus", cases).exit_code == 0
    write("measures.yaml", "small: {files: [cases], macro_f1: 9}\n")
    result = run("rules", "test", "--select", "IV.C", "--corpus", cases)
    assert result.exit_code == 2
    assert "measures.yaml:1:" in result.stderr


def test_rules_schema_is_a_schema() -> None:
    import jsonschema

    jsonschema.Draft202012Validator.check_schema(json.loads(run("rules", "schema").stdout))


def test_inspect_json_prints_an_object_a_post_with_places_in_the_source(write: Write) -> None:
    text = "Hi **WEM** folks, wri**te** ann@lake.example"
    write("a.md", text)
    write("b.jsonl", '{"id": 5, "text": "Go Bucs"}\n{"text": "hello"}\n')
    lines = run("inspect", "a.md", "b.jsonl", "--format", "json").stdout.splitlines()
    first, second, third = (json.loads(line) for line in lines)
    assert (first["id"], second["id"], third["id"]) == (None, "5", None)
    for key, item in (("district", "WEM"), ("contacts", "ann@lake.example")):
        (found,) = first[key]
        assert found["text"] == text[found["start"] : found["end"]] == item
    assert {"text", "start", "end", "why"} <= first["district"][0].keys()
    assert {"type", "text", "start", "end", "owner"} <= first["contacts"][0].keys()
    assert [word["text"] for word in first["words"]][:4] == ["hi", "wem", "folks", "write"]


def test_inspect_finds_people_with_role_and_evidence(write: Write) -> None:
    write("a.txt", "Tyler Brandt is in my third hour class.")
    (found,) = (json.loads(line) for line in run("inspect", "a.txt", "--format", "json").stdout.splitlines())
    person = found["people"][0]
    assert (person["text"], person["start"], person["end"]) == ("Tyler Brandt", 0, 12)
    assert person["role"] in {"student", "unknown"} and person["evidence"]


def test_inspect_for_people(write: Write) -> None:
    write("a.txt", "What a ｄａｍｎ day, write ann@lake.example #GoBucs")
    shown = run("inspect", "a.txt").stdout
    for part in ("a.txt: a personal post", "ｄａｍｎ as damn", "email of", "#GoBucs"):
        assert part in shown


def test_inspect_of_a_missing_file_is_status_two() -> None:
    result = run("inspect", "nope.txt")
    assert (result.exit_code, result.stderr) == (2, "error: nope.txt: no such file or folder\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str) -> None:
    script = run("completion", shell).stdout
    assert "_POLICY428_COMPLETE" in script
    if shell == "bash":
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)
