"""TikTok's data file, before and since 2024."""

from __future__ import annotations

import json
from pathlib import Path

from policy428.errors import InputError
from policy428.exports import Options
from policy428.exports.choose import read
from policy428.post import Media, Post

EXAMPLES = Path(__file__).parents[2] / "examples" / "exports" / "tiktok"


def scanned(source: Path, *, messages: bool = False) -> tuple[list[Post], list[InputError]]:
    items = list(read([str(source)], Options(messages=messages)))
    return [i for i in items if isinstance(i, Post)], [i for i in items if isinstance(i, InputError)]


def seen(posts: list[Post]) -> list[tuple[str | None, str, str, str | None, str | None]]:
    return [(p.id, p.source.kind, p.text, p.time, p.source.field) for p in posts]


def test_the_layout_since_2024() -> None:
    posts, errors = scanned(EXAMPLES / "new")
    assert errors == []
    assert seen(posts) == [
        (None, "profile", "Coach. Rides bikes.", None, "ProfileMap.bioDescription"),
        ("7363000000000000001", "post", "Morning practice #relay", "2024-04-30T21:15:00", "VideoList[0].Title"),
        (None, "post", "Show your lunch", "2024-04-29T21:15:00", "VideoList[1].AddYoursText"),
        (None, "post", "Gone again", "2024-04-01T12:00:00", "PostList[0].Title"),
        (
            None,
            "comment",
            "That paper airplane flew farther than mine 😂",
            "2024-05-01T18:22:10",
            "CommentsList[0].comment",
        ),
        (None, "comment", "Go team", "2024-03-01T20:05:00+00:00", "WatchLiveMap.7350000000000000001.Comments[0]"),
    ]
    assert posts[1].media == (
        Media("https://www.tiktokv.com/share/video/7363000000000000001/", "Four runners at a start line", "video"),
    )
    assert {p.author.handle for p in posts} == {"coach_lindqvist"}
    assert [p.author.email for p in posts if p.author.email] == ["sven.lindqvist@prairieview.example"]


def test_the_layout_of_before() -> None:
    posts, errors = scanned(EXAMPLES / "old" / "user_data.json")
    assert errors == []
    assert seen(posts) == [
        (None, "profile", "", None, "ProfileMap.bioDescription"),
        ("6930000000000000004", "post", "", "2021-03-04T16:00:00", "VideoList[0]"),
        (None, "comment", "Great form", "2021-03-05T10:02:00", "CommentsList[0].Comment"),
    ]


def test_private_messages_are_read_when_asked_for_and_only_ones_own() -> None:
    posts, _ = scanned(EXAMPLES / "new", messages=True)
    assert [p.text for p in posts if p.source.kind == "message"] == ["Can we use your video in class?"]


def test_a_file_cut_off_gives_what_stands_before_the_cut(tmp_path: Path) -> None:
    whole = (EXAMPLES / "new" / "user_data_tiktok.json").read_text(encoding="utf-8")
    (tmp_path / "user_data.json").write_text(whole[: whole.index("Gone again")], encoding="utf-8")
    posts, errors = scanned(tmp_path / "user_data.json")
    assert [p.text for p in posts if p.source.kind == "comment"] == ["That paper airplane flew farther than mine 😂"]
    assert "Morning practice #relay" in [p.text for p in posts]
    assert errors


def test_lists_of_other_peoples_videos_are_no_posts(tmp_path: Path) -> None:
    watched = {"VideoList": [{"Date": "2024-01-01 00:00:00", "Link": "https://x.example", "Title": "Not mine"}]}
    data = {"Your Activity": {"Watch History": watched}, "Comment": {"Comments": {"CommentsList": None}}}
    (tmp_path / "user_data_tiktok.json").write_text(json.dumps(data))
    posts, errors = scanned(tmp_path / "user_data_tiktok.json")
    assert posts == []
    assert [error.message for error in errors] == ["matched TikTok data file but held no post"]
