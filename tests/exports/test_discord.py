from __future__ import annotations

import json

ROWS = [
    ("300000000000000001", "profile", "Marching band mom. Views mine.", None, "bio"),
    (
        "500000000000000001",
        "post",
        "Bus is **late** again <@300000000000000009>",
        "2026-02-01T18:00:05+00:00",
        "Contents",
    ),
    ("500000000000000002", "post", "Look at this", None, "Contents"),
    ("500000000000000021", "post", "Old times, good times", "2020-05-01T10:00:00+00:00", "Contents"),
]


def test_messages_in_servers(read_export, examples):
    export = read_export(examples / "discord", "discord")
    assert export.rows == ROWS
    profile, late, look, old = export.posts
    assert profile.author.email == "jo@kestrel.example"
    assert (late.author.handle, late.author.bio, late.author.email) == (
        "kestrel.j",
        "Marching band mom. Views mine.",
        None,
    )
    assert (late.group, old.group) == ("band-chat, Prairie Parents", "old-room in Gone Server")
    assert late.permalink == "https://discord.com/channels/400000000000000001/200000000000000001/500000000000000001"
    assert [media.kind for media in look.media] == ["image", "video"]
    assert [str(error).rpartition(": ")[2] for error in export.errors if "record 5" in str(error)] == [
        "the message's “Contents” are no text"
    ]


def test_direct_messages_when_asked_for(read_export, examples):
    export = read_export(examples / "discord", "discord", messages=True)
    assert [(post.id, post.text) for post in export.of("message")] == [("500000000000000011", "Just us")]


def test_a_channel_nothing_is_known_of_is_private(read_export, tmp_path):
    folder = tmp_path / "Nachrichten" / "c1"
    folder.mkdir(parents=True)
    message = {"ID": 1, "Timestamp": "2026-02-01 18:00:05", "Contents": "hush", "Attachments": ""}
    (folder / "messages.json").write_text(json.dumps([message]))
    assert not read_export(tmp_path).posts
    assert [post.source.kind for post in read_export(tmp_path, messages=True).posts] == ["message"]
