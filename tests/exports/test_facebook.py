from __future__ import annotations

import json
import shutil
import zipfile

import pytest

A = "attachments[0].data[0]"


def fields(export):
    return [(*row[:4], post.source.record, row[4]) for post, row in zip(export.posts, export.rows, strict=True)]


def test_every_text_of_the_new_layout(read_export, examples):
    export = read_export(examples / "facebook" / "new")
    assert export.errors == []
    assert fields(export) == [
        (None, "profile", "Bread, birds and böcker. Views are mine.", None, 1, "bio"),
        (None, "comment", "¡Qué rico! Which flour?", "2024-05-29T16:26:40+00:00", 1, "data[0].comment.comment"),
        (None, "comment", "", "2024-05-29T16:28:20+00:00", 2, None),
        (None, "comment", "Line 4 is the late bus.", "2024-05-29T16:30:00+00:00", 3, "data[0].comment.comment"),
        (None, "post", "Two crates of jars, free on the porch.", "2024-06-10T06:13:20+00:00", 1, "data[0].post"),
        (None, "comment", "Still there at noon.", "2024-06-10T06:15:00+00:00", 1, "data[0].comment.comment"),
        (None, "draft", "Bake sale Saturday, may I post it here?", "2024-06-10T06:16:40+00:00", 1, "data[0].post"),
        (
            "900000000000003#edit-1714564950",
            *("post", "Første brød i år, crust like glass", "2024-05-01T12:02:30+00:00", 1, "label_values[0].value"),
        ),
        (
            "900000000000003#edit-1714565950",
            *("post", "Første brød i år 🍞 — crust like glass", "2024-05-01T12:19:10+00:00"),
            *(2, "label_values[0].value"),
        ),
        (
            "900000000000001",
            *("post", "Gratulerer med dagen, Ruth! 🎂", "2024-05-18T02:40:00+00:00", 1, "label_values[0].value"),
        ),
        (
            "900000000000002",
            *("post", "An unknown label, and the longest of the values here", "2024-05-18T02:48:20+00:00"),
            *(2, "label_values[0].value"),
        ),
        (None, "post", "Første brød i år 🍞 — crust like glass", "2024-05-01T12:00:00+00:00", 1, "data[0].post"),
        (None, "post", "Two loaves on a rack", "2024-05-02T12:00:00+00:00", 2, "data[0].post"),
        (
            *(None, "post", "Oven, door open\n\nIt blew out the pilot", "2024-05-03T12:00:00+00:00", 3),
            f"{A}.media.title+{A}.media.description",
        ),
        (None, "post", "Go vote, whichever way you lean.", "2024-05-04T12:00:00+00:00", 4, "data[0].post"),
        (None, "reshare", "Storm closes Highway 13", "2024-05-05T12:00:00+00:00", 5, f"{A}.external_context.name"),
        (
            *(None, "post", "Rye or wheat?\n\nRye\n\nWheat", "2024-05-06T12:00:00+00:00", 6),
            f"{A}.poll.question+{A}.poll.options[0].option+{A}.poll.options[1].option",
        ),
        (None, "post", "One entry, not in a list", "2024-05-08T12:00:00+00:00", 11, "data[0].post"),
        (None, "post", "Grandma’s scale, still true", "2023-07-22T04:26:40+00:00", 1, "description"),
        (None, "post", "", "2023-07-22T04:28:20+00:00", 2, "uri"),
        (None, "post", "Kneading\n\nTen minutes, sped up", "2023-07-22T04:43:20+00:00", 1, "title+description"),
        (None, "post", "Bake sale\n\nFor the band trip", "2023-03-28T10:56:40+00:00", 1, "name+description"),
        (None, "post", "Sold out by nine", "2023-03-28T10:40:00+00:00", 1, "photos[0].description"),
        (None, "comment", "Thank you all!", "2023-03-28T10:41:40+00:00", 1, "photos[0].comments[0].comment"),
        (None, "post", "", "2023-03-28T10:40:50+00:00", 1, "photos[1].uri"),
        (None, "story", "Monday mood 😴", "2024-06-21T20:00:00+00:00", 1, f"{A}.media.description"),
    ]


