"""Mending comes to an end, changes nothing the second time, and leaves code and front matter alone."""

import itertools
import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from policy428.fixing.drafts import text_field
from policy428.fixing.mending import apply, first_come, mend
from policy428.linter import Linter
from policy428.post import Markup, Post
from policy428.reports import Checked
from policy428.rule import Rule
from policy428.violation import Fix, Violation

PARTS = (
    "tolson@wem.k12.mn.us", "(tolson@wem.k12.mn.us)", "<tolson@wem.k12.mn.us>", "write me at", "at", "damn", "DAMN it",
    "dammit!", "The W-E-M board should be ashamed of itself.", "Coach Bratvold's cell is 507-555-0123", "Her social is",
    "472-55-8131", "The staff wifi password is Heron4821", "`damn`", "**damn**", "[damn](x.html)", "<b>", "</b>", ",",
    "The opinions here are my own", "</body>", "\u2022", "\U0001f642", "# Bus",
)  # fmt: skip
JOINTS = (" ", "", "\n", "\n\n", "\r\n", "\r\n\r\n", "  ", "\n    ", "\n- ", "\n```\n")
drafts = st.lists(st.tuples(st.sampled_from(PARTS), st.sampled_from(JOINTS)), max_size=8).map(
    lambda pairs: "".join(part + joint for part, joint in pairs)
)
relaxed = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def fixers(linter: Linter) -> tuple[Rule, ...]:
    return tuple(rule for rule in linter.rules if rule.fix is not None)


@relaxed
@given(text=drafts, markup=st.sampled_from(("text", "markdown", "html")), front=st.booleans())
@example(text="damn\r\n\r\n<tolson@wem.k12.mn.us>\r\n", markup="markdown", front=True)
def test_a_second_time_changes_nothing(linter: Linter, text: str, markup: Markup, front: bool) -> None:
    head = "---\ntitle: The damn bus\n---\n" if front else ""

    def check(post: Post) -> Checked:
        document = linter.document(post)
        return Checked(document, tuple(linter.check_document(document)))

    once = mend(Post(head + text, markup=markup), check)
    assert not any(violation.fix for violation in once.after.violations), "it came to its end"
    again = mend(once.after.post, check)
    assert not again.changed
    assert once.after.post.text.startswith(head)


def test_each_rule_with_an_edit_makes_one_that_mends_an_example_of_its_own(
    linter: Linter, fixers: tuple[Rule, ...]
) -> None:
    from dataclasses import replace

    from policy428.engine import propose
    from policy428.locate import violations

    assert len(fixers) >= 9
    for rule in fixers:
        mended = 0
        for case in (case for case in rule.examples if case.breaks):
            document = linter.document(Post.from_mapping(case.post))
            chosen = first_come(violations(list(propose([rule], document)), document))
            text = apply((fix for _, fix in chosen), document.post.text)
            after = linter.document(replace(document.post, text=text))
            mended += bool(chosen) and not list(propose([rule], after))
        assert mended, f"{rule.name} offers no edit that mends one of its examples"


def violation(fix: Fix | None, rule: str = "IV.B-x") -> Violation:
    return Violation(rule, "IV.B", "", "", "error", 1.0, "", "", 0, 0, 1, 1, 1, 1, "", (), "", fix=fix)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8), st.text(max_size=3)), max_size=8))
def test_of_edits_that_overlap_the_first_wins(given_: list[tuple[int, int, str]]) -> None:
    fixes = [Fix(start, start + length, text) for start, length, text in given_]
    chosen = [fix for _, fix in first_come(violation(fix) for fix in [*fixes, None])]
    assert all(one.end <= other.start for one, other in itertools.pairwise(chosen))
    assert all(fix in chosen or any(fix.start <= c.end and c.start <= fix.end for c in chosen) for fix in fixes)
    text = "x" * 40
    assert len(apply(chosen, text)) == len(text) + sum(len(f.text) - (f.end - f.start) for f in chosen)


def test_two_insertions_at_one_place_are_made_one_after_the_other() -> None:
    assert len(first_come([violation(Fix(3, 3, "a")), violation(Fix(3, 3, "b"))])) == 1


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.text() | st.just("text"), json_values, max_size=5), st.text(), st.booleans())
def test_the_text_of_a_record_is_found_wherever_it_stands(record: dict[str, object], text: str, ascii_: bool) -> None:
    record["text"] = text
    line = json.dumps(record, ensure_ascii=ascii_)
    found = text_field(line)
    assert found is not None
    start, end, value = found
    assert value == text
    assert json.loads(line[:start] + '"changed"' + line[end:]) == {**record, "text": "changed"}


@pytest.mark.parametrize("line", ["", "[]", "7", '"text"', "{", '{"text"', '{"text":', '{"text": 7}', '{"a": "text"}'])
def test_no_text_is_no_place(line: str) -> None:
    assert text_field(line) is None
