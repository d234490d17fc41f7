"""Mastodon: its archive, objects of ActivityStreams alone, and what the API answers."""

from __future__ import annotations

import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from policy428.errors import InputError
from policy428.exports import Options
from policy428.exports.choose import read
from policy428.post import Media, Post

EXAMPLES = Path(__file__).parents[2] / "examples" / "exports" / "mastodon"
PUBLIC = Path(__file__).parents[3] / "shared" / "exports" / "samples" / "mastodon"
NKEMI = "https://prairie.example/users/nkemi"
ARCHIVE = [
    (NKEMI, "profile", "<p>Teaches art. Likes geese.</p>\n<p>Pronouns: she/her</p>", None, "summary+attachment"),
    (
        f"{NKEMI}/statuses/1101",
        "post",
        "<p>The pond froze &amp; the geese are <em>cross</em>.</p>",
        "2023-02-01T08:00:00+00:00",
        "object.content",
    ),
    (
        f"{NKEMI}/statuses/1102",
        "post",
        "<p>bus &amp; snow</p>\n<p>Nobody was hurt.</p>",
        "2023-02-02T08:00:00+00:00",
        "object.summary+content",
    ),
    (
        f"{NKEMI}/statuses/1103",
        "comment",
        '<p><span class="h-card">@ola</span> Yes, at noon.</p>',
        "2023-02-03T08:00:00+00:00",
        "object.content",
    ),
    (f"{NKEMI}/statuses/1104", "post", "<p>And bring boots.</p>", "2023-02-03T08:01:00+00:00", "object.content"),
    (f"{NKEMI}/statuses/1105/activity", "reshare", "", "2023-02-04T08:00:00+00:00", "object"),
    (
        f"{NKEMI}/statuses/1107",
        "post",
        "<p>Which day?</p>\n<ul><li>Monday</li><li>Tuesday</li></ul>",
        "2023-02-06T08:00:00+00:00",
        "object.content+oneOf",
    ),
]


def scanned(source: Path, *, messages: bool = False) -> tuple[list[Post], list[InputError]]:
    items = list(read([str(source)], Options(messages=messages)))
    return [i for i in items if isinstance(i, Post)], [i for i in items if isinstance(i, InputError)]


def seen(posts: list[Post]) -> list[tuple[str | None, str, str, str | None, str | None]]:
    return [(p.id, p.source.kind, p.text, p.time, p.source.field) for p in posts]


@pytest.mark.parametrize("packed", ["folder", "zip", "tar.gz"])
def test_all_posts_of_the_archive_are_read(packed: str, tmp_path: Path) -> None:
    source = EXAMPLES / "archive"
    if packed == "zip":
        source = tmp_path / "archive.zip"
        with zipfile.ZipFile(source, "w") as zipped:
            for path in sorted((EXAMPLES / "archive").iterdir()):
                zipped.write(path, path.name)
    elif packed == "tar.gz":
        source = tmp_path / "archive.tar.gz"
        with tarfile.open(source, "w:gz") as tarred:
            for path in sorted((EXAMPLES / "archive").iterdir()):
                tarred.add(path, path.name)
    posts, errors = scanned(source)
    assert seen(posts) == ARCHIVE
    assert [error.message for error in errors] == ["record 8: the activity has no object"]
    assert {p.author.handle for p in posts} == {"nkemi@prairie.example"}
    assert {p.author.bio for p in posts} == {"Teaches art. Likes geese.\n\nPronouns: she/her"}
    assert {p.markup for p in posts if p.text} == {"html"}
    assert posts[2].media == (
        Media("/media_attachments/files/1/original/a.jpg", "A bus in a drift", "image"),
        Media("/media_attachments/files/1/original/b.mp4", None, "video"),
    )
    assert posts[1].permalink == "https://prairie.example/@nkemi/1101"
    assert posts[5].permalink == "https://other.example/users/ola/statuses/12"


