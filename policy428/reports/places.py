"""Where findings stand, as the services that show them beside the code know places: files below a root, and lines."""

from __future__ import annotations

from pathlib import Path, PurePath
from urllib.parse import quote

from policy428.errors import Policy428Error
from policy428.reports.finding import Finding


def below_here(path: str) -> str:
    """`path` with `/` and as seen from the working folder, where it lies in it; those services know no other."""
    pure = PurePath(path)
    if pure.is_absolute():
        try:
            pure = pure.relative_to(Path.cwd())
        except ValueError:
            return pure.as_posix()
    return pure.as_posix()


def uri(path: str) -> str:
    """`path` as a relative URI, or as a `file:` one where it lies outside the working folder."""
    shown = below_here(path)
    if PurePath(shown).is_absolute():
        return PurePath(shown).as_uri()
    return quote(shown, safe="/~", errors="replace")


def line_of(finding: Finding) -> int:
    """The line of the file: the finding's own, or that of the record where the file holds several posts."""
    return max(1, int(finding.place.rsplit(":", 2)[1]))


def in_file(finding: Finding) -> bool:
    """Whether the finding's lines, columns and offsets count in the file: its post is the whole of it."""
    return finding.record["post"] is None and finding.origin.keys().isdisjoint(("member", "record", "field"))


def spans(finding: Finding) -> bool:
    """Whether it stands on words of the text; not so what lies in a profile, a group's name or a picture."""
    return bool(finding.record["end"] > finding.record["start"])


def told(error: Policy428Error) -> str:
    """What is wrong and how to mend it, without the place."""
    return f"{error.message} ({error.hint})" if error.hint else error.message
