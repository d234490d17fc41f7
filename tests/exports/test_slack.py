from __future__ import annotations

import json

PUBLIC = [
    ("U0AAAAAA1", "profile", "Lanes & lockers\n\nOpinions my own", None, "profile.title+status_text"),
    (
        "general/1770121800.000200",
        "post",
        "Morning @Gus Ferro & @here: the plan is at https://pool.example/plan, "
        "ask the desk desk@pool.example or #general",
        "2026-02-03T12:30:00+00:00",
        "text",
    ),
    ("general/1770121900.000300", "comment", "Looks good", "2026-02-03T12:31:40+00:00", "text"),
    ("general/1770122000.000400", "post", "Cracked tile by lane 4", "2026-02-03T12:33:20+00:00", "files[0]"),
    ("general/1770122100.000500", "post", "Reopening in May", "2026-02-03T12:35:00+00:00", "topic"),
    ("general/not a time", "post", "See you @Gus Ferro:wave:", None, "blocks[0]"),
    (
        "general/1770122300.000600",
        "post",
        "This week\n\nGus opens on Friday",
        "2026-02-03T12:38:20+00:00",
        "attachments[0]",
    ),
]


def test_public_channels(read_export, examples):
    export = read_export(examples / "slack", "slack")
    assert export.rows == PUBLIC
    first, picture = export.posts[1], export.posts[3]
    assert (first.author.name, first.author.handle, first.group) == ("Odette Marsh", "odette", "general")
    assert [(media.path, media.alt) for media in picture.media] == [("IMG_1.jpg", "A tile with a long crack")]
    assert not any(post.author.email for post in export.posts)
    # Lists and private messages are known, so nothing but what lies beside the export is told of.
    assert [str(error).partition(": ")[0].rpartition("!")[2] for error in export.errors] == ["README.md"]


def test_private_messages_when_asked_for(read_export, examples):
    export = read_export(examples / "slack", "slack", messages=True)
    assert [(post.group, post.text) for post in export.of("message")] == [
        ("D0AAAAAA1", "Between us"),
        ("budget", "The quote is too high"),
    ]
    assert [row for row in export.rows if row[1] != "message"] == PUBLIC


def test_a_folder_that_no_list_names_is_private_by_its_name(read_export, tmp_path):
    for folder in ("DABCDEFGH", "mpdm-a--b-1", "lunch"):
        (tmp_path / folder).mkdir()
        day = [{"type": "message", "user": "U1", "ts": "1770121800.000200", "text": folder}]
        (tmp_path / folder / "2026-02-03.json").write_text(json.dumps(day))
    assert [post.text for post in read_export(tmp_path).posts] == ["lunch"]


def test_fields_of_the_wrong_type_hide_nothing_else(read_export, tmp_path):
    (tmp_path / "general").mkdir()
    day = [
        {"type": "message", "ts": 5, "text": {"a": 1}, "files": "x", "user": [1], "blocks": [None, {"elements": 3}]},
        {"type": "message", "ts": "1770121800.000200", "text": "still here", "files": [None, {"title": 4}]},
    ]
    (tmp_path / "general" / "2026-02-03.json").write_text(json.dumps(day))
    (tmp_path / "users.json").write_text("null")
    assert [post.text for post in read_export(tmp_path).posts] == ["still here"]
