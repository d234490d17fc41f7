"""Runs the examples of rules: what each must report and what it must let be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy428.document import Document
from policy428.engine import propose
from policy428.errors import Place, Policy428Error
from policy428.post import Post
from policy428.rule import Rule

if TYPE_CHECKING:
    from policy428.linter import Linter

LEAST_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that a rule got wrong, or a rule with too few; `message` says which in one line."""

    rule: str
    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.rule} {self.message}"


def run(linter: Linter, rules: Sequence[Rule]) -> Iterator[Failure]:
    """Checks every example of `rules` against its rule."""
    for rule in rules:
        yield from _counts(rule)
        for example in rule.examples:
            try:
                document = Document(Post.from_mapping(example.post), linter.context)
            except Policy428Error as problem:
                yield Failure(rule.name, example.place, f"has an example that is no post: {problem.message}")
                continue
            found = any(True for _ in propose([rule], document))
            if found != example.breaks:
                said = "does not report what breaks it" if example.breaks else "reports what keeps it"
                yield Failure(rule.name, example.place, f"{said}: “{_short(document.post.text)}”")


def _counts(rule: Rule) -> Iterator[Failure]:
    for kind, wanted in (("breaks", True), ("keeps", False)):
        count = sum(example.breaks is wanted for example in rule.examples)
        if count < LEAST_EXAMPLES:
            place = Place(str(rule.path))
            yield Failure(rule.name, place, f"has {count} of at least {LEAST_EXAMPLES} “{kind}” examples")


def _short(text: str, width: int = 80) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1] + "…"
