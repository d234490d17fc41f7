from __future__ import annotations

import tracemalloc
from itertools import pairwise

import pytest

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/{0}/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/{0}/"><channel><title>T</title>"""
ITEM = (
    "<item><title><![CDATA[Day {0}]]></title><content:encoded><![CDATA[{1}]]></content:encoded>"
    "<wp:post_id>{0}</wp:post_id><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>"
)
TAIL = "</channel></rss>"


def test_every_text_of_a_site(read_export, examples):
    export = read_export(examples / "wordpress", "wordpress")
    assert export.rows == [
        ("author:opal", "profile", "", None, "wp:author"),
        (
            None,
            "profile",
            "Prairie Band & Choir\n\nNotes from row three. Views are my own.",
            None,
            "channel.title+description",
        ),
        (
            "11",
            "post",
            "Winter concert &#8211; thank you\n\n<!-- wp:paragraph -->\n<p>What a night. The low brass "
            "<em>carried</em> the last piece.</p>\n<!-- /wp:paragraph -->\n\nA short thank you.",
            "2026-01-16T02:30:00+00:00",
            "title+content+excerpt",
        ),
        (
            "11#comment-3",
            "comment",
            "Loved the encore.\n\nSee you in spring!",
            "2026-01-16T03:02:11+00:00",
            "comment[3].content",
        ),
        (
            "11#comment-5",
            "reshare",
            "[&#8230;] the low brass carried [&#8230;]",
            "2026-01-17T10:00:00+00:00",
            "comment[5].content",
        ),
        (
            "12",
            "draft",
            "Rant, do not publish & sleep on it\n\nFirst paragraph without a tag\n\n"
            "Second one with a closing mark ]]> inside",
            "2026-02-01T09:00:00",
            "title+content",
        ),
        (
            "13",
            "draft",
            "Spring trip\n\n<p>Buses leave at six.</p>",
            "2026-04-01T11:00:00+00:00",
            "title+content",
        ),
        (
            "14",
            "post",
            "row-three\n\nThe trombones warm up.\n\nTaken before the doors opened.",
            "2026-01-16T02:00:00+00:00",
            "title+excerpt+content",
        ),
    ]


def test_the_address_an_account_is_registered_with_stands_in_its_profile_alone(read_export, examples):
    export = read_export(examples / "wordpress", "wordpress")
    assert [post.author.email for post in export.posts if post.author.email] == ["opal@prairieband.example"]
    assert export.posts[0].author.email == "opal@prairieband.example"


def test_author_picture_and_links(read_export, examples):
    posts = {post.id: post for post in read_export(examples / "wordpress", "wordpress").posts}
    assert posts["11"].author.name == "Opal Renwick"
    assert posts["11"].author.bio == "Notes from row three. Views are my own."
    assert posts["11"].permalink == "https://prairieband.example/2026/01/winter-concert/"
    assert posts["11"].markup == "html"
    assert posts["11#comment-3"].author.name == "Ned Falk"
    assert posts["11#comment-3"].permalink == "https://prairieband.example/2026/01/winter-concert/#comment-3"
    assert posts["13"].author.handle == "guest"
    assert [picture.alt for picture in posts["14"].media] == ["Four trombone players in black"]
    assert posts["14"].source.record == 4


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "9.9"])
def test_any_version_of_the_namespace(read_export, tmp_path, version):
    (tmp_path / "site.xml").write_text(HEAD.format(version) + ITEM.format(1, "Hello") + TAIL)
    assert read_export(tmp_path / "site.xml").of("post")[0].text == "Day 1\n\nHello"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("A \x08 control", "A  control"),
        ("caf\udce9", "café"),  # a byte of Windows-1252 in a file that says UTF-8
        ("one ]]]]><![CDATA[> two", "one ]]> two"),
    ],
)
def test_what_breaks_a_parser_does_not_break_the_reading(read_export, tmp_path, written, read):
    source = HEAD.format("1.2") + ITEM.format(1, written) + ITEM.format(2, "Next &amp; last") + TAIL
    (tmp_path / "site.xml").write_bytes(source.encode("utf-8", "surrogateescape"))
    export = read_export(tmp_path / "site.xml")
    assert [post.text for post in export.of("post")] == [f"Day 1\n\n{read}", "Day 2\n\nNext &amp; last"]
    assert not export.errors


