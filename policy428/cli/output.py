"""Where reports go and how they may look, for all commands that write them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, TextIO, TypeVar

import click

from policy428.errors import InputError, Place, Policy428Error
from policy428.post import Post
from policy428.reports import Look, Report, Result, Summary, report_named, reports
from policy428.session import Session

_F = TypeVar("_F", bound=Callable[..., Any])
# A longer word before a colon is a format, or was meant as one; a single letter is a Windows drive.
_LEAST_NAME = 2


def output_options(command: _F) -> _F:
    """Adds the options that choose formats and where they go."""
    form = click.option(
        "--format",
        "format_name",
        metavar="NAME",
        default="text",
        help="text, concise, csv, html, json, jsonl, sarif, github, gitlab or junit.",
    )
    output = click.option(
        "--output",
        "outputs",
        metavar="[FORMAT:]FILE",
        multiple=True,
        help="Write the report to a file; with a format before it, beside the other report: sarif:out.sarif.",
    )
    return form(output(command))


def report_class(name: str, option: str = "--format") -> type[Report]:
    """The report of that name.

    Raises:
        click.BadParameter: there is none.
    """
    found = report_named(name)
    if found is None:
        from policy428.errors import did_you_mean

        raise click.BadParameter(f"there is no format “{name}” ({did_you_mean(name, reports())})", param_hint=option)
    return found


@dataclass(frozen=True, slots=True)
class Target:
    """One report to write: its kind, and its file, None for standard output."""

    kind: type[Report]
    file: Path | None


def targets(format_name: str, outputs: Sequence[str]) -> list[Target]:
    """The reports that `--format` and `--output` ask for, that of `--format` first.

    Raises:
        click.BadParameter: a format is unknown, or two reports would go to the same place.
    """
    plain: list[str] = []
    further: list[Target] = []
    for output in outputs:
        name, colon, file = output.partition(":")
        if colon and name in reports():
            if not file:
                raise click.BadParameter(f"“{output}” lacks the file: write {name}:FILE", param_hint="--output")
            further.append(Target(reports()[name], Path(file)))
        elif colon and file and len(name) >= _LEAST_NAME and name.isalnum():
            from policy428.errors import did_you_mean

            hint = f"{did_you_mean(name, reports())} For a file of this name write ./{output}"
            raise click.BadParameter(f"there is no format “{name}” ({hint})", param_hint="--output")
        else:
            plain.append(output)
    if len(plain) > 1:
        hint = f"say which format each is, as in json:{plain[1]}"
        raise click.BadParameter(f"two files for one report: {' and '.join(plain)} ({hint})", param_hint="--output")
    found = [Target(report_class(format_name), Path(plain[0]) if plain else None), *further]
    files = [target.file.absolute() for target in found if target.file is not None]
    for number, path in enumerate(files):
        if path in files[:number]:
            raise click.BadParameter(f"two reports for one file: {outputs[-1]}", param_hint="--output")
    return found


def unwritten(posts: Iterable[Post | Policy428Error], chosen: Sequence[Target]) -> Iterator[Post | Policy428Error]:
    """`posts` without those out of files that the reports are being written to, which lie in a folder of drafts."""
    files = {target.file.resolve() for target in chosen if target.file is not None}
    for item in posts:
        if not files or not isinstance(item, Post) or Path(item.source.path).resolve() not in files:
            yield item


@contextmanager
def reporting(chosen: Sequence[Target], *, show_matches: bool = False, explain: bool = False) -> Iterator[Report]:
    """The reports that were asked for, as one; files are closed at the end.

    Raises:
        InputError: a file cannot be written.
    """
    with ExitStack() as stack:
        streams = [(target.kind, stack.enter_context(opened(target.file))) for target in chosen]
        made = [kind(out, look_of(out, show_matches, explain)) for kind, out in streams]
        yield made[0] if len(made) == 1 else Several(made)


class Several:
    """Reports that are told the same."""

    name: ClassVar[str] = "several"

    def __init__(self, reports: Sequence[Report]) -> None:
        self.reports = tuple(reports)

    def add(self, result: Result) -> None:
        """Tells each what came of one post."""
        for report in self.reports:
            report.add(result)

    def fail(self, error: Policy428Error) -> None:
        """Tells each of an input that could not be read."""
        for report in self.reports:
            report.fail(error)

    def close(self, summary: Summary) -> None:
        """Ends each."""
        for report in self.reports:
            report.close(summary)


def look_of(out: TextIO, show_matches: bool, explain: bool) -> Look:
    """How output to `out` may look."""
    import os
    import shutil

    terminal = out.isatty()
    color = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = shutil.get_terminal_size((100, 24)).columns if terminal else 100
    return Look(terminal=terminal, color=color, width=width, show_matches=show_matches, explain=explain)


def learn(summary: Summary, session: Session) -> None:
    """Takes down what the rules in force are about; nothing where they cannot be read."""
    try:
        summary.learn(session.here().ruleset)
    except Policy428Error:
        return


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
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or error
        raise InputError(f"cannot be written: {reason}", place=Place(str(output))) from None
    with file:
        yield file
