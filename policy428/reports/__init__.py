"""Reports: from findings to output, one module a format, found by registration. None of them decides anything.

A report is a class with a `name`; it is made with a stream and a `Look`, told of each post in turn (`add`), of each
input that could not be read (`fail`), and closed with the totals (`close`). A module in this package registers its
class with `@register`; another package does so through an entry point in the group `policy428.reports` that names the
class.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, ClassVar, Protocol, TextIO

from policy428.plugins import Registry

if TYPE_CHECKING:
    from policy428.document import Document
    from policy428.errors import Policy428Error
    from policy428.post import Post
    from policy428.violation import Violation


@dataclass(frozen=True, slots=True)
class Checked:
    """A post that was checked: its document, and what was found in it."""

    document: Document
    violations: tuple[Violation, ...]

    @property
    def post(self) -> Post:
        """The post itself."""
        return self.document.post


@dataclass(frozen=True, slots=True)
class Look:
    """How output may look.

    Attributes:
        terminal: it goes to a terminal, so a person reads it and no log keeps it.
        color: it may be coloured.
        width: columns of a line.
        show_matches: private text is shown as it is.
        explain: findings carry their reasons, where the format has room for them.
    """

    terminal: bool = False
    color: bool = False
    width: int = 100
    show_matches: bool = False
    explain: bool = False


@dataclass(slots=True)
class Summary:
    """Totals of a run."""

    posts: int = 0
    violations: int = 0
    by_clause: Counter[str] = field(default_factory=Counter)
    by_severity: Counter[str] = field(default_factory=Counter)
    errors: int = 0

    def count(self, checked: Checked) -> None:
        """Adds one post."""
        self.posts += 1
        self.violations += len(checked.violations)
        self.by_clause.update(violation.clause for violation in checked.violations)
        self.by_severity.update(violation.severity for violation in checked.violations)


class Report(Protocol):
    """One format of output."""

    name: ClassVar[str]

    def __init__(self, out: TextIO, look: Look) -> None: ...

    def add(self, checked: Checked) -> None:
        """Reports one post."""

    def fail(self, error: Policy428Error) -> None:
        """Reports an input that could not be read; standard error has been told already."""

    def close(self, summary: Summary) -> None:
        """Ends the report."""


_registry: Registry[Report] = Registry(__name__, "policy428.reports")
register = _registry.register


@cache
def reports() -> Mapping[str, type[Report]]:
    """All reports by name: those of this package and those of entry points."""
    return _registry.load()
