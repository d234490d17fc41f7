from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from policy428.errors import InputError
from policy428.exports.meta.pages import blocks, is_page
from policy428.exports.tree import Bounds, open_tree

BLOCK = '<section class="_a6-g"><h2>t</h2><div class="_2ph_ _a6-p"><div class="_2pin">{0}</div></div></section>'


def read(path: Path, markup: str, **bounds: int) -> list[str]:
    path.write_text(f"<html><body><main>{markup}</main></body></html>", encoding="utf-8")
    member = next(iter(open_tree(str(path), Bounds(**bounds))))
    return [found.message if isinstance(found, InputError) else found[1].parts.text for found in blocks(member)]


def test_a_block_beyond_the_bound_is_told_of_and_the_next_is_read(tmp_path: Path) -> None:
    markup = BLOCK.format("before") + BLOCK.format("long " * 60_000) + BLOCK.format("after")
    assert read(tmp_path / "p.html", markup, record_bytes=100_000) == [
        "before",
        "record 2: larger than 100,000 characters, the limit for a block",
        "after",
    ]


def test_blocks_are_found_wherever_the_stream_is_cut(tmp_path: Path) -> None:
    for filling in range(65_480, 65_540, 3):
        assert read(tmp_path / "p.html", "x" * filling + BLOCK.format("one") + BLOCK.format("two")) == ["one", "two"]


@given(st.text(alphabet=st.sampled_from("ab<>&;/=\"' \n#é🎉")))
def test_whatever_stands_in_a_page_it_is_read_to_the_end(tmp_path_factory, junk: str) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path_factory.mktemp("pages") / "p.html"
    found = read(path, BLOCK.format("first") + BLOCK.format(junk) + BLOCK.format("last"))
    assert (found[0], found[-1], len(found)) == ("first", "last", 3)


def test_a_page_is_known_by_its_blocks(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><style>" + "x" * 100_000 + "</style>" + BLOCK)
    (tmp_path / "b.html").write_text("<html><body>my own page</body></html>")
    assert [is_page(member) for member in open_tree(str(tmp_path))] == [True, False]
