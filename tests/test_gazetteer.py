from datetime import date
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy428.context import Context
from policy428.document import Document
from policy428.gazetteer import Gazetteer, Name
from policy428.post import Post

NAMES = Gazetteer(
    [
        Name("Lake Hill", "town"),
        Name("Lake Hill Elementary", "school"),
        Name("PIE", "program", exact=True),
        Name("Zoë's", "x"),
    ]
)


def found(text: str) -> list[tuple[str, str]]:
    document = Document(Post(text=text), cast(Context, date.today()))  # tokens need no context
    return [(match.name.kind, text[match.start : match.end]) for match in NAMES.find(document.tokens, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lake Hill Elementary", [("school", "Lake Hill Elementary")]),
        ("lake-hill wins", [("town", "lake-hill")]),
        ("LAKE HILL's best", [("town", "LAKE HILL's")]),
        ("a lake. Hill country", []),
        ("a lake\nHill country", []),
        ("lake and hill", []),
        ("PIE meets, pie is eaten", [("program", "PIE")]),
        ("zoe's and Zoë's", [("x", "zoe's"), ("x", "Zoë's")]),
    ],
)
def test_the_longest_name_at_a_place_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@given(st.text(alphabet=st.sampled_from("lake hil LPIE-' \n."), max_size=60))
def test_matches_never_overlap_and_lie_in_the_text(text: str) -> None:
    document = Document(Post(text=text), cast(Context, None))
    last = 0
    for match in NAMES.find(document.tokens, text):
        assert last <= match.start < match.end <= len(text)
        last = match.end
