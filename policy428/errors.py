"""The errors a person sees: each is one line that says what is wrong, where, and how to mend it.

Everything the package raises on purpose is a `Policy428Error`. The command line prints `str(error)` and exits
with status 2; nothing here ever carries the text of a post, since an error message may end up in a log.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mistake stands: a file, and a line and column counted from 1 (None where unknown)."""

    path: str | None = None
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [self.path or "", *(str(n) for n in (self.line, self.column) if n is not None)]
        return ":".join(part for part in parts if part)


class Policy428Error(Exception):
    """Base of all errors meant for the person at the keyboard.

    Args:
        message: what is wrong, in one line.
        place: where it is wrong.
        hint: how to mend it, in a few words.
    """

    def __init__(self, message: str, *, place: Place | None = None, hint: str | None = None) -> None:
        self.message = message
        self.place = place or Place()
        self.hint = hint
        super().__init__(str(self))

    def __str__(self) -> str:
        where = str(self.place)
        text = f"{where}: {self.message}" if where else self.message
        return f"{text} ({self.hint})" if self.hint else text


class InputError(Policy428Error):
    """A draft or a post record that cannot be read."""


class Remark(InputError):
    """Something about an input that is worth knowing and no failure: it is told, and a run does not fail by it."""


class ConfigError(Policy428Error):
    """A configuration, profile, roster or permit register that is wrong."""


class RuleError(Policy428Error):
    """A rule file, word list or pack that is wrong, or a rule or clause name nobody knows."""


class ModelError(Policy428Error):
    """A language model that is missing or broken."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like `name`, or None when none is close; for "did you mean ...?" hints."""
    from rapidfuzz import process

    found = process.extractOne(name, list(known), score_cutoff=60)
    return found[0] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """A hint naming the nearest valid name, or the first few valid ones when none is close."""
    names = sorted(known)
    close = nearest(name, names)
    if close is not None:
        return f"did you mean “{close}”?"
    return f"one of: {', '.join(names[:12])}" if names else None