def test_what_stands_around_the_posts(read_export, examples):
    posts = read_export(examples / "facebook" / "new").posts
    assert {post.group for post in posts} == {None, "Elysian Swap & Sell", "Band Parents"}
    assert [(m.path.rpartition("/")[2], m.kind) for post in posts for m in post.media if m.position] == [
        ("loaf.jpg", "image")
    ]
    assert [post.permalink for post in posts if post.permalink] == ["https://www.facebook.com/ruth/posts/77"]
    assert {post.source.platform for post in posts} == {"facebook"}
    # The registered address stands in the profile alone; the bio, with what the owner works as, in every post.
    assert [post.author.email for post in posts if post.author.email] == ["nora.quisling@example.org"]
    assert {(post.author.name, post.author.handle, post.author.bio) for post in posts} == {
        (
            "Nora Quisling",
            "nora.quisling",
            "Bread, birds and böcker. Views are mine.\nParaprofessional, W-E-M Schools",
        )
    }


def test_every_text_of_the_old_layout(read_export, examples):
    export = read_export(examples / "facebook" / "old")
    assert export.errors == []
    assert export.rows == [
        (None, "comment", "Borrow mine", "2018-06-26T08:01:40+00:00", "data[0].comment.comment"),
        (None, "post", "Does anyone have a canoe rack?", "2018-06-26T08:00:00+00:00", "data[0].post"),
        (
            *(None, "post", "Starter, day by day\n\nFeed it at eight.\nDiscard half.", "2015-04-25T22:13:20+00:00"),
            "title+text",
        ),
        (None, "post", "Vår 2018", None, "name"),
        (None, "post", "Is snowed in.", "2009-01-01T08:53:20+00:00", "data[0].post"),
        (None, "post", "A file with one post alone", "2018-06-26T08:16:40+00:00", "data[0].post"),
        (None, "profile", "", None, None),
    ]
    assert [post.group for post in export.posts][:2] == ["Lake People", "Lake People"]


def test_conversations_are_read_only_where_asked_for_and_only_the_owners_words(read_export, examples):
    folder = examples / "facebook" / "new"
    assert read_export(folder).of("message") == []
    found = read_export(folder, messages=True)
    assert [(post.text, post.time) for post in found.of("message")] == [
        ("Up since four. Brød!", "2024-06-27T14:54:20+00:00")
    ]
    assert found.errors == []


def test_every_text_of_the_pages(read_export, examples):
    export = read_export(examples / "facebook" / "html", "facebook-html")
    assert export.rows == [
        (None, "profile", "Bread, birds and böcker.", None, "bio"),
        (None, "comment", "Borrow mine, I’m home", None, "cell[0]"),
        (None, "post", "First line & crust\nsecond line", "2024-05-01T12:00:00", "cell[0]"),
        (None, "post", "Two loaves on a rack", "2024-05-02T07:30:00", "cell[0]"),
        (None, "reshare", "Storm closes Highway 13", "2024-08-11T22:03:00", "cell[0]"),
        (None, "post", "Go vote.", "2024-07-01T18:25:04", "cell[0]"),
    ]
    assert [(m.path[-8:], m.position) for post in export.posts for m in post.media] == [("loaf.jpg", True)]
    assert export.posts[0].author.email == "nora.quisling@example.org"
    assert {post.author.name for post in export.posts} == {"Nora Quisling"}


def test_zipped_and_wrapped_it_is_the_same(read_export, examples, tmp_path):
    folder = examples / "facebook" / "new"
    packed = tmp_path / "facebook-nora-2024.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(folder.rglob("*.json")):
            archive.write(path, f"facebook-nora-2024/{path.relative_to(folder)}")
    export = read_export(packed)
    assert export.errors == []
    assert sorted(map(str, export.rows)) == sorted(map(str, read_export(folder).rows))


def test_a_file_alone_is_known_by_what_stands_in_it(read_export, examples, tmp_path):
    for name, count in (
        ("posts/your_posts__check_ins__photos_and_videos_1.json", 7),
        ("comments_and_reactions/comments.json", 3),
        ("posts/album/0.json", 3),
        ("stories/archived_stories.json", 1),
    ):
        renamed = tmp_path / "export.json"
        shutil.copy(examples / "facebook" / "new" / "your_facebook_activity" / name, renamed)
        export = read_export(renamed)
        assert ([p.source.platform for p in export.posts], export.errors) == (["facebook"] * count, [])


