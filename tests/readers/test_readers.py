from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from policy428 import plugins, readers
from policy428.errors import Policy428Error
from policy428.post import Author, Media, Post
from policy428.readers import Given, reader_for
from policy428.readers.drafts import Limits, read_drafts

Write = Callable[[str, str], Path]


def read(*paths: Path, given: Given | None = None, limits: Limits | None = None) -> list[Post | Policy428Error]:
    return list(
        read_drafts(
            [str(path) for path in paths],
            lambda path: given or Given(),
            limits=lambda path: limits or Limits(),
            notify=lambda note: None,
        )
    )


def one(path: Path, given: Given | None = None) -> Post:
    (post,) = read(path, given=given)
    assert isinstance(post, Post), post
    return post


@pytest.mark.parametrize(
    ("name", "markup"),
    [
        ("a.txt", "text"),
        ("a.md", "markdown"),
        ("a.MARKDOWN", "markdown"),
        ("a.html", "html"),
        ("a.htm", "html"),
        ("a", "text"),
    ],
)
def test_the_suffix_decides_the_markup(write: Write, name: str, markup: str) -> None:
    post = one(write(name, "Go *Bucs*"))
    assert (post.markup, post.text, post.id, post.source.line) == (markup, "Go *Bucs*", None, None)


def test_front_matter_gives_the_fields_of_the_post(write: Write) -> None:
    post = one(
        write(
            "a.md",
            "---\nrole: official\nauthor: {name: Jo, bio: Our page}\ngroup: WEM\nauthorized: true\n"
            "media: [logo.png]\ndate: 2026-09-01\nlayout: post\n---\nHello",
        )
    )
    assert post.text.startswith("---\nrole")
    assert (post.role, post.group, post.authorized, post.time) == ("official", "WEM", True, "2026-09-01")
    assert post.author == Author(name="Jo", bio="Our page")
    assert post.media == (Media("logo.png"),)


def test_a_draft_says_more_of_itself_than_the_command_line(write: Write) -> None:
    given = Given(role="classroom", author=Author(name="Ann", email="a@b.example"), group="G")
    post = one(write("a.md", "---\nrole: official\nauthor: Jo\n---\nHello"), given)
    assert (post.role, post.author, post.group) == ("official", Author(name="Jo", email="a@b.example"), "G")
    assert one(write("b.txt", "Hello"), given).role == "classroom"


def test_pictures_in_markdown_and_html_are_media(write: Write) -> None:
    assert [media.path for media in one(write("a.md", "![Ann](a.png) and ![x](b.mp4)")).media] == ["a.png", "b.mp4"]
    assert one(write("b.html", '<video src="b.mp4"></video>')).media == (Media("b.mp4", kind="video"),)


def test_a_wrong_front_matter_field_names_the_file(write: Write) -> None:
    path = write("a.md", "---\nrole: offical\n---\nHello")
    (error,) = read(path)
    assert str(error) == f"{path}: unknown role “offical” (did you mean “official”?)"


def test_a_bad_line_of_posts_is_an_error_and_the_rest_goes_on(write: Write) -> None:
    path = write(
        "posts.jsonl",
        '{"id": 7, "text": "one", "author": {"bio": "b"}}\n\n{"text": oops}\n{"id": "x"}\n[1]\n'
        + "[" * 100_000
        + '\n{"text": "line\u2028separator", "role": "clasroom"}\n{"text": "last \\ud83d end"}\n',
    )
    items = read(path, given=Given(author=Author(handle="@me")))
    posts = [item for item in items if isinstance(item, Post)]
    assert [(post.id, post.text, post.source.line) for post in posts] == [("7", "one", 1), (None, "last \ufffd end", 8)]
    assert posts[0].author == Author(handle="@me", bio="b")
    errors = [str(item) for item in items if not isinstance(item, Post)]
    assert [error.removeprefix(f"{path}:").split(":")[0] for error in errors] == ["3", "4", "5", "6", "7"]
    assert "oops" not in "".join(errors)


def test_limits_name_themselves_and_their_setting(write: Write) -> None:
    big, long, fine = write("a.txt", "x" * 101), write("b.txt", "x" * 51), write("c.txt", "x" * 50)
    first, second, third = read(big, long, fine, limits=Limits(file_bytes=100, post_characters=50))
    assert "100 bytes" in str(first) and "limits.file_bytes" in str(first)
    assert "50 characters" in str(second) and "limits.post_characters" in str(second)
    assert isinstance(third, Post)


def test_a_reader_of_another_package_is_found_by_its_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("shout", f"{__name__}:ShoutReader", "policy428.readers")
    monkeypatch.setattr(EntryPoint, "load", lambda self: ShoutReader)
    monkeypatch.setattr(plugins, "_entry_points", lambda group: [point])
    readers.readers.cache_clear()
    readers.suffixes.cache_clear()
    try:
        assert list(reader_for("x.SHOUT").read("hi", "x.shout", Given())) == [Post("HI")]
    finally:
        readers.readers.cache_clear()
        readers.suffixes.cache_clear()


class ShoutReader:
    name = "shout"
    suffixes = (".shout",)

    def read(self, text: str, path: str, given: Given) -> list[Post]:
        return [Post(text.upper())]
