"""Reports: from findings to output, one module a format, found by registration. None of them decides anything.

A report is a class with a `name`; it is made with a stream and a `Look`, told what came of each post (`add`) and of
each input that could not be read (`fail`), and closed with the totals (`close`). What came of a post is a `Result`:
`Checked` where it was checked just now, `Told` where its findings were made before. A module in this package registers
its class with `@register`; another package does so through an entry point in the group `policy428.reports` that names
the class.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, ClassVar, Protocol, TextIO

from policy428.plugins import Registry

if TYPE_CHECKING:
    from policy428.document import Document
    from policy428.errors import Policy428Error
    from policy428.post import Post
    from policy428.reports.finding import Finding
    from policy428.ruleset import RuleSet
    from policy428.violation import Severity, Suppressed, Violation


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


class Result(Protocol):
    """What came of one post, as every report takes it."""

    @property
    def title(self) -> str:
        """How people call the post: `post.txt`, `posts.jsonl:3 (post p7)`."""

    @property
    def grades(self) -> Sequence[tuple[str, Severity]]:
        """Clause and severity of each finding; empty for a clean post."""

    @property
    def hidden(self) -> int:
        """How many findings are not told: those that are suppressed, and those that a baseline knows."""

    def findings(self, look: Look, *, private: bool = True) -> Sequence[Finding]:
        """The findings for an output that looks so; `private` masks names and numbers of people too."""

    def suppressed_findings(self, look: Look, *, private: bool = True) -> Sequence[tuple[Finding, str, bool]]:
        """What is suppressed, as `findings` shows what is not: each with the reason given (masked), and whether it was
        given in the draft itself.
        """


@dataclass(frozen=True, slots=True)
class Checked:
    """A post that was checked just now: its document, and what was found in it.

    Attributes:
        document: the post.
        violations: what is told.
        suppressed: what is not, since somebody let it stand.
        known: what is not, since a baseline knows it.
    """

    document: Document
    violations: tuple[Violation, ...]
    suppressed: tuple[Suppressed, ...] = ()
    known: tuple[Violation, ...] = ()

    @property
    def post(self) -> Post:
        """The post itself."""
        return self.document.post

    @property
    def title(self) -> str:
        from policy428.reports.finding import post_title

        return post_title(self.post)

    @property
    def grades(self) -> Sequence[tuple[str, Severity]]:
        return [(violation.clause, violation.severity) for violation in self.violations]

    @property
    def hidden(self) -> int:
        return len(self.suppressed) + len(self.known)

    @property
    def everything(self) -> tuple[Violation, ...]:
        """What is told and what is not."""
        return (*self.violations, *(item.violation for item in self.suppressed), *self.known)

    def suppressed_findings(self, look: Look, *, private: bool = True) -> Sequence[tuple[Finding, str, bool]]:
        from policy428.reports.finding import suppressed

        return suppressed(self, look, private=private)

    def findings(self, look: Look, *, private: bool = True) -> Sequence[Finding]:
        from policy428.reports.finding import findings

        return findings(self, look, private=private)


@dataclass(frozen=True, slots=True)
class Told:
    """A post whose findings were made before, by another process or run; they were masked then.

    Attributes:
        title: as `Result.title`.
        made: the findings, reasons included.
        hidden: as `Result.hidden`.
    """

    title: str
    made: tuple[Finding, ...] = ()
    hidden: int = 0

    @property
    def grades(self) -> Sequence[tuple[str, Severity]]:
        return [(finding.record["clause"], finding.record["severity"]) for finding in self.made]

    def findings(self, look: Look, *, private: bool = True) -> Sequence[Finding]:
        """The findings as they were made; only whether their reasons show is still open."""
        if look.explain:
            return self.made
        return [replace(finding, reasons=()) for finding in self.made]

    def suppressed_findings(self, look: Look, *, private: bool = True) -> Sequence[tuple[Finding, str, bool]]:
        """None: what was suppressed is not kept."""
        return ()


@dataclass(frozen=True, slots=True)
class About:
    """What a rule is about, for reports that have room for it.

    Attributes:
        title: what it looks for.
        text: why it matters, or what its clause asks.
        suggestion: what to change.
        see: sources.
        severity: of its findings, unless told otherwise.
        confidence: how often a finding is right.
        tags: its clause and its family.
    """

    title: str
    text: str = ""
    suggestion: str = ""
    see: tuple[str, ...] = ()
    severity: str = "error"
    confidence: float = 0.8
    tags: tuple[str, ...] = ()


@dataclass(slots=True)
class Summary:
    """Totals of a run.

    `titles` names the clauses and `rules` tells of the rules, as far as they are known, for reports that have room for
    it; `suppressed` counts the findings that are not told, by a suppression or a baseline.
    """

    posts: int = 0
    violations: int = 0
    by_clause: Counter[str] = field(default_factory=Counter)
    by_severity: Counter[str] = field(default_factory=Counter)
    errors: int = 0
    titles: dict[str, str] = field(default_factory=dict)
    suppressed: int = 0
    rules: dict[str, About] = field(default_factory=dict)

    def learn(self, ruleset: RuleSet, names: Iterable[str] | None = None) -> None:
        """Takes down what the rules called `names` are about; all rules where none are named."""
        wanted = None if names is None else {name for name in names if name not in self.rules}
        if wanted is not None and not wanted:
            return
        for rule in ruleset.rules:
            if wanted is None or rule.name in wanted:
                clause = ruleset.clauses[rule.clause]
                self.titles[clause.name] = clause.title
                self.rules[rule.name] = About(
                    title=rule.title,
                    text=rule.about or clause.asks,
                    suggestion=rule.suggestion,
                    see=rule.see,
                    severity=rule.severity,
                    confidence=rule.confidence,
                    tags=(rule.clause, rule.family),
                )

    def count(self, result: Result) -> None:
        """Adds one post."""
        self.posts += 1
        self.suppressed += result.hidden
        for clause, severity in result.grades:
            self.violations += 1
            self.by_clause[clause] += 1
            self.by_severity[severity] += 1


class Report(Protocol):
    """One format of output."""

    name: ClassVar[str]

    def __init__(self, out: TextIO, look: Look) -> None: ...

    def add(self, result: Result) -> None:
        """Reports what came of one post."""

    def fail(self, error: Policy428Error) -> None:
        """Reports an input that could not be read; standard error has been told already."""

    def close(self, summary: Summary) -> None:
        """Ends the report."""


_registry: Registry[Report] = Registry(__name__, "policy428.reports")
register = _registry.register


def report_named(name: str) -> type[Report] | None:
    """The report called `name`, without loading the others if that can be."""
    return _registry.one(name)


@cache
def reports() -> Mapping[str, type[Report]]:
    """All reports by name: those of this package and those of entry points."""
    return _registry.load()
