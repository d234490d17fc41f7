"""Combinators, tried through rules written on the spot."""

from collections.abc import Callable
from pathlib import Path

import pytest

from policy428.document import Document
from policy428.engine import propose
from policy428.linter import Linter
from policy428.post import Post
from policy428.ruleset import load

Write = Callable[[str, str], Path]


def places(write: Write, linter: Linter, condition: str, text: str, **fields: object) -> list[str]:
    """The words at which a rule with `condition` stands in `text`."""
    rule = f"clause: T\ntitle: t\nrules:\n  - id: t\n    message: m\n    find: {condition}\n"
    ruleset = load([write("rules/T.yaml", rule).parent], linter.context.lexicon)
    document = Document(Post.from_mapping({"text": text, **fields}), linter.context)
    found = []
    for candidate in propose(ruleset.rules, document):
        span = candidate.span
        found.append(document.prose.text[span.start : span.end] if span else "")
    return found


A, B, C = '{phrases: "apple"}', '{phrases: "bread"}', '{phrases: "cheese"}'


@pytest.mark.parametrize(
    ("condition", "text", "expected"),
    [
        (f"{{all: [{A}, {B}]}}", "Bread. Then an apple.", ["apple"]),
        (f"{{all: [{A}, {B}]}}", "Only an apple.", []),
        (f"{{any: [{A}, {B}]}}", "Some bread. An apple.", ["bread", "apple"]),
        (f"{{within: sentence, all: [{A}, {B}]}}", "An apple. Some bread.", []),
        (f"{{within: sentence, all: [{A}, {B}]}}", "An apple on bread.", ["apple"]),
        (f"{{within: neighbours, all: [{A}, {B}]}}", "An apple. Some bread.", ["apple"]),
        (f"{{within: neighbours, all: [{A}, {B}]}}", "An apple. No. Some bread.", []),
        (f"{{within: paragraph, all: [{A}, {B}]}}", "An apple. No. Some bread.", ["apple"]),
        (f"{{within: paragraph, all: [{A}, {B}]}}", "An apple.\n\nSome bread.", []),
        (f"{{within: sentence, all: [{A}], none: [{B}]}}", "An apple on bread. An apple.", ["apple"]),
        (f"{{within: sentence, all: [{A}], none: [{{within: post, all: [{B}]}}]}}", "Bread. An apple.", []),
        (f"{{within: 3 words, all: [{A}, {B}]}}", "apple and good bread", ["apple"]),
        (f"{{within: 2 words, all: [{A}, {B}]}}", "apple and good bread", []),
        (f"{{near: {{words: 3, of: [{A}, {B}], ordered: true}}}}", "bread then apple", []),
        (f"{{near: {{words: 3, of: [{A}, {B}]}}}}", "bread then apple", ["apple"]),
        (f"{{count: {{least: 2, of: [{A}, {B}]}}}}", "apple, apple", ["apple"]),
        (f"{{count: {{least: 3, of: [{A}, {B}]}}}}", "apple, bread", []),
        (f"{{count: {{least: 1, most: 1, of: [{A}]}}}}", "apple, apple", []),
        (f"{{all: [{A}], missing: {B}}}", "apple", ["apple"]),
        (f"{{all: [{A}], missing: {B}}}", "apple. bread", []),
        (
            "{score: {least: 3, of: [{points: 2, phrases: apple}, {points: 1, phrases: bread}]}}",
            "apple. bread",
            ["apple"],
        ),
        ("{score: {least: 3, of: [{points: 2, phrases: apple}, {points: 1, phrases: bread}]}}", "apple", []),
        (  # 0.1 + 0.2 + 0.6 is a hair below 0.9
            "{score: {least: 0.9, of: [{points: 0.1, phrases: apple}, {points: 0.2, phrases: bread}, "
            "{points: 0.6, phrases: cheese}]}}",
            "apple, bread and cheese",
            ["cheese"],
        ),
        (
            "{score: {least: 2, of: [{points: 2, phrases: apple}, {points: -1, phrases: cheese}]}}",
            "apple with cheese",
            [],
        ),
    ],
)
def test_combinators(write: Write, linter: Linter, condition: str, text: str, expected: list[str]) -> None:
    assert places(write, linter, condition, text) == expected


def test_alt_texts_are_part_of_the_post_and_asides_are_not(write: Write, linter: Linter) -> None:
    media = [{"path": "x.jpg", "alt": "an apple"}]
    assert places(write, linter, A, "Look.", media=media) == ["apple"]
    assert places(write, linter, "{phrases: {of: apple, in: text}}", "Look.", media=media) == []
    assert places(write, linter, "{phrases: {of: apple, in: bio}}", "Look.", author={"bio": "apple grower"}) == [""]
    assert places(write, linter, A, "Look.", author={"bio": "apple grower"}) == []
    assert places(write, linter, "{phrases: {of: apple, in: group}}", "Look.", group="Apple lovers") == [""]


def test_a_rule_reports_one_place_a_sentence(write: Write, linter: Linter) -> None:
    assert places(write, linter, A, "apple, apple and apple. An apple.") == ["apple", "apple"]
