"""Any CSV, TSV, JSON, JSON Lines or Parquet, by the columns that a person names: `--map text=Message,author=Name`."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, ClassVar

from policy428.errors import InputError, did_you_mean
from policy428.exports import Options, register
from policy428.exports.clock import day_comes_first
from policy428.exports.columns import FIELDS, Bound, ColumnMap, posts
from policy428.exports.decoding import start
from policy428.exports.jsonstream import Record, lines, records
from policy428.exports.scheduled import is_table, read_table
from policy428.exports.table import header
from policy428.exports.tree import Member, Tree, suffix
from policy428.readers import Item

_LINES = frozenset({".jsonl", ".ndjson"})
_LOOK = 50
_BATCH = 256
_MISSING = object()


@register
class Mapped:
    """Whatever has the column that was named for the text; with nothing named, nothing."""

    name: ClassVar[str] = "map"
    title: ClassVar[str] = "columns named with --map"
    platform: ClassVar[str] = "map"
    rank: int = 90  # with nothing named; see `configured`

    def __init__(self, columns: Mapping[str, str] | None = None) -> None:
        self._map = parse_columns(columns) if columns else None

    def configured(self, options: Options) -> Mapped:
        """This format with the columns of `options`. What a person names goes before what any format recognises.

        Raises:
            InputError: a field is unknown, or no column is named for the text.
        """
        chosen = Mapped(options.columns)
        if options.columns:
            chosen.rank = 0
        return chosen

    def claims(self, tree: Tree) -> Sequence[Member]:
        if self._map is None:
            return []
        return [member for member in tree if _fits(member, self._map)]

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        if self._map is None:
            return
        for member in members:
            if _way(member) == "table":
                yield from read_table(member, self._map, options)
            else:
                yield from _read_records(member, self._map, options)


def parse_columns(columns: Mapping[str, str]) -> ColumnMap:
    """The map of fields to columns, `{"text": "Message", "media": "Image 1+Image 2"}`; `+` stands between several.

    Raises:
        InputError: a field is unknown, or no column is named for the text.
    """
    for key in columns:
        if key not in FIELDS:
            raise InputError(f"a post has no field “{key}” to map", hint=did_you_mean(key, FIELDS))
    if not columns.get("text"):
        raise InputError("no column is named for the text", hint="write --map text=NAME")
    named = {key: tuple(part.strip() for part in name.split("+")) for key, name in columns.items()}
    return ColumnMap("map", "columns named with --map", named, kind="post", rank=0)


def _fits(member: Member, columns: ColumnMap) -> bool:
    way = _way(member)
    if way == "table":
        return "text" in columns.bind(header(member))
    if way is None:
        return False
    first = islice(_records(member, columns), _LOOK)
    return any(not isinstance(item, InputError) and _has(item[1], columns.columns["text"]) for item in first)


def _way(member: Member) -> str | None:
    """How a member is read: `parquet`, `lines`, `json`, `table`, or None."""
    kind = suffix(member)
    if kind == ".parquet":
        return "parquet"
    if kind in _LINES:
        return "lines"
    if (kind == ".json" or member.alone) and start(member).lstrip()[:1] in ("{", "["):
        return "lines" if _one_a_line(start(member)) else "json"
    return "table" if is_table(member) else None


def _one_a_line(begin: str) -> bool:
    """Whether a file begins like JSON Lines: an object on the first line and another on the second."""
    found = begin.split("\n", 2)
    return len(found) > 1 and found[0].rstrip().endswith("}") and found[1].startswith("{")


def _records(member: Member, columns: ColumnMap) -> Iterator[Record | InputError]:
    way = _way(member)
    if way == "parquet":
        return _rows_of_parquet(member)
    if way == "lines":
        return lines(member)
    # An object may be a post itself, or hold the list of posts under any name.
    alone = next(iter(records(member)), None) if start(member).lstrip()[:1] == "{" else None
    if alone is not None and not isinstance(alone, InputError) and _has(alone[1], columns.columns["text"]):
        return iter([alone])
    return records(member, "*")


def _read_records(member: Member, columns: ColumnMap, options: Options) -> Iterator[Item]:
    bound: Bound = columns.columns
    times = bound.get("time", ())[:1]
    sample = (item for item in islice(_records(member, columns), _LOOK) if times and not isinstance(item, InputError))
    day_first = day_comes_first(str(_at(item[1], times[0])) for item in sample)
    names = {name for several in bound.values() for name in several}
    for item in _records(member, columns):
        if isinstance(item, InputError):
            yield item
        elif isinstance(item[1], Mapping):
            cells = {name: value for name in names if (value := _at(item[1], name)) is not _MISSING}
            yield from posts(columns, bound, member, item[0], cells, options, day_first=day_first)
        else:
            yield member.error("is no object", record=item[0])


def _has(record: Any, names: Sequence[str]) -> bool:
    return any(_at(record, name) is not _MISSING for name in names)


def _at(record: Any, name: str) -> Any:
    """The value at `name`, a key or a path of keys, `content.text`; case does not count."""
    if not isinstance(record, Mapping):
        return _MISSING
    if name in record:
        return record[name]
    folded = {key.casefold(): key for key in record if isinstance(key, str)}
    if name.casefold() in folded:
        return record[folded[name.casefold()]]
    first, dot, rest = name.partition(".")
    if dot and first.casefold() in folded:
        return _at(record[folded[first.casefold()]], rest)
    return _MISSING


def _rows_of_parquet(member: Member) -> Iterator[Record | InputError]:
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError:
        yield member.error("Parquet cannot be read", hint="pip install policy428[parquet]")
        return
    number = 0
    try:
        # Parquet begins at its end: what lies in an archive is read whole, within the bound.
        source = member.path or io.BytesIO(member.whole())
        with parquet.ParquetFile(source) as table:
            for batch in table.iter_batches(batch_size=_BATCH):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
    except InputError as error:
        yield error
    except (arrow.ArrowException, OSError, ValueError):
        yield member.error(f"the Parquet is broken after record {number:,}; the rest is not read")
