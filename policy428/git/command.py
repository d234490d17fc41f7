"""Runs Git, with nothing of a person's own settings in what it answers."""

from __future__ import annotations

import subprocess
from pathlib import Path

from policy428.errors import InputError, Place

# Settings that change what `git diff` prints.
_PLAIN = (
    "-c", "core.quotePath=false", "-c", "diff.relative=false", "-c", "diff.interHunkContext=0", "-c", "color.ui=false",
)  # fmt: skip


def git(*arguments: str, folder: Path | None = None, may_fail: bool = False) -> bytes | None:
    """What Git prints; None where it fails and `may_fail`.

    Raises:
        InputError: Git is not installed, or failed; says what Git said, in its first line.
    """
    command = ["git", *_PLAIN, *arguments]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, stdin=subprocess.DEVNULL)
    except OSError as error:
        hint = "install Git" if isinstance(error, FileNotFoundError) else None
        raise InputError(f"git cannot be run: {error.strerror or error}", hint=hint) from None
    if done.returncode == 0:
        return done.stdout
    if may_fail:
        return None
    said = done.stderr.decode("utf-8", "replace").strip().splitlines() or [f"status {done.returncode}"]
    raise InputError(f"git {arguments[0]}: {said[0]}")


def text(*arguments: str, folder: Path | None = None) -> str | None:
    """The single line that Git prints; None where it fails."""
    found = git(*arguments, folder=folder, may_fail=True)
    return None if found is None else found.decode("utf-8", "surrogateescape").rstrip("\n")


def top_folder(folder: Path | None = None) -> Path:
    """The top folder of the working tree around `folder`, the working folder unless told.

    Raises:
        InputError: there is none.
    """
    found = text("rev-parse", "--show-toplevel", folder=folder)
    if not found:
        where = Place(str(folder)) if folder is not None else None
        raise InputError("no working tree of a Git repository", place=where, hint="run it inside a repository")
    return Path(found)