def test_a_bare_ampersand_an_unknown_entity_and_words_before_the_file(read_export, tmp_path):
    source = (
        "<br />\n<b>Warning</b>: something in <b>/var/www</b>\n\n"
        + HEAD.format("1.2")
        + "<item><title>Pop & rock&nbsp;night &amp; more</title><wp:post_id>1</wp:post_id></item>"
        + TAIL
    )
    (tmp_path / "site.xml").write_text(source)
    export = read_export(tmp_path / "site.xml", "wordpress")
    assert [post.text for post in export.of("post")] == ["Pop & rock&nbsp;night & more"]
    assert not export.errors


def test_a_file_that_breaks_off_is_read_up_to_there_and_told(read_export, tmp_path):
    whole = HEAD.format("1.2") + "".join(ITEM.format(n, f"Text {n}") for n in range(1, 6))
    (tmp_path / "site.xml").write_text(whole[: whole.index("Text 5") + 4])
    export = read_export(tmp_path / "site.xml")
    assert [post.id for post in export.of("post")][:4] == ["1", "2", "3", "4"]
    assert len(export.errors) == 1
    assert "ends too early" in str(export.errors[0])


def test_a_tag_that_is_not_closed_is_told(read_export, tmp_path):
    broken = ITEM.format(2, "Two").replace("</title>", "")
    source = HEAD.format("1.2") + ITEM.format(1, "One") + broken + ITEM.format(3, "Three") + TAIL
    (tmp_path / "site.xml").write_text(source)
    export = read_export(tmp_path / "site.xml")
    assert export.of("post")[0].text == "Day 1\n\nOne"
    assert any("not well formed" in str(error) for error in export.errors)


def test_entities_of_a_file_are_never_expanded(read_export, tmp_path):
    names = "abcdefghij"
    lols = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names))
    source = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "lollollollol">'
        + lols
        + '<!ENTITY file SYSTEM "file:///etc/passwd">]>'
        + HEAD.format("1.2").split("?>", 1)[1]
        + ITEM.format(1, "fine")
        + "<item><title>&j; &file;</title><wp:post_id>2</wp:post_id></item>"
        + TAIL
    )
    (tmp_path / "site.xml").write_text(source)
    export = read_export(tmp_path / "site.xml", "wordpress")
    assert [post.text for post in export.of("post")] == ["Day 1\n\nfine", "&j; &file;"]


def test_nesting_beyond_the_parser_s_bound_ends_in_an_error(read_export, tmp_path):
    deep = "<a>" * 5_000 + "</a>" * 5_000
    (tmp_path / "site.xml").write_text(HEAD.format("1.2") + ITEM.format(1, "One") + deep + TAIL)
    export = read_export(tmp_path / "site.xml")
    assert [post.id for post in export.of("post")] == ["1"]
    assert "nested too deeply" in str(export.errors[0])


def test_utf_16(read_export, tmp_path):
    source = (HEAD.format("1.2") + ITEM.format(1, "Größe") + TAIL).replace("UTF-8", "UTF-16")
    (tmp_path / "site.xml").write_bytes(source.encode("utf-16"))
    assert read_export(tmp_path / "site.xml").of("post")[0].text == "Day 1\n\nGröße"


def test_memory_does_not_grow_with_the_file(read_export, tmp_path):
    peaks = []
    for count in (200, 4_000):
        path = tmp_path / f"{count}.xml"
        with path.open("w") as file:
            file.write(HEAD.format("1.2"))
            for number in range(count):
                file.write(ITEM.format(number, "words " * 200))
            file.write(TAIL)
        from policy428.exports import Options
        from policy428.exports.choose import read

        tracemalloc.start()
        assert sum(1 for _ in read([str(path)], Options())) == count + 1
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5 + 300_000
