from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "value", "detail"),
    [
        ("staff wifi password got changed and its Lakers4040 now", "Lakers4040", "password"),
        ("use PV-Staff, pw Lak@rs4040!", "Lak@rs4040!", "password"),
        ("the password is still timberline.", "timberline", "password"),
        ("contraseña: Pinos2020", "Pinos2020", "password"),
        ("portal login is admin/timber22 to this day", "admin/timber22", "password"),
        ("sign in as me: lena.moe / Walleye90", "lena.moe / Walleye90", "password"),
        ("guest wifi is dead, hop on ours, PineStaff4040!", "PineStaff4040!", "password"),
        ("the pool door code is 9026# this week", "9026", "code"),
        ("laminator code upstairs is 5180", "5180", "code"),
        ("boiler room alarm, six oh nine two then pound", "6092", "code"),
        ("the shop door opens on 7-0-3-3", "7-0-3-3", "code"),
        ("punch in 5519 at the gate", "5519", "code"),
        ("What's the lounge alarm code? Rolf says it's 7310", "7310", "code"),
        ("shed padlock, 11 right 38 left 5 right", "11-38-5", "code"),
        ("my locker combo is 12-30-7", "12-30-7", "code"),
        ("Authorization: Bearer sk_live_4Hq8ZtRw2LmPx9Vb", "sk_live_4Hq8ZtRw2LmPx9Vb", "token"),
        ("key = AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE", "token"),
        ("lab license key QT7R-55KD-9MX2-H4LP", "QT7R-55KD-9MX2-H4LP", "license-key"),
    ],
)
def test_credentials(find, text, value, detail):
    (contact,) = find(text, "credential")
    assert (contact.value, contact.detail) == (value, detail)


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("the cart opens with the year the bridge fell", "hint"),
        ("the pin is our mascot and then the year we won regionals", "hint"),
        ("for the keypad use her house number", "hint"),
        ("the router console still has no password", "hint"),
        ("the spare key is under the planter by the ramp", "key-place"),
        ("shed key hangs on the hook inside the toolbox", "key-place"),
    ],
)
def test_giving_it_away_without_writing_it(find, text, detail):
    assert [contact.detail for contact in find(text, "credential")] == [detail]


@pytest.mark.parametrize(
    "text",
    [
        "Change your password by Friday, the old one expires",
        "The password is on the fridge",
        "Never use your birthday as a password",
        "A good password is long and yours alone",
        "Our dress code is 2 pages, zip code 56999, area code 218",
        "10% off with promo code PINES20",
        "Join with class code abc12xy, Kahoot pin 482913",
        "Doors open at 6, gate opens 5:30, alarm set for 5:15",
        "Lund won by pin at 152 and closes out the year.",
        "Code.org hour, code red drill, code of conduct",
        "Guest wifi needs no password, just accept the terms",
        "Lost: house key near the dugout bench",
        "The key to success is in the box score",
        "Answer key is in the drawer",
        "Spare socks are in the box by the door",
        "Our café put its wifi password on the wall: scones4ever",
        "Knit k12, p2; repeat rows 1-4",
    ],
)
def test_talk_about_codes_is_no_credential(find, text):
    assert find(text, "credential") == ()
