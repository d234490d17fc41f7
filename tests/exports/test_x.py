"""The archive of X, in its three layouts."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from policy428.errors import InputError
from policy428.exports import Options
from policy428.exports.choose import read
from policy428.post import Post

EXAMPLES = Path(__file__).parents[2] / "examples" / "exports" / "x"
LONG = (
    "Conferences start tomorrow at four, and I have been asked the same three questions all week, so here they are in "
    "one place. Bring the folder that came home on Friday. Park in the east lot, since the west one is being paved. "
    "And if you can't come at your time, call the office: we will find another & nobody minds."
)
POST = "tweet.full_text"
ARCHIVE = {
    ("profile:8850001", "profile", "Third grade & books. Views are mine.", None, "profile.description.bio"),
    ("1702345678901234511", "post", "Which read-aloud made your room go quiet?", "2023-09-14T19:00:00+00:00", POST),
    ("1602345678901234510", "post", "Posted in a hurry, taken down again.", "2022-12-11T08:00:00+00:00", POST),
    ("1752345678901234507", "post", LONG, "2024-01-31T12:00:00+00:00", "noteTweet.core.text"),
    ("1752345678901234509", "post", "Snow day!", None, POST),
    (
        "1612345678901234501",
        "post",
        "Reading night was a joy & the cocoa ran out by seven <3",
        "2023-01-09T14:03:11+00:00",
        POST,
    ),
    (
        "1612345678901234502",
        "reshare",
        "RT @PrairieLibrary: Story hour moves to Saturdays in Febru…",
        "2023-01-09T15:30:00+00:00",
        POST,
    ),
    ("1612345678901234503", "comment", "@prairielibrary Count us in!", "2023-01-10T01:12:45+00:00", POST),
    ("1612345678901234504", "post", "@mr_oduya_reads And bring a pillow.", "2023-01-10T01:20:00+00:00", POST),
    ("1612345678901234505", "quote", "This, every word. https://t.co/aB3dE5gH7j", "2023-01-11T22:05:09+00:00", POST),
    (
        "1612345678901234506",
        "post",
        "Our shelf of new books. https://t.co/kL9mN1pQ3r",
        "2023-01-12T18:40:00+00:00",
        POST,
    ),
    (
        "1752345678900000002",
        "post",
        "A long note whose post is gone from the list.",
        "2024-02-02T09:00:00+00:00",
        "noteTweet.core.text",
    ),
}


def scanned(source: Path, *, messages: bool = False) -> tuple[list[Post], list[InputError]]:
    items = list(read([str(source)], Options(messages=messages)))
    return [i for i in items if isinstance(i, Post)], [i for i in items if isinstance(i, InputError)]


def seen(posts: list[Post]) -> set[tuple[str | None, str, str, str | None, str | None]]:
    return {(p.id, p.source.kind, p.text, p.time, p.source.field) for p in posts}


def archive(source: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(source.rglob("*")):
            packed.write(path, path.relative_to(source))
    return target


@pytest.mark.parametrize("packed", [False, True])
def test_all_posts_of_the_archive_are_read_from_folder_and_zip(packed: bool, tmp_path: Path) -> None:
    source = EXAMPLES / "archive"
    posts, errors = scanned(archive(source, tmp_path / "twitter.zip") if packed else source)
    assert seen(posts) == ARCHIVE
    assert len(posts) == len(ARCHIVE)
    assert sorted(error.message for error in errors) == [
        "record 2: the post has no text",
        "the manifest counts 2 posts in this file, and it holds 1",
    ]
    by_id = {post.id: post for post in posts}
    own = by_id["1612345678901234501"]
    assert own.permalink == "https://x.com/mr_oduya_reads/status/1612345678901234501"
    assert (own.source.member, own.source.record, own.source.platform) == ("data/tweets.js", 1, "x")
    assert own.author.name == "Amara Oduya"
    assert own.author.bio == "Third grade & books. Views are mine."
    assert by_id["1702345678901234511"].group == "1490000000000000001"
    assert [media.alt for media in by_id["1612345678901234506"].media] == ["A shelf with nine picture books", None]
    assert by_id["1752345678901234507"].source.member == "data/note-tweet.js"


def test_the_registered_e_mail_stands_in_the_profile_alone() -> None:
    posts, _ = scanned(EXAMPLES / "archive")
    assert [(p.source.kind, p.author.email) for p in posts if p.author.email] == [
        ("profile", "amara.oduya@prairieview.example")
    ]


def test_private_messages_are_read_when_asked_for_and_only_ones_own() -> None:
    posts, _ = scanned(EXAMPLES / "archive", messages=True)
    assert [p.text for p in posts if p.source.kind == "message"] == ["Is the hall free on Friday?"]


def test_a_prettified_file_is_refused_clearly() -> None:
    posts, errors = scanned(EXAMPLES / "prettified")
    assert posts == []
    assert len(errors) == 1
    assert "JavaScript" in errors[0].message


def test_older_layouts() -> None:
    posts, errors = scanned(EXAMPLES / "monthly")
    assert errors == []
    assert seen(posts) == {
        ("profile:8850001", "profile", "Third grade.", None, "bio"),
        (
            "551234567890123520",
            "post",
            "First day back & the gerbil remembered us.",
            "2015-01-05T14:20:00+00:00",
            "text",
        ),
    }
    posts, errors = scanned(EXAMPLES / "unwrapped" / "tweet.js")
    assert errors == []
    assert seen(posts) == {
        ("1112345678901234512", "post", "No wrapper around me.", "2019-03-31T10:00:00+00:00", "full_text")
    }
    assert posts[0].source.member is None


def test_two_archives_in_one_folder_keep_their_authors(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "archive", tmp_path / "one")
    other = tmp_path / "two" / "data"
    other.mkdir(parents=True)
    account = [{"account": {"email": "b@home.example", "username": "other", "accountId": "1"}}]
    (other / "account.js").write_text("window.YTD.account.part0 = " + json.dumps(account))
    tweet = [{"tweet": {"id_str": "5", "full_text": "Mine", "created_at": "Mon Jan 09 14:03:11 +0000 2023"}}]
    (other / "tweets.js").write_text("window.YTD.tweets.part0 = " + json.dumps(tweet))
    posts, _ = scanned(tmp_path)
    assert {p.author.handle for p in posts if p.text == "Mine"} == {"other"}
    assert {p.author.handle for p in posts if p.text == "Snow day!"} == {"mr_oduya_reads"}
    assert [p.author.email for p in posts if p.author.email] == ["amara.oduya@prairieview.example", "b@home.example"]


def test_a_file_cut_off_gives_what_stands_before_the_cut(tmp_path: Path) -> None:
    whole = (EXAMPLES / "archive" / "data" / "tweets.js").read_bytes()
    (tmp_path / "tweets.js").write_bytes(whole[: len(whole) // 2])
    posts, errors = scanned(tmp_path / "tweets.js")
    assert 0 < len(posts) < 6
    assert len(errors) == 1


def test_a_short_post_is_not_taken_for_the_beginning_of_a_note(tmp_path: Path) -> None:
    note = [{"noteTweet": {"noteTweetId": "9", "createdAt": "2023-01-09T14:03:11.000Z", "core": {"text": "So. Long"}}}]
    tweet = [{"tweet": {"id_str": "5", "full_text": "So", "created_at": "Mon Jan 09 14:03:11 +0000 2023"}}]
    (tmp_path / "note-tweet.js").write_text("window.YTD.note_tweet.part0 = " + json.dumps(note))
    (tmp_path / "tweets.js").write_text("window.YTD.tweets.part0 = " + json.dumps(tweet))
    posts, _ = scanned(tmp_path)
    assert {(p.id, p.text) for p in posts} == {("5", "So"), ("9", "So. Long")}


def test_one_file_is_known_by_what_it_holds_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "saved.txt").write_bytes((EXAMPLES / "archive" / "data" / "tweets.js").read_bytes())
    posts, errors = scanned(tmp_path / "saved.txt")
    assert errors == []
    assert len(posts) == 6
