from __future__ import annotations

from policy428.markup import parse


def test_pages_of_three_generators(read_export, examples):
    export = read_export(examples / "front-matter", "site")
    kinds = {post.source.member: (post.source.kind, post.time, post.author.name) for post in export.posts}
    assert kinds == {
        "eleventy/broken.md": ("post", None, None),
        "eleventy/notes.njk": ("draft", "2026-03-03", None),
        "hugo/content/posts/first-frost.md": ("post", "2026-01-05T07:15:00-06:00", "Pia Holm"),
        "hugo/content/posts/index-card.md": ("post", "2026-02-06T12:00:00+00:00", "Pia Holm, Tor Holm"),
        "hugo/content/posts/levy.md": ("draft", "2026-02-05", None),
        "jekyll/_drafts/someday.md": ("draft", None, None),
        "jekyll/_posts/2026-03-01-thaw.markdown": ("post", "2026-03-01", "Del Ruiz"),
        "jekyll/_posts/2026-03-02-off.md": ("draft", "2026-03-02", None),
        "jekyll/about.html": ("post", None, None),
    }


def test_texts_are_kept_as_written_and_read_without_their_front_matter(read_export, examples):
    posts = {post.source.member: post for post in read_export(examples / "front-matter", "site").posts}
    prose = {name: parse(post.text, post.markup).prose.text for name, post in posts.items()}
    assert prose["hugo/content/posts/first-frost.md"] == (
        "First frost & last tomatoes\n\nWe picked everything before dark.\n\nA full basket"
    )
    assert prose["hugo/content/posts/index-card.md"] == 'An index card\n\nKept in a "tin" box\n\nFlour, salt, patience.'
    assert prose["jekyll/_posts/2026-03-01-thaw.markdown"] == "Thaw\n\nThe creek is loud again."
    assert prose["jekyll/about.html"] == "About\n\nA porch & a light."
    assert "Still to be read." in prose["eleventy/broken.md"]
    frost, thaw = posts["hugo/content/posts/first-frost.md"], posts["jekyll/_posts/2026-03-01-thaw.markdown"]
    assert [(media.path, media.alt) for media in frost.media] == [
        ("frost.jpg", "Green tomatoes on a sill"),
        ("basket.png", None),
    ]
    assert [(media.path, media.alt) for media in thaw.media] == [("/assets/ice.jpg", "Ice on the creek")]
    assert thaw.role == "personal"
    assert thaw.permalink is None
    assert posts["jekyll/about.html"].permalink == "/about/"


def test_a_file_alone_needs_no_front_matter(read_export, tmp_path):
    for name, markup in (("draft.html", "html"), ("draft.md", "markdown"), ("draft.txt", "text")):
        (tmp_path / name).write_text("Just a thought")
        [post] = read_export(tmp_path / name).posts
        assert (post.text, post.markup, post.source.member) == ("Just a thought", markup, None)


def test_pages_of_archives_are_left_to_their_own_formats(read_export, tmp_path):
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages" / "message_1.html").write_text("<html><body>private words</body></html>")
    (tmp_path / "README.txt").write_text("Your archive")
    assert not read_export(tmp_path).posts


def test_a_binary_file_is_told(read_export, tmp_path):
    (tmp_path / "page.md").write_bytes(b"---\ntitle: x\n---\n\x00\x01")
    export = read_export(tmp_path / "page.md")
    assert not export.posts
    assert "binary" in str(export.errors[0])


def test_public_samples(read_export, samples):
    export = read_export(samples / "frontmatter", "site")
    read = {
        post.source.member: (post.author.name, " ".join(parse(post.text, post.markup).prose.text.split()))
        for post in export.posts
    }
    start = "Title title2 Hello. Just need three dashes"
    assert read == {
        "hello-world.txt": (None, "Hello, world! Well, hello there, world."),
        "empty-frontmatter.txt": (None, "I have frontmatter but no metadata."),
        "hello-json.md": ("bob", f"{start} And this might break."),
        "hello-toml.md": ("bob", f"{start} And this shouldn't break."),
    }
