"""What was worked out from the shipped rules and lists, kept between runs, so that the next one starts sooner.

Only answers that depend on nothing but the text they were worked out from are kept, each under a hash of that text, in
one file of the user's cache folder; the file's name holds a hash of the code, so that a newer version begins anew. A
file that is damaged, of somebody else or open to others is passed over. Nothing of a post, a roster, a register or a
configuration comes in here: only the package's own data does.

Values are what `marshal` writes: numbers, texts, bytes, tuples, lists, sets and mappings of these.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from policy428.resources import PACKAGE

OFF = "POLICY428_NO_CACHE"
"""Environment variable that turns all of this off, whatever its value."""

_MOST_BYTES = 64_000_000
_DIGEST = 32
# Whatever a kept answer depends on besides its text.
_CODE = ("kept.py", "folding.py", "inflections.py", "phrases.py", "phraseset.py", "regexsafety.py", "yamlfile.py")
_DATA = ("rules", "wordlists", "profiles")


class Kept:
    """Answers by kind and text. Closed, as it is until `open`, it knows none and takes none."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._known: dict[bytes, bytes] = {}
        self._new: dict[bytes, bytes] = {}
        self._used: set[bytes] = set()

    @property
    def is_open(self) -> bool:
        """Whether answers are kept."""
        return self._path is not None

    def open(self, folder: Path | None = None) -> None:
        """Reads what is kept in `folder`, the user's cache folder unless told; does nothing where that cannot be."""
        if self._path is not None or os.environ.get(OFF):
            return
        folder = folder or cache_folder()
        tag = _tag()
        if folder is None or tag is None:
            return
        self._path = folder / f"compiled-{tag}.bin"
        self._known, self._new, self._used = _read(self._path), {}, set()

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Open inside, closed after."""
        self.open()
        try:
            yield
        finally:
            self.close()

    def close(self) -> None:
        """Writes what is new, as far as that can be done, and keeps nothing from here on."""
        path, known = self._path, self._known
        new, used = self._new, self._used
        self._path, self._known, self._new, self._used = None, {}, {}, set()
        if path is None or not new:
            return
        every = {**known, **new}
        if sum(map(len, every.values())) > _MOST_BYTES // 2:
            every = {key: every[key] for key in used if key in every}
        with suppress(OSError):
            _write(path, every)

    def find(self, kind: str, text: bytes) -> Any:
        """The answer kept for `text`, made anew each time; None where there is none."""
        if self._path is None:
            return None
        key = _key(kind, text)
        found = self._known.get(key)
        if found is None:
            return None
        self._used.add(key)
        return marshal.loads(found)

    def add(self, kind: str, text: bytes, value: Any) -> None:
        """Keeps the answer for `text`; one that cannot be written is not kept."""
        if self._path is None:
            return
        key = _key(kind, text)
        self._used.add(key)
        with suppress(ValueError):
            self._new[key] = marshal.dumps(value)


kept = Kept()
"""The one of this process."""


@cache
def _shipped() -> tuple[str, ...]:
    return tuple(f"{folder / name}{os.sep}" for folder in (PACKAGE, PACKAGE.parent) for name in _DATA)


def shipped(path: Path) -> bool:
    """Whether the file at `path` is part of the package's own data."""
    return str(path).startswith(_shipped())


def cache_folder() -> Path | None:
    """The folder for this program's caches, as each system has it; None where there is no home."""
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")  # noqa: PTH111 - Path.expanduser fails without a home
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111
    return Path(base) / "policy428" if base and os.path.isabs(base) else None  # noqa: PTH117 - as it is written


def _key(kind: str, text: bytes) -> bytes:
    return hashlib.blake2b(text, digest_size=16, person=kind.encode()[:16]).digest()


def _tag() -> str | None:
    """Stands for the code, interpreter and YAML parser that answers come from; None where the code has no source."""
    from importlib.util import find_spec

    digest = hashlib.blake2b(digest_size=12)
    digest.update(f"{sys.version}\0{marshal.version}\0{PACKAGE}".encode())
    try:
        for name in _CODE:
            digest.update((PACKAGE / name).read_bytes())
        spec = find_spec("yaml")
        if spec is not None and spec.origin is not None:
            found = Path(spec.origin).stat()
            digest.update(f"{spec.origin}\0{found.st_size}\0{found.st_mtime_ns}".encode())
    except OSError:
        return None
    return digest.hexdigest()


def _read(path: Path) -> dict[bytes, bytes]:
    try:
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    except OSError:
        return {}
    try:
        with os.fdopen(number, "rb") as file:
            if not _own(os.fstat(file.fileno())):
                return {}
            data = file.read(_MOST_BYTES + 1)
    except OSError:
        return {}
    if len(data) > _MOST_BYTES or hashlib.blake2b(data[_DIGEST:], digest_size=_DIGEST).digest() != data[:_DIGEST]:
        return {}
    found = marshal.loads(memoryview(data)[_DIGEST:])
    return found if isinstance(found, dict) else {}


def _own(found: os.stat_result) -> bool:
    """Whether it is a plain file that nobody but this user can have written."""
    if not stat.S_ISREG(found.st_mode):
        return False
    return os.name == "nt" or (found.st_uid == os.geteuid() and not found.st_mode & 0o077)


def _write(path: Path, every: dict[bytes, bytes]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    data = marshal.dumps(every)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        number = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(number, "wb") as file:
            file.write(hashlib.blake2b(data, digest_size=_DIGEST).digest())
            file.write(data)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    # What older versions left behind.
    for old in path.parent.glob("compiled-*.bin"):
        if old != path and _stale(old):
            with suppress(OSError):
                old.unlink()


def _stale(path: Path, days: int = 30) -> bool:
    import time

    try:
        return time.time() - path.stat().st_mtime > days * 86_400
    except OSError:
        return False
