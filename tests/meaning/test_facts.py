"""What the encoder is told of a post beside its words."""

from __future__ import annotations

import pytest

from policy428 import Linter, Post
from policy428.meaning.facts import BETWEEN, facts
from policy428.post import Author


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter()


def told(linter: Linter, text: str, bio: str | None = None) -> list[str]:
    return facts(linter.document(Post(text=text, author=Author(bio=bio)))).split(BETWEEN)


def test_tells_whether_the_district_is_meant(linter: Linter) -> None:
    assert told(linter, "W-E-M lost on Friday")[0] == "district"
    assert told(linter, "The lake froze on Friday")[0] == "no district"


def test_tells_where_the_author_works(linter: Linter) -> None:
    assert told(linter, "Snow again", bio="I teach at W-E-M") == ["no district", "works there"]
    assert told(linter, "Snow again", bio="Teacher in Duluth") == ["no district", "works at a school"]
    assert told(linter, "Snow again", bio="Welder") == ["no district"]


def test_tells_who_is_named_and_never_the_name(linter: Linter) -> None:
    found = told(linter, "My student Aiden Larson read to my son and to Mr. Brandvold", bio="teacher")
    assert {"student named", "colleague named"} <= set(found)
    assert not any(name in " ".join(found) for name in ("Aiden", "Larson", "Brandvold"))


def test_a_part_of_a_post_is_told_the_same(linter: Linter) -> None:
    document = linter.document(Post(text="W-E-M won again. Nobody knows how she does it."))
    assert document.hearing.part("Nobody knows how she does it.").facts == document.hearing.facts == facts(document)
