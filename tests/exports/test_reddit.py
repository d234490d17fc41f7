from __future__ import annotations

ROWS = [
    ("k1", "comment", "Stay off it. Nine inches of slush.", "2026-02-20T15:00:00+00:00", "body"),
    ("k3", "comment", "Fine, then.", None, "body"),
    ("d1", "draft", "Why I quit the board", "2026-02-25T10:00:00+00:00", "title"),
    (
        "1abcde",
        "post",
        'Ice out?\n\nAnyone been on **the north bay** yet?\n\nAsking for a friend, "Walt".',
        "2026-02-20T14:03:11+00:00",
        "title+body",
    ),
    ("1abcdf", "post", "Dawn on the dock", "2026-02-21T06:00:00+00:00", "title"),
]


def test_posts_comments_and_drafts(read_export, examples):
    export = read_export(examples / "reddit", "reddit")
    assert export.rows == ROWS
    comment, picture = export.posts[0], export.posts[-1]
    assert comment.permalink == "https://www.reddit.com/r/Fishing/comments/1abcde/ice_out/k1/"
    assert (comment.author.handle, comment.group, comment.markup) == ("lakewader", "r/Fishing", "markdown")
    assert [media.path for media in picture.media] == ["https://i.redd.it/dawn.jpg"]
    # The other tables hold no posts, or none that were asked for.
    assert [str(error).partition(": ")[0].rpartition("!")[2] for error in export.errors] == ["README.md"]


def test_private_messages_when_asked_for(read_export, examples):
    export = read_export(examples / "reddit", "reddit", messages=True)
    assert [(post.id, post.text) for post in export.of("message")] == [("m1", "boat\n\nStill for sale?")]
    assert [row for row in export.rows if row[1] != "message"] == ROWS


def test_addresses_are_never_echoed(read_export, examples):
    export = read_export(examples / "reddit", "reddit", messages=True)
    assert "203.0.113" not in repr(export.posts) + "".join(map(str, export.errors))


def test_a_table_of_votes_is_not_taken(read_export, tmp_path):
    (tmp_path / "post_votes.csv").write_text("id,permalink,direction\n9,https://www.reddit.com/r/x/comments/9/,up\n")
    export = read_export(tmp_path, "reddit")
    assert not export.posts
