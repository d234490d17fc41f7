"""The engine's short cuts change the cost of an answer and never the answer."""

import json
from pathlib import Path

import pytest

from policy428.engine import propose
from policy428.linter import Linter
from policy428.post import Post

CORPUS = Path(__file__).parent.parent / "corpus"
EVERY = 45  # a slice of the corpus keeps the test short


def sample() -> list[dict[str, object]]:
    lines = [line for path in sorted(CORPUS.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines[::EVERY]]


def test_asking_everything_gives_the_same_candidates(linter: Linter) -> None:
    for record in sample():
        post = Post.from_mapping(record)
        lazy, full = linter.document(post), linter.document(post)
        assert list(propose(linter.rules, lazy)) == list(propose(linter.rules, full, exhaustive=True)), record["id"]


def test_the_same_post_gets_the_same_answer_twice(linter: Linter) -> None:
    for record in sample()[:40]:
        post = Post.from_mapping(record)
        assert linter.check(post) == linter.check(post)


@pytest.mark.parametrize("record", sample()[:60], ids=lambda record: record["id"])
def test_spans_lie_in_the_text_and_evidence_has_words(linter: Linter, record: dict[str, object]) -> None:
    post = Post.from_mapping(record)
    for violation in linter.check(post):
        assert 0 <= violation.start <= violation.end <= len(post.text)
        if violation.end:
            assert post.text[violation.start : violation.end] == violation.match
        assert violation.evidence
