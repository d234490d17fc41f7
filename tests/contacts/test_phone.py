from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("218-555-0123", "+12185550123"),
        ("(218) 555-0123", "+12185550123"),
        ("+1 218.555.0123 ext. 4", "+12185550123"),
        ("218/555/0123", "+12185550123"),
        ("Tel.218-555-0123", "+12185550123"),
        ("unit 4 218-555-0123", "+12185550123"),
        ("218-555-\n0123", "+12185550123"),
        ("call 2185550123", "+12185550123"),
        ("call/text 555-0123", "+12185550123"),
        ("two one eight, triple five, oh one two three", "+12185550123"),
        ("2I8-555-O123", "+12185550123"),
        ("2\ufe0f\u20e31\ufe0f\u20e38\ufe0f\u20e3-555-0123", "+12185550123"),
        ("phone: 083 564 93 12", "0835649312"),
        ("office +46 8 928 571 38", "+46892857138"),
    ],
)
def test_numbers_in_every_dress(find, text, value):
    (contact,) = find(text, "phone")
    assert contact.value == value


@pytest.mark.parametrize(
    "text",
    [
        "We won 52-41 and sit at 12-4",
        "See page 218, lines 555-560",
        "Tracking 9400111899223817 says Friday",
        "ISBN 978-0-13-468599-1",
        "Order #2185550123 shipped",
        "It cost $218-555 all in, in 2024-2025",
        "Room 218, 5:55 to 6:10",
        "District 218 has 555 pupils",
    ],
)
def test_other_numbers_are_no_telephones(find, text):
    assert find(text, "phone") == ()


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("My cell is 218-555-0123", "author"),
        ("Text me at 218-555-0123 if you want corn", "author"),
        ("Rototiller, $60. Call or text 218-555-0123", "author"),
        ("218-555-0123, call anytime!", "author"),
        ("Her number is 218-555-0123", "other"),
        ("Ask him yourself, he picks up at 218-555-0123", "other"),
        ("Mr. Aakre's cell is 218-555-0123", "other"),
        ("Berit Aakre, 218-555-0123, loves to chat", "other"),
        ("Call the office at 218-555-0123", "published"),
        ("Questions? Call Berit, 218-555-0123", "published"),
        ("Front desk 218-555-0100", "published"),
        ("Her number is 218-555-0111", "published"),
        ("1-800-555-0123", "published"),
        ("If it hurts, call or text 988", "published"),
        ("218-555-0123", "unknown"),
    ],
)
def test_whose_it_is(find, text, owner):
    (contact,) = find(text, "phone")
    assert contact.owner == owner


def test_two_numbers_around_a_slash(find):
    assert [c.value for c in find("218-555-0123 / 218-555-0124", "phone")] == ["+12185550123", "+12185550124"]


def test_a_lone_one_above_is_no_country_code(find):
    (contact,) = find("1\n\n218-555-0123", "phone")
    assert contact.text == "218-555-0123"


def test_joined_contacts_share_their_owner(find):
    mail, phone = find("Text me at 218-555-0123 or moe77@lakemail.example")
    assert (mail.owner, phone.owner) == ("author", "author")


def test_number_told_in_part(find):
    (contact,) = find("his cell is 218-555-01 and then the two numbers on the banner", "phone")
    assert (contact.detail, contact.owner) == ("partial", "other")
