"""The plain Git hook: a file that checks the staged drafts before each commit."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

from policy428.errors import ConfigError, InputError, Place
from policy428.git.command import text, top_folder

NAME = "pre-commit"
MARK = "# policy428: checks the staged drafts before each commit."

_SCRIPT = """#!/bin/sh
{mark}
# Written by “policy428 init --git-hook”; write it anew the same way, or delete this file to be rid of it.
# What goes in spite of a finding: git commit --no-verify
python={python}
if [ -x "$python" ]; then
    exec "$python" -m policy428 check --diff
fi
exec policy428 check --diff
"""


def hook_path(folder: Path) -> tuple[Path, bool]:
    """Where the hook of the repository around `folder` lies, and whether it serves this repository alone.

    Git says where: `core.hooksPath` counts, and the working trees of one repository share their hooks.

    Raises:
        InputError: there is no Git or no repository with a working tree.
    """
    top = top_folder(folder)
    asked = text("rev-parse", "--git-path", "hooks", folder=top)
    if not asked:
        raise InputError("Git does not say where hooks lie", place=Place(str(top)))
    hooks = (top / Path(asked).expanduser()).resolve()
    common = (top / (text("rev-parse", "--git-common-dir", folder=top) or ".git")).resolve()
    return hooks / NAME, any(hooks.is_relative_to(own) for own in (common, top.resolve()))


def write_hook(folder: Path, *, force: bool = False) -> Path:
    """Writes the hook of the repository around `folder`; returns where.

    Raises:
        InputError: there is no Git or no repository with a working tree.
        ConfigError: there is a hook of another kind, or the folder for hooks serves other repositories too, and not
            `force`; or it cannot be written.
    """
    path, own = hook_path(folder)
    place = Place(str(path))
    if not own and not force:
        hint = "core.hooksPath names it; --force writes there"
        raise ConfigError("would run in every repository that shares this folder for hooks", place=place, hint=hint)
    if os.path.lexists(path) and not force and not _ours(path):
        hint = "add “policy428 check --diff” to it, or --force to write over it"
        raise ConfigError("is another hook", place=place, hint=hint)
    script = _SCRIPT.format(mark=MARK, python=shlex.quote(Path(sys.executable).as_posix()))
    fresh = path.with_name(f"{NAME}.policy428-{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            fresh.write_text(script, encoding="utf-8", newline="\n")
            fresh.chmod(0o755)
            fresh.replace(path)  # a link there is replaced, never written through
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        raise ConfigError(f"cannot be written: {error.strerror or error}", place=place) from None
    return path


def _ours(path: Path) -> bool:
    try:
        return not path.is_symlink() and MARK in path.read_text(encoding="utf-8", errors="replace").splitlines()[1:2]
    except OSError:
        return False
