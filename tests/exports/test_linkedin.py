"""The archive of LinkedIn, whose tables have a dialect each."""

from __future__ import annotations

from pathlib import Path

from policy428.errors import InputError
from policy428.exports import Options
from policy428.exports.choose import read
from policy428.post import Post

ARCHIVE = Path(__file__).parents[2] / "examples" / "exports" / "linkedin" / "archive"
BIO = "Transportation director\n\nOpinions are my own.\nCoffee helps."


PULSE = "https://www.linkedin.com/pulse"
ARTICLES = {
    "Unfinished": "Not ready yet.",
    "Why we bus": "Forty routes &amp; one <strong>very</strong> patient dispatcher.",
}


def article(title: str) -> str:
    """The text of an article, as its page writes it."""
    address = f"{PULSE}/{title.lower().replace(' ', '-')}-ingrid-solheim"
    return f'<h1><a href="{address}">{title}</a></h1>\n    \n  \n  <div><p>{ARTICLES[title]}</p></div>'


def scanned(source: Path, *, messages: bool = False) -> tuple[list[Post], list[InputError]]:
    items = list(read([str(source)], Options(messages=messages)))
    return [i for i in items if isinstance(i, Post)], [i for i in items if isinstance(i, InputError)]


def test_all_posts_of_the_archive_are_read() -> None:
    posts, errors = scanned(ARCHIVE)
    assert errors == []
    assert [(p.id, p.source.kind, p.text, p.time, p.source.field) for p in posts] == [
        (
            None,
            "comment",
            'Back when we said "one more chapter" every night,\n\nit was never one. ¯\\_(ツ)_/¯',
            "2026-06-10T18:53:49",
            "Message",
        ),
        (None, "comment", "No date, and a comma.", None, "Message"),
        (None, "profile", BIO, None, "Headline+Summary"),
        (
            "urn:li:ugcPost:7458194261025673216",
            "post",
            'We are hiring bus drivers.\n\nTraining is paid, "mornings" only.',
            "2026-05-07T16:41:18",
            "ShareCommentary",
        ),
        (
            "urn:li:share:7448081445065035776",
            "post",
            'Check out "this" article',
            "2026-04-01T12:00:00",
            "ShareCommentary",
        ),
        (
            "urn:li:share:7434000000000000001",
            "post",
            "Two plain lines:\nthe second one.",
            "2026-03-02T09:15:00",
            "ShareCommentary",
        ),
        ("urn:li:share:7423000000000000002", "reshare", "", "2026-02-01T08:00:00", "ShareCommentary"),
        ("urn:li:share:7413000000000000003", "post", "𝗣𝗿𝗼𝘂𝗱 of this team", "2026-01-05T08:00:00", "ShareCommentary"),
        (f"{PULSE}/unfinished-ingrid-solheim", "draft", article("Unfinished"), "2025-10-01T08:30:00", "h1+div"),
        (f"{PULSE}/why-we-bus-ingrid-solheim", "post", article("Why we bus"), "2025-10-02T09:00:00", "h1+div"),
    ]
    assert {p.author.name for p in posts} == {"Ingrid Solheim"}
    assert [p.author.email for p in posts if p.author.email] == ["ingrid.solheim@prairieview.example"]
    assert posts[5].media[0].path == "https://media.example.com/board.jpg"
    assert posts[0].permalink is not None
    assert posts[0].permalink.endswith("7401794121226568123")


def test_one_table_alone_is_known_by_its_columns(tmp_path: Path) -> None:
    renamed = tmp_path / "what-i-shared.csv"
    renamed.write_bytes((ARCHIVE / "Shares_155814142.csv").read_bytes())
    posts, errors = scanned(renamed)
    assert errors == []
    assert len(posts) == 5


def test_private_messages_are_read_when_asked_for_and_only_ones_own() -> None:
    assert not [p for p in scanned(ARCHIVE)[0] if p.source.kind == "message"]
    assert [p.text for p in scanned(ARCHIVE, messages=True)[0] if p.source.kind == "message"] == [
        "Shall we meet at nine?"
    ]


def test_a_table_that_lies_there_by_chance_is_told_of(tmp_path: Path) -> None:
    for path in ARCHIVE.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "something.csv").write_text("a,b\n1,2\n")
    _, errors = scanned(tmp_path)
    assert ["something.csv" in str(error) for error in errors] == [True]
