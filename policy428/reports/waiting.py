"""Output that waits for what has to stand before it: totals, rules. A big scan's waits on disk."""

from __future__ import annotations

import json
import shutil
from tempfile import SpooledTemporaryFile
from typing import TextIO

_IN_MEMORY = 4_000_000


class Waiting:
    """Text written now and shown later, beyond some megabytes in a file that nobody else can open."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(  # noqa: SIM115, as it is closed with the report
            _IN_MEMORY, mode="w+", encoding="utf-8", errors="backslashreplace", newline=""
        )
        self.parts = 0

    def add(self, text: str, between: str = "") -> None:
        """Puts `text` after what waits already, with `between` before it unless it is the first."""
        self._file.write((between if self.parts else "") + text)
        self.parts += 1

    def pour(self, out: TextIO) -> None:
        """Writes all that waited to `out`, once."""
        self._file.seek(0)
        shutil.copyfileobj(self._file, out)
        self._file.close()


def laid_out(value: object, line: str) -> str:
    """`value` as JSON, each line after `line`, a line break with blanks."""
    return line + json.dumps(value, ensure_ascii=False, indent=2).replace("\n", line)
