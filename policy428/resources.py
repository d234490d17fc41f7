"""Where the package's data lies: inside the installed wheel, or beside the package in a checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """The folder `rules`, `wordlists` or `profiles` shipped with the package.

    Raises:
        FileNotFoundError: the installation lacks it.
    """
    for folder in (PACKAGE / name, PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"policy428 is installed without its “{name}” folder; reinstall it")
