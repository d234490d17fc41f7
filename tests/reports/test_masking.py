import pytest

from policy428 import Linter, Post
from policy428.post import Author
from policy428.reports import Checked, Look
from policy428.reports.masking import Masker, mask_email, mask_identifier, mask_words
from policy428.reports.names import initials, possible_names
from policy428.violation import Evidence, Violation


def masker(
    linter: Linter, text: str, *, private: bool = True, look: Look | None = None, bio: str | None = None
) -> Masker:
    document = linter.document(Post(text=text, author=Author(bio=bio)))
    return Masker(Checked(document, ()), look or Look(), private=private)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("412-55-7781", "***-**-7781"),
        ("4111 1111 1111 1111", "**** **** **** 1111"),
        ("20417", "*****"),
        ("AB-12", "**-**"),
    ],
)
def test_identifiers_keep_at_most_their_last_four(text: str, shown: str) -> None:
    assert mask_identifier(text) == shown


def test_words_keep_their_first_letter_and_numbers_nothing() -> None:
    assert mask_words("damn 1st 2031") == "d*** *** ****"


def test_mailboxes_are_shortened() -> None:
    assert mask_email("ann.lee@lake.example") == "a***@l***"


def test_an_address_spelled_out_leaves_no_letter() -> None:
    assert mask_email("t o (at) w e m dot us") == "* * (**) * * * *** **"


@pytest.mark.parametrize(
    ("name", "short"), [("Tyler Brandt", "T. B."), ("Tyler's", "T.'s"), ("ann-marie", "A."), ("Nguyễn Ánh", "N. Á.")]
)
def test_initials(name: str, short: str) -> None:
    assert initials(name) == short


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Tyler Brandt is failing algebra.", ["Tyler Brandt"]),
        ("so tyler brandt got detention", ["tyler brandt"]),
        ("TYLER BRANDT IS OUT", ["TYLER BRANDT"]),
        ("We met Xochiqueta after lunch", ["Xochiqueta"]),
        ("Grace Brandt and Mark Olson", ["Grace Brandt", "Mark Olson"]),
        ("What a game on Friday at the gym in Waterville", []),
        ("Go Bucs! See you in October", []),
    ],
)
def test_possible_names(linter: Linter, text: str, names: list[str]) -> None:
    assert [text[span.start : span.end] for span in possible_names(text, linter.context.profile)] == names


def test_identifiers_are_masked_even_on_a_terminal_and_names_are_not(linter: Linter) -> None:
    text = "Tyler Brandt, SSN 412-55-7781, call 507-555-0147"
    shown = masker(linter, text, private=False, look=Look(terminal=True)).mask(text)
    assert shown == "Tyler Brandt, SSN ***-**-7781, call 507-555-0147"


def test_outside_a_terminal_names_and_numbers_go_too(linter: Linter) -> None:
    text = "Tyler Brandt's mom: ann.lee@lake.example, 507-555-0147"
    shown = masker(linter, text).mask(text)
    for private in ("Tyler", "Brandt", "ann.lee", "555"):
        assert private not in shown
    assert shown.startswith("T. B.'s mom")


def test_a_password_leaves_no_letter(linter: Linter) -> None:
    text = "The wifi password is bluewhale77 ok"
    assert masker(linter, text, private=False).mask(text) == "The wifi password is ****** ok"


def test_what_the_bio_holds_is_masked_in_messages(linter: Linter) -> None:
    assert "ann.lee" not in masker(linter, "Hi", bio="mail ann.lee@lake.example").mask(
        "“ann.lee@lake.example” is there."
    )


def test_published_numbers_stay(linter: Linter) -> None:
    assert (
        masker(linter, "Call the office: 507-362-4432").mask("Call the office: 507-362-4432").endswith("507-362-4432")
    )


def test_shown_on_request(linter: Linter) -> None:
    text = "Tyler Brandt, SSN 412-55-7781"
    assert masker(linter, text, look=Look(show_matches=True)).mask(text) == text


def test_a_violation_for_the_record_keeps_no_name_word_or_number(linter: Linter) -> None:
    text = "Xaviera Qu is failing algebra, SSN 412-55-7781"
    document = linter.document(Post(text=text))
    name = Evidence("person", "Xaviera Qu", 0, 10, private=True)
    violation = Violation(
        rule="IV.E-x", clause="IV.E", citation="", family="", severity="error", confidence=1,
        message="“Xaviera  Qu” stands beside “failing algebra” and 412-55-7781.", suggestion="Leave it out.",
        start=0, end=len(text), line=1, column=1, end_line=1, end_column=len(text) + 1,
        match=text, evidence=(name,), fingerprint="",
    )  # fmt: skip
    shown = Masker(Checked(document, (violation,)), Look(), private=True).violation(violation)
    assert shown.message == "“X. Q.” stands beside “failing algebra” and ***-**-7781."
    assert shown.match == "X. Q. i* f****** a******, S** ***-**-7781"
