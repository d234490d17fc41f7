"""Schedules of several tools: the full list of posts of each golden table."""

from pathlib import Path
from typing import Any

import pytest

from policy428.errors import InputError
from policy428.exports import Options, formats
from policy428.exports.choose import plan, read
from policy428.exports.columns import column_map
from policy428.exports.scheduled import maps
from policy428.exports.tree import open_tree
from policy428.post import Author, Media, Post
from policy428.readers import Given

GOLDEN = Path(__file__).parents[2] / "examples" / "exports" / "scheduled"
W = "https://example.org/"

# text, time, kind, field, pictures with their alternative texts
EXPECTED: dict[str, tuple[str, list[tuple[str, str | None, str, str, list[tuple[str, str | None]]]]]] = {
    "hootsuite.csv": (
        "hootsuite",
        [
            ("Doors open at 8. Line up early!", "2026-03-14T09:30:00", "draft", "2", []),
            ("Two lines,\none post", "2026-03-15T16:00:00", "draft", "2", []),
            ("Quiet morning at the lake", "2026-03-16T07:05:00", "draft", "2", [(W + "lake.jpg", None)]),
        ],
    ),
    "buffer.csv": (
        "buffer",
        [
            ('Say "hi" to spring', "2026-03-14T09:30:00", "draft", "Text", [(W + "a.jpg", None), (W + "b.png", None)]),
            ("No time given", None, "draft", "Text", []),
        ],
    ),
    "sprout.csv": (
        "sprout",
        [
            ("Bake sale after the match", "2026-03-25T17:05:00", "draft", "message_text", [(W + "cake.jpg", None)]),
            ("Café crème", "2026-05-04T08:00:00", "draft", "message_text", []),
        ],
    ),
    "publer.csv": (
        "publer",
        [
            (
                "Pond life\n\nAlbum of the day\n\nA swan\n\nTwo ducks",
                "2026-03-14T09:30:00",
                "draft",
                "Title - For the video, pin, PDF+Text",
                [(W + "1.jpg", "A white swan on a pond"), (W + "2.jpg", None)],
            ),
            ("First!", "2026-03-14T09:30:00", "comment", "Comment(s) - Separated by ||", []),
            ("Second!", "2026-03-14T09:30:00", "comment", "Comment(s) - Separated by ||", []),
            ("Just words", None, "draft", "Text", []),
        ],
    ),
    "publer-old.csv": ("publer", [("Hello from the old sheet", "2026-03-14T09:30:00", "draft", "Message", [])]),
    "contentstudio.csv": (
        "contentstudio",
        [("Morning run by the river", "2026-03-14T09:30:00", "draft", "Message", [(W + "run.jpg", None)])],
    ),
    "socialbee.csv": (
        "socialbee",
        [
            (
                "Coffee first, then the hills",
                "2026-03-14T09:30:00+00:00",
                "draft",
                "text",
                [(W + "1.jpg", None), (W + "2.jpg", None), (W + "3.mp4", None)],
            )
        ],
    ),
    "metricool.csv": (
        "metricool",
        [
            (
                "Barns\n\nWhich one?\nVote below\n\nBarn\n\nSilo",
                "2026-03-14T09:30:00",
                "draft",
                "Facebook Title+Text+Twitter/X Poll Option 1+Twitter/X Poll Option 2",
                [(W + "1.jpg", "A red barn"), (W + "2.jpg", None)],
            ),
            ("Link in bio", "2026-03-14T09:30:00", "comment", "First Comment Text", []),
        ],
    ),
    "metricool-comma.csv": (
        "metricool",
        [("One picture", "2026-03-15T10:00:00", "draft", "Text", [(W + "2.jpg", "The second")])],
    ),
    "vistasocial.csv": (
        "vistasocial",
        [
            ("Open house\n\nOpen house on Sunday", "2026-12-15T17:05:00", "draft", "title+message", []),
            ("Parking behind the barn", "2026-12-15T17:05:00", "comment", "comment1", []),
        ],
    ),
    "gohighlevel.csv": (
        "gohighlevel",
        [("Skates sharpened while you wait", "2026-12-15T08:00:00", "draft", "content", [(W + "1.jpg", None)])],
    ),
    "ayrshare.csv": ("ayrshare", [("Ice is in", "2026-12-15T08:00:00+00:00", "draft", "post", [(W + "1.jpg", None)])]),
    "loose.tsv": (
        "schedule",
        [("Snow day", "2026-12-15T06:00:00", "draft", "Caption", [("snow.jpg", "Snow on a fence")])],
    ),
    "notes.csv": ("table", [("A row with an id as text", "2026-01-02", "post", "Message", [])]),
}


def posts(source: Path, options: Options | None = None) -> list[Post]:
    found = list(read([str(source)], options or Options()))
    assert [str(item) for item in found if isinstance(item, InputError)] == []
    return [item for item in found if isinstance(item, Post)]


