"""Who somebody is, and the words that say so."""

from collections.abc import Callable

import pytest

from policy428.people import Person
from policy428.rosters import Entry

People = Callable[..., tuple[Person, ...]]


def role_of(found: tuple[Person, ...], text: str) -> str:
    return next(person.role for person in found if person.text == text)


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("My student Aiden lost a tooth.", "Aiden", "student"),
        ("Aiden Weiss is a junior this year.", "Aiden Weiss", "student"),
        ("Aiden Weiss in my 3rd hour draws well.", "Aiden Weiss", "student"),
        ("Aiden Weiss has detention again.", "Aiden Weiss", "student"),
        ("Mr. Weiss is late.", "Mr. Weiss", "staff"),
        ("Our para Deb is late.", "Deb", "staff"),
        ("Kyle Weiss got written up last week.", "Kyle Weiss", "staff"),
        ("Senator Weiss voted.", "Senator Weiss", "public"),
        ("We read a poem by Maya Angelou.", "Maya Angelou", "public"),
        ("My son Aiden has detention again.", "Aiden", "family"),
        ("Aunt Carol makes the best pie.", "Aunt Carol", "family"),
        ("His sister Carol makes the best pie.", "Carol", "unknown"),
        ("Carol Weiss makes the best pie.", "Carol Weiss", "unknown"),
    ],
)
def test_roles(people: People, text: str, name: str, role: str) -> None:
    assert role_of(people(text), name) == role


def test_the_nearest_sign_decides(people: People) -> None:
    found = people("Kayla Weiss, who got put on leave for what was said in front of a freshman, is back.")
    assert role_of(found, "Kayla Weiss") == "staff"


def test_people_in_one_list_are_of_one_kind(people: People) -> None:
    found = people("Suspended for a week: Aiden Weiss, Mateo Ruiz and Naw Paw.")
    assert {person.role for person in found} == {"student"}


def test_a_headline_speaks_for_the_next_sentence(people: People) -> None:
    assert role_of(people("Students of the month! Pictured is Owen Peters."), "Owen Peters") == "student"


def test_a_given_name_alone_is_a_pupil_to_a_school_employee(people: People) -> None:
    text = "Brynlee made me laugh today."
    assert role_of(people(text, bio="2nd grade teacher at WEM"), "Brynlee") == "student"
    assert role_of(people(text), "Brynlee") == "unknown"


def test_but_not_one_that_only_adults_bear(people: People) -> None:
    assert role_of(people("Marlys made me laugh today.", bio="2nd grade teacher at WEM"), "Marlys") == "unknown"


def test_the_author_is_not_somebody_else(people: People) -> None:
    found = people("Aiden Weiss here, I failed algebra twice.", name="Aiden Weiss")
    assert role_of(found, "Aiden Weiss") == "family"


@pytest.mark.parametrize("bio", ["mom of Gus and Ellie, WEM lunch aide", "Dad to Ellie, Max & Gus. WEM"])
def test_children_named_in_the_bio_are_the_authors(people: People, bio: str) -> None:
    found = people("Ellie failed math again and Kaleb passed.", bio=bio)
    assert role_of(found, "Ellie") == "family"
    assert role_of(found, "Kaleb") == "student"


def test_rosters_outweigh_what_is_said(people: People) -> None:
    roster = (Entry("student", "William", "Thorsgaard"), Entry("staff", "Aiden", "Weiss"))
    found = people("billy thorsgaard saw Aiden Weiss after detention", roster=roster)
    assert role_of(found, "billy thorsgaard") == "student"
    assert role_of(found, "Aiden Weiss") == "staff"


def test_evidence_is_in_plain_words(people: People) -> None:
    (found,) = people("My student Aiden lost a tooth.")
    assert found.evidence == (
        "“Aiden” is a given name",
        "“student” stands before it",
        "“lost” follows, as after a person",
        "called “my student”",
    )
    assert (found.given, found.surname, found.title) == ("Aiden", None, None)


def test_parts_of_a_name(people: People) -> None:
    (found,) = people("Coach Dana Weiss is late.")
    assert (found.title, found.given, found.surname) == ("Coach", "Dana", "Weiss")
