"""Writes files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from policy428.errors import InputError, Place


def write_whole(path: Path, data: bytes, *, mode: int | None = None) -> None:
    """Puts `data` in the place of the file at `path`; a link is followed.

    Args:
        path: the file.
        data: what it is to hold.
        mode: its permissions; those that it has when None.

    Raises:
        InputError: it cannot be written; it is then as it was.
    """
    target = Path(os.path.realpath(path))
    made: str | None = None
    try:
        if mode is None:
            mode = target.stat().st_mode & 0o7777
        number, made = tempfile.mkstemp(prefix=f".{target.name[:50]}.", dir=target.parent)
        with os.fdopen(number, "wb") as file:
            file.write(data)
        Path(made).chmod(mode)
        Path(made).replace(target)
        made = None
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", place=Place(str(path))) from None
    finally:
        if made is not None:
            with suppress(OSError):
                Path(made).unlink()
