"""CSV members row by row: any common encoding and separator, cells as text, rows bounded."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

from policy428.errors import InputError
from policy428.exports.decoding import encoding, start, text
from policy428.exports.tree import HEAD, Member

_SEPARATORS = (",", ";", "\t")
_LOOK_BYTES = 2**16
_LOOK_ROWS = 20
_MAX_COLUMNS = 5_000
_UNCLOSED = "a quotation mark is not closed"
_MENDS = 20
"""How many stray quotation marks of a member are mended before the rest is given up."""

Row = tuple[int, Mapping[str, str]]


def rows(
    member: Member, *, header: bool = True, separator: str | None = None, escape: str | None = None
) -> Iterator[Row | InputError]:
    """The rows of a CSV or TSV member with their numbers from 1, the header not counted, blank ones left out.

    A row is cell by column; without a header the columns are `1`, `2`, ... A column that stands twice is told apart as
    `Name (2)`. Missing cells are empty; cells beyond the header are kept in the column `""`, separated as in the file.
    An `InputError` stands for what cannot be read.

    Args:
        member: the member.
        header: the first row names the columns.
        separator: what stands between cells; found by looking when None.
        escape: what stands before a quotation mark inside a cell, where it is not doubled.
    """
    number = 0
    names: list[str] | None = None
    separator = separator or _separator(member)
    try:
        for cells in _cells(member, separator, escape):
            if isinstance(cells, InputError):
                number += cells.message != _UNCLOSED  # which is said of the row before
                yield member.error(cells.message, record=number or None)
            elif not any(cell.strip() for cell in cells):
                continue
            elif header and names is None:
                names = _names(cells)
            else:
                number += 1
                yield number, _row(cells, names, separator)
    except InputError as error:
        yield error


def header(member: Member, *, separator: str | None = None) -> list[str]:
    """The cells of a member's first row that is not blank; none where it cannot be read as a table."""
    for cells in _look(member, separator or _separator(member)):
        if any(cell.strip() for cell in cells):
            return _names(cells)
    return []


def first_rows(member: Member, *, separator: str | None = None) -> list[list[str]]:
    """The cells of a member's first rows, as many as its first bytes hold; for a look."""
    return _look(member, separator or _separator(member))


def _row(cells: list[str], names: list[str] | None, separator: str) -> Mapping[str, str]:
    if names is None:
        return {str(number): cell for number, cell in enumerate(cells, 1)}
    row = dict.fromkeys(names, "")
    row.update(zip(names, cells, strict=False))
    if any(cell.strip() for cell in cells[len(names) :]):
        row[""] = separator.join(cells[len(names) :])
    return row


def _names(cells: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    names = []
    for cell in cells:
        name = cell.strip().lstrip("\ufeff").strip('"').strip()
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def _cells(member: Member, separator: str, escape: str | None) -> Iterator[list[str] | InputError]:
    """The cells of each row; an error for a row that is too long, which most often is a stray quotation mark."""
    limit = member.bounds.record_bytes
    mends = width = 0
    with text(member) as stream:
        lines = _Lines(stream, limit)
        while True:
            reader = _reader(lines, separator, escape, limit)
            try:
                for cells in reader:
                    if len(cells) > _MAX_COLUMNS:
                        raise _TooLong
                    unclosed = lines.ended() and _unclosed(lines.row, separator, escape, limit)
                    if unclosed and width > 1 and _width(lines.row[1:], separator, escape, limit) == width:
                        raise _TooLong  # the mark was a stray one: what looks like its text are the rows after it
                    yield cells
                    if unclosed:
                        yield InputError(_UNCLOSED)
                    width = width or len(cells)
                    lines.row.clear()
                    lines.held = 0
                return
            except (csv.Error, _TooLong):
                yield InputError(f"{_UNCLOSED}, or the row is longer than the limit")
                mends += 1
                if mends > _MENDS:
                    raise member.error("too many rows are broken; the rest is not read") from None
                lines.back()


class _TooLong(Exception):
    """A row is beyond the limit."""


class _Lines:
    """The lines of a table, those of the row that is being read kept, so that reading may go on after its first."""

    def __init__(self, stream: TextIO, limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self._again: list[str] = []
        self.row: list[str] = []
        self.held = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else self._stream.readline(self._limit + 1)
        if not line:
            raise StopIteration
        self.row.append(line)
        self.held += len(line)
        if self.held > self._limit:
            raise _TooLong
        return line

    def ended(self) -> bool:
        """Whether no line is left."""
        if not self._again:
            line = self._stream.readline(self._limit + 1)
            if not line:
                return True
            self._again.append(line)
        return False

    def back(self) -> None:
        """Lets all lines of the row but the first be read again; skips the rest of a first line beyond the limit."""
        first = self.row[0] if self.row else ""
        while first and not first.endswith(("\n", "\r")):
            if self._again or len(self.row) > 1:
                break
            first = self._stream.readline(self._limit)
        self._again.extend(reversed(self.row[1:]))
        self.row.clear()
        self.held = 0


def _unclosed(lines: Iterable[str], separator: str, escape: str | None, limit: int) -> bool:
    """Whether the row that `lines` hold ends inside quotation marks."""
    try:
        list(_reader(lines, separator, escape, limit, strict=True))
    except csv.Error as error:
        return "end of data" in str(error)
    return False


def _width(lines: Iterable[str], separator: str, escape: str | None, limit: int) -> int:
    """How many cells the first row has that `lines` hold."""
    return len(next(iter(_reader(lines, separator, escape, limit)), ()))


def _separator(member: Member) -> str:
    """What most evenly parts the first rows into most cells."""
    best, score = ",", (0.0, 0)
    for separator in _SEPARATORS:
        counts = [len(cells) for cells in _look(member, separator) if any(cell.strip() for cell in cells)]
        if not counts or counts[0] < 2:
            continue
        even = sum(count == counts[0] for count in counts) / len(counts)
        if (round(even, 1), counts[0]) > score:
            best, score = separator, (round(even, 1), counts[0])
    return best


def _look(member: Member, separator: str) -> list[list[str]]:
    """The first rows, the last left out where it may be cut off."""
    head = member.head()
    if len(head) < member.size and b"\n" not in head and b"\r" not in head:
        head = member.head(_LOOK_BYTES)
    sample = start(member) if len(head) <= HEAD else head.decode(encoding(head), "replace")
    found: list[list[str]] = []
    try:
        for cells in _reader(io.StringIO(sample, newline=""), separator, None, _LOOK_BYTES):
            found.append(cells)
            if len(found) > _LOOK_ROWS:
                break
    except csv.Error:
        pass
    return found[:-1] if len(found) > 1 and len(head) < member.size else found


def _reader(
    lines: Iterable[str], separator: str, escape: str | None, limit: int, *, strict: bool = False
) -> Iterator[list[str]]:
    # The limit is one for the whole process; it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), limit + 1))
    return csv.reader(lines, delimiter=separator, doublequote=escape is None, escapechar=escape, strict=strict)
