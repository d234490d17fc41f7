import pytest

from benchmarks.figures import Flags, Overlap


def test_a_span_is_right_when_it_overlaps_one_that_is_wanted() -> None:
    figures = Overlap()
    figures.add([(0, 5), (20, 22)], [(4, 9), (30, 35), (40, 41)])
    assert (figures.reported, figures.right, figures.wanted, figures.found) == (2, 1, 3, 1)
    assert figures.precision == 1 / 2
    assert figures.recall == 1 / 3
    assert figures.f1 == pytest.approx(0.4)


def test_spans_that_only_touch_do_not_overlap() -> None:
    figures = Overlap()
    figures.add([(0, 5)], [(5, 9)])
    assert figures.f1 == 0


def test_two_halves_of_one_name_are_two_right_and_one_found() -> None:
    figures = Overlap()
    figures.add([(0, 3), (4, 9)], [(0, 9)])
    assert (figures.right, figures.found) == (2, 1)


def test_the_rate_of_false_alarms_is_a_share_of_those_to_let_be() -> None:
    figures = Flags()
    for flagged, wanted in [(True, True), (True, False), (False, False), (False, False), (False, True)]:
        figures.add(flagged, wanted)
    assert figures.false_positive_rate == 1 / 3
    assert (figures.precision, figures.recall, figures.f1) == (0.5, 0.5, 0.5)
    assert figures.macro_f1 == pytest.approx((0.5 + 2 / 3) / 2)


def test_nothing_counted_divides_by_nothing() -> None:
    assert (Overlap().f1, Flags().f1, Flags().macro_f1, Flags().false_positive_rate) == (0, 0, 0, 0)
