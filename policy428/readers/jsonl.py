"""JSON Lines: each line is a post with the fields of `Post`, so that any system can hand posts over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, ClassVar

from policy428.errors import InputError, Place
from policy428.post import Source
from policy428.readers import Given, Item, register
from policy428.readers.draft import make_post

_SURROGATE = re.compile("[\ud800-\udfff]")


@register
class JsonLinesReader:
    """Posts as JSON Lines."""

    name: ClassVar[str] = "jsonl"
    suffixes: ClassVar[tuple[str, ...]] = (".jsonl", ".ndjson")

    def read(self, text: str, path: str, given: Given) -> Iterator[Item]:
        # Not splitlines(): U+2028 and its like may stand raw inside a JSON string.
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield _read_line(line, path, number, given)


def _read_line(line: str, path: str, number: int, given: Given) -> Item:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        return InputError(f"not JSON: {error.msg}", place=Place(path, number, error.colno))
    except (ValueError, RecursionError):
        return InputError("not JSON: nested too deeply or a number too long", place=Place(path, number))
    if "\\u" in line:
        record = _whole(record)
    try:
        return make_post(record, given, Source(path, number))
    except InputError as error:
        return InputError(error.message, place=Place(path, number), hint=error.hint)


def _whole(value: Any) -> Any:
    """`value` with halves of surrogate pairs, which no output can be written with, made U+FFFD."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {key: _whole(item) for key, item in value.items()}
    return value
