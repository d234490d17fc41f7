"""Tables of scheduled posts, one format a tool: a tool is a YAML file in `maps/`, a few lines of column names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import ClassVar

from policy428.errors import InputError
from policy428.exports import Options, register
from policy428.exports.clock import day_comes_first, wall_time
from policy428.exports.columns import Bound, ColumnMap, column_map, posts
from policy428.exports.table import first_rows, header, rows
from policy428.exports.tree import Member, Tree, suffix
from policy428.readers import Item

MAPS = Path(__file__).parent / "maps"
_TABLES = frozenset({".csv", ".tsv"})
_LOOSE = frozenset({".txt", ""})
"""Suffixes of files that may be tables where they are given by themselves."""
_LOOK = 50


class Scheduled:
    """Tables of one tool."""

    name: ClassVar[str]
    title: ClassVar[str]
    platform: ClassVar[str]
    rank: ClassVar[int]
    columns: ClassVar[ColumnMap]

    def claims(self, tree: Tree) -> Sequence[Member]:
        return [member for member in tree if is_table(member) and self._fits(member)]

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        for member in members:
            yield from read_table(member, self.columns, options)

    def _fits(self, member: Member) -> bool:
        columns = self.columns
        if columns.alone and not member.alone:
            return False
        if columns.known_by_time is None:
            return columns.fits(_header(member))
        return _timed(member, columns.known_by_time)


def is_table(member: Member) -> bool:
    """Whether a member may be a table by its name."""
    return suffix(member) in _TABLES or (member.alone and suffix(member) in _LOOSE)


def read_table(member: Member, columns: ColumnMap, options: Options) -> Iterator[Item]:
    """The posts of a table whose columns are known."""
    names = _header(member) if columns.header else [str(number) for number in range(1, 100)]
    bound = columns.bind(names)
    day_first = day_comes_first(_times(member, columns, bound))
    for row in rows(member, header=columns.header):
        if isinstance(row, InputError):
            yield row
        else:
            yield from posts(columns, bound, member, row[0], row[1], options, day_first=day_first)


def _times(member: Member, columns: ColumnMap, bound: Bound) -> list[str]:
    """The first values of the column that holds the date: they tell how it is written."""
    dates = list(bound.get("time", ()))[:1]
    if not dates:
        return []
    found = islice(rows(member, header=columns.header), _LOOK)
    return [row[1].get(dates[0], "") for row in found if not isinstance(row, InputError)]


@lru_cache(maxsize=4096)
def _header(member: Member) -> tuple[str, ...]:
    return tuple(header(member))


@lru_cache(maxsize=4096)
def _timed(member: Member, number: int) -> bool:
    """Whether the first rows of a table without a header have a time of day in their column `number`, then a text.

    One in three may be otherwise: people mistype times.
    """
    found = [cells for cells in first_rows(member) if any(cell.strip() for cell in cells)]
    fitting = sum(
        len(cells) > number and "T" in (wall_time(cells[number - 1]) or "") and wall_time(cells[number]) is None
        for cells in found
    )
    return fitting > 0 and fitting * 3 >= len(found) * 2


@cache
def maps() -> dict[str, ColumnMap]:
    """The column maps that come with the package, by name.

    Raises:
        InputError: one is wrong.
    """
    from policy428.yamlfile import read

    return {path.stem: column_map(path.stem, read(path, InputError).data) for path in sorted(MAPS.glob("*.yaml"))}


for _name, _columns in maps().items():
    register(
        type(
            f"Scheduled_{_name}",
            (Scheduled,),
            {
                "name": _name,
                "title": _columns.title,
                "platform": _name,
                "rank": _columns.rank,
                "columns": _columns,
                "__doc__": f"A {_columns.title}.",
            },
        )
    )
