from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy428.errors import ConfigError
from policy428.rosters import Entry, Rosters

Write = Callable[[str, str], Path]

ROSTERS = Rosters(
    [
        Entry("student", "Tyler", "Brandvik", grade="8"),
        Entry("student", "Tyler", "Osgood"),
        Entry("student", "María José", "Vander Laan", nicknames=("Majo",)),
        Entry("student", "William", "O'Leary"),
        Entry("staff", "Katherine", "Brandvik", role="Teacher"),
        Entry("staff", "Renaldo", "Quist"),
    ]
)


@pytest.mark.parametrize(
    ("name", "how", "found"),
    [
        ("Tyler Brandvik", "name", "Tyler Brandvik"),
        ("tyler brandvik", "name", "Tyler Brandvik"),
        ("BRANDVIK, Tyler", "name", "Tyler Brandvik"),
        ("Ty Brandvik", "nickname", "Tyler Brandvik"),
        ("Tyler B.", "initial", "Tyler Brandvik"),
        ("T. Osgood", "initial", "Tyler Osgood"),
        ("Tylr Brandvik", "typo", "Tyler Brandvik"),
        ("maria jose vander laan", "name", "María José Vander Laan"),
        ("Maria Vander Laan", "nickname", "María José Vander Laan"),
        ("Majo Vander Laan", "nickname", "María José Vander Laan"),
        ("Bill O’Leary", "nickname", "William O'Leary"),
        ("Mrs. Brandvik", "title", "Katherine Brandvik"),
        ("Coach Quist", "title", "Renaldo Quist"),
        ("Kate Brandvik's", "nickname", "Katherine Brandvik"),
    ],
)
def test_a_name_is_found_as_people_write_it(name: str, how: str, found: str) -> None:
    best = ROSTERS.find(name)[0]
    assert (best.entry.name, best.how) == (found, how)


@pytest.mark.parametrize(
    "name", ["Tyler", "Brandvik", "Olga Quist", "Tyler Perry", "Brandvik Hardware", "", "...", "Ty"]
)
def test_what_is_no_full_name_of_theirs_is_not_found(name: str) -> None:
    assert ROSTERS.find(name) == ()


def test_a_lower_cutoff_finds_given_names_and_says_that_they_are_not_unique() -> None:
    found = ROSTERS.find("Tyler", cutoff=50)
    assert {match.entry.surname for match in found} == {"Brandvik", "Osgood"}
    assert not any(match.unique for match in found)


def test_a_kind_can_be_asked_for() -> None:
    assert ROSTERS.find("Tyler Brandvik", kind="staff") == ()


@pytest.mark.parametrize(
    "table",
    [
        "Name,Grade\nRuth Example,4\n",
        "Last Name,First Name,Gr\nExample,Ruth,4\n",
        "name;grade level\nExample, Ruth;4\n",
        "\ufefffirst\tlast\tgrade\nRuth\tExample\t4\n",
        'id,Student Name,class\n17,"Example, Ruth",4\n\n',
    ],
)
def test_headers_are_understood(write: Write, table: str) -> None:
    rosters = Rosters.load(students=[write("r.csv", table)])
    assert [(e.kind, e.name, e.grade) for e in rosters.entries] == [("student", "Ruth Example", "4")]


def test_other_encodings_are_read(tmp_path: Path) -> None:
    for encoding in ("cp1252", "utf-16"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes("name\nZoë Ångström\n".encode(encoding))
        assert Rosters.load(staff=[path]).find("zoe angstrom")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("grade,email\n4,a@b.example\n", r"r\.csv:1:1: the table has no column “name” or “last” or “first”"),
        ("name,grade\nRuth Example,4\n,5\n", r"r\.csv:3:1: a line of the roster has no name"),
    ],
)
def test_a_wrong_table_is_refused_without_showing_it(write: Write, table: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said) as caught:
        Rosters.load(staff=[write("r.csv", table)])
    assert "Ruth" not in str(caught.value)
    assert "a@b.example" not in str(caught.value)


def test_a_binary_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(b"PK\x03\x04\x00\x00")
    with pytest.raises(ConfigError, match="export the sheet as CSV"):
        Rosters.load(staff=[path])


def test_names_do_not_leak_through_repr() -> None:
    shown = f"{ROSTERS!r} {ROSTERS.entries!r} {ROSTERS.find('Tyler Brandvik')!r}"
    assert "Brandvik" not in shown
    assert "Tyler" not in shown


@given(st.text(max_size=60))
def test_any_text_can_be_looked_up(name: str) -> None:
    for match in ROSTERS.find(name, cutoff=0):
        assert 0 < match.score <= 100
