from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("her social is 338-61-2047", "ssn", "338612047"),
        ("SSN 338 61 2047", "ssn", "338612047"),
        ("three three eight, six one, two oh four seven, that's his social", "ssn", "338612047"),
        ("W-2 in the hall, last four 2047", "ssn", "2047"),
        ("found a visa 4012 8888 8888 1881", "card", "4012888888881881"),
        ("card 378282246310005 exp 1/29", "card", "378282246310005"),
        ("send it to GB29 NWBK 6016 1331 9268 19 today", "iban", "GB29NWBK60161331926819"),
        ("my iban is de89370400440532013000", "iban", "DE89370400440532013000"),
        ("MN driver's license R-310-442-905-118", "drivers-license", "R310442905118"),
        ("My driver's license number is 6940579", "drivers-license", "6940579"),
        ("passport C01234567 found in the van", "passport", "C01234567"),
        ("student number 0093317", "student-id", "0093317"),
        ("Tove's lunch PIN is 61307", "student-id", "61307"),
        ("MARSS number 0012345678901", "student-id", "0012345678901"),
        ("the printer sits on 10.22.8.15", "ip", "10.22.8.15"),
        ("everything is on 10.22.8.x", "ip", "10.22.8.x"),
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
        ("model plate 118-40-2275", "ssn"),
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
        ("Alma was born June 2, 1938; her funeral is Friday", "birth-date"),
        ("policy adopted 3/14/2011", "birth-date"),
    ],
)
def test_what_only_looks_like_one(find, text, kind):
    assert find(text, kind) == ()


def test_a_list_keeps_its_kind(find):
    text = "lunch numbers for the sub: Tove 61307, Nils 61344, Ida 61390"
    assert [contact.value for contact in find(text, "student-id")] == ["61307", "61344", "61390"]


def test_own_birth_date(find):
    (contact,) = find("I was born on 3/14/1981, in a blizzard", "birth-date")
    assert contact.owner == "author"
