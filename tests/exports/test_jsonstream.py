"""JSON records as they stream: every layout, good records before a break, bounded records."""

import json
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy428.errors import InputError
from policy428.exports.jsonstream import lines, records, repaired, value
from policy428.exports.tree import Bounds, Member, open_tree

Make = Callable[..., Member]


@pytest.fixture
def member(tmp_path: Path) -> Make:
    def make(data: bytes | str | Any, bounds: Bounds | None = None) -> Member:
        if not isinstance(data, bytes | str):
            data = json.dumps(data)
        path = tmp_path / "data.json"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return next(iter(open_tree(str(path), bounds)))

    return make


def told(items: Any) -> list[Any]:
    return [item.message if isinstance(item, InputError) else item for item in items]


# layouts


@pytest.mark.parametrize(
    ("data", "keys", "expected"),
    [
        ([{"a": 1}, {"a": 2}], (), [(1, {"a": 1}), (2, {"a": 2})]),
        ([{"a": 1}, None, "x", 5, [], {"a": 2}], (), [(1, {"a": 1}), (6, {"a": 2})]),
        ({"a": 1}, (), [(1, {"a": 1})]),
        ({"a": [{"b": 1}]}, (), [(1, {"a": [{"b": 1}]})]),
        ({"ig_stories": [{"a": 1}]}, ("ig_stories", "ig_reels_media"), [(1, {"a": 1})]),
        ({"other": [{"b": 1}], "n": {"ig_stories": 0}, "ig_stories": [{"a": 1}]}, ("ig_stories",), [(1, {"a": 1})]),
        ({"ig_stories": {"a": 1}}, ("ig_stories",), [(1, {"a": 1})]),
        ({"ig_stories": None}, ("ig_stories",), []),
        ({"ig_stories": []}, ("ig_stories",), []),
        ({"a": 1}, ("ig_stories",), [(1, {"a": 1})]),
        ([{"ig_stories": [{"a": 1}]}], ("ig_stories",), [(1, {"ig_stories": [{"a": 1}]})]),
        ({"Comment": {"COMMENTS": {"CommentsList": [{"a": 1}]}}}, ("comment.Comments.commentslist",), [(1, {"a": 1})]),
        ({"Comment": None}, ("Comment.Comments.CommentsList",), [(1, {"Comment": None})]),
        ({"meta": [1, {}], "data": {"items": [{"a": 1}]}}, ("data.items",), [(1, {"a": 1})]),
        ({"meta": [1, 2], "data": {"items": [{"a": 1}]}}, ("*",), [(1, {"a": 1})]),
        (None, ("ig_stories",), []),
        (None, (), []),
        ([], (), []),
        ('"text"', (), []),
    ],
)
def test_every_layout_of_a_list(data: Any, keys: tuple[str, ...], expected: list[Any], member: Make) -> None:
    assert list(records(member(data), *keys)) == expected


def test_a_key_far_into_the_member(member: Make) -> None:
    data = {"before": [{"x": "y" * 100}] * 5_000, "deep": {"posts": [{"x": 0}]}, "posts": [{"a": 1}, {"a": 2}]}
    assert list(records(member(data), "posts")) == [(1, {"a": 1}), (2, {"a": 2})]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_encodings(encoding: str, member: Make) -> None:
    text = json.dumps([{"a": "Łódź 🦢"}], ensure_ascii=False)
    assert list(records(member(text.encode(encoding)))) == [(1, {"a": "Łódź 🦢"})]


def test_a_member_in_windows_1252_is_read(member: Make) -> None:
    data = json.dumps([{"a": "café – “ok”"}], ensure_ascii=False).encode("cp1252")
    assert list(records(member(data))) == [(1, {"a": "café – “ok”"})]


def test_numbers_beyond_64_bits_do_not_end_the_reading(member: Make) -> None:
    data = '[{"id": 1}, {"id": 123456789012345678901234567890}, {"f": 1.5}]'
    found = list(records(member(data)))
    assert [number for number, _ in found] == [1, 2, 3]
    assert found[1][1] == {"id": 123456789012345678901234567890}


# broken


@pytest.mark.parametrize(
    "rest", ['{"a": [1 2]}]', '{"a":', '{"a": "cut', "}", '{"a": 3}] trailing', "{'a': 3}]", '{"a": tru}]', "\0"]
)
def test_good_records_before_a_break_are_read(rest: str, member: Make) -> None:
    found = list(records(member('[{"a": 1}, {"a": 2}, ' + rest)))
    assert found[:2] == [(1, {"a": 1}), (2, {"a": 2})]
    errors = [item for item in found if isinstance(item, InputError)]
    assert len(errors) == 1 and errors[0] is found[-1]
    assert "the JSON is broken after record" in str(errors[0])


@pytest.mark.parametrize("data", [b"", b"   ", b"<html>", b"\xff\xd8\xff", b"var a = [1]", b"{", b"[", b'{"posts": ['])
def test_what_is_no_json_is_an_error(data: bytes, member: Make) -> None:
    found = list(records(member(data), "posts"))
    assert len(found) == 1 and isinstance(found[0], InputError)


def test_errors_never_show_what_was_written(member: Make) -> None:
    for text in ('[{"a": "my secret" x}]', "[my secret]", '{"my secret": [}'):
        for item in (*records(member(text)), *lines(member(text))):
            assert "secret" not in str(item)


def test_a_record_nested_too_deeply_is_an_error(member: Make) -> None:
    for depth in (150, 5_000):
        deep = "[" * depth + "]" * depth
        found = list(records(member(f'[{{"a": 1}}, {{"a": {deep}}}, {{"a": 2}}]', Bounds(depth=100))))
        assert found[0] == (1, {"a": 1})
        assert "nested deeper than 100 levels" in str(found[1])
        assert found[2:] == [(3, {"a": 2})]


