from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Cards to 418 Second St NW, Pineview 56999 please", "418 Second St NW, Pineview 56999"),
        ("He lives at 22 birch ln now", "22 birch ln"),
        ("She is in 1210 Lake Francis Rd apt 4 now", "1210 Lake Francis Rd apt 4"),
        ("Drop it at 9 Pine Ridge Trl, Elm Rapids.", "9 Pine Ridge Trl, Elm Rapids"),
        ("It's N4512 County Road 12, past the barn", "N4512 County Road 12"),
        ("Deb is at 77 Cty Rd 131", "77 Cty Rd 131"),
        ("Mail PO Box 44, Pineview MN 56999", "PO Box 44, Pineview MN 56999"),
        ("Her address is 903 Paulsen", "903 Paulsen"),
        ("He moved to 2217 4th Ave #6, Elm Rapids, MN", "2217 4th Ave #6, Elm Rapids, MN"),
        ("Send it to PSC 1437, Box 3833\nAPO AA 66791", "PSC 1437, Box 3833\nAPO AA 66791"),
        ("Kaisa lives at 86036 Puruntie 82, Moss", "86036 Puruntie 82"),
    ],
)
def test_addresses(find, text, address):
    assert [contact.text for contact in find(text, "address")] == [address]


@pytest.mark.parametrize(
    "text",
    [
        "We had 12 kids on Main Street",
        "May 4 Lake Street will be closed",
        "3 Cheers! Dr. Seuss Day is here",
        "Scored 20 points in a row, 10 in the run",
        "Top 10 in State, room 12 East, page 14 Row 3",
        "It's a 5 minute drive to the 2 mile trail",
        "The 2026 homecoming court is named",
        "Potluck at our place on the 7th",
        "Game 7 Saturday at 7, Bus 4 West",
        "Grade 5 Court of Honor, 4 Mr. Way fans",
    ],
)
def test_other_numbers_and_names_are_no_addresses(find, text):
    assert find(text, "address") == ()


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("We moved! 418 Second St N, the yellow one", "author"),
        ("Chili at our place, 418 Second St N", "author"),
        ("He lives at 418 Second St N", "other"),
        ("Officer Lund, 418 Second St N, you know the one", "other"),
        ("12 N. Birch Ave, Pineview", "published"),
        ("Bethany Church, 418 Second St N", "published"),
    ],
)
def test_whose_it_is(find, text, owner):
    (contact,) = find(text, "address")
    assert contact.owner == owner


def test_street_without_number_counts_beside_a_house(find):
    (contact,) = find("she rents the little house on 9th, blue shutters", "address")
    assert (contact.text, contact.detail) == ("9th", "street")
