from __future__ import annotations

import json

import pytest


def test_every_text_of_the_new_layout(read_export, examples):
    export = read_export(examples / "instagram" / "new")
    assert export.rows == [
        (None, "profile", "Ollas y café ☕", None, "bio"),
        (
            *(None, "comment", "¡Qué forma tan limpia!", "2024-05-13T11:33:20+00:00"),
            "string_map_data.Comentario.value",
        ),
        (None, "comment", "Hieno", "2024-05-13T11:35:00+00:00", "string_map_data.Kommentti.value"),
        (None, "comment", "", "2024-05-13T11:36:40+00:00", None),
        (None, "comment", "Slower next time", "2024-05-14T15:20:00+00:00", "string_map_data.Comment.value"),
        (None, "post", "The one that cracked", "2023-01-06T10:13:21+00:00", "media[0].title"),
        (None, "post", "Trimming", "2020-01-26T00:53:20+00:00", "media[0].title"),
        (None, "post", "Primer cuenco 🏺 — casi redondo", "2024-05-06T12:53:20+00:00", "media[0].title"),
        (
            *(None, "post", "Kiln day\n\nOnly the second has words", "2024-05-07T16:40:02+00:00"),
            "title+media[1].title",
        ),
        (None, "post", "", "2024-05-08T20:26:40+00:00", None),
        ("17900000000000001", "post", "Glaze № 7", "2024-05-10T00:13:20+00:00", "label_values[0].value"),
        (None, "post", "New me", "2019-01-20T16:00:00+00:00", "title"),
        (None, "post", "Centering in ten seconds", "2024-05-12T07:46:40+00:00", "media[0].title"),
        (None, "story", "¡Horno abierto!", "2024-05-11T04:00:00+00:00", "title"),
    ]
    assert [error.message for error in export.errors] == ["record 5: not a record of a layout that is known"]


def test_what_stands_around_the_posts(read_export, examples):
    posts = read_export(examples / "instagram" / "new").posts
    assert [post.author.email for post in posts if post.author.email] == ["amos.lund@example.org"]
    assert {(p.author.name, p.author.handle, p.author.bio, p.source.platform) for p in posts} == {
        ("Amos Lund", "amos_throws_clay", "Ollas y café ☕", "instagram")
    }
    assert [(m.path.rpartition("/")[2], m.kind) for post in posts for m in post.media if m.position] == [
        ("bowl.jpg", "image"),
        ("r.mp4", "video"),
    ]
    assert [post.group for post in posts if post.source.kind == "comment"] == [*["clay.friend"] * 3, "wheel.works"]
    assert [post.permalink for post in posts if post.permalink] == ["https://www.instagram.com/p/Cabc/"]


def test_one_post_alone_is_no_list_and_the_folder_tells_the_handle(read_export, examples):
    export = read_export(examples / "instagram" / "old")
    assert export.errors == []
    assert [(*row, post.author.handle) for row, post in zip(export.rows, export.posts, strict=True)] == [
        (
            *(None, "comment", "Nice foot ring", "2021-11-03T03:26:40+00:00", "string_list_data[0].value"),
            "amos_throws_clay",
        ),
        (
            *(None, "post", "One post alone is no list", "2021-11-03T00:40:00+00:00", "media[0].title"),
            "amos_throws_clay",
        ),
    ]


def test_every_text_of_the_oldest_layout(read_export, examples):
    export = read_export(examples / "instagram" / "oldest")
    assert export.rows == [
        (None, "comment", "Yours is rounder", "2018-04-04T09:00:00", "media_comments[0][1]"),
        (None, "post", "Mud season 💧", "2018-04-02T14:11:05", "photos[0].caption"),
        (None, "story", "Kiln’s on", "2018-04-03T08:00:00", "stories[0].caption"),
        (None, "profile", "Pots.", None, "bio"),
    ]
    assert [error.message for error in export.errors] == ["record 2: not a comment"]
    assert export.posts[-1].author.email == "amos.lund@example.org"


def test_conversations_are_read_only_where_asked_for(read_export, examples):
    folder = examples / "instagram" / "new"
    assert [post.text for post in read_export(folder, messages=True).of("message")] == ["¿Mañana a las diez?"]


@pytest.mark.parametrize(
    ("name", "content", "texts", "errors"),
    [
        ("x.json", '[{"media": [{"uri": "a.jpg", "creation_timestamp": 1, "title": "known"}]}, {"med', ["known"], 1),
        ("posts_1.json", '{"media": null, "title": "words", "creation_timestamp": 1}', ["words"], 0),
        ("stories.json", '{"ig_stories": null}', [], 1),
        ("stories.json", '{"ig_stories": {"uri": "a.jpg", "title": "alone", "creation_timestamp": 1}}', ["alone"], 0),
        ("reels.json", '{"ig_new_reels": [{"media": [{"uri": "a.mp4", "title": "new key"}]}]}', ["new key"], 0),
        ("posts_1.json", '[{"media": [{"uri": "a.jpg", "title": 7}]}]', [""], 1),
    ],
)
def test_lists_objects_and_nulls(read_export, tmp_path, name, content, texts, errors):
    folder = tmp_path / "media"
    folder.mkdir()
    (folder / name).write_text(content, encoding="utf-8")
    export = read_export(tmp_path, "instagram")
    assert ([post.text for post in export.posts], len(export.errors)) == (texts, errors)


def test_a_picture_without_words_under_labels_nobody_knows_is_no_comment_of_its_owners_name(read_export, tmp_path):
    data = {"Xyz": {"value": "clay.friend"}, "Abc": {"value": "", "timestamp": 1715600200}}
    comment = {"media_list_data": [{"uri": "media/other/gif.gif"}], "string_map_data": data}
    (tmp_path / "comments").mkdir()
    (tmp_path / "comments" / "post_comments_1.json").write_text(json.dumps([comment]))
    post = read_export(tmp_path).posts[0]
    assert (post.text, post.group, post.time) == ("", "clay.friend", "2024-05-13T11:36:40+00:00")


def test_its_pages_put_the_caption_over_the_block(read_export, tmp_path):
    block = (
        '<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder">'
        '<h2 class="_3-95 _2pim _a6-h _a6-i">Kiln &amp; coffee</h2>'
        '<div class="_3-95 _a6-p"><div><div><img src="media/posts/202405/k.jpg" class="_a6_o"/></div></div></div>'
        '<div class="_3-94 _a6-o">May 13, 2024 2:15 pm</div></div>'
    )
    (tmp_path / "posts_1.html").write_text(f'<html><body><main role="main">{block}</main></body></html>', "utf-8")
    export = read_export(tmp_path, "facebook-html")
    assert export.rows == [(None, "post", "Kiln & coffee", "2024-05-13T14:15:00", "h2")]
    assert export.posts[0].source.platform == "instagram"
    assert [media.path for media in export.posts[0].media] == ["media/posts/202405/k.jpg"]
