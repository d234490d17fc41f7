import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy428.errors import InputError
from policy428.readers.decode import decode

TEXT = "Grüße, Bucs 🏴‍☠️\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
    ],
)
def test_marked_and_unmarked_unicode_is_read_without_notice(data: bytes) -> None:
    decoded = decode(data, "a.txt")
    assert (decoded.text, decoded.notice) == (TEXT, None)


def test_windows_text_is_read_with_a_notice_of_the_first_odd_byte() -> None:
    decoded = decode("It’s a café".encode("cp1252"), "a.txt")
    assert decoded.text == "It’s a café"
    assert decoded.notice == "a.txt: not UTF-8 at byte 2 (0x92); read as Windows-1252"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"ab\x00cd", "NUL at byte 2"),
        (b"caf\xe9 \x81", "byte 5 (0x81)"),
        (codecs.BOM_UTF8 + b"ok \xff", "marked as UTF-8, but byte 6"),
        (codecs.BOM_UTF16_LE + b"a\x00b", "marked as UTF-16, but byte 4"),
    ],
)
def test_what_cannot_be_read_says_at_which_byte(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=r"^a\.txt: ") as caught:
        decode(data, "a.txt")
    assert said in str(caught.value)


@given(data=st.binary(max_size=40))
def test_any_bytes_are_text_or_an_error(data: bytes) -> None:
    try:
        decode(data, "a.txt")
    except InputError as error:
        assert "byte" in error.message
