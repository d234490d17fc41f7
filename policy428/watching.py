"""Which of the files written below a folder are drafts to look at, and when each was written last."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from policy428.config_files import NAMES, PYPROJECT
from policy428.errors import InputError, Place, Policy428Error
from policy428.readers import suffixes
from policy428.readers.files import SKIPPED

DEBOUNCE = 400
"""Milliseconds at most that changes are gathered in, since an editor writes a file in several steps."""

_IDLE = 250
# Names that editors give to what is not yet, or no longer, the draft.
_TEMPORARY_STARTS = (".", "~", "#", "flycheck_")
_TEMPORARY_ENDS = ("~", "#")
_CONFIGURATIONS = frozenset((*NAMES, PYPROJECT))


class Watched:
    """The drafts below some folders, or some drafts alone.

    Args:
        places: folders and files.

    Raises:
        InputError: one is not there.
    """

    def __init__(self, places: Sequence[str]) -> None:
        self.folders: list[Path] = []
        self.files: set[Path] = set()
        for place in places:
            # Changes are told by the names that files really have.
            path = Path(os.path.realpath(place))
            if path.is_dir():
                self.folders.append(path)
            elif path.is_file():
                self.files.add(path)
            else:
                raise InputError("no such file or folder", place=Place(place))
        self._seen: dict[Path, tuple[int, int]] = {}

    @property
    def roots(self) -> tuple[Path, ...]:
        """The folders to be watched; a single file is replaced when it is saved, and known by its folder."""
        return tuple(dict.fromkeys((*self.folders, *(file.parent for file in sorted(self.files)))))

    @property
    def recursive(self) -> bool:
        """Whether folders in them are watched too."""
        return bool(self.folders)

    def wants(self, path: str | Path) -> bool:
        """Whether the file is a draft that is watched: of a known suffix, not hidden, no editor's temporary file."""
        path = Path(path)
        if path in self.files:
            return True
        if path.suffix.lower() not in suffixes() or _temporary(path.name):
            return False
        for folder in self.folders:
            if path.is_relative_to(folder):
                between = path.relative_to(folder).parts[:-1]
                return not any(part.startswith(".") or part in SKIPPED for part in between)
        return False

    def configures(self, path: str | Path) -> bool:
        """Whether the file is a configuration."""
        return Path(path).name in _CONFIGURATIONS

    def saved(self, changed: Iterable[str]) -> list[Path]:
        """The drafts among `changed` that are there and were written since they were last asked for, in order."""
        found = []
        for path in sorted({Path(name) for name in changed}):
            if not self.wants(path):
                continue
            with suppress(OSError):  # deleted or moved in the meantime
                state = path.stat()
                now = state.st_mtime_ns, state.st_size
                if path.is_file() and self._seen.get(path) != now:
                    self._seen[path] = now
                    found.append(path)
        return found

    def changes(self) -> Iterator[set[str]]:
        """The names of files that were written, as they are, and now and then none; ends with a KeyboardInterrupt.

        From the first answer on no change is missed.

        Raises:
            Policy428Error: watchfiles is not installed.
            InputError: the system cannot watch the folders.
        """
        try:
            from watchfiles import Change, watch
        except ModuleNotFoundError:
            raise Policy428Error(
                "watching needs the package watchfiles", hint="pip install 'policy428[watch]'"
            ) from None

        def told(change: Change, path: str) -> bool:
            return change != Change.deleted and (self.wants(path) or self.configures(path))

        try:
            for changed in watch(
                *self.roots,
                watch_filter=told,
                debounce=DEBOUNCE,
                rust_timeout=_IDLE,
                yield_on_timeout=True,
                recursive=self.recursive,
            ):
                yield {path for _, path in changed}
        except OSError as error:
            hint = "set WATCHFILES_FORCE_POLLING=1 to look at the files from time to time instead"
            place = Place(str(self.roots[0]))
            raise InputError(f"cannot be watched: {error.strerror or error}", place=place, hint=hint) from None


def _temporary(name: str) -> bool:
    return name.startswith(_TEMPORARY_STARTS) or Path(name).stem.endswith(_TEMPORARY_ENDS)
