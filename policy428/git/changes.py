"""The drafts that changed: staged for the next commit, or in the working tree since a revision."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from policy428.errors import InputError
from policy428.git.command import git, text, top_folder

STAGED = ""
"""The revision that stands for “staged, against the last commit”."""

_FILES = frozenset({"100644", "100755"})
_HUNK = re.compile(rb"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Lines:
    """Changed lines of a file, counted from 1.

    Attributes:
        ranges: first and last line of what was written; None for the whole file.
        seams: lines after which something was taken out.
    """

    ranges: tuple[tuple[int, int], ...] | None = None
    seams: frozenset[int] = frozenset()

    def touch(self, first: int, last: int) -> bool:
        """Whether anything from line `first` to `last` was written, or taken out between them."""
        if self.ranges is None:
            return True
        return any(start <= last and first <= end for start, end in self.ranges) or any(
            first <= seam < last for seam in self.seams
        )


@dataclass(frozen=True, slots=True)
class Change:
    """One changed file.

    Attributes:
        path: where it lies, relative to the repository's top, with `/`.
        was: where it lay before; None for a new file.
        old: the object that holds it as it was; None for a new file.
        new: the object that holds it as it is staged; None for the file of the working tree.
    """

    path: str
    was: str | None
    old: str | None
    new: str | None


class Changes:
    """What changed in the repository around the working folder.

    Args:
        revision: what the working tree is compared with; STAGED for the index against the last commit. `REV...`
            stands for the commit where this branch left REV.

    Raises:
        InputError: there is no Git, no repository or no such revision.
    """

    def __init__(self, revision: str = STAGED) -> None:
        self.top = top_folder()
        self.staged = revision == STAGED
        self._base = None if self.staged else self._commit(revision)
        self.files: dict[str, Change] = {change.path: change for change in self._listed()}

    def _commit(self, revision: str) -> str:
        name = revision
        if revision.endswith("..."):
            name = text("merge-base", revision.removesuffix("..."), "HEAD", folder=self.top) or ""
        elif ".." in revision:
            raise InputError(f"“{revision}” names two revisions", hint="--diff compares what is here with one")
        found = commit_of(name, self.top)
        if found is None:
            raise InputError(f"Git knows no revision “{revision}”", hint="a branch, tag or commit, as in --diff main")
        return found

    def _listed(self) -> Iterator[Change]:
        against = ("--cached",) if self._base is None else (self._base,)
        flags = ("--raw", "-z", "--abbrev=64", "--find-renames", "--ignore-submodules=all", "--no-ext-diff")
        listing = git("diff", *flags, *against, "--", folder=self.top) or b""
        fields = iter(listing.decode("utf-8", "surrogateescape").split("\0"))
        for head in fields:
            if not head.startswith(":"):
                continue
            mode_was, mode, old, new, kind = head[1:].split(" ")
            was = path = next(fields)
            if kind[0] in "RC":
                path = next(fields)
            if mode not in _FILES or kind == "U":  # nothing is settled of a file whose merge is not done
                continue
            known = kind[0] != "A" and mode_was in _FILES
            yield Change(path, was if known else None, old if known else None, new if self.staged else None)

    def relative(self, path: str | Path) -> str:
        """`path`, relative to the working folder or whole, as the files here are named.

        Raises:
            InputError: it lies outside of the repository.
        """
        # The folder may be reached through a link; the last part may be a link itself and is left alone.
        whole = Path(os.path.abspath(path))  # noqa: PTH100 - Path.resolve would follow the last part
        whole = whole.parent.resolve() / whole.name if whole.name not in {"", ".."} else whole.resolve()
        try:
            return whole.relative_to(self.top.resolve()).as_posix()
        except ValueError:
            raise InputError(f"{path} lies outside of the Git repository {self.top}") from None

    def shown(self, path: str) -> str:
        """`path`, relative to the top, as seen from the working folder."""
        return os.path.relpath(self.top.resolve() / path, Path.cwd().resolve())

    def lines(self, change: Change) -> Lines:
        """The lines that changed; all of a new file, and of one that Git takes for binary."""
        if change.old is None or change.old == change.new:
            return Lines() if change.old is None else Lines(())
        new = ("--", change.path) if change.new is None else (change.new,)
        patch = git("diff", "--unified=0", "--no-ext-diff", "--no-textconv", change.old, *new, folder=self.top) or b""
        return _lines(patch)

    def bytes_of(self, blob: str, limit: int) -> bytes | None:
        """What the object `blob` holds; None where that is more than `limit` bytes."""
        size = text("cat-file", "-s", blob, folder=self.top)
        if size is None or int(size) > limit:
            return None
        return git("cat-file", "blob", blob, folder=self.top)


def commit_of(name: str, folder: Path | None = None) -> str | None:
    """The commit that the revision `name` stands for; None where Git knows none."""
    if not name or name.startswith("-"):
        return None
    return text("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}", folder=folder) or None


def revision_and_files(diff: str, files: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Tells a revision behind `--diff` from a file there, as Git does.

    Raises:
        InputError: it might be either.
    """
    from_hook = os.environ.get("PRE_COMMIT_FROM_REF", STAGED)
    if diff == STAGED:
        return from_hook, tuple(files)
    there = os.path.lexists(diff)
    known = commit_of(diff) is not None
    if there and known:
        raise InputError(
            f"“{diff}” is a revision and a file", hint=f"write --diff refs/heads/{diff}, or --diff -- {diff}"
        )
    if there or (not known and ".." not in diff and Path(diff).suffix):
        return from_hook, (diff, *files)
    return diff, tuple(files)


def _lines(patch: bytes) -> Lines:
    hunks = _HUNK.findall(patch)
    if not hunks:
        return Lines(()) if b"\nBinary files " not in patch and not patch.startswith(b"Binary") else Lines()
    ranges, seams = [], set()
    for start, count in hunks:
        first, number = int(start), int(count) if count else 1
        if number:
            ranges.append((first, first + number - 1))
        else:
            seams.add(first)
    return Lines(tuple(ranges), frozenset(seams))
