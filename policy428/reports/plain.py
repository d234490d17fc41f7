"""Text fit for a terminal: no control characters, and columns counted as a terminal shows them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

ELLIPSIS = "…"
_STAND_IN = "·"
_JOINER = "\u200d"
_SELECTORS = range(0xFE00, 0xFE10)


@dataclass(frozen=True, slots=True)
class Cell:
    """A character as shown, the columns it takes, and whether it is marked."""

    shown: str
    width: int
    marked: bool = False


def printable(text: str) -> str:
    """`text` on one line, with control, direction and other invisible characters made visible or left out."""
    return "".join(cell.shown for cell in cells(text, marked=False))


def cells(text: str, *, marked: bool) -> list[Cell]:
    """The characters of `text` as a terminal shows them."""
    return [Cell(*_shown(char), marked) for char in text]


def _shown(char: str) -> tuple[str, int]:
    if char in " \t\n\r\v\f\x85\u2028\u2029":
        return " ", 1
    category = unicodedata.category(char)
    if char == _JOINER or ord(char) in _SELECTORS or category in ("Mn", "Me"):
        return char, 0
    # Escape sequences would run, direction marks would turn the line round, zero-width characters would hide.
    if category in ("Cc", "Cf", "Cs"):
        return _STAND_IN, 1
    return char, 2 if unicodedata.east_asian_width(char) in "WF" else 1


def window(line: Sequence[Cell], width: int) -> list[Cell]:
    """The part of `line` that fits in `width` columns, around its first marked cells, with an ellipsis for the rest."""
    if sum(cell.width for cell in line) <= width:
        return list(line)
    marked = [number for number, cell in enumerate(line) if cell.marked] or [0]
    room = width - 2
    first = marked[0]
    lead = max(room - sum(cell.width for cell in line[first : marked[-1] + 1]), 0) // 2
    while first > 0 and lead >= line[first - 1].width:
        first -= 1
        lead -= line[first].width
    last = first
    while last < len(line) and room >= line[last].width:
        room -= line[last].width
        last += 1
    # What room is left at the end of the line goes to its beginning.
    while last == len(line) and first > 0 and room >= line[first - 1].width:
        first -= 1
        room -= line[first].width
    shown = list(line[first:last])
    if first > 0:
        shown.insert(0, Cell(ELLIPSIS, 1))
    if last < len(line):
        shown.append(Cell(ELLIPSIS, 1, line[last].marked))
    return shown


def underline(line: Sequence[Cell]) -> str:
    """A line of `^` below the marked cells."""
    return "".join(("^" if cell.marked else " ") * cell.width for cell in line).rstrip()