def test_depth_that_would_cost_its_square_stops_soon(member: Make) -> None:
    waves = ("[" * 900 + "]" * 900 + ",") * 4_000
    for deep in ("[" * 500_000, '{"a": ' * 300_000, waves):
        start = time.monotonic()
        found = list(records(member('[{"a": 1}, ' + deep)))
        assert time.monotonic() - start < 10
        assert found[0] == (1, {"a": 1})
        assert "nested too deeply" in str(found[-1])


def test_brackets_in_strings_are_no_depth(member: Make) -> None:
    record = json.dumps({"a": 'sad :[ and "{" and \\'}) + ","
    found = list(records(member("[" + record * 30_000 + "{}]")))
    assert len(found) == 30_001
    assert not isinstance(found[-1], InputError)


def test_a_number_of_more_digits_than_python_converts_does_not_crash(member: Make) -> None:
    found = list(records(member('[{"a": 1}, {"a": ' + "9" * 70_000 + "}]")))
    assert found[0] == (1, {"a": 1})
    assert "number is too long" in str(found[-1])


@pytest.mark.parametrize(
    "data", ['[{"a": "%s"}]', '{"a": "%s"}', '{"posts": [{"a": "%s"}]}', "[[%s", '{"posts": "%s"}']
)
def test_a_record_beyond_the_bound_stops_in_little_memory(data: str, member: Make) -> None:
    item = member(
        data.replace("%s", "1," * 2_000_000 if data == "[[%s" else "x" * 10_000_000), Bounds(record_bytes=500_000)
    )
    tracemalloc.start()
    found = list(records(item, "posts"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found) == 1 and isinstance(found[0], InputError)
    assert peak < 30_000_000


def test_a_long_member_takes_little_memory_and_time(member: Make) -> None:
    record = json.dumps({"text": "word " * 40, "list": [{"a": 1}] * 10})
    item = member("[" + ",".join([record] * 10_000) + "]")
    began = time.monotonic()
    tracemalloc.start()
    count = sum(1 for _ in records(item))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 10_000 and peak < 5_000_000 and time.monotonic() - began < 30


# JSON Lines


def test_lines_and_what_is_wrong_with_one(member: Make) -> None:
    data = b'\xef\xbb\xbf{"a": 1}\r\n\r\n{"a": }\n[1]\n{"a": "\xe2\x80\xa8"}\n{"a": 9'
    assert told(lines(member(data))) == [
        (1, {"a": 1}),
        "record 3: not JSON: Expecting value at column 7",
        (4, [1]),
        (5, {"a": "\u2028"}),
        "record 6: not JSON: Expecting ',' delimiter at column 8",
    ]


def test_a_line_beyond_the_bound_is_passed_over(member: Make) -> None:
    data = '{"a": 1}\n{"a": "' + "x" * 300_000 + '"}\n{"a": 2}\n'
    assert told(lines(member(data, Bounds(record_bytes=1_000)))) == [
        (1, {"a": 1}),
        "record 2: longer than 1,000 characters, the limit for a line",
        (3, {"a": 2}),
    ]


def test_a_deep_line_and_a_long_number_are_errors(member: Make) -> None:
    data = "[" * 100_000 + "\n" + "1" * 5_000 + "\n" + "[" * 300 + "]" * 300 + '\n{"a": 1}\n'
    assert told(lines(member(data)))[3:] == [(4, {"a": 1})]
    assert all("nested" in item for item in told(lines(member(data)))[:3])


# whole values and mended strings


def test_a_whole_value(member: Make) -> None:
    assert value(member({"email": "a@example.org"})) == {"email": "a@example.org"}
    for data in (b"{", b"[" * 100_000):
        with pytest.raises(InputError, match=r"is not JSON|nested"):
            value(member(data))
    with pytest.raises(InputError, match="larger than 10 bytes"):
        value(member([1] * 10, Bounds(whole_bytes=10)))


@given(st.text())
def test_strings_that_meta_broke_are_mended(text: str) -> None:
    raw = text.encode("utf-8", "replace").decode("latin-1")
    assert repaired({"a": [raw, 5, None]}) == {"a": [text.encode("utf-8", "replace").decode("utf-8"), 5, None]}


@pytest.mark.parametrize("text", ["café", "Łódź", "ÿ", "plain", "🦢", "Ã"])
def test_strings_that_are_whole_stay(text: str) -> None:
    assert repaired(text) == text


_json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(items=st.lists(_json, max_size=6), key=st.sampled_from([None, "posts"]))
def test_records_are_the_objects_of_the_list(
    items: list[Any], key: str | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("json") / "a.json"
    path.write_text(json.dumps(items if key is None else {"n": 1, key: items}, ensure_ascii=False), encoding="utf-8")
    (item,) = open_tree(str(path))
    expected = [(number, record) for number, record in enumerate(items, 1) if isinstance(record, dict)]
    assert list(records(item, "posts")) == expected


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=200), start=st.sampled_from([b"", b"[", b'{"posts": [', b'[{"a": 1}, ']))
def test_any_bytes_end_in_records_or_one_error(
    data: bytes, start: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("bytes") / "a.json"
    path.write_bytes(start + data)
    try:
        (item,) = open_tree(str(path))
    except InputError:
        return  # by its first bytes an archive
    found = list(records(item, "posts", "*"))
    assert sum(isinstance(one, InputError) for one in found) <= 1
    list(lines(item))
