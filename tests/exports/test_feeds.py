from __future__ import annotations


def test_a_podcast_keeps_every_one_of_its_summaries(read_export, examples):
    export = read_export(examples / "feeds" / "podcast.rss")
    assert export.rows == [
        (None, "profile", "Hall Pass\n\nTwo teachers, one microphone.", None, "title+description"),
        (
            "hp-3",
            "post",
            "Ep. 3: grading & <em>sleep</em>\n\n<p>We talk late nights.</p>\n\nWe talk late nights, at length.\n\n"
            'Late nights\n\n<p>Show notes with a <a href="https://hallpass.example/3">link</a>.</p>',
            "2026-02-03T06:00:00-06:00",
            "title+description+summary+subtitle+encoded",
        ),
        ("https://hallpass.example/2", "post", "Salt & pepper&nbsp;shakers", None, "description"),
    ]
    profile, third, second = export.posts
    assert profile.author.email == "bea@hallpass.example"
    assert (third.author.name, third.author.email) == ("Bea Lund", None)
    assert [(media.path, media.kind) for media in third.media] == [("https://hallpass.example/3.mp3", "audio")]
    assert second.author.name == "Guest Host"
    assert [(media.alt, media.kind) for media in second.media] == [("Two shakers on a desk", "image")]
    assert second.permalink == "https://hallpass.example/2"
    assert not export.errors


def test_atom(read_export, examples):
    export = read_export(examples / "feeds" / "journal.atom")
    assert export.rows == [
        (None, "profile", "Field notes\n\nWhat the creek did today", None, "title+subtitle"),
        (
            "urn:x-journal:1",
            "post",
            "High water &amp; mud\n\nUp a foot &lt; last year\n\n<div><p>Up <b>a foot</b> overnight.</p></div>",
            "2026-02-03T07:30:00-06:00",
            "title+summary+content",
        ),
        (
            "urn:x-journal:2",
            "draft",
            "Not yet\n\n<p>Waiting on numbers.</p>",
            "2026-02-04T07:30:00+00:00",
            "title+content",
        ),
        (
            "urn:x-journal:3",
            "comment",
            "Re: High water\n\nOur cellar is wet.",
            "2026-02-05T07:30:00+00:00",
            "title+content",
        ),
    ]
    assert export.posts[1].permalink == "https://creek.example/1"
    assert (export.posts[3].author.name, export.posts[3].author.bio) == ("Neighbor", None)


def test_rss_1(read_export, examples):
    export = read_export(examples / "feeds" / "bulletin.rdf")
    assert export.rows == [
        (None, "profile", "Bulletin\n\nTown talk", None, "title+description"),
        (
            "https://bulletin.example/9",
            "post",
            "Plow schedule\n\nNorth side first.",
            "2026-02-03T12:00:00+00:00",
            "title+description",
        ),
    ]


def test_an_entry_alone(read_export, tmp_path):
    (tmp_path / "one.xml").write_text(
        '<entry xmlns="http://www.w3.org/2005/Atom"><id>1</id><title>Only</title><content>a &lt; b</content></entry>'
    )
    assert read_export(tmp_path / "one.xml").rows == [("1", "post", "Only\n\na &lt; b", None, "title+content")]


def test_a_video_s_description_is_its_text(read_export, tmp_path):
    (tmp_path / "videos.xml").write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><entry><id>v</id>'
        '<title>Meet</title><media:group><media:title>Meet</media:title><media:content url="https://v.example/1"/>'
        "<media:description>All heats</media:description></media:group></entry></feed>"
    )
    assert read_export(tmp_path / "videos.xml").rows == [("v", "post", "Meet\n\nAll heats", None, "title+description")]


def test_other_xml_is_no_feed(read_export, tmp_path):
    (tmp_path / "map.xml").write_text(
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url/></urlset>'
    )
    export = read_export(tmp_path / "map.xml")
    assert not export.posts
    assert len(export.errors) == 1


def test_a_public_sample(read_export, samples):
    export = read_export(samples / "rss_atom")
    assert [(post.id, post.time) for post in export.of("post")] == [
        ("http://podcast/post", "2012-12-05T00:58:26+07:00"),
        ("http://vidjo/post", "2012-12-04T00:00:00+00:00"),
    ]
    assert all("ready to" in post.text for post in export.of("post"))
    assert [media.kind for post in export.of("post") for media in post.media] == ["audio", "video"]
    assert not export.errors
