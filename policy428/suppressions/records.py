"""Suppressions written into records of JSON Lines: the field `ignore`, with all else left as it was written."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import TYPE_CHECKING

from policy428.errors import InputError
from policy428.mapped import Span
from policy428.post import check_ignore

if TYPE_CHECKING:
    from policy428.violation import Violation

_FIELD = "ignore"
_SPACE = re.compile(r"[ \t\r\n]*")


def with_fields(text: str, found: Sequence[Violation], reason: str) -> tuple[str, int]:
    """`text` with `found` suppressed in the records they are of, and how many of them are."""
    lines = text.split("\n")
    by_line: dict[int, list[str]] = {}
    for violation in found:
        by_line.setdefault(violation.source.line or 0, []).append(violation.rule)
    count = 0
    for number, names in by_line.items():
        if 0 < number <= len(lines):
            made = _with_names(lines[number - 1], sorted(set(names)), reason)
            if made is not None:
                lines[number - 1] = made
                count += len(names)
    return "\n".join(lines), count


def _with_names(line: str, names: Sequence[str], reason: str) -> str | None:
    """One record's line, or None where it is not understood."""
    try:
        record = json.loads(line)
        known = check_ignore(record.get(_FIELD))
        place, empty = _field(line)
    except (ValueError, RecursionError, AttributeError, InputError):
        return None
    # What has no reason gets one, unless reasons are not asked for, and then it is not among `names`.
    value = {**{name: why or None for name, why in known}, **dict.fromkeys(names, reason)}
    ascii_only = line.isascii() and "\\u" in line
    written = json.dumps(value, ensure_ascii=ascii_only)
    if len(place) == 0:
        written = f'{"" if empty else ", "}"{_FIELD}": {written}'
    new = line[: place.start] + written + line[place.end :]
    return new if json.loads(new) == {**record, _FIELD: value} else None


def _field(line: str) -> tuple[Span, bool]:
    """Where the value of the field stands, or the empty range where it can go; and whether the record has no field.

    Raises:
        ValueError: it is no object.
    """
    decoder = json.JSONDecoder()
    at = _skip(line, 0)
    if line[at] != "{":
        raise ValueError("no object")
    at = _skip(line, at + 1)
    found: Span | None = None
    empty = True
    end = at
    while line[at] != "}":
        empty = False
        name: str
        name, at = scanstring(line, at + 1)
        start = _skip(line, _skip(line, at) + 1)
        _, end = decoder.raw_decode(line, start)
        if name == _FIELD:
            found = Span(start, end)
        at = _skip(line, end)
        if line[at] == ",":
            at = _skip(line, at + 1)
    return found or Span(end, end), empty


def _skip(line: str, at: int) -> int:
    found = _SPACE.match(line, at)
    return found.end() if found else at
