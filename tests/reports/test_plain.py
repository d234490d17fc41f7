import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy428.reports.plain import Cell, cells, printable, underline, window


def test_control_and_direction_characters_cannot_act_on_the_terminal() -> None:
    assert printable("a\x1b[31mb\u202ec\u200bd\te\nf") == "a·[31mb·c·d e f"


@pytest.mark.parametrize(
    ("before", "marked", "under"),
    [
        ("ab ", "cd", "   ^^"),
        ("漢字 ", "cd", "     ^^"),
        ("e\u0301 ", "x", "  ^"),
        ("", "漢", "^^"),
        ("a🙂 ", "b", "    ^"),
    ],
)
def test_the_underline_stands_below_wide_and_combined_characters(before: str, marked: str, under: str) -> None:
    assert underline([*cells(before, marked=False), *cells(marked, marked=True)]) == under


@given(
    before=st.text(alphabet="ab 漢", max_size=120),
    marked=st.text(alphabet="xy字", min_size=1, max_size=60),
    after=st.text(alphabet="ab 漢", max_size=120),
    width=st.integers(20, 90),
)
def test_a_window_fits_and_keeps_the_head_of_the_span(before: str, marked: str, after: str, width: int) -> None:
    line = [*cells(before, marked=False), *cells(marked, marked=True), *cells(after, marked=False)]
    shown = window(line, width)
    assert sum(cell.width for cell in shown) <= width
    first = next(number for number, cell in enumerate(shown) if cell.marked)
    kept = "".join(cell.shown for cell in shown[first:] if cell.marked)
    assert kept.rstrip("…") and marked.startswith(kept.rstrip("…"))
    if sum(cell.width for cell in line) <= width:
        assert shown == line
    elif shown[0] != Cell("…", 1):
        assert shown[:-1] == line[: len(shown) - 1]