def test_every_golden_table_has_its_posts_here() -> None:
    assert {path.name for path in GOLDEN.iterdir()} - {"README.md"} == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_posts_of_each_tool(name: str) -> None:
    platform, expected = EXPECTED[name]
    found = posts(GOLDEN / name)
    assert [
        (post.text, post.time, post.source.kind, post.source.field, [(item.path, item.alt) for item in post.media])
        for post in found
    ] == expected
    assert {post.source.platform for post in found} == {platform}
    assert {post.source.member for post in found} == {None}


def test_ids_groups_authors_and_what_is_given() -> None:
    assert [post.id for post in posts(GOLDEN / "notes.csv")] == ["1e5"]
    assert [post.group for post in posts(GOLDEN / "buffer.csv")] == ["Garden", None]
    assert {post.author.name for post in posts(GOLDEN / "metricool.csv")} == {"Prairie Photos"}
    given = Given(
        role="official", author=Author(name="Ann", email="ann@example.org"), group="Town", media=(Media("x.png"),)
    )
    first, second = posts(GOLDEN / "buffer.csv", Options(given))
    assert (first.role, first.author, first.group) == ("official", given.author, "Garden")
    assert (second.group, second.media) == ("Town", (Media("x.png"),))


def test_all_tables_of_a_folder_are_read_as_those_of_a_tool(tmp_path: Path) -> None:
    found = list(read([str(GOLDEN)], Options()))
    texts = [item.text for item in found if isinstance(item, Post)]
    wanted = [text for name, (tool, rows) in EXPECTED.items() if tool not in ("schedule", "table") for text, *_ in rows]
    assert sorted(texts) == sorted(wanted)
    (error,) = [item for item in found if isinstance(item, InputError)]
    assert "no format reads" in str(error)


def test_a_comment_has_the_id_of_its_post(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("ID,Caption,First comment,Scheduled\n7,Hello,Me first,2026-01-02\n")
    assert [(post.id, post.text) for post in posts(tmp_path / "a.csv")] == [("7", "Hello"), ("7#comment", "Me first")]


def test_a_mistyped_time_does_not_hide_a_schedule_without_a_header(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "01/02/2026 10:00,One\n02/31/2026 25:00,Two\n01/03/2026 1:00 PM,Three,https://x.org\n"
    )
    assert [(post.text, post.time) for post in posts(tmp_path / "a.csv")] == [
        ("One", "2026-01-02T10:00:00"),
        ("Two", None),
        ("Three", "2026-01-03T13:00:00"),
    ]


def test_a_picture_without_words_is_a_post_and_a_blank_row_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Text,Image URL,Tags,Posting Time\n,https://example.org/1.jpg,,\n ,,x,2026-01-02\n")
    assert [(post.text, len(post.media)) for post in posts(tmp_path / "a.csv")] == [("", 1)]


@pytest.mark.parametrize(
    "table",
    [
        "From,To,Date,Message\nAnn,Bob,2026-01-02,Private\n",
        "id,permalink,thread_id,date,ip,from,to,subject,body\n1,,,,,a,b,c,Private\n",
        "CONVERSATION ID,FROM,TO,DATE,CONTENT\n1,a,b,c,Private\n",
        "Name,Price\nChair,5\n",
        "2026-01-02 10:00:00,5,3\n2026-01-02 11:00:00,6,4\n",
    ],
)
def test_letters_and_other_tables_are_no_posts(table: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(table)
    found = list(read([str(tmp_path / "a.csv")], Options()))
    if table.startswith("2026"):
        assert all(isinstance(item, Post) for item in found)  # a number may be a post, as far as anyone can tell
    else:
        assert len(found) == 1 and "no format reads this file" in str(found[0])


def test_a_broken_row_is_told_with_its_number(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('Text,Image URL,Tags,Posting Time\none,,,\n"broken,,,\nthree,,,\nfour,,,\n')
    found = list(read([str(tmp_path / "a.csv")], Options()))
    assert [item.text for item in found if isinstance(item, Post)] == ["one", "three", "four"]
    assert ["record 2" in str(item) for item in found if isinstance(item, InputError)] == [True]


def test_each_map_is_a_format() -> None:
    assert set(maps()) <= set(formats())
    assert all(columns.known_by or columns.known_by_time for columns in maps().values())


def test_a_tool_can_be_chosen_by_name() -> None:
    tree = open_tree(str(GOLDEN / "publer.csv"))
    assert [kind.name for kind, _, _ in plan([tree], ["buffer"])] == ["unknown"]
    assert [kind.name for kind, _, _ in plan([tree], ["publer"])] == ["publer"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"text": "A", "tme": "B"}, "no field “tme”.*did you mean “time”"),
        ({"time": "A"}, "names no column for the text"),
    ],
)
def test_a_wrong_map_is_refused(data: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        column_map("mine", data)
