from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from policy428.errors import ConfigError
from policy428.permits import Permits

Write = Callable[[str, str], Path]
DAY = date(2026, 3, 1)

REGISTER = """who,what,granted by,from,to
Ruth Example,use of the logo on shirts,Superintendent,2026-01-01,2026-06-30
Odd Fellow,photos and video,parent,9/2/2025,
Late Comer,photo,parent,2026-05-01,
Gone Bye,student work,parent,2024-01-01,2025-01-01
No Body,logo,,2026-01-01,
@lakeside_ffa,official page,Superintendent,,
*,yearbook photo,board,2026-02-01,2026-04-01
"""


@pytest.fixture
def permits(write: Write) -> Permits:
    return Permits.load([write("permits.csv", REGISTER)])


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("logo", "Ruth Example"),
        ("logo", "ruth example"),
        ("logo", "Ruth E."),
        ("video", "Odd Fellow"),
        ("image", "Odd Fellow"),
        ("profile", "lakeside_ffa"),
        ("official", "@lakeside_ffa"),
        ("photo", "Anybody At All"),
        ("photo", None),
    ],
)
def test_a_recorded_permission_counts(permits: Permits, kind: str, subject: str | None) -> None:
    permit = permits.allows(kind, subject, DAY)
    assert permit is not None
    assert permits.ruling(kind, subject, DAY)


@pytest.mark.parametrize(
    ("kind", "subject", "on", "reason"),
    [
        ("logo", "Ruth Example", date(2026, 7, 1), "expired on 2026-06-30"),
        ("logo", "Ruth Example", date(2025, 12, 31), "begins only on 2026-01-01"),
        ("work", "Gone Bye", DAY, "expired on 2025-01-01"),
        ("work", "Odd Fellow", DAY, "is for photos and video, yearbook photo, not for work"),
        ("logo", "No Body", DAY, "names nobody who granted it"),
        ("logo", "Somebody Else", date(2027, 1, 1), "not for logo"),
        ("logo", "Ruth Exemplar", DAY, "not for logo"),
    ],
)
def test_what_does_not_count_says_why(permits: Permits, kind: str, subject: str, on: date, reason: str) -> None:
    ruling = permits.ruling(kind, subject, on)
    assert not ruling
    assert reason in ruling.reason
    assert subject not in ruling.reason


def test_an_empty_register_permits_nothing() -> None:
    assert Permits().ruling("logo", "Anybody", DAY).reason == "no permission for logo is recorded"


def test_both_days_of_a_permission_belong_to_it(permits: Permits) -> None:
    assert permits.allows("logo", "Ruth Example", date(2026, 1, 1))
    assert permits.allows("logo", "Ruth Example", date(2026, 6, 30))


@pytest.mark.parametrize("top", ["permits:\n", ""])
def test_the_register_may_be_yaml(write: Write, top: str) -> None:
    indent = "  " if top else ""
    lines = ["- who: Ruth Example", "  what: [photo, work]", "  granted_by: parent", "  to: 2026-06-30"]
    path = write("permits.yaml", top + "\n".join(indent + line for line in lines))
    permits = Permits.load([path])
    assert permits.allows("work", "Ruth Example", DAY)
    assert permits.allows("photo", "Ruth Example", DAY)
    assert not permits.allows("work", "Ruth Example", date(2026, 7, 1))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("p.csv", "who,what\nRuth Example,stuff\n", r"p\.csv:2:1: the line does not say what is permitted"),
        ("p.csv", "who,what\n,logo\n", r"p\.csv:2:1: the line does not say for whom"),
        ("p.csv", "who,what,from\nRuth,logo,soon\n", r"p\.csv:2:1: “from” is not a date"),
        ("p.csv", "who,what,from\nRuth,logo,13/40/2026\n", r"p\.csv:2:1: “from” is not a date"),
        ("p.csv", "who,what,from,to\nRuth,logo,2026-02-01,2026-01-01\n", "ends before it begins"),
        ("p.csv", "who,until\nRuth,2026-01-01\n", "no column “what”"),
        ("p.yaml", "- who: Ruth\n  waht: logo\n", r"p\.yaml:2:3: .*did you mean “what”"),
        ("p.yaml", "- who: Ruth\n  what: logo\n  from: soon\n", r"p\.yaml:3:3: .*must be a date"),
    ],
)
def test_a_wrong_line_names_its_place(write: Write, name: str, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        Permits.load([write(name, text)])
