from __future__ import annotations


def test_a_backup_holds_more_than_posts(read_export, examples):
    export = read_export(examples / "blogger" / "blog-03-02-2026.xml")
    blog = "tag:blogger.com,1999:blog-4417"
    assert export.rows == [
        (None, "profile", "Second Shelf\n\nA librarian reads. Opinions mine alone.", None, "title+subtitle"),
        (
            f"{blog}.post-71",
            "post",
            "Q &amp; A: long nights, long books\n\n<p>Three that kept me up &amp; happy.</p>"
            '<img alt="Stack of paperbacks" src="https://blogger.example/a.jpg">',
            "2026-02-10T18:30:00-06:00",
            "title+content",
        ),
        (
            f"{blog}.post-72",
            "draft",
            "Not sure I should say this.<br />Maybe later.",
            "2026-02-20T07:00:00-06:00",
            "content",
        ),
        (f"{blog}.page-73", "post", "About\n\nI shelve books.", "2025-01-05T07:00:00-06:00", "title+content"),
        (
            f"{blog}.post-74",
            "comment",
            "The second one made me cry on the bus and I am not sorry.",
            "2026-02-11T09:00:00-06:00",
            "content",
        ),
    ]
    assert not export.errors
    post, comment = export.posts[1], export.posts[-1]
    assert post.author.name == "Iris Vandal"
    assert post.author.bio == "A librarian reads. Opinions mine alone."
    assert post.permalink == "https://secondshelf.example/2026/02/long-nights.html"
    assert comment.author.name == "Moss"
    assert not any(post.author.email for post in export.posts)


def test_takeout(read_export, examples):
    export = read_export(examples / "blogger" / "takeout")
    blog = "tag:blogger.com,1999:blog-4417"
    assert export.rows == [
        (None, "profile", "Second Shelf", None, "title+subtitle"),
        (
            f"{blog}.post-81",
            "post",
            "Quiet hours\n\n<p>New chairs by the window.</p>\n\nChairs, at last",
            "2026-03-01T14:00:00+00:00",
            "title+content+metaDescription",
        ),
        (
            f"{blog}.post-82",
            "draft",
            "Overdue\n\n<p>A word about the roof.</p>",
            "2026-03-02T14:00:00+00:00",
            "title+content",
        ),
        (f"{blog}.post-83", "comment", "My back thanks you.", "2026-03-01T16:00:00+00:00", "content"),
    ]
    assert {post.source.platform for post in export.posts} == {"blogger"}
    assert not export.errors


def test_a_registered_address_stands_in_the_profile_alone(read_export, tmp_path):
    (tmp_path / "feed.atom").write_text(
        "<feed xmlns='http://www.w3.org/2005/Atom'><id>tag:blogger.com,1999:blog-1</id><title>B</title>"
        "<author><name>Ida</name><email>ida@b.example</email></author>"
        "<entry><id>1</id><title>Hi</title><author><name>Ida</name><email>ida@b.example</email></author></entry></feed>"
    )
    export = read_export(tmp_path / "feed.atom")
    assert [(post.source.kind, post.author.email) for post in export.posts] == [
        ("profile", "ida@b.example"),
        ("post", None),
    ]


def test_an_unreadable_rest_is_told(read_export, examples, tmp_path):
    data = (examples / "blogger" / "blog-03-02-2026.xml").read_bytes()
    (tmp_path / "blog.xml").write_bytes(data[: data.index(b"About")])
    export = read_export(tmp_path / "blog.xml")
    assert [post.source.kind for post in export.posts][:3] == ["profile", "post", "draft"]
    assert len(export.errors) == 1
