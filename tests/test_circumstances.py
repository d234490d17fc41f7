"""What a finding says beside the words its rule found."""

from dataclasses import replace
from datetime import date

from policy428.document import Document
from policy428.linter import Linter
from policy428.permits import Permit, Permits
from policy428.post import Author, Media, Post
from policy428.reports import Checked, Look
from policy428.reports.finding import findings
from policy428.violation import Evidence

TEACHER = Author(bio="WEM teacher")


def evidence(linter: Linter, post: Post, clause: str) -> list[Evidence]:
    found = [violation for violation in linter.check(post) if violation.clause == clause]
    assert found
    return [item for violation in found for item in violation.evidence]


def test_the_reference_that_makes_a_clause_bind_is_told_without_being_what_the_finding_stands_on(
    linter: Linter,
) -> None:
    post = Post(text="The new plan for Morristown Elementary is a joke.", author=TEACHER)
    told = [item for item in evidence(linter, post, "IV.D") if item.leaf == "reference"]
    assert [(item.text, item.start, item.end) for item in told] == [("Morristown Elementary", 0, 0)]


def test_a_lowered_severity_says_why(linter: Linter) -> None:
    told = evidence(linter, Post(text="I am so damn tired of this shit snow."), "IV.B")
    assert any(item.why == "none to the District, so one severity lower" for item in told)


def test_the_permission_that_was_looked_for_is_told_for_each_person(linter: Linter) -> None:
    permit = Permit("Deb Olson", frozenset({"photo"}), "photo", granted_by="herself", end=date(2025, 6, 1))
    context = replace(linter.context, permits=Permits([permit]), today=date(2026, 5, 1))
    post = Post(
        text="Our volunteer wall: here is Deb Olson, our para, in the kitchen at Morristown Elementary.",
        author=TEACHER,
        media=(Media(path="wall.jpg", alt="Deb Olson laughing"),),
    )
    document = Document(post, context)
    found = tuple(linter.check_document(document))
    told = [item for v in found if v.clause == "IV.I" for item in v.evidence if item.leaf == "register"]
    assert {(item.text, item.private) for item in told} == {("Deb Olson", True)}
    assert "looked for a permission" in told[0].why and "expired on 2025-06-01" in told[0].why

    shown = "\n".join(line for item in findings(Checked(document, found), Look(explain=True)) for line in item.reasons)
    assert "“D. O.” (register): looked for a permission" in shown
    assert "Olson" not in shown and "Deb" not in shown


def test_what_is_missing_is_named(linter: Linter) -> None:
    post = Post(text="Official page of the Bucs pep band! 507-362-4431", role="official")
    told = {item.why for item in evidence(linter, post, "III.D") if item.leaf == "missing"}
    assert "looked for and not found: district (web)" in told
