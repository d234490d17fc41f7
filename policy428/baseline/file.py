"""The file of a baseline: JSON, sorted, a line a finding, so that a change of it can be read."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Self

from policy428.baseline.fingerprint import Fingerprint
from policy428.errors import InputError, Place
from policy428.suppressions.files import write_whole

FORMAT = "policy428 baseline"
VERSION = 1
_LIMIT = 200_000_000
_HINT = "make a new one: policy428 baseline create FILES --baseline FILE"


class Baseline:
    """Known findings, by file.

    Args:
        path: where it is kept.
        key: that of its hashes; a random one when None.
        files: for each hashed file how often each hashed finding is known.
    """

    def __init__(self, path: Path, key: bytes | None = None, files: Mapping[str, Mapping[str, int]] | None = None):
        self.path = path
        self.folder = path.absolute().parent
        self.key = key or secrets.token_bytes(16)
        self.files: dict[str, Counter[str]] = {name: Counter(found) for name, found in (files or {}).items()}

    @classmethod
    def load(cls, path: Path) -> Self:
        """The baseline in the file at `path`.

        Raises:
            InputError: it cannot be read, or is no baseline of this version.
        """
        place = Place(str(path))
        try:
            if path.stat().st_size > _LIMIT:
                raise InputError("is too large for a baseline", place=place, hint=_HINT)
            data = json.loads(path.read_bytes())
        except FileNotFoundError:
            raise InputError("there is no such baseline", place=place, hint=_HINT) from None
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror or error}", place=place) from None
        except (ValueError, RecursionError):
            raise InputError("is not JSON, and so no baseline", place=place, hint=_HINT) from None
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise InputError("is no baseline", place=place, hint=_HINT)
        if data.get("version") != VERSION:
            raise InputError(f"is a baseline of version {data.get('version')}, not {VERSION}", place=place, hint=_HINT)
        return cls(path, _key(data.get("key"), place), _files(data.get("findings"), place))

    def save(self) -> None:
        """Writes it, readable by its owner alone where the system can.

        Raises:
            InputError: it cannot be written.
        """
        findings = {name: dict(sorted(found.items())) for name, found in sorted(self.files.items()) if found}
        data = {"format": FORMAT, "version": VERSION, "key": self.key.hex(), "findings": findings}
        write_whole(self.path, (json.dumps(data, indent=2) + "\n").encode(), mode=0o600)

    @property
    def size(self) -> int:
        """How many findings it knows."""
        return sum(found.total() for found in self.files.values())

    def file_of(self, name: str) -> str:
        """The hash of a file."""
        return self._hash("file", name)

    def finding_of(self, fingerprint: Fingerprint) -> str:
        """The rule, and the hash of a finding in its file."""
        return f"{fingerprint.rule} {self._hash(fingerprint.file, fingerprint.rule, fingerprint.mark)}"

    def counted(self, found: Iterable[Fingerprint]) -> dict[str, Counter[str]]:
        """Findings hashed and counted, as `files` holds them."""
        files: dict[str, Counter[str]] = {}
        for item in found:
            files.setdefault(self.file_of(item.file), Counter())[self.finding_of(item)] += 1
        return files

    def _hash(self, *parts: str) -> str:
        data = "\0".join(parts).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(data, key=self.key, digest_size=10).hexdigest()


class Known:
    """What a run has met of a baseline: of a finding that it knows twice, two are known and a third is new."""

    def __init__(self, baseline: Baseline) -> None:
        self.baseline = baseline
        self._left = {name: Counter(found) for name, found in baseline.files.items()}

    def take(self, fingerprint: Fingerprint) -> bool:
        """Whether this one is known; each time it is, one less is left."""
        left = self._left.get(self.baseline.file_of(fingerprint.file))
        name = self.baseline.finding_of(fingerprint)
        if not left or left[name] <= 0:
            return False
        left[name] -= 1
        return True

    def give_back(self, fingerprint: Fingerprint) -> None:
        """Counts one that was taken as not met after all."""
        self._left[self.baseline.file_of(fingerprint.file)][self.baseline.finding_of(fingerprint)] += 1


def _key(value: Any, place: Place) -> bytes:
    try:
        key = bytes.fromhex(value)
    except (TypeError, ValueError):
        key = b""
    if not 8 <= len(key) <= 64:
        raise InputError("is a baseline without its key", place=place, hint=_HINT)
    return key


def _files(value: Any, place: Place) -> dict[str, dict[str, int]]:
    good = isinstance(value, dict) and all(
        isinstance(found, dict) and all(type(count) is int and count > 0 for count in found.values())
        for found in value.values()
    )
    if not good:
        raise InputError("is a baseline whose “findings” are not counts", place=place, hint=_HINT)
    return dict(value)
