"""People singled out without a full name."""

from collections.abc import Callable

import pytest

from policy428.people import Person

People = Callable[..., tuple[Person, ...]]


@pytest.mark.parametrize(
    ("text", "said", "role"),
    [
        ("She is the only Somali girl in my 3rd-hour class.", "the only Somali girl in my 3rd-hour", "student"),
        ("The twins in 5th hour swapped seats.", "The twins in 5th hour", "student"),
        ("The new kid in room 12 cries at noon.", "The new kid in room 12", "student"),
        ("That 8th grader who bit the bus aide is back.", "That 8th grader who", "student"),
        ("The boy by the window sleeps all day.", "The boy by the window", "student"),
        ("The Thorsgaard boys did it.", "The Thorsgaard boys", "student"),
        ("Our principal naps at noon.", "Our principal", "staff"),
        ("The new band director quit.", "The new band director", "staff"),
        ("The third-grade teacher quit.", "The third-grade teacher", "staff"),
        ("My co-teacher had surgery.", "My co-teacher", "staff"),
        ("Our daughter is seven.", "Our daughter", "family"),
        ("J.T. in my room reads at grade level one.", "J.T.", "student"),
        ("He wears #77 and sits out again.", "#77", "unknown"),
        ("Nobody tell @emma_larson yet.", "@emma_larson", "unknown"),
        ("#TylerBrandt all the way", "#TylerBrandt", "unknown"),
    ],
)
def test_one_person_is_meant(people: People, text: str, said: str, role: str) -> None:
    found = [person for person in people(text) if person.kind == "detail"]
    assert [(person.text, person.role) for person in found] == [(said, role if role != "unknown" else found[0].role)]


@pytest.mark.parametrize(
    "text",
    [
        "Students and kids like snow.",
        "A parent called about the bus.",
        "Teachers need more prep time.",
        "We are ranked #4 in the state and I am your #1 fan.",
        "The U.S. team flies at 9 p.m. from L.A.",
        "#GoBucs and @wemschools and #SnowDay",
        "It is the principal reason we left.",
    ],
)
def test_nobody_is_singled_out(people: People, text: str) -> None:
    assert people(text) == ()


def test_a_name_takes_the_place_of_its_description(people: People) -> None:
    (found,) = people("Our principal Dana Weiss naps.")
    assert (found.text, found.kind, found.role) == ("Dana Weiss", "name", "staff")


def test_the_authors_own_handle_is_no_other_person(people: People) -> None:
    assert people("Follow @emma_larson for more", handle="@emma_larson") == ()
