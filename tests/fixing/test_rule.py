"""What a rule file may say of an edit, and how its mistakes are told."""

from collections.abc import Callable
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest

from policy428.errors import RuleError
from policy428.lexicon import Lexicon
from policy428.ruleset import load
from policy428.schema import rule_schema
from policy428.yamlfile import read

Write = Callable[[str, str], Path]
RULE = """\
clause: IV.B
title: Words
rules:
  - id: word
    message: "“{{word}}” is a swear word."
    find: {{phrases: {{of: [damn], as: word}}}}
    fix: {fix}
"""
LIST = "entries: [damn]\ninstead: {damn: darn}\n"


def loaded(write: Write, tmp_path: Path, fix: str) -> object:
    write("wordlists/mild.yaml", LIST)
    write("wordlists/plain.txt", "damn\n")
    write("rules/IV-B.yaml", RULE.format(fix=fix))
    return load([tmp_path / "rules"], Lexicon([tmp_path / "wordlists"])).rules[0].fix


@pytest.mark.parametrize(
    "fix",
    [
        "{remove: word}",
        "{remove: word, lead: [at, via]}",
        "{replace: word, with: darn}",
        "{replace: word, with: ''}",
        "{replace: word, from: mild}",
        "{mask: word}",
        "{append: disclaimer}",
    ],
)
def test_edits_that_a_rule_may_name(write: Write, tmp_path: Path, fix: str) -> None:
    assert loaded(write, tmp_path, fix) is not None
    jsonschema.validate(read(tmp_path / "rules/IV-B.yaml", RuleError).data, rule_schema())


@pytest.mark.parametrize(
    ("fix", "message"),
    [
        ("{remove: wrod}", "7:11: no condition captures “wrod” (did you mean “word”?)"),
        ("{remove: word, mask: word}", "7:5: “fix” is one of remove, replace, mask, append, as in “remove: address”"),
        ("remove", "7:5: “fix” is one of remove"),
        ("{}", "7:5: “fix” is one of remove"),
        ("{remove: word, leed: [at]}", "unknown field “leed” of “remove” (did you mean “lead”?)"),
        ("{remove: word, lead: at}", "“lead” is a list of words"),
        ("{replace: word}", "“replace” needs either “with”, a text, or “from”, a word list"),
        ("{replace: word, with: a, from: mild}", "“replace” needs either “with”, a text, or “from”, a word list"),
        ("{replace: word, with: 7}", "“with” is a text"),
        ("{replace: word, from: mlid}", "unknown word list “mlid” (did you mean “mild”?)"),
        ("{replace: word, from: plain}", "the list “plain” has no “instead”, its milder words"),
        ("{append: disclamer}", "there is no “disclamer” to append (did you mean “disclaimer”?)"),
        ("{remove: [word]}", "no condition captures"),
    ],
)
def test_mistakes_are_told_with_their_place(write: Write, tmp_path: Path, fix: str, message: str) -> None:
    with pytest.raises(RuleError) as caught:
        loaded(write, tmp_path, fix)
    assert message in str(caught.value)
    assert "IV-B.yaml:7:" in str(caught.value)


@pytest.mark.parametrize("instead", ["[damn]", "{damn: 7}", "{damn: ' '}"])
def test_milder_words_are_words(write: Write, tmp_path: Path, instead: str) -> None:
    write("wordlists/mild.yaml", f"entries: [damn]\ninstead: {instead}\n")
    with pytest.raises(RuleError, match="“instead” maps words to milder ones"):
        Lexicon([tmp_path / "wordlists"]).get("mild")
