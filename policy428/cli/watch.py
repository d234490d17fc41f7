"""`policy428 watch`: checks drafts again as they are saved."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from policy428.cli import complain, remark
from policy428.cli.options import config_options, given_of, post_options, session_of
from policy428.cli.output import look_of, report_class
from policy428.cli.quieting import quiet_of, quiet_options
from policy428.errors import Policy428Error
from policy428.post import Post
from policy428.reports import Checked, Look, Summary
from policy428.session import Session
from policy428.watching import Watched

_FORMATS = ("text", "concise", "jsonl")
# Named and addressed as posts are, so that all that is read late is read now.
_WARM = Post("Mrs. Olson told the W-E-M board that the damn bus is late. Write her at olson@mail.example.")


@click.command()
@click.argument("places", nargs=-1, required=True, metavar="FOLDER...")
@post_options
@config_options
@quiet_options
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out what is less sure, 0 to 1.")
@click.option("--format", "format_name", type=click.Choice(_FORMATS), default="text", help="text unless told.")
@click.option("--show-matches", is_flag=True, help="Show private text as it is, unmasked.")
@click.option("--explain", is_flag=True, help="Say under each finding what spoke for and against it (text format).")
def watch(
    places: tuple[str, ...],
    config_path: Path | None,
    no_config: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    min_confidence: float,
    format_name: str,
    show_matches: bool,
    explain: bool,
    **known: Any,
) -> None:
    """Checks the drafts in FOLDER again as they are saved, until Ctrl-C.

    Everything that takes long is loaded once. A clean draft is one line; another is reported as by “check”. A changed
    policy428.yaml in the folder counts from then on.
    """
    watched = Watched(places)

    def fresh() -> _Checker:
        session = session_of(config_path, no_config, select, ignore)
        return _Checker(session, known, min_confidence)

    look = look_of(sys.stdout, show_matches, explain)
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _follow(watched, fresh, format_name, look, places)
    except KeyboardInterrupt:
        remark("stopped watching")
    finally:
        signal.signal(signal.SIGTERM, before)


def _follow(
    watched: Watched, fresh: Callable[[], _Checker], format_name: str, look: Look, places: tuple[str, ...]
) -> None:
    """Checks what is saved until a KeyboardInterrupt; a mistake in one draft or in the configuration ends nothing."""
    checker = fresh()
    checker.warm(places[0])
    begun = False
    for changed in watched.changes():
        if not begun:
            begun = True
            remark(f"watching {', '.join(places)}; Ctrl-C ends")
        if any(watched.configures(path) for path in changed):
            try:
                checker = fresh()
            except Policy428Error as error:
                complain(str(error))
            else:
                remark("the configuration was changed and is read anew")
        for path in watched.saved(changed):
            checker.check(path, format_name, look)
            sys.stdout.flush()


class _Checker:
    """Checks one draft after another, with linters that are made once."""

    def __init__(self, session: Session, known: dict[str, Any], min_confidence: float) -> None:
        self.session = session
        self.known = known
        self.quiet = quiet_of(session, known, min_confidence)
        self.given = given_of(session, known)

    def warm(self, place: str) -> None:
        """Loads rules, lists and models, so that the first save need not wait for them.

        Raises:
            Policy428Error: the configuration, a rule or the language model is wrong.
        """
        from policy428.kept import kept

        with kept.opened():
            self.session.linter(str(Path(place) / "draft")).check(_WARM)

    def check(self, path: Path, format_name: str, look: Look) -> None:
        """Checks the posts of a draft and reports them: on one line when all of them are clean."""
        from policy428.readers.drafts import read_drafts
        from policy428.reports.places import below_here

        name = below_here(str(path))
        posts = read_drafts((name,), self.given, limits=lambda draft: self.session.config(draft).limits, notify=remark)
        summary, results = Summary(), list[Checked]()
        for item in posts:
            try:
                if isinstance(item, Policy428Error):
                    raise item
                checked = self.quiet.checked(item)
                # The next save meets the same findings of a baseline.
                self.quiet.take_back(checked)
            except Policy428Error as error:
                summary.errors += 1
                complain(str(error))
                continue
            summary.count(checked)
            results.append(checked)
        if summary.violations:
            report = report_class(format_name)(sys.stdout, look)
            for checked in results:
                if checked.violations:
                    report.add(checked)
            report.close(summary)
        elif not summary.errors and format_name != "jsonl":
            _tell_clean(name, summary, look)


def _tell_clean(name: str, summary: Summary, look: Look) -> None:
    from policy428.reports.plain import printable

    posts = "" if summary.posts == 1 else f" ({summary.posts:,} posts)"
    said = "nothing else here" if summary.suppressed else "nothing here"
    mark = click.style("✓", fg="green") if look.color else "✓"
    line = f"{mark} {time.strftime('%H:%M:%S')} {printable(name)}{posts}: {said} goes against the policy."
    click.echo(line, color=look.color)
