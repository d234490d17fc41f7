"""The corpus is well formed: every label means something, every post can be read, and nothing is counted twice."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from policy428.post import Post

CORPUS = Path(__file__).parents[1] / "corpus"
FILES = sorted(CORPUS.glob("*.jsonl"))

CLAUSES = {
    "III.A", "III.B", "III.D",
    "IV.A", "IV.B", "IV.C", "IV.D", "IV.E", "IV.F", "IV.G", "IV.H", "IV.I",
}  # fmt: skip
FAMILIES = {
    "IV.B": {
        "profanity", "obscenity", "slur", "harassment", "threat", "bullying", "defamation", "illegal-activity",
        "alcohol", "drugs", "sexual",
    },
    "IV.E": {
        "pupil-record", "personnel-record", "personal-data", "credential", "confidential-document", "copyright",
    },
}  # fmt: skip
LABELS = {"expect", "may", "families", "why"}
FIELDS = {"id", "text", "role", "author", "media", "group", "authorized"}


def records(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def test_there_is_a_corpus() -> None:
    assert len(FILES) >= 39
    assert sum(1 for path in FILES for _ in records(path)) >= 10_000


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "corpus/README.md", "docs/accuracy.md"])
def test_its_size_is_told_truly(name: str) -> None:
    said = re.findall(r"\b(\d{1,2},\d{3}) (?:labelled )?posts\b(?! expect)", (CORPUS.parent / name).read_text("utf-8"))
    assert said == [f"{sum(1 for path in FILES for _ in records(path)):,}"]


def test_ids_are_unique() -> None:
    counts = Counter(record["id"] for path in FILES for record in records(path))
    assert [id_ for id_, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
class TestFile:
    def test_has_only_known_fields(self, path: Path) -> None:
        wrong = {r["id"]: sorted(set(r) - FIELDS - LABELS) for r in records(path) if set(r) - FIELDS - LABELS}
        assert wrong == {}

    def test_names_only_clauses_of_the_policy(self, path: Path) -> None:
        wrong = {r["id"]: r for r in records(path) if not {*r["expect"], *r["may"]} <= CLAUSES}
        assert sorted(wrong) == []

    def test_asks_no_clause_twice(self, path: Path) -> None:
        wrong = [r["id"] for r in records(path) if max(Counter(r["expect"] + r["may"]).values(), default=0) > 1]
        assert wrong == []

    def test_names_a_family_where_a_clause_has_several(self, path: Path) -> None:
        wrong = []
        for record in records(path):
            families = set(record.get("families", []))
            known = set().union(*(FAMILIES[c] for c in {*record["expect"], *record["may"]} & set(FAMILIES)))
            missing = any(not families & FAMILIES[clause] for clause in set(record["expect"]) & set(FAMILIES))
            if missing or not families <= known:
                wrong.append(record["id"])
        assert wrong == []

    def test_says_why(self, path: Path) -> None:
        assert [r["id"] for r in records(path) if not r["why"].strip()] == []

    def test_reads_as_posts(self, path: Path) -> None:
        for record in records(path):
            post = Post.from_mapping(record)
            assert post.id == record["id"]
            assert post.text.strip()
