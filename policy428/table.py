"""Small CSV files kept by offices: any common encoding and separator, header names as people write them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from policy428.errors import ConfigError, Place

MAX_BYTES = 20_000_000
_SEPARATORS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its cells by field, and where it stands."""

    cells: Mapping[str, str]
    place: Place

    def get(self, field: str) -> str:
        """The cell of `field`, stripped; empty when the table has no such column."""
        return self.cells.get(field, "")


def read_table(path: Path, columns: Mapping[str, Sequence[str]], required: Sequence[tuple[str, ...]]) -> Iterator[Row]:
    """The rows of the CSV file `path`, blank ones left out.

    Args:
        path: the file.
        columns: for each field, the header names it may have (compared in lower case, letters and digits only).
        required: groups of fields; of each group at least one must have a column.

    Raises:
        ConfigError: the file cannot be read, or lacks a column; never shows a cell.
    """
    lines = read_text(path).splitlines()
    if not lines:
        return
    reader = csv.reader(lines, delimiter=_separator(lines[0]))
    by_header = {_plain(name): field for field, names in columns.items() for name in (field, *names)}
    try:
        header = next(reader)
        fields = [by_header.get(_plain(name), "") for name in header]
        _check(fields, header, columns, required, path)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                named = {field: cell.strip() for field, cell in zip(fields, cells, strict=False) if field}
                yield Row(named, Place(str(path), reader.line_num, 1))
    except csv.Error as problem:
        raise ConfigError(f"not a CSV file: {problem}", place=Place(str(path), reader.line_num)) from None


def read_text(path: Path) -> str:
    """The text of `path`: UTF-8, UTF-16 with a mark, or else Windows-1252.

    Raises:
        ConfigError: the file is missing, too large or binary.
    """
    place = Place(str(path))
    try:
        raw = path.read_bytes()
    except OSError as problem:
        raise ConfigError(f"cannot be read: {problem.strerror or problem}", place=place) from None
    if len(raw) > MAX_BYTES:
        raise ConfigError(f"larger than {MAX_BYTES:,} bytes, the limit for a table", place=place)
    try:
        if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return raw.decode("utf-16")
        if b"\x00" in raw:
            raise ConfigError("is a binary file, not CSV", place=place, hint="export the sheet as CSV")
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _separator(header: str) -> str:
    return max(_SEPARATORS, key=header.count) if any(mark in header for mark in _SEPARATORS) else ","


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _check(
    fields: Sequence[str],
    header: Sequence[str],
    columns: Mapping[str, Sequence[str]],
    required: Sequence[tuple[str, ...]],
    path: Path,
) -> None:
    for group in required:
        if not any(field in fields for field in group):
            wanted = " or ".join(f"“{field}”" for field in group)
            known = ", ".join(sorted({field for field in fields if field})) or "none that is known"
            raise ConfigError(
                f"the table has no column {wanted}",
                place=Place(str(path), 1, 1),
                hint=f"the first line must name the columns; found: {known}",
            )
