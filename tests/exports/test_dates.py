from __future__ import annotations

import pytest

from policy428.exports.meta.dates import spoken


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("May 02, 2011 8:12:17 am", "2011-05-02T08:12:17"),
        ("Mar 08, 2026 12:15 pm", "2026-03-08T12:15:00"),
        ("Mar 08, 2026 12:15 a.m.", "2026-03-08T00:15:00"),
        ("11 de agosto de 2026 às 22:03", "2026-08-11T22:03:00"),
        ("15 mei 2026 20:30", "2026-05-15T20:30:00"),
        ("7月 01, 2026 6:25:04 PM", "2026-07-01T18:25:04"),
        ("2024年5月1日 20:00", "2024-05-01T20:00:00"),
        ("01.09.2024 18:00", "2024-09-01T18:00:00"),
        ("13/05/2024", "2024-05-13"),
        ("05/06/2024 9:00", "2024-06-05T09:00:00"),
        ("Feb 30, 2024 9:00 am", None),
        ("2024 9:00 am", None),
        ("quando foi", None),
        ("", None),
        (None, None),
        ("May 02, 2011 " * 20, None),
    ],
)
def test_a_date_in_words_is_read_or_let_be(text: str | None, expected: str | None) -> None:
    assert spoken(text) == expected


def test_numbers_that_could_be_either_are_read_as_told() -> None:
    assert spoken("05/06/2024 9:00", month_first=True) == "2024-05-06T09:00:00"
    assert spoken("13/06/2024 9:00", month_first=True) == "2024-06-13T09:00:00"
