"""Applies suppressions to what was found in a post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy428.errors import RuleError
from policy428.locate import fingerprint, line_column
from policy428.mapped import Span
from policy428.rule import META
from policy428.suppressions.beside import in_configuration, in_record
from policy428.suppressions.comments import in_comments
from policy428.suppressions.rules import BY_NAME, REASONLESS, UNKNOWN, UNUSED
from policy428.suppressions.suppression import Suppression
from policy428.violation import Suppressed, Violation

if TYPE_CHECKING:
    from policy428.document import Document
    from policy428.linter import Linter


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is left of the findings of a post.

    Attributes:
        violations: what is to be reported, suppressions that are wrong included.
        suppressed: what is not.
    """

    violations: tuple[Violation, ...]
    suppressed: tuple[Suppressed, ...] = ()


def suppress(found: Sequence[Violation], document: Document, linter: Linter, *, unused: bool = True) -> Outcome:
    """What suppressions leave of `found`, the violations of one post.

    Args:
        found: all of them, so that a suppression that is used is not taken for an unused one.
        document: the post.
        linter: that found them.
        unused: suppressions that hide nothing are findings.
    """
    in_text, mistakes = in_comments(document)
    given = [*in_text, *in_record(document), *in_configuration(linter.config, document.post.source)]
    if not given and not mistakes:
        return Outcome(tuple(found))
    teller = _Teller(document, linter)
    for mistake in mistakes:
        teller.tell(UNKNOWN, "", mistake.place, mistake.message)
    known: list[tuple[Suppression, frozenset[str]]] = []
    for item in given:
        try:
            rules = linter.ruleset.matching(item.name)
        except RuleError as error:
            teller.tell(UNKNOWN, item.name, item.place, hint=f" ({error.hint})" if error.hint else "")
            continue
        if item.reason or not linter.config.require_reason:
            known.append((item, frozenset(rule.name for rule in rules)))
        else:
            teller.tell(REASONLESS, item.name, item.place)
    outcome, used = _parted(found, known)
    if unused:
        ran = {rule.name for rule in linter.rules}
        for number, (item, names) in enumerate(known):
            if number not in used and item.where != "configuration" and names <= ran:
                teller.tell(UNUSED, item.name, item.place)
    own, _ = _parted(teller.told, [(item, names) for item, names in known if item.ranges is None])
    return Outcome(
        tuple(sorted((*outcome.violations, *own.violations), key=lambda violation: violation.start)),
        (*outcome.suppressed, *own.suppressed),
    )


def _parted(
    found: Sequence[Violation], known: Sequence[tuple[Suppression, frozenset[str]]]
) -> tuple[Outcome, frozenset[int]]:
    """The outcome, and the numbers of the suppressions that had something to hide."""
    used: set[int] = set()
    left: list[Violation] = []
    hidden: list[Suppressed] = []
    for violation in found:
        fitting = [
            number for number, (item, names) in enumerate(known) if violation.rule in names and item.covers(violation)
        ]
        used.update(fitting)
        if fitting:
            first = known[fitting[0]][0]
            hidden.append(Suppressed(violation, first.reason, first.where != "configuration"))
        else:
            left.append(violation)
    return Outcome(tuple(left), tuple(hidden)), frozenset(used)


class _Teller:
    """Makes findings about suppressions, of the rules in force."""

    def __init__(self, document: Document, linter: Linter) -> None:
        self.document = document
        self.linter = linter
        self.told: list[Violation] = []
        self.counts: dict[str, int] = {}

    def tell(self, name: str, about: str, place: Span, message: str = "", hint: str = "") -> None:
        """Tells of the suppression of `about`, written at `place`; with a `message` other than that of the rule."""
        rule = BY_NAME[name]
        if rule not in self.linter.own_rules:
            return
        post = self.document.post
        text = post.text
        mark = f"{name}\0{about or message}"
        self.counts[mark] = self.counts.get(mark, 0) + 1
        line, column = line_column(text, place.start)
        end_line, end_column = line_column(text, place.end)
        self.told.append(
            Violation(
                rule=name,
                clause=META,
                citation=self.document.context.profile.citation(META),
                family=rule.family,
                severity=self.linter.config.severity_of(name) or rule.severity,
                confidence=rule.confidence,
                message=message or rule.message.format(name=about, hint=hint),
                suggestion=rule.suggestion.format(name=about),
                start=place.start,
                end=place.end,
                line=line,
                column=column,
                end_line=end_line,
                end_column=end_column,
                match=text[place.start : place.end],
                evidence=(),
                fingerprint=fingerprint(post, mark, self.counts[mark]),
                post=post.id,
                source=post.source,
                mark=mark,
            )
        )
