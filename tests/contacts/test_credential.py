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
        ("door code for the gym is 4418# this week", "4418", "code"),
        ("copier PIN in the workroom is 8843", "8843", "code"),
        ("bus barn alarm, two one four four then off", "2144", "code"),
        ("the east door still opens on 1-9-5-5", "1-9-5-5", "code"),
        ("punch in 5519 at the gate", "5519", "code"),
        ("alarm code? never mind, Rolf says it's 0913", "0913", "code"),
        ("shed padlock, 24 right 6 left 31 right", "24-6-31", "code"),
        ("my locker combo is 12-30-7", "12-30-7", "code"),
        ("Authorization: Bearer sk_live_9f2kQ7vXw3TzLm80", "sk_live_9f2kQ7vXw3TzLm80", "token"),
        ("key = AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE", "token"),
        ("lab license key SIB9-4417-KQ3M-90XZ", "SIB9-4417-KQ3M-90XZ", "license-key"),
    ],
)
def test_credentials(find, text, value, detail):
    (contact,) = find(text, "credential")
    assert (contact.value, contact.detail) == (value, detail)


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("the cart opens with the year the old mill burned", "hint"),
        ("wifi password is our mascot and then the year we took State", "hint"),
        ("the keypad is his old jersey number", "hint"),
        ("every printer's admin page has no password", "hint"),
        ("the spare is under the frog by the back steps", "key-place"),
        ("gym key hangs on the nail behind the meter", "key-place"),
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
        "A password is like a toothbrush",
        "Our dress code is 2 pages, zip code 56999, area code 218",
        "10% off with promo code PINES20",
        "Join with class code abc12xy, Kahoot pin 482913",
        "Doors open at 6, gate opens 5:30, alarm set for 5:15",
        "126: Aakre, pin, 1:12. That's 9-2 on the year.",
        "Code.org hour, code red drill, code of conduct",
        "Guest wifi needs no password, just accept the terms",
        "Lost: house key near the dugout bench",
        "The key to success is in the box score",
        "Answer key is in the drawer",
        "She kept spare mittens in the drawer",
        "Our café put its wifi password on the wall: scones4ever",
        "Knit k12, p2; repeat rows 1-4",
    ],
)
def test_talk_about_codes_is_no_credential(find, text):
    assert find(text, "credential") == ()
