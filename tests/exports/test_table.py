"""CSV rows as they stream: encodings, separators, ragged rows, stray quotation marks, bounds."""

import csv
import io
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy428.errors import InputError
from policy428.exports.table import header, rows
from policy428.exports.tree import Bounds, Member, open_tree

Make = Callable[..., Member]


@pytest.fixture
def member(tmp_path: Path) -> Make:
    def make(data: bytes | str, bounds: Bounds | None = None) -> Member:
        path = tmp_path / "data.csv"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return next(iter(open_tree(str(path), bounds)))

    return make


def told(items: Any) -> list[Any]:
    return [item.message if isinstance(item, InputError) else (item[0], dict(item[1])) for item in items]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators(encoding: str, separator: str, member: Make) -> None:
    data = f'Text{separator}Date\r\n"Café, so; nice\tand “new”"{separator}2026-01-01\r\nok{separator}\r\n'
    assert told(rows(member(data.encode(encoding)))) == [
        (1, {"Text": "Café, so; nice\tand “new”", "Date": "2026-01-01"}),
        (2, {"Text": "ok", "Date": ""}),
    ]
    assert header(member(data.encode(encoding))) == ["Text", "Date"]


def test_a_byte_that_is_no_utf8_does_not_spoil_the_others(member: Make) -> None:
    data = "a\n" + "x" * 300_000 + "\nŁódź\n"
    assert told(rows(member(data.encode() + b"caf\xe9\n")))[1:] == [(2, {"a": "Łódź"}), (3, {"a": "café"})]


def test_line_breaks_in_cells_and_of_every_kind(member: Make) -> None:
    assert told(rows(member('a,b\r"1\r\n2\n3",x\ry,z\n'))) == [
        (1, {"a": "1\r\n2\n3", "b": "x"}),
        (2, {"a": "y", "b": "z"}),
    ]


def test_blank_rows_are_left_out_and_ids_stay_text(member: Make) -> None:
    assert told(rows(member("\n\nid,n\n,\n1.2E+17,007\n\n"))) == [(1, {"id": "1.2E+17", "n": "007"})]


def test_ragged_rows_lose_nothing(member: Make) -> None:
    assert told(rows(member("a,b\n1\n1,2,3,4\n"))) == [(1, {"a": "1", "b": ""}), (2, {"a": "1", "b": "2", "": "3,4"})]


def test_columns_that_stand_twice_are_told_apart(member: Make) -> None:
    assert told(rows(member(" Name ,Name,Name\n1,2,3\n"))) == [(1, {"Name": "1", "Name (2)": "2", "Name (3)": "3"})]


def test_a_table_without_a_header(member: Make) -> None:
    assert told(rows(member("a,b\nc\n"), header=False)) == [(1, {"1": "a", "2": "b"}), (2, {"1": "c"})]


def test_quotation_marks_escaped_with_a_backslash(member: Make) -> None:
    assert told(rows(member('a,b\n"say \\"hi\\"",2\n'), escape="\\")) == [(1, {"a": 'say "hi"', "b": "2"})]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"only a header\n", b"\xef\xbb\xbf"])
def test_a_table_without_rows(data: bytes, member: Make) -> None:
    assert list(rows(member(data))) == []


# stray quotation marks and huge rows


def test_a_quotation_mark_never_closed_hides_only_its_row(member: Make) -> None:
    data = 'a,b\n1,2\n"broken,2\n' + "3,4\n" * 1_000
    found = told(rows(member(data, Bounds(record_bytes=1_000))))
    assert found[0] == (1, {"a": "1", "b": "2"})
    assert "a quotation mark is not closed" in found[1] and "record 2" in found[1]
    assert found[2:] == [(number, {"a": "3", "b": "4"}) for number in range(3, 1_003)]


def test_a_quotation_mark_never_closed_at_the_end_keeps_the_rows_after(member: Make) -> None:
    found = told(rows(member('a,b\n1,2\n"broken,2\n3,4\n5,6\n')))
    assert found[0] == (1, {"a": "1", "b": "2"})
    assert "not closed" in found[1]
    assert found[2:] == [(3, {"a": "3", "b": "4"}), (4, {"a": "5", "b": "6"})]


def test_a_row_cut_off_at_the_end_is_kept_and_told(member: Make) -> None:
    found = told(rows(member('a,b\n1,2\n3,"cut off\nin the middle of a te')))
    assert found[:2] == [(1, {"a": "1", "b": "2"}), (2, {"a": "3", "b": "cut off\nin the middle of a te"})]
    assert found[2:] == ["record 2: a quotation mark is not closed"]


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_row_beyond_the_bound_is_passed_over_in_little_memory(quote: str, member: Make) -> None:
    data = f"a,b\n1,2\n{quote}{'x' * 20_000_000}{quote},2\n3,4\n"
    item = member(data, Bounds(record_bytes=100_000))
    tracemalloc.start()
    found = told(rows(item))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found[0] == (1, {"a": "1", "b": "2"})
    assert "longer than the limit" in found[1]
    assert found[-1] == (3, {"a": "3", "b": "4"}) and len(found) == 3
    assert peak < 5_000_000


def test_a_file_of_broken_rows_is_given_up(member: Make) -> None:
    found = told(rows(member("a\n" + ('"' + "x" * 2_000 + "\n") * 2_000, Bounds(record_bytes=1_000))))
    assert "too many rows are broken" in found[-1] and len(found) < 50


def test_a_post_of_a_megabyte_is_a_row(member: Make) -> None:
    ((number, row),) = [
        item for item in rows(member('a,b\n"' + "word " * 200_000 + '",1\n')) if not isinstance(item, InputError)
    ]
    assert number == 1 and len(row["a"]) == 1_000_000


_cell = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('",;\n'), max_size=12)


@settings(max_examples=150, deadline=None)
@given(
    table=st.lists(st.lists(_cell, min_size=2, max_size=2), min_size=1, max_size=6), separator=st.sampled_from(",;\t")
)
def test_what_the_csv_module_writes_is_read(
    table: list[list[str]], separator: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerows([["first", "second"], *table])
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    (item,) = open_tree(str(path))
    expected = [row for row in table if any(cell.strip() for cell in row)]
    assert [list(row.values()) for _, row in rows(item, separator=separator)] == expected  # type: ignore[misc]


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_end_in_rows_or_errors(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("bytes") / "a.csv"
    path.write_bytes(b"a,b\n" + data)
    (item,) = open_tree(str(path))
    for found in rows(item):
        assert isinstance(found, InputError) or found[0] > 0
