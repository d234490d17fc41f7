"""Where a report goes and how it may look, for all commands that write one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from policy428.errors import InputError, Place, Policy428Error
from policy428.reports import Look, Report, reports
from policy428.session import Session


def report_class(name: str) -> type[Report]:
    """The report of that name.

    Raises:
        click.BadParameter: there is none.
    """
    known = reports()
    if name not in known:
        from policy428.errors import did_you_mean

        raise click.BadParameter(f"there is no format “{name}” ({did_you_mean(name, known)})", param_hint="--format")
    return known[name]


def look_of(out: TextIO, show_matches: bool, explain: bool) -> Look:
    """How output to `out` may look."""
    import os
    import shutil

    terminal = out.isatty()
    color = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = shutil.get_terminal_size((100, 24)).columns if terminal else 100
    return Look(terminal=terminal, color=color, width=width, show_matches=show_matches, explain=explain)


def titles_of(session: Session) -> dict[str, str]:
    """The titles of the clauses in force, by their names; none where the rules cannot be read."""
    try:
        return {name: clause.title for name, clause in session.here().ruleset.clauses.items()}
    except Policy428Error:
        return {}


@contextmanager
def opened(output: Path | None) -> Iterator[TextIO]:
    """The file to write to, standard output without one.

    Raises:
        InputError: it cannot be written.
    """
    if output is None:
        yield sys.stdout
        return
    try:
        # Half a character of a broken post is written as JSON escapes it.
        file = output.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", place=Place(str(output))) from None
    with file:
        yield file
