"""Which files of a source are passed over, and what is told of them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePosixPath

from policy428.errors import InputError, Place

_ARCHIVES = frozenset({".zip", ".tar", ".gz", ".tgz", ".bz2", ".tbz2", ".tbz", ".xz", ".txz"})
_LITTER = ("Thumbs.db", "desktop.ini")


class Passed:
    """Counts what is passed over in a source, by reason, for one line each however often it happens."""

    def __init__(self, path: str) -> None:
        self._path = whole(path)
        self._counts: Counter[tuple[str, str | None]] = Counter()
        self._first: dict[tuple[str, str | None], str] = {}

    def add(self, reason: str, name: str, hint: str | None = None) -> None:
        """One more of `reason`, a plural ("symbolic links")."""
        self._counts[reason, hint] += 1
        self._first.setdefault((reason, hint), name)

    def problems(self) -> list[InputError]:
        """One line for each reason."""
        return [
            InputError(
                f"{reason}: {count:,}, first “{shown(self._first[reason, hint])}”", place=Place(self._path), hint=hint
            )
            for (reason, hint), count in self._counts.items()
        ]


def shown(name: str) -> str:
    """A member's name as a message may show it: short, one line, printable."""
    plain = "".join(letter if letter.isprintable() else "\ufffd" for letter in name)
    return plain if len(plain) <= 120 else f"{plain[:60]}…{plain[-59:]}"


def whole(name: str) -> str:
    """A file's name without the bytes in it that are no text, which no report could be written with."""
    return name if name.isascii() else name.encode("utf-8", "replace").decode("utf-8")


def safe_name(name: str) -> str | None:
    """A member's name in an archive with `/` between folders; None where it is absolute or climbs out."""
    plain = name.replace("\\", "/")
    if plain.startswith("/") or re.match("[A-Za-z]:", plain) or "\0" in plain:
        return None
    parts = [part for part in plain.split("/") if part not in ("", ".")]
    return None if ".." in parts or not parts else "/".join(parts)


def is_archive(name: str) -> bool:
    """Whether a file is an archive by its name."""
    return PurePosixPath(name).suffix.lower() in _ARCHIVES


def hidden(name: str) -> bool:
    """Whether a member is a hidden file, in a hidden folder, or what a Mac adds to a zip."""
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/")) or name.endswith(_LITTER)
