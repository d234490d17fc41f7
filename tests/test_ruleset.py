from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from policy428.errors import RuleError
from policy428.lexicon import Lexicon
from policy428.linter import Linter
from policy428.resources import data_folder
from policy428.ruleset import RuleSet, load
from policy428.schema import rule_schema
from policy428.yamlfile import read

Write = Callable[[str, str], Path]
GOOD = """
clause: IV.X
title: A clause
rules:
  - id: one
    message: "“{term}” is wrong."
    find: {words: {list: drink, as: term}}
"""


def loaded(write: Write, text: str) -> RuleSet:
    folder = write("rules/IV-X.yaml", text).parent
    lists = write("lists/drink.txt", "beer\n").parent
    return load([folder], Lexicon([lists]))


def test_a_rule_is_named_by_clause_and_slug(write: Write) -> None:
    rule = loaded(write, GOOD).rules[0]
    assert (rule.name, rule.family, rule.severity) == ("IV.X-one", "one", "error")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("title:", "titel:"), r"IV-X\.yaml:3:1: unknown field “titel” \(did you mean “title”"),
        (("{words:", "{wrods:"), r":7:12: unknown condition “wrods” \(did you mean “words”"),
        (("drink", "drinks"), r"unknown word list “drinks” \(did you mean “drink”"),
        (("as: term", "az: term"), "unknown field “az” of “words”"),
        (("{term}", "{trem}"), r"names \{trem\}, which no condition captures \(did you mean “term”"),
        (("id: one", "id: One!"), "is no rule id"),
        (("id: one", "id: one\n    severity: eror"), "unknown severity “eror” .did you mean “error”"),
        (("{words: {list: drink, as: term}}", "{within: sentance, words: {list: drink, as: term}}"), "unknown scope"),
        (("{words: {list: drink, as: term}}", '{regex: {pattern: "(a+)+", as: term}}'), "inside another repeat"),
        (("{words: {list: drink, as: term}}", "{phrases: {of: [(a], as: term}}"), "bracket is not closed"),
        (("{words: {list: drink, as: term}}", "{is: nothing}"), "unknown definition"),
        (("clause: IV.X", "clause: [IV.X"), "not YAML"),
        (("title: A clause", "title: A\ntitle: B"), "stands twice"),
    ],
)
def test_a_mistake_names_place_and_nearest_name(write: Write, change: tuple[str, str], said: str) -> None:
    with pytest.raises(RuleError, match=said):
        loaded(write, GOOD.replace(*change))


def test_rules_are_selected_by_prefix(linter: Linter) -> None:
    ruleset = linter.ruleset
    only_b = ruleset.selected(["IV.B"], [])
    assert only_b and all(rule.clause == "IV.B" for rule in only_b)
    assert {rule.clause for rule in ruleset.selected(["IV"], ["IV.B"])} >= {"IV.C"}
    assert not any(rule.clause == "IV.B" for rule in ruleset.selected([], ["IV.B"]))
    family = ruleset.selected(["iv.b-profan"], [])
    assert {"IV.B-swear-word", "IV.B-mild-oath"} <= {rule.name for rule in family}
    assert {rule.kind for rule in family} == {"IV.B-profanity"}
    name = only_b[0].name
    assert [rule.name for rule in ruleset.selected([name], ["IV.B"])] == [name]


def test_a_section_is_not_taken_for_a_longer_one(linter: Linter) -> None:
    assert {rule.clause.split(".")[0] for rule in linter.ruleset.selected(["III"], [])} == {"III"}
    assert not any(rule.clause == "III.A" for rule in linter.ruleset.selected(["IV"], []))


def test_an_unknown_name_offers_the_nearest(linter: Linter) -> None:
    with pytest.raises(RuleError, match=r"unknown rule or clause “IV\.Q” \(did you mean “IV\.[A-I]”\?\)"):
        linter.ruleset.selected(["IV.Q"], [])
    with pytest.raises(RuleError, match=r"\(did you mean “IV\.C-district-email”\?\)"):
        linter.ruleset.selected(["IV.C-distric-email"], [])


@pytest.mark.parametrize("path", sorted(data_folder("rules").glob("I*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_rule_file_meets_the_published_schema(path: Path) -> None:
    jsonschema.validate(read(path, RuleError).data, rule_schema())
