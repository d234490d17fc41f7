"""YouTube in Google Takeout: tables known by what their cells hold, in any language."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy428.errors import InputError
from policy428.exports import Options
from policy428.exports.choose import read
from policy428.post import Post

EXAMPLES = Path(__file__).parents[2] / "examples" / "exports" / "youtube"
PUBLIC = Path(__file__).parents[3] / "shared" / "exports" / "samples" / "youtube"
BAND = "UCprairieviewband00000001"


def scanned(source: Path) -> tuple[list[Post], list[InputError]]:
    items = list(read([str(source)], Options()))
    return [i for i in items if isinstance(i, Post)], [i for i in items if isinstance(i, InputError)]


def seen(posts: list[Post]) -> list[tuple[str | None, str, str, str | None, str | None]]:
    return [(p.id, p.source.kind, p.text, p.time, p.source.field) for p in posts]


def test_a_takeout() -> None:
    posts, errors = scanned(EXAMPLES / "Takeout")
    assert errors == []
    assert seen(posts) == [
        (BAND, "profile", "We play on Thursdays.", None, "Channel Title (Original)+Channel Description (Original)"),
        (
            "UgxA1b2C3d4E5f6G7h8i4AaABAg",
            "comment",
            "What a concert\n@band thanks",
            "2024-06-01T17:00:00+00:00",
            "Comment Text",
        ),
        (
            "UgxB1b2C3d4E5f6G7h8i4AaABAg.9iwJkUYNcXa9u0lv3j3Abh",
            "comment",
            "Bring it back",
            "2023-01-02T08:30:00+00:00",
            "Comment Text",
        ),
        ("UgxC1b2C3d4E5f6G7h8i4AaABAg", "comment", "plain words", "2022-01-02T08:30:00+00:00", "Comment Text"),
        ("LCC.CjgKDQoLZFExZVJ0NXlVaU8", "comment", "Louder!", "2024-06-01T17:05:00+00:00", "Live Chat Text"),
        (
            "PLqRs1b2C3d4E5f6G7h8",
            "post",
            "Scales\n\nFor warming up.",
            "2023-09-01T00:00:00+00:00",
            "Playlist Title (Original)+Playlist Description (Original)",
        ),
        (
            "UgkxPost1b2C3d4E5f6G7h8i9J0kLmNoPqRs",
            "post",
            "Which march should open the show?\n\nThe fast one\n\nThe slow one",
            "2024-05-30T12:00:00+00:00",
            "Post Text",
        ),
        (
            "-aB1eRt5yUi",
            "post",
            "Spring concert\n\nRecorded in the gym. Call for the score.",
            "2024-05-21T10:00:00+00:00",
            "Video Title (Original)+Video Description (Original)",
        ),
    ]
    assert {p.author.name for p in posts} == {"Prairie View Band"}
    assert posts[1].permalink == "https://www.youtube.com/watch?v=dQ1eRt5yUiO&lc=UgxA1b2C3d4E5f6G7h8i4AaABAg"
    assert posts[3].permalink == "https://www.youtube.com/post/UgkxPost1b2C3d4E5f6G7h8i9J0kLmNoPqRs"


def test_a_german_takeout() -> None:
    posts, errors = scanned(EXAMPLES / "German")
    assert errors == []
    assert seen(posts) == [
        ("UgkxBeitragC3d4E5f6G7h8i9J0kLmNoPqRs", "post", "Wer kommt?\n\nIch", None, "Text des Beitrags"),
        ("UgxD1b2C3d4E5f6G7h8i4AaABAg", "comment", "Sehr schön gespielt", "2024-06-03T17:00:00+00:00", "Kommentartext"),
        (
            "zB1eRt5yUi_",
            "post",
            "Probe\n\nIm Saal",
            "2024-06-04T10:00:00+00:00",
            "Videotitel (Original)+Videobeschreibung (Original)",
        ),
    ]


def test_headers_in_a_language_that_nobody_listed(tmp_path: Path) -> None:
    table = tmp_path / "Σχόλια.csv"
    ids = "UgxD1b2C3d4E5f6G7h8i4AaABAg,UCprairieviewband0000001,2024-06-03T17:00:00+00:00,dQ1eRt5yUiO"
    row = ids + ',"{""text"":""Μπράβο""}"'
    table.write_text(f"Α,Β,Γ,Δ,Ε\n{row}\n", encoding="utf-8")
    posts, errors = scanned(table)
    assert errors == []
    assert seen(posts) == [
        ("UgxD1b2C3d4E5f6G7h8i4AaABAg", "comment", "Μπράβο", "2024-06-03T17:00:00+00:00", "Ε"),
    ]


def test_a_table_without_its_header(tmp_path: Path) -> None:
    table = tmp_path / "comments.csv"
    ids = "UgxD1b2C3d4E5f6G7h8i4AaABAg,UCprairieviewband0000001,2024-06-03T17:00:00+00:00,0,,dQ1eRt5yUiO"
    table.write_text(ids + ',"{""takeoutSegments"":[{""text"":""one""}]}"\n')
    posts, errors = scanned(table)
    assert errors == []
    assert [(p.id, p.text, p.time, p.source.record) for p in posts] == [
        ("UgxD1b2C3d4E5f6G7h8i4AaABAg", "one", "2024-06-03T17:00:00+00:00", 1)
    ]
    assert posts[0].permalink == "https://www.youtube.com/watch?v=dQ1eRt5yUiO&lc=UgxD1b2C3d4E5f6G7h8i4AaABAg"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('{"takeoutSegments":[{"text":"see "},{"text":"here","link":{"linkUrl":"https://a.example"}}]}', "see here"),
        ('{"text":"a"},{"text":"\\n"},{"text":"b"}', "a\nb"),
        ('{"text":"a "},{"link":{"linkUrl":"https://a.example"}}', "a https://a.example"),
        ('{"text":"a "},{"mention":{"externalChannelId":"UC1"}}', "a "),
        ('{"text":"cut', '{"text":"cut'),
        ("{smile}", "{smile}"),
    ],
)
def test_the_text_in_a_cell(cell: str, text: str, tmp_path: Path) -> None:
    table = tmp_path / "comments.csv"
    doubled = cell.replace('"', '""')
    table.write_text(
        "Comment ID,Channel ID,Comment Create Timestamp,Video ID,Comment Text\n"
        f'UgxD1b2C3d4E5f6G7h8i4AaABAg,UCprairieviewband0000001,2024-06-03T17:00:00+00:00,dQ1eRt5yUiO,"{doubled}"\n'
    )
    posts, errors = scanned(table)
    assert errors == []
    assert [post.text for post in posts] == [text]


@pytest.mark.skipif(not PUBLIC.is_dir(), reason="the public samples are not beside this repository")
def test_public_sample() -> None:
    posts, errors = scanned(PUBLIC / "google_takeout_parser_inline_0.csv")
    assert errors == []
    assert [(p.id, p.text[:16]) for p in posts] == [
        ("UgxtiXQkY7gqHbldJ1F4AaABAg", "coalowl the lege"),
        ("UgwDN8UeMxW4NDFbvY54AaABAg.9iwJkUYNcXa9u0lv3j3Abh", "Ah, this is the "),
    ]
