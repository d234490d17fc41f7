from __future__ import annotations

FOLDER = "instagram-amos_throws_clay-2025-08-24-AbCdEfGh"


def test_every_text(read_export, examples):
    export = read_export(examples / "threads" / FOLDER)
    assert export.errors == []
    assert export.rows == [
        (None, "post", "Taken down: the price list", "2025-06-15T15:06:40+00:00", "media[0].title"),
        (None, "profile", "Threads about pots", None, "bio"),
        (None, "comment", "agreed — let’s fire tomorrow", "2025-08-06T07:54:19+00:00", "media[0].title"),
        (None, "post", "Shelf no. 2 is full", "2025-08-07T11:41:00+00:00", "title"),
        (None, "post", "Quiet day at the wheel", "2025-08-08T15:27:39+00:00", "media[0].title"),
    ]
    assert [post.author.email for post in export.posts if post.author.email] == ["amos.lund@example.org"]
    assert {(post.author.handle, post.source.platform) for post in export.posts} == {("amos_throws_clay", "threads")}
    assert [media.position for post in export.posts for media in post.media] == [True]


def test_a_file_alone_is_known_by_its_key(read_export, tmp_path):
    (tmp_path / "t.json").write_text(
        '{"text_post_app_text_posts": {"media": {"title": "one", "creation_timestamp": 1}}}'
    )
    assert read_export(tmp_path / "t.json").rows == [
        (None, "post", "one", "1970-01-01T00:00:01+00:00", "media[0].title")
    ]
