"""Puts mended texts into the files they came from: encoding, line endings and all else stay as they were."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from policy428.errors import InputError, Place
from policy428.fixing.mending import Mended
from policy428.post import Post
from policy428.readers import reader_for
from policy428.readers.decode import decode, encode
from policy428.suppressions.files import write_whole

_WHOLE = ("text", "markdown", "html")
_LINES = "jsonl"


def can_mend(post: Post) -> bool:
    """Whether edits of `post` can be put back into the file it was read from."""
    source = post.source
    if source.member is not None or source.record is not None:
        return False
    name = reader_for(source.path).name
    if source.line is None:
        return name in _WHOLE
    # Halves of surrogate pairs were read as U+FFFD; what stood there is not guessed at.
    return name == _LINES and "\ufffd" not in post.text


def write(path: Path, mended: Iterable[Mended], backup: str = "") -> None:
    """Puts the mended posts of one file into it, all at once.

    Args:
        path: the file.
        mended: what came of its posts.
        backup: a suffix; the file as it was is kept under its name with it. None is kept when empty.

    Raises:
        InputError: the file cannot be read or written, or was changed since it was read.
    """
    name = str(path)
    real = Path(os.path.realpath(path))
    try:
        data = real.read_bytes()
        new = encode(_mended_text(decode(data, name).text, mended, name), data, name)
        if not os.access(real, os.W_OK):
            raise InputError("cannot be written: Permission denied", place=Place(name))
        if backup:
            shutil.copy2(real, Path(f"{path}{backup}"))
        write_whole(path, new)
    except OSError as error:
        raise InputError(f"cannot be mended: {error.strerror or error}", place=Place(name)) from None


def _mended_text(text: str, mended: Iterable[Mended], path: str) -> str:
    changed = InputError("was changed while it was checked", place=Place(path), hint="run the command again")
    lines = None
    for item in mended:
        old, new, line = item.before.post.text, item.after.post.text, item.before.post.source.line
        if line is None:
            if text != old:
                raise changed
            return new
        lines = lines or text.split("\n")
        found = text_field(lines[line - 1]) if line <= len(lines) else None
        if found is None or found[2] != old:
            raise changed
        start, end, _ = found
        lines[line - 1] = lines[line - 1][:start] + _string(new, lines[line - 1]) + lines[line - 1][end:]
    return text if lines is None else "\n".join(lines)


def text_field(line: str) -> tuple[int, int, str] | None:
    """Where in a JSON object on one line the value of its “text” stands, and what it says; None where it has none."""
    decoder = json.JSONDecoder()
    at = _blank(line, line.find("{") + 1)
    found = None
    try:
        while line[at] != "}":
            key, at = decoder.raw_decode(line, at)
            start = _blank(line, _blank(line, at) + 1)
            value, at = decoder.raw_decode(line, start)
            if key == "text" and isinstance(value, str):
                # Of two keys alike the last one counts.
                found = start, at, value
            at = _blank(line, at)
            if line[at] == ",":
                at = _blank(line, at + 1)
    except (IndexError, ValueError, RecursionError):
        return None
    return found


def _blank(line: str, at: int) -> int:
    """The next place from `at` on that is no white space."""
    while at < len(line) and line[at] in " \t\r\n":
        at += 1
    return at


def _string(text: str, line: str) -> str:
    """`text` as a JSON string, in ASCII where all of the line is."""
    return json.dumps(text, ensure_ascii=line.isascii())
