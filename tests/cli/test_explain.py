"""`policy428 explain` in its three forms, and docs/rules.md, which is made by it."""

import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from markdown_it import MarkdownIt

from policy428.cli import main
from policy428.linter import Linter
from policy428.manual.entries import everything, named
from policy428.manual.markdown import markdown, reference
from policy428.manual.text import text

Write = Callable[[str, str], Path]
ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["explain", *arguments], catch_exceptions=False)


def test_the_reference_in_the_documents_is_what_the_rules_say(linter: Linter) -> None:
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    command = re.search(r"Made by `(.*?)`", written)
    assert command is not None
    assert command[1] == "policy428 explain --all --no-config --format markdown"
    assert written == reference(everything(linter, None), command[1]), "run `make rules-doc`"


def test_the_clauses_page_tells_of_each_clause_what_its_rules_tell(linter: Linter) -> None:
    page = (ROOT / "docs" / "clauses.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\*\*([IV]+\.[A-Z]), .*?\*\* (.*?)(?=\n\n|\Z)", page, re.DOTALL | re.MULTILINE))
    assert {name: " ".join(words.split()) for name, words in told.items()} == {
        clause.name: " ".join(clause.about.split())
        for clause in linter.ruleset.clauses.values()
        if re.match(r"[IV]+\.", clause.name)  # not META, the rules on suppressions
    }


def test_nothing_in_an_example_is_taken_for_markdown(linter: Linter) -> None:
    entries = everything(linter, None)
    items = [
        (shown.text + (f" ({shown.around})" if shown.around else "")).strip()
        for entry in entries
        for rule in entry.rules
        for shown in (*rule.breaks, *rule.keeps)
    ]
    tokens = MarkdownIt("commonmark").parse(markdown([*entries]))
    shown = [
        "".join(child.content for child in token.children or [])
        for before, token in pairwise(tokens)
        if before.type == "paragraph_open" and before.level >= 2
    ]
    assert [line.replace("\u200b", "") for line in shown] == items


def test_a_family_is_explained_rule_by_rule_and_a_section_as_a_list(linter: Linter) -> None:
    family = named(linter, "IV.E-pupil-record", None)
    assert len(family) > 3 and all(entry.clause == "IV.E" for entry in family)  # type: ignore[union-attr]
    shown = text(named(linter, "IV", None), brief=True)
    assert "IV.C  District e-mail" in shown and "It says" not in shown


def test_json_holds_the_same_as_the_text(write: Write) -> None:
    found = json.loads(run("IV.C", "IV.C-district-email", "--no-config", "--format", "json").stdout)
    assert [item["kind"] for item in found] == ["clause", "rule"]
    assert found[0]["name"] == "IV.C" and found[0]["rules"]
    assert found[1]["breaks"][0]["text"]


def test_the_policys_own_words_stand_beside_and_a_missing_clause_is_told(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("policy.txt", "IV. USE\nA. Law.\nB. Language.\nC. Keep our mail for our work:\n1. no sales;\n2. no causes.\n")
    folder = write("policy428.yaml", "policy_text: policy.txt\n").parent
    monkeypatch.chdir(folder)
    shown = run("IV.C").stdout
    assert "In the policy's own words\n  C. Keep our mail for our work:\n     1. no sales;\n" in shown
    assert "> 1. no sales;" in run("IV.C", "--format", "markdown").stdout.replace("&#8203;", "")
    assert "In the policy's own words: policy.txt has no clause IV.D." in run("IV.D").stdout
    write("policy428.yaml", "policy_text: {file: policy.txt, clauses: {IV.D: IV.B, IV.E: IX.B}}\n")
    assert "In the policy's own words\n  B. Language.\n" in run("IV.D").stdout
    assert "policy.txt has no clause IX.B." in run("IV.E").stdout
    write("policy428.yaml", "policy_text: {file: policy.txt, clauses: {IV.Q: IV.B}}\n")
    assert "policy428.yaml:1:" in run("IV.D").stderr and "an unknown clause “IV.Q”" in run("IV.D").stderr
    write("policy428.yaml", "policy_text: gone.pdf\n")
    result = run("IV.C")
    assert result.exit_code == 2
    assert "policy428.yaml:1:" in result.stderr and "names a file that is not there: gone.pdf" in result.stderr


def test_it_wants_a_name_or_everything() -> None:
    assert run().exit_code == 2
    assert run("IV.C", "--all").exit_code == 2