@pytest.mark.parametrize(
    ("name", "host", "read"),
    [("posts_1", "instagram", "instagram"), ("comments", "facebook", "facebook"), ("liked", "facebook", None)],
)
def test_a_file_of_labels_alone_is_known_by_its_name_and_its_addresses(read_export, tmp_path, name, host, read):
    label = [{"label": "URL", "value": f"https://www.{host}.com/p/1/"}, {"label": "Texto", "value": "Hola"}]
    path = tmp_path / f"{name}.json"
    path.write_text(json.dumps([{"timestamp": 5, "media": [], "label_values": label, "fbid": "7"}]))
    found = [(post.source.platform, post.text, post.id) for post in read_export(path).posts]
    assert found == ([(read, "Hola", "7")] if read else [])


@pytest.mark.parametrize(
    ("name", "content", "texts", "errors"),
    [
        ("your_posts_1.json", '[{"timestamp": 1, "data": [{"post": "good"}]}, {"timestamp": 2, "da', ["good"], 1),
        ("your_posts_1.json", "{ not json", [], 1),
        ("your_posts_1.json", "null", [], 1),
        ("your_posts_1.json", '[{"timestamp": 1, "data": [{"post": 5}]}, {"x": 1}]', [], 2),
        ("your_posts_1.json", '{"brand_new_key": [{"timestamp": 9, "data": [{"post": "found"}]}]}', ["found"], 0),
        ("your_posts_1.json", '{"timestamp": 3, "data": null, "title": "was live"}', [], 1),
        ("your_posts_1.json", '[{"timestamp": "soon", "data": [{"post": "when"}]}]', ["when"], 0),
        ("your_posts_1.json", '[{"timestamp": 4, "data": [{"post": "caf\\u00e9 as it is"}]}]', ["café as it is"], 0),
    ],
)
def test_what_is_broken_is_told_and_hides_nothing(read_export, tmp_path, name, content, texts, errors):
    (tmp_path / name).write_text(content, encoding="utf-8")
    export = read_export(tmp_path / name, "facebook")
    assert ([post.text for post in export.posts], len(export.errors)) == (texts, errors)
    assert not any("good" in str(error) for error in export.errors)


def test_an_album_is_streamed_by_no_key_of_its_own(read_export, tmp_path):
    # The album's `comments` are no list of records, whatever a file of comments looks like.
    album = {"name": "A", "photos": [], "comments": [{"timestamp": 1, "comment": "theirs", "author": "Ruth Example"}]}
    folder = tmp_path / "posts" / "album"
    folder.mkdir(parents=True)
    (folder / "3.json").write_text(json.dumps(album))
    assert [post.text for post in read_export(tmp_path).posts] == ["A"]


def test_other_peoples_comments_are_left_out_and_a_pages_carry_no_bio(read_export, tmp_path):
    (tmp_path / "profile_information").mkdir()
    profile = {"profile_v2": {"name": {"full_name": "Nora Quisling"}, "intro_bio": "Views are mine"}}
    (tmp_path / "profile_information" / "profile_information.json").write_text(json.dumps(profile))
    comments = {"comments_v2": [{"timestamp": 1, "data": [{"comment": {"comment": "Hi", "author": "Elysian Bakers"}}]}]}
    (tmp_path / "comments.json").write_text(json.dumps(comments))
    comment = read_export(tmp_path).of("comment")[0]
    assert (comment.author.name, comment.author.bio) == ("Elysian Bakers", None)


def test_a_public_sample_reads_well(read_export, samples):
    export = read_export(samples / "facebook" / "kawsay-mojibake")
    assert export.rows == [
        (None, "post", "Família", None, "name"),
        (None, "post", "Mi abuela 👵", "2022-07-28T09:20:00+00:00", "photos[0].description"),
        (None, "post", "", "2022-07-28T09:21:40+00:00", "photos[1].uri"),
        (None, "post", "Feliz Año Nuevo 🎉 — con José y Жанна", "2023-01-01T00:00:00+00:00", "data[0].post"),
        (
            *(None, "post", "Día en la playa ☀️\n\nAtardecer en la costa", "2022-08-01T01:00:00+00:00"),
            f"data[0].post+{A}.media.description",
        ),
        (None, "post", "", "2022-08-02T00:26:40+00:00", None),
    ]
    assert [error.place.path.rpartition("!")[2] for error in export.errors] == ["posts/your_posts_2.json"]


