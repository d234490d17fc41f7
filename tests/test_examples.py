"""The drafts of `examples/` give what examples/README.md says they give."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from policy428.cli import main

EXAMPLES = Path(__file__).parents[1] / "examples"


def found(name: str, *options: str) -> set[tuple[str | None, str]]:
    """The post and clause of each finding that is graver than a notice."""
    result = CliRunner().invoke(main, ["check", *options, "--format", "json", str(EXAMPLES / name)])
    report = json.loads(result.stdout)
    assert report["errors"] == []
    return {(v["post"], v["clause"]) for v in report["violations"] if v["severity"] != "notice"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("draft.txt", {(None, "IV.B"), (None, "IV.C"), (None, "IV.D"), (None, "IV.E")}),
        ("clean.txt", set()),
        ("posts.jsonl", {("wed", "IV.I"), ("thu", "IV.H")}),
        ("site-page.md", {(None, "III.A")}),
    ],
)
def test_example(name: str, expected: set[tuple[str | None, str]]) -> None:
    assert found(name, "--no-config") == expected


def test_the_school_site_has_three_pages_to_hold_up() -> None:
    assert found("school-site") == {(None, "IV.E"), (None, "IV.B"), (None, "III.A")}
