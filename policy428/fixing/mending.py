"""Mends a post by its safe edits, one round after another, until none is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from policy428.post import Post
from policy428.reports import Checked
from policy428.violation import Fix, Violation

ROUNDS = 100
"""Rounds at most; each mends at least one place, and a rule tells of one place a sentence at a time."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What came of mending one post.

    Attributes:
        before: the post as it was, and what was found in it.
        after: the post as it is now, and what is left.
        rules: how many edits each rule made.
    """

    before: Checked
    after: Checked
    rules: Counter[str] = field(default_factory=Counter)

    @property
    def changed(self) -> bool:
        """Whether anything was mended."""
        return self.before.post.text != self.after.post.text


def mend(
    post: Post, check: Callable[[Post], Checked], take_back: Callable[[Checked], None] = lambda checked: None
) -> Mended:
    """`post` mended by the edits of what `check` finds in it and in what comes of it.

    `take_back` is told of what a check came to before the same post is checked again.

    Raises:
        Policy428Error: as `check` does.
    """
    before = after = check(post)
    rules: Counter[str] = Counter()
    seen = {post.text}
    for _ in range(ROUNDS):
        chosen = first_come(after.violations)
        text = apply((fix for _, fix in chosen), after.post.text)
        if text in seen:
            break
        seen.add(text)
        rules.update(rule for rule, _ in chosen)
        take_back(after)
        after = check(replace(after.post, text=text))
    return Mended(before, after, rules)


def first_come(violations: Iterable[Violation]) -> list[tuple[str, Fix]]:
    """The edits that can be made together, in order, each with its rule; of those that overlap, the first."""
    found = [(violation.rule, violation.fix) for violation in violations if violation.fix is not None]
    chosen: list[tuple[str, Fix]] = []
    for rule, fix in sorted(found, key=lambda item: (item[1].start, item[1].end)):
        last = chosen[-1][1] if chosen else None
        if last is None or fix.start > last.end or (fix.start == last.end and fix.start < fix.end):
            chosen.append((rule, fix))
    return chosen


def apply(fixes: Iterable[Fix], text: str) -> str:
    """`text` with `fixes`, which are in order and do not overlap, carried out."""
    parts, last = [], 0
    for fix in fixes:
        parts += [text[last : fix.start], fix.text]
        last = fix.end
    return "".join([*parts, text[last:]])
