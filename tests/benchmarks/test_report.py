from collections.abc import Iterable

from benchmarks.report import calibration, error_list, kinds
from benchmarks.scoring import Answer, Case, Scores


def case(name: str, expect: set[str], *, may: Iterable[str] = (), families: Iterable[str] = ()) -> Case:
    record = {"id": name, "text": f"the text of {name}"}
    return Case(record, frozenset(expect), frozenset(may), frozenset(families), f"why {name}", "file")


def answer(reasons: dict[str, str], confidence: float = 0.9) -> Answer:
    return Answer(frozenset(reasons), frozenset(), reasons, dict.fromkeys(reasons, confidence))


def test_calibration_counts_what_is_right_in_each_bin_and_leaves_out_what_may_be() -> None:
    pairs = [
        (case("a", {"IV.A"}), answer({"IV.A": "r"}, 0.95)),
        (case("b", {"IV.B"}), answer({"IV.B": "r"}, 1.0)),
        (case("c", set()), answer({"IV.B": "r"}, 0.9)),
        (case("d", set()), answer({"IV.C": "r"}, 0.55)),
        (case("e", set(), may={"IV.C"}), answer({"IV.C": "r"}, 0.55)),
    ]
    rows = {row[0]: list(row[1:]) for row in calibration(pairs).rows}
    assert rows == {"0.5 to 0.6": ["1", "0.55", "0.00"], "0.9 to 1.0": ["3", "0.95", "0.67"]}


def scored() -> Scores:
    scores = Scores()
    scores.add(case("a", {"IV.B", "IV.E"}, families={"obscenity", "pupil-record"}), answer({}))
    scores.add(case("b", set()), answer({"IV.B": "IV.B-one [phrase: 'x'] | IV.B-two [list: 'y']"}))
    return scores


def test_errors_are_counted_by_the_family_missed_and_by_the_rule_that_alarmed() -> None:
    missed, false = kinds(scored())
    assert sorted(map(list, missed.rows)) == [["IV.B profanity", "1"], ["IV.E pupil-record", "1"]]
    assert sorted(map(list, false.rows)) == [["IV.B-one", "1"], ["IV.B-two", "1"]]


def test_the_list_of_errors_for_documents_names_posts_without_quoting_them() -> None:
    listed = error_list(scored().errors, markdown=True)
    assert "### IV.B, missed\n\n- `a` why a" in listed
    assert "### IV.B, false alarms\n\n- `b` why b (IV.B-one, IV.B-two)" in listed
    assert "the text of" not in listed
    assert "the text of" in error_list(scored().errors, markdown=False)
