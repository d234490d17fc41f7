"""A rule as the engine runs it: what it finds, when it applies, and what it tells the person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from policy428.errors import Place
from policy428.fixing.rule import FixRule
from policy428.post import Role
from policy428.violation import Severity

if TYPE_CHECKING:
    from policy428.conditions import Condition

ReferenceNeed = Literal["ignored", "lowers", "required"]
META = "META"
"""The clause of what the linter says of suppressions; no part of any policy."""

REFERENCE_NEEDS: tuple[ReferenceNeed, ...] = ("ignored", "lowers", "required")


@dataclass(frozen=True, slots=True)
class Example:
    """A post that a rule must report (`breaks`) or must not (`keeps`), and where it stands in the rule file."""

    post: Mapping[str, Any]
    breaks: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled rule.

    Attributes:
        name: `IV.B-profanity`.
        clause: `IV.B`; slug: `profanity`.
        family: the family of clauses.md it counts under.
        title: what it looks for, in a few words.
        severity, confidence: of its findings, unless the configuration or a lacking reference changes the severity.
        message: what is wrong, with `{captures}`; suggestion: what to change; see: sources.
        roles: roles of post it applies to.
        reference: what a lacking reference to the District does: nothing, lowers the severity by one, or bars the rule.
        employee: it applies only to an author known as an employee.
        authorized: it applies only to posts so marked (True), only to others (False), or to both (None).
        once: report the first place only.
        find, unless: conditions; `unless` bars the rule when it holds anywhere in the post.
        examples: its tests.
        path: the rule file.
        fix: the safe edit that mends it.
    """

    name: str
    clause: str
    slug: str
    family: str
    title: str
    severity: Severity
    confidence: float
    message: str
    suggestion: str
    see: tuple[str, ...]
    about: str
    roles: frozenset[Role]
    reference: ReferenceNeed
    employee: bool
    authorized: bool | None
    once: bool
    find: Condition
    unless: Condition | None
    examples: tuple[Example, ...]
    path: Path
    fix: FixRule | None = None

    @property
    def captures(self) -> tuple[str, ...]:
        """The names in braces that the message fills in."""
        return tuple(re.findall(r"\{(\w+)\}", self.message))

    @property
    def kind(self) -> str:
        """Its family under its clause, `IV.B-profanity`: a name by which it is selected along with others."""
        return f"{self.clause}-{self.family}"

    def named(self, prefix: str) -> bool:
        """Whether `prefix`, of its own name or of its family's, names it."""
        return begins(self.name, prefix) or begins(self.kind, prefix)

    @property
    def breaks(self) -> tuple[str, ...]:
        """Texts of the examples that break the rule."""
        return tuple(str(e.post["text"]) for e in self.examples if e.breaks)

    @property
    def keeps(self) -> tuple[str, ...]:
        """Texts of the examples that keep it."""
        return tuple(str(e.post["text"]) for e in self.examples if not e.breaks)


def begins(name: str, prefix: str) -> bool:
    """Whether `prefix` (a section, a clause, or the beginning of a name after its dash) names `name`."""
    name, prefix = name.lower(), prefix.strip().lower()
    if not prefix or not name.startswith(prefix):
        return False
    return len(name) == len(prefix) or name[len(prefix)] in ".-" or "-" in prefix


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the policy as its rule file introduces it: title, in plain words what it asks, and about it more
    at length.
    """

    name: str
    title: str
    asks: str
    see: tuple[str, ...] = ()
    about: str = ""
