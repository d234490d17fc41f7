"""What a finding rests on beside the words its rule found: the reference to the District that makes the clause bind,
the author known as an employee, and the permissions that were looked for in the register and not found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policy428.conditions import All, Any, Condition, Count, Leaf, Near, Not, Score, Within
from policy428.matchers import Matcher
from policy428.matchers.context import PermitMatcher
from policy428.violation import Evidence

if TYPE_CHECKING:
    from policy428.document import Document
    from policy428.rule import Rule

REFERENCE, AUTHOR, REGISTER = "reference", "employee", "register"
CIRCUMSTANCES = frozenset({REFERENCE, AUTHOR, REGISTER})
"""The leaves of evidence that no leaf of a rule gives."""


def circumstances(rule: Rule, document: Document) -> Iterator[Evidence]:
    """Evidence for `rule` in `document` that no leaf of the rule gives.

    It has no place in the text, not even a reference to the District: a finding does not stand on those words, and must
    not be new to `--diff` because they were changed.
    """
    if rule.reference != "ignored":
        yield _reference(document)
    if rule.employee:
        yield Evidence(AUTHOR, "", 0, 0, document.author.why or "known as an employee")
    for matcher in dict.fromkeys(leaves(rule.find)) | dict.fromkeys(leaves(rule.unless) if rule.unless else ()):
        if isinstance(matcher, PermitMatcher):
            yield from (Evidence(REGISTER, name, 0, 0, why, bool(name)) for name, why in matcher.refusals(document))


def leaves(condition: Condition) -> Iterator[Matcher]:
    """The matchers in `condition`, in the order written; those of what must not hold come after their siblings."""
    if isinstance(condition, Leaf):
        yield condition.matcher
    elif isinstance(condition, Within | Not):
        yield from leaves(condition.inner)
    elif isinstance(condition, Score):
        for _, sign in condition.signs:
            yield from leaves(sign)
    elif isinstance(condition, All | Any | Near | Count):
        for child in condition.children:
            yield from leaves(child)
        for bar in condition.barred if isinstance(condition, All) else ():
            yield from leaves(bar)


def _reference(document: Document) -> Evidence:
    """The first reference to the District that counts, or that there is none."""
    for reference in document.references:
        if not reference.weak:
            why = f"to the District: {reference.why}"
            return Evidence(REFERENCE, reference.text, 0, 0, why, reference.kind == "person")
    return Evidence(REFERENCE, "", 0, 0, "none to the District, so one severity lower")
