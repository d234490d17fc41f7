"""Bluesky: a repository as a CAR file, and what the API answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policy428.errors import InputError
from policy428.exports import Options
from policy428.exports.choose import read
from policy428.post import Post

EXAMPLES = Path(__file__).parents[2] / "examples" / "exports" / "bluesky"
PUBLIC = Path(__file__).parents[3] / "shared" / "exports" / "samples" / "bluesky"
DID = "did:plc:prairieview0000000000001"
HOME = f"at://{DID}/app.bsky.feed.post"
REPOSITORY = [
    (
        f"at://{DID}/app.bsky.actor.profile/self",
        "profile",
        "Counsels. Fishes. Opinions are mine.",
        None,
        "description",
    ),
    (f"{HOME}/3kaaaaaaaaa2b", "post", "The lake is open.", "2024-04-01T10:00:00+00:00", "text"),
    (f"{HOME}/3kaaaaaaaaa2c", "post", "Look at this one", "2024-04-02T10:00:00+00:00", "text"),
    (f"{HOME}/3kaaaaaaaaa2d", "comment", "Congratulations!", "2024-04-03T10:00:00+00:00", "text"),
    (f"{HOME}/3kaaaaaaaaa2e", "quote", "Still true", "2024-04-04T10:00:00+00:00", "text"),
    (f"{HOME}/3kaaaaaaaaa2f", "post", "and the dock is in", "2024-04-01T10:01:00+00:00", "text"),
    (f"at://{DID}/app.bsky.feed.repost/3kaaaaaaaaa2g", "reshare", "", "2024-04-05T10:00:00+00:00", "subject"),
    (
        f"at://{DID}/app.bsky.graph.list/3kaaaaaaaaa2h",
        "post",
        "Ice fishers\n\nPeople who know the lake.",
        "2024-04-06T10:00:00+00:00",
        "name+description",
    ),
    (
        "bafyreih22ntvpehlsmqerzdjyjch7vxqzeqm24nklhzhfut5sxmvshxmm4",
        "post",
        "Not in the tree any more",
        "2024-03-01T10:00:00+00:00",
        "text",
    ),
]


def scanned(source: Path) -> tuple[list[Post], list[InputError]]:
    items = list(read([str(source)], Options()))
    return [i for i in items if isinstance(i, Post)], [i for i in items if isinstance(i, InputError)]


def seen(posts: list[Post]) -> list[tuple[str | None, str, str, str | None, str | None]]:
    return [(p.id, p.source.kind, p.text, p.time, p.source.field) for p in posts]


def test_all_posts_of_a_repository_are_read() -> None:
    posts, errors = scanned(EXAMPLES / "prairie.car")
    assert errors == []
    assert seen(posts) == REPOSITORY
    assert {p.author.name for p in posts} == {"Tomasz Wren"}
    assert {p.author.bio for p in posts} == {"Counsels. Fishes. Opinions are mine."}
    assert posts[1].permalink == f"https://bsky.app/profile/{DID}/post/3kaaaaaaaaa2b"
    assert [m.alt for m in posts[2].media] == ["A walleye on a ruler"]
    assert [(m.alt, m.kind) for m in posts[4].media] == [("Ice breaking", "video")]


@pytest.mark.parametrize("cut", [1, 3, 40, 400])
def test_a_repository_cut_off_gives_what_stands_before_the_cut(cut: int, tmp_path: Path) -> None:
    whole = (EXAMPLES / "prairie.car").read_bytes()
    (tmp_path / "cut.car").write_bytes(whole[:-cut])
    posts, errors = scanned(tmp_path / "cut.car")
    assert 0 < len(posts) < len(REPOSITORY)
    assert len(errors) == 1


def test_a_broken_block_hides_no_other(tmp_path: Path) -> None:
    whole = (EXAMPLES / "prairie.car").read_bytes()
    (tmp_path / "odd.car").write_bytes(whole.replace(b"dtextpCongratulations!", b"dtext\xffCongratulations!"))
    posts, errors = scanned(tmp_path / "odd.car")
    assert len(posts) == len(REPOSITORY) - 1
    assert [error.message for error in errors] == ["record 7: the block is not DAG-CBOR"]


def test_a_length_that_cannot_be_true_ends_the_reading(tmp_path: Path) -> None:
    whole = (EXAMPLES / "prairie.car").read_bytes()
    (tmp_path / "bomb.car").write_bytes(whole + b"\xff" * 9 + b"\x01")
    posts, errors = scanned(tmp_path / "bomb.car")
    assert len(posts) == len(REPOSITORY)
    assert len(errors) == 1


def test_answers_of_the_api() -> None:
    posts, errors = scanned(EXAMPLES / "feed.json")
    assert errors == []
    assert [(p.id, p.source.kind, p.text, p.author.name) for p in posts] == [
        (f"{HOME}/3kb1", "post", "Office hours moved to two.", "Tomasz Wren"),
        ("at://did:plc:other/app.bsky.feed.post/3kb2#repost", "reshare", "Words of somebody else", "Tomasz Wren"),
    ]
    assert posts[0].permalink == "https://bsky.app/profile/wren.example/post/3kb1"
    posts, errors = scanned(EXAMPLES / "thread.json")
    assert errors == []
    assert [(p.id, p.source.kind, p.text, p.author.name) for p in posts] == [
        (f"{HOME}/3kb3", "post", "Who has a canoe?", "Tomasz Wren"),
        ("at://did:plc:other/app.bsky.feed.post/3kb4", "comment", "I do.", "Ola"),
    ]
    posts, errors = scanned(EXAMPLES / "records.json")
    assert errors == []
    assert seen(posts) == [(f"{HOME}/3kb5", "post", "From listRecords", "2024-05-03T10:00:00+00:00", "value.text")]


def test_what_a_record_lacks_its_view_may_know(tmp_path: Path) -> None:
    view = {"uri": "", "record": {"$type": "app.bsky.feed.post", "text": "hi", "createdAt": ""}}
    view["indexedAt"] = "2022-01-02T03:04:05+00:00"
    (tmp_path / "post.json").write_text(json.dumps({"$type": "app.bsky.feed.defs#feedViewPost", "post": view}))
    posts, errors = scanned(tmp_path / "post.json")
    assert errors == []
    assert seen(posts) == [(None, "post", "hi", "2022-01-02T03:04:05+00:00", "post.record.text")]


def test_a_profile_alone(tmp_path: Path) -> None:
    profile = {"$type": "app.bsky.actor.profile", "handle": "wren.example", "description": "Counsels.", "did": "did:a"}
    (tmp_path / "actor.json").write_text(json.dumps(profile))
    posts, errors = scanned(tmp_path / "actor.json")
    assert errors == []
    assert [(p.source.kind, p.text, p.author.handle) for p in posts] == [("profile", "Counsels.", "wren.example")]


def test_json_lines_of_records(tmp_path: Path) -> None:
    record = {"$type": "app.bsky.feed.post", "text": "one", "createdAt": "2024-05-03T10:00:00Z"}
    row = json.dumps({"uri": f"{HOME}/a", "cid": "b", "value": record})
    (tmp_path / "posts.jsonl").write_text(f"{row}\n{row[:40]}\n{row}\n")
    posts, errors = scanned(tmp_path / "posts.jsonl")
    assert [p.text for p in posts] == ["one", "one"]
    assert "record 2" in errors[0].message


@pytest.mark.skipif(not PUBLIC.is_dir(), reason="the public samples are not beside this repository")
@pytest.mark.parametrize(
    ("name", "kind", "text"),
    [
        ("note.bsky.json", "post", "too cool to summarize"),
        ("note_with_mention_linked_text.bsky.json", "post", "hi @alice!"),
        ("comment_inreplyto_id.bsky.json", "comment", "foo bar baz"),
        ("quote.bsky.json", "quote", "I hereby quote"),
        ("repost.bsky.json", "reshare", "The original post"),
        ("post_record.json", "post", "new text114"),
    ],
)
def test_public_samples(name: str, kind: str, text: str) -> None:
    posts, errors = scanned(PUBLIC / name)
    assert errors == []
    assert [(p.source.kind, p.text) for p in posts] == [(kind, text)]


@pytest.mark.skipif(not PUBLIC.is_dir(), reason="the public samples are not beside this repository")
def test_a_public_repository_without_posts_is_told_of() -> None:
    posts, errors = scanned(PUBLIC / "greenground.repo.car")
    assert posts == []
    assert [error.message.endswith("held no post") for error in errors] == [True]
