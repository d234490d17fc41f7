"""A policy is cut by its numbering alone, whatever file it comes in and whatever runs along its pages."""

from collections.abc import Callable
from pathlib import Path

import pytest

from policy428.errors import ConfigError
from policy428.policytext import PolicyText, cut

Write = Callable[[str, str], Path]

POLICY = """\
I. PURPOSE
This policy tells employees how to go about social media.

IV. PERSONAL USE
A. Obey the law. C. Ibsen of the office
answers questions.
B. Keep a decent tongue:
1. no swearing;
2. no threats, and that means
(a) none in jest,
(b) none at all.
C. Use your own address.
V. QUESTIONS
Ask the office.
Legal References: Minn. Stat. 13.32
"""


def told(policy: PolicyText, name: str) -> list[str]:
    return [f"{'.' * p.depth}{p.label} {p.text}".strip() for p in policy.clause(name)]


def pdf(path: Path, pages: list[list[str]]) -> Path:
    """A PDF that shows `pages`, lines of text."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(key): NameObject(value) for key, value in names.items()})
    for lines in pages:
        page = writer.add_blank_page(612, 792)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        shown = " T* ".join("({}) Tj".format(line.replace("(", r"\(").replace(")", r"\)")) for line in lines)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 11 Tf 14 TL 72 720 Td {shown} ET".encode("latin-1"))
        page[NameObject("/Contents")] = stream
    writer.write(path)
    return path


def test_clauses_are_nested_by_roman_numerals_letters_and_digits(write: Write) -> None:
    policy = PolicyText.load(write("policy.txt", POLICY))
    assert told(policy, "IV.B") == [
        "B. Keep a decent tongue:",
        ".1. no swearing;",
        ".2. no threats, and that means",
        "..(a) none in jest,",
        "..(b) none at all.",
    ]
    assert told(policy, "iv.a") == ["A. Obey the law. C. Ibsen of the office answers questions."]
    assert told(policy, "IV.B.1") == ["1. no swearing;"]
    assert told(policy, "V") == ["V. QUESTIONS Ask the office."]
    assert told(policy, "IV.Q") == []


def test_a_letter_that_is_a_roman_numeral_too_is_read_by_what_came_before() -> None:
    letters = "\n".join(f"{letter}. about {letter}" for letter in "ABCDEFGHIJ")
    found = cut(f"IV. First\n{letters}\nV. Second\nA. again\n".splitlines())
    assert found["IV.I"][0].text == "about I" and found["IV.C"][0].text == "about C"
    assert found["V.A"][0].text == "again" and "I" not in found


def test_a_line_that_begins_with_initials_is_no_clause() -> None:
    found = cut(["IV. Use", "A. Ask", "D. Ibsen or", "J. Moberg first.", "B. Then post."])
    assert [p.text for p in found["IV.A"]] == ["Ask D. Ibsen or J. Moberg first."]


def test_an_initial_that_comes_next_can_not_be_told_from_a_clause_but_one_far_off_is_told() -> None:
    assert set(cut(["IV. Use", "A. Ask", "C. Follows where B was repealed."])) == {"IV", "IV.A", "IV.C"}


def test_a_table_of_contents_gives_way_to_the_text() -> None:
    contents = ["I. Purpose ........ 1", "II. Use ........ 2"]
    plain = ["I. Purpose", "II. Use"]
    body = ["I. Purpose", "This is why the policy is there.", "II. Use", "This is how it is used."]
    for head in (contents, plain):
        assert [p.text for p in cut([*head, *body])["II"]] == ["Use This is how it is used."]


def test_markdown_loses_its_marks(write: Write) -> None:
    text = (
        "# Policy 428\n\n## IV. Personal use\n\n### **A.** Obey the law\n\nEvery one of them.\n\n"
        "1\\. State law\n\n- B. Speak well\n"
    )
    policy = PolicyText.load(write("policy.md", text))
    assert told(policy, "IV.A") == ["A. Obey the law", "Every one of them.", ".1. State law"]
    assert told(policy, "IV.B") == ["B. Speak well"]


def test_running_heads_page_numbers_and_parted_words_of_a_pdf_are_mended(tmp_path: Path) -> None:
    first = ["Policy 428", "Page 1 of 2", "IV. PERSONAL USE", "A. Keep private what you know of pu-", "pils, of their"]
    second = [
        "Policy 428",
        "Page 2 of 2",
        "families and in the long-",
        "term files.",
        "B.",
        "Leave the logo alone.",
        "428-2",
    ]
    policy = PolicyText.load(pdf(tmp_path / "policy.pdf", [first, second]))
    assert told(policy, "IV.A") == [
        "A. Keep private what you know of pupils, of their families and in the long-term files."
    ]
    assert told(policy, "IV.B") == ["B. Leave the logo alone."]


def test_running_heads_of_a_text_without_pages_go_too(write: Write) -> None:
    head = "428 Use of media, adopted 2023"
    text = f"{head}\nIV. Use\nA. One\n{head}\nmore\nB. Two\n{head}\nmore\n"
    policy = PolicyText.load(write("policy.txt", text))
    assert told(policy, "IV.A") == ["A. One more"] and told(policy, "IV.B") == ["B. Two more"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("policy.docx", b"PK", "is no text, Markdown or PDF file"),
        ("policy.pdf", b"%PDF-1.7 torn", "is no PDF that can be read"),
        ("policy.txt", b"Be nice.\n", "no clause was found"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_line(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ConfigError, match=message):
        PolicyText.load(tmp_path / name)


def test_a_pdf_of_pictures_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="pictures of pages and no text"):
        PolicyText.load(pdf(tmp_path / "scan.pdf", [[]]))
