from __future__ import annotations

import pytest

HEADER = "Post ID,Page ID,Page name,Title,Description,Publish time,Permalink\n"


def test_facebook_posts_with_english_headers(read_export, examples):
    export = read_export(examples / "meta-business" / "content.csv")
    assert export.errors == []
    assert export.rows == [
        (
            *("122158000000000123", "post", "Sourdough night\nDoors at six, bring a jar.", "2024-05-13T18:30:00"),
            "Description",
        ),
        (
            *(None, "post", "Oven tour\n\nWe open the brick oven, ask us anything.", "2024-05-14T09:05:00"),
            "Title+Description",
        ),
        ("122158000000000125", "post", "", "2024-05-15T07:00:00", None),
    ]
    assert {(post.author.name, post.group) for post in export.posts} == {("Elysian Bakers Guild",) * 2}
    assert export.posts[1].permalink == "https://www.facebook.com/reel/77"


@pytest.mark.parametrize(
    ("name", "row", "platform"),
    [
        (
            "instagram-de.csv",
            ("17900000000000001", "story", "Süßes am Samstag", "2024-09-01T18:00:00", "Beschreibung"),
            "instagram",
        ),
        (
            "page-insights.csv",
            (
                *("271828182845_314159265358", "post", "Free rolls, while they last", "2015-09-30T18:42:00"),
                "Post Message",
            ),
            "facebook",
        ),
        (
            "unknown-language.csv",
            ("122158000000000200", "post", "Ruisleipää\n\nTuo oma kori.", "2024-05-13", "Otsikko+Kuvaus"),
            "facebook",
        ),
    ],
)
def test_other_headers(read_export, examples, name, row, platform):
    export = read_export(examples / "meta-business" / name)
    assert (export.rows, export.errors) == ([row], [])
    assert export.posts[0].source.platform == platform


@pytest.mark.parametrize("ruined", ["1.22158E+17", "1,22E+17", "122158000000000000", "########"])
def test_an_id_that_a_spreadsheet_ruined_is_none(read_export, tmp_path, ruined):
    row = f'"{ruined}",61571000000111,Bakers,,Rolls,05/13/2024 18:30,https://www.facebook.com/1/posts/2\n'
    (tmp_path / "posts.csv").write_text(HEADER + row)
    assert [post.id for post in read_export(tmp_path / "posts.csv").posts] == [None]


def test_a_table_of_something_else_is_let_be(read_export, tmp_path):
    (tmp_path / "people.csv").write_text("Title,Description,Name,Time\nDr,x,Opal,noon\n")
    assert read_export(tmp_path / "people.csv", "meta-business").posts == []