def test_pages_of_2018_have_other_classes(read_export, tmp_path):
    block = (
        '<div class="pam _3-95 _2pi0 _2lej uiBoxWhite noborder"><div class="_3-96 _2pio _2lek _2lel">{0}</div>'
        '<div class="_3-96 _2let">{1}</div><div class="_3-94 _2lem"><a href="https://x.example">{2}</a></div></div>'
    )
    status = block.format(
        "Nora updated her status.", '<div><div class="_2pin">Snow &lt;3</div></div>', "Dec 1, 2018, 9:05 PM"
    )
    photo = block.format("", '<a href="photos/1.jpg"><img src="photos/1.jpg"/></a><div class="_3-95">Ice</div>', "soon")
    (tmp_path / "your_posts.html").write_text(f"<html><body><div>{status}{photo}</div></body></html>", "utf-8")
    assert read_export(tmp_path).rows == [
        (None, "post", "Snow <3", "2018-12-01T21:05:00", "cell[0]"),
        (None, "post", "Ice", None, "cell[0]"),
    ]


def test_who_is_tagged_stands_by_name_and_an_events_words_count(read_export, tmp_path):
    event = {
        "life_event": {"title": "New oven", "description": "With @[12:2048:Ruth Example]", "photos": [{"uri": "o.jpg"}]}
    }
    posts = [{"timestamp": 1, "attachments": [{"data": [event]}], "data": []}]
    (tmp_path / "your_posts_1.json").write_text(json.dumps(posts))
    post = read_export(tmp_path).posts[0]
    assert (post.text, [m.path for m in post.media]) == ("New oven\n\nWith Ruth Example", ["o.jpg"])


def test_a_page_that_is_cut_off_gives_what_stood_before(read_export, tmp_path):
    block = '<section class="_a6-g"><h2>t</h2><div class="_2ph_ _a6-p"><div class="_2pin">{0}</div></div></section>'
    page = "<html><body><main>" + "".join(block.format(f"Post {n}") for n in range(3))
    (tmp_path / "your_posts_1.html").write_text(page + '<section class="_a6-g"><div class="_2pin">half', "utf-8")
    texts = [post.text for post in read_export(tmp_path, "facebook-html").posts]
    assert texts[:3] == ["Post 0", "Post 1", "Post 2"]


def test_each_of_several_peoples_exports_has_its_own_author(read_export, tmp_path):
    for name in ("Nora", "Opal"):
        posts = tmp_path / name / "your_facebook_activity" / "posts"
        profile = tmp_path / name / "personal_information" / "profile_information"
        posts.mkdir(parents=True)
        profile.mkdir(parents=True)
        (posts / "your_posts_1.json").write_text(json.dumps([{"timestamp": 1, "data": [{"post": f"by {name}"}]}]))
        (profile / "profile_information.json").write_text(json.dumps({"profile_v2": {"name": {"full_name": name}}}))
    posts = read_export(tmp_path).of("post")
    assert [(post.author.name, post.text) for post in posts] == [("Nora", "by Nora"), ("Opal", "by Opal")]


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        ("export-1.zip", "export-2.zip", True),
        ("export.zip", "export (1).zip", True),
        ("facebook-nora-27.08.2026-BuQQGj1c.zip", "facebook-nora-27.08.2026-x9Zb3.zip", True),
        ("facebook-nora-27.08.2026-BuQQGj1c.zip", "facebook-opal-27.08.2026-x9Zb3.zip", False),
        ("nora.zip", "opal.zip", False),
    ],
)
def test_the_parts_of_one_export_share_the_profile(read_export, tmp_path, first, second, shared):
    profile = "personal_information/profile_information/profile_information.json"
    with zipfile.ZipFile(tmp_path / first, "w") as archive:
        archive.writestr(profile, json.dumps({"profile_v2": {"name": {"full_name": "Nora"}}}))
    with zipfile.ZipFile(tmp_path / second, "w") as archive:
        archive.writestr(
            "your_facebook_activity/posts/your_posts_1.json", '[{"timestamp": 1, "data": [{"post": "hi"}]}]'
        )
    assert [post.author.name for post in read_export(tmp_path).of("post")] == ["Nora" if shared else None]
