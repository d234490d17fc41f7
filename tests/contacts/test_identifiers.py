from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("her social is 472-55-8130", "ssn", "472558130"),
        ("SSN 472 55 8130", "ssn", "472558130"),
        ("four seven two, five five, eight one three oh, that's his social", "ssn", "472558130"),
        ("W-2 in the hall, last four 8130", "ssn", "8130"),
        ("found a visa 4012 8888 8888 1881", "card", "4012888888881881"),
        ("card 378282246310005 exp 1/29", "card", "378282246310005"),
        ("send it to GB29 NWBK 6016 1331 9268 19 today", "iban", "GB29NWBK60161331926819"),
        ("my iban is de89370400440532013000", "iban", "DE89370400440532013000"),
        ("MN driver's license K-204-118-733-906", "drivers-license", "K204118733906"),
        ("My driver's license number is 6940579", "drivers-license", "6940579"),
        ("passport C01234567 found in the van", "passport", "C01234567"),
        ("student no. 0087143", "student-id", "0087143"),
        ("Tove's lunch PIN is 40218", "student-id", "40218"),
        ("MARSS number 0012345678901", "student-id", "0012345678901"),
        ("the printer sits on 10.14.3.7", "ip", "10.14.3.7"),
        ("everything is on 10.14.3.x", "ip", "10.14.3.x"),
        ("ping fe80::1ff:fe23:4567:890a", "ip", "fe80::1ff:fe23:4567:890a"),
        ("DOB 3/14/2011", "birth-date", "2011-03-14"),
        ("Happy birthday to our cook, born 4/12/71!", "birth-date", "1971-04-12"),
        ("Tove turns 9 on May 4, 2026", "birth-date", "2026-05-04"),
        ("born on the 4th of July, 2014", "birth-date", "2014-07-04"),
    ],
)
def test_identifiers(find, text, kind, value):
    assert [contact.value for contact in find(text, kind)] == [value]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("serial plate 043-22-8817", "ssn"),
        ("his social is 000-12-3456 or 666-12-3456 or 912-12-3456", "ssn"),
        ("card 4012 8888 8888 1882", "card"),
        ("tracking 9400111899223817", "card"),
        ("in trials the docs' test card is 4242 4242 4242 4242", "card"),
        ("my iban is GB29 NWBK 6016 1331 9268 18", "iban"),
        ("fishing license 6940579 is due", "drivers-license"),
        ("student of the month, 204 strong", "student-id"),
        ("firmware 10.2.1.4 fixed it at 10:20:30", "ip"),
        ("Happy birthday Tove! Party 5/4 at 2", "birth-date"),
        ("Born 3/5/2026, 7 lbs 4 oz, and loud", "birth-date"),
        ("Harlan, born Aug. 9, 1941; visitation Thursday", "birth-date"),
        ("policy adopted 3/14/2011", "birth-date"),
    ],
)
def test_what_only_looks_like_one(find, text, kind):
    assert find(text, kind) == ()


def test_a_list_keeps_its_kind(find):
    text = "lunch numbers for the sub: Tove 40218, Axel 40233, Wren 40251"
    assert [contact.value for contact in find(text, "student-id")] == ["40218", "40233", "40251"]


def test_own_birth_date(find):
    (contact,) = find("I was born on 3/14/1981, in a blizzard", "birth-date")
    assert contact.owner == "author"
