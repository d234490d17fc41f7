from __future__ import annotations

import json
from pathlib import Path

from benchmarks.scoring import CLAUSES
from benchmarks.sets import hatecheck
from benchmarks.sets.rows import Runner
from benchmarks.voices import NAMES, VOICES, ask
from policy428 import Linter, Post

SALE = Post(text="Puppies for sale, write tolson@wem.k12.mn.us")
HINT = Post.from_mapping(
    {
        "text": "The new hire in the office has the personality of a wet sock and about half the brains.",
        "author": {"bio": "WEM para"},
    }
)


def test_both_is_what_the_linter_reports(linter: Linter) -> None:
    for post in (SALE, HINT):
        assert ask(linter, post, VOICES, CLAUSES)["both"].clauses == {v.clause for v in linter.check(post)}


def test_what_only_the_models_hear_is_not_put_down_to_the_rules(linter: Linter) -> None:
    answers = ask(linter, HINT, VOICES, CLAUSES)
    rules = ask(linter, HINT, ["rules"], CLAUSES)["rules"]
    assert rules.clauses == answers["rules"].clauses
    assert not any("reads-like" in reason for reason in rules.reasons.values())
    assert "IV.B" in answers["models"].clauses


def test_an_empty_post_has_no_findings_by_any_voice(linter: Linter) -> None:
    assert not any(answer.clauses for answer in ask(linter, Post(text=" "), VOICES, CLAUSES).values())


def test_hatecheck_asks_for_hate_and_swearing_is_counted_apart(tmp_path: Path) -> None:
    row = {"text": "This damn printer is broken again.", "hateful": False, "functionality": "profanity_nh"}
    (tmp_path / "hatecheck.dev.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    whole, kinds = hatecheck.measure(Runner(tmp_path, peers=False))
    rate = {line[0]: line[-1] for line in whole.rows}
    assert rate[NAMES["rules"]] == "0.000"
    assert rate[NAMES["rules"] + hatecheck.ANY] == "1.000"
    assert list(kinds.rows[0][:3]) == ["profanity_nh", "no", "1"]
