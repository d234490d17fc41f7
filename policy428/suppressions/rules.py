"""The rules of suppressions themselves. They ask nothing of a post's words, so they stand in no rule file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from policy428.post import ROLES
from policy428.rule import META, Clause, Rule
from policy428.violation import Severity

if TYPE_CHECKING:
    from policy428.conditions import Match, State
    from policy428.mapped import Span

UNUSED = f"{META}-unused-suppression"
UNKNOWN = f"{META}-unknown-suppression"
REASONLESS = f"{META}-suppression-without-reason"

CLAUSE = Clause(
    META,
    "Suppressions",
    "Not a clause of the policy: these rules keep the suppressions of findings honest. A suppression names a rule or "
    "clause that there is, says why, and goes when it is no longer needed.",
    ("docs/suppressions.md",),
)


class _Never:
    """Holds nowhere; what these rules report is found where suppressions are applied."""

    cost = 0

    def find(self, state: State, window: Span | None) -> list[Match]:
        return []

    def possible(self, state: State, window: Span | None) -> bool:
        return False


def _rule(name: str, title: str, message: str, suggestion: str, about: str, severity: Severity = "warning") -> Rule:
    slug = name.removeprefix(f"{META}-")
    return Rule(
        name=name,
        clause=META,
        slug=slug,
        family=slug,
        title=title,
        severity=severity,
        confidence=1.0,
        message=message,
        suggestion=suggestion,
        see=CLAUSE.see,
        about=about,
        roles=frozenset(ROLES),
        reference="ignored",
        employee=False,
        authorized=None,
        once=False,
        find=_Never(),
        unless=None,
        examples=(),
        path=Path(__file__),
    )


RULES = (
    _rule(
        UNUSED,
        "a suppression that hides nothing",
        "The suppression of “{name}” hides nothing.",
        "Take it out, or move it to what it is about.",
        "A suppression stands in the post (a comment, front matter, or the field “ignore”) and no finding that it "
        "names stands where it holds. It would hide the next one without anybody having looked at it. Told only where "
        "every rule it names was run. Those of the configuration are never told, since one run may not see all drafts.",
    ),
    _rule(
        UNKNOWN,
        "a suppression that names no rule or clause, or is written wrong",
        "“{name}” is no rule or clause{hint}, so the suppression hides nothing.",
        "Name a rule or clause as “policy428 rules list” does.",
        "The name after “ignore” is not one that the linter knows, or the comment asks for something that there is "
        "not. The nearest valid name is told.",
    ),
    _rule(
        REASONLESS,
        "a suppression that does not say why",
        "The suppression of “{name}” gives no reason, so it hides nothing.",
        "Say why after a colon: <!-- policy428: ignore {name}: quoting the novel -->",
        "Whoever reads the post next should know why the finding was let stand. Without a reason a suppression hides "
        "nothing, unless the configuration says “require_reason: false”.",
    ),
)
BY_NAME = {rule.name: rule for rule in RULES}
