from collections import Counter
from collections.abc import Callable

from policy428.reports.finding import Finding
from policy428.reports.tally import Tally, months, rows, severity_rows

Make = Callable[..., Finding]
BOTH = ("error", "warning")


def test_a_bar_is_as_long_as_its_share_of_the_longest() -> None:
    first, second = rows({"a": Counter(error=3, warning=1), "b": Counter(warning=2)}, BOTH)
    assert (first.numbers, first.total) == ((3, 1), 4)
    assert [(part.severity, part.at, part.size) for part in first.parts] == [("error", 0, 75), ("warning", 75, 25)]
    assert [(part.severity, part.at, part.size) for part in second.parts] == [("warning", 0, 50)]


def test_severities_have_a_bar_each() -> None:
    errors, warnings = severity_rows(Counter(error=1, warning=4), BOTH)
    assert (errors.label, errors.cells, errors.parts[0].size) == ("Errors", (1,), 25)
    assert (warnings.label, warnings.cells, warnings.parts[0].severity) == ("Warnings", (4,), "warning")


def test_months_without_findings_have_a_column_and_findings_without_a_month_none() -> None:
    chart = months({"2023-12": Counter(error=1), "no date": Counter(error=9), "2024-02": Counter(error=2)}, BOTH)
    assert chart is not None
    assert [(row.label, row.total) for row in chart.rows] == [
        ("December 2023", 1), ("January 2024", 0), ("February 2024", 2),
    ]  # fmt: skip
    assert [row.total for row in chart.undated] == [9]
    assert chart.caption == "Findings by month, February 2024 with 2 the most"
    assert [part.at for row in chart.rows for part in row.parts] == [50, 0]
    assert chart.axis == ("December 2023", "February 2024") and chart.width == 3


def test_many_years_are_drawn_by_year() -> None:
    chart = months({"2010-01": Counter(error=1), "2010-12": Counter(error=1), "2024-02": Counter(error=1)}, BOTH)
    assert chart is not None and chart.head == "Year"
    assert [row.label for row in chart.rows] == [str(year) for year in range(2010, 2025)]
    assert chart.rows[0].total == 2


def test_absurd_years_do_not_fill_the_page() -> None:
    chart = months({"0001-01": Counter(error=1), "9999-12": Counter(error=1)}, BOTH)
    assert chart is not None and [row.label for row in chart.rows] == ["0001", "9999"]


def test_one_month_is_no_chart() -> None:
    assert months({"2024-01": Counter(error=1), "no date": Counter(error=1)}, BOTH) is None


def test_what_is_no_month_has_no_date(finding: Make) -> None:
    tally = Tally()
    for time in ("2024-13-01", "May 2024", "", "2024-051", "2024-05-01T00:00:00+02:00", "2024-05"):
        tally.count(finding(time=time))
    assert {name: counts.total() for name, counts in tally.months.items()} == {"no date": 4, "2024-05": 2}