def test_posts_to_one_person_are_private_messages() -> None:
    posts, _ = scanned(EXAMPLES / "archive", messages=True)
    assert [p.id for p in posts if p.source.kind == "message"] == [f"{NKEMI}/statuses/1106"]


def test_statuses_of_the_api() -> None:
    posts, errors = scanned(EXAMPLES / "statuses.json")
    assert errors == []
    assert seen(posts) == [
        ("1201", "post", "<p>food</p>\n<p>Soup for forty.</p>", "2024-02-01T08:00:00+00:00", "spoiler_text+content"),
        ("1202", "reshare", "<p>Words of Ola's.</p>", "2024-02-02T08:00:00+00:00", "reblog.content"),
    ]
    assert posts[0].media == (Media("https://files.example/s.jpg", "A pot", "image"),)


def test_an_outbox_cut_off_gives_what_stands_before_the_cut(tmp_path: Path) -> None:
    whole = (EXAMPLES / "archive" / "outbox.json").read_text(encoding="utf-8")
    (tmp_path / "outbox.json").write_text(whole[: whole.index("Yes, at noon")], encoding="utf-8")
    posts, errors = scanned(tmp_path / "outbox.json")
    assert [p.id for p in posts] == [f"{NKEMI}/statuses/1101", f"{NKEMI}/statuses/1102"]
    assert len(errors) == 1


@pytest.mark.parametrize(
    "odd",
    [
        {"type": "Create", "object": None},
        {"type": "Update", "object": {"type": "Person", "url": ["https://[broken"], "attachment": [3]}},
        {"type": "Note", "attributedTo": ["https://[broken/users/a", "http://"], "content": "<p>a</p>"},
        {"type": "Note", "content": 5, "attachment": "x", "to": {"id": 3}},
        {"type": ["Note", 4], "content": "<p>a</p>", "url": [{"href": None}], "inReplyTo": [[]]},
        {"type": "Note", "contentMap": {"en": "<p>a</p>", "de": None}, "attributedTo": [{"type": "Person"}]},
    ],
)
def test_odd_objects_never_end_the_reading(odd: dict[str, object], tmp_path: Path) -> None:
    good = {"type": "Note", "id": "https://a.example/1", "content": "<p>good</p>"}
    box = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "type": "OrderedCollection",
        "orderedItems": [odd, good],
    }
    (tmp_path / "outbox.json").write_text(json.dumps(box))
    posts, _ = scanned(tmp_path / "outbox.json")
    assert posts[-1].text == "<p>good</p>"


@pytest.mark.skipif(not PUBLIC.is_dir(), reason="the public samples are not beside this repository")
@pytest.mark.parametrize(
    ("name", "kind", "text"),
    [
        ("note_unlisted", "post", "some stuff"),
        ("note_mastodon_with_video", "post", "foo"),
        ("comment", "comment", "foo bar baz"),
        ("comment_multiple_in_reply_to", "comment", "foo bar baz"),
        ("article_with_image_attachment_with_alt", "post", "<p>article abc</p>\nfoo bar"),
        ("activity_with_actor", "post", ""),
    ],
)
def test_public_samples(name: str, kind: str, text: str) -> None:
    posts, errors = scanned(PUBLIC / f"{name}.as2.json")
    assert errors == []
    assert [(p.source.kind, p.text) for p in posts] == [(kind, text)]


@pytest.mark.skipif(not PUBLIC.is_dir(), reason="the public samples are not beside this repository")
def test_public_samples_of_accounts_and_of_what_is_no_post() -> None:
    posts, errors = scanned(PUBLIC / "actor.as2.json")
    assert errors == []
    assert [(p.source.kind, p.author.name) for p in posts] == [("profile", "Martin Smith")]
    assert scanned(PUBLIC / "activity_with_actor.as2.json")[0][0].author.name == "J K"
    posts, errors = scanned(PUBLIC / "like.as2.json")
    assert posts == []
    assert len(errors) == 1
