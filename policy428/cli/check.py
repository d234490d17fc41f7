"""`policy428 check`: drafts in, findings out."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from policy428.cli import FAILED, complain, remark
from policy428.cli.fixing import Fixer, fix_options, fixer_of
from policy428.cli.options import config_options, given_of, post_options, session_of
from policy428.cli.output import Target, look_of, output_options, reporting, targets, unwritten
from policy428.cli.quieting import Quiet, add_ignores, quiet_of, quiet_options
from policy428.errors import Policy428Error
from policy428.kept import kept
from policy428.post import Post
from policy428.reports import Checked, Report, Summary
from policy428.session import Session
from policy428.violation import SEVERITIES, Severity, at_least

if TYPE_CHECKING:
    from policy428.git.drafts import ChangedDrafts

FOUND = 1


@click.command()
@click.argument("files", nargs=-1, metavar="FILES...")
@click.option(
    "--diff",
    metavar="[REV]",
    is_flag=False,
    flag_value="",
    help="Only what changed: staged for the next commit, or since REV. Without FILES, all changed drafts.",
)
@post_options
@config_options
@quiet_options
@click.option("--add-ignore", metavar="REASON", help="Write suppressions of what is found into the files.")
@fix_options
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out what is less sure, 0 to 1.")
@click.option("--fail-on", type=click.Choice(SEVERITIES), help="Least severity that makes the exit status 1.")
@output_options
@click.option("--show-matches", is_flag=True, help="Show private text as it is, unmasked.")
@click.option("--explain", is_flag=True, help="Say under each finding what spoke for and against it (text format).")
@click.pass_context
def check(
    ctx: click.Context,
    /,
    files: tuple[str, ...],
    config_path: Path | None,
    no_config: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    min_confidence: float,
    fail_on: Severity | None,
    format_name: str,
    outputs: tuple[str, ...],
    show_matches: bool,
    explain: bool,
    diff: str | None,
    add_ignore: str | None,
    **known: Any,
) -> None:
    """Checks drafts: text, Markdown, HTML, or .jsonl files of posts.

    FILES are files, folders, glob patterns, or “-” for standard input. What is said with options holds for every post
    that does not say it itself, in its front matter or JSON record.
    """
    if not files and diff is None:
        raise click.UsageError("Missing argument 'FILES...'.", ctx)
    session = session_of(config_path, no_config, select, ignore, fail_on=fail_on)
    quiet = quiet_of(session, known, min_confidence)
    fixer = fixer_of(files, diff, known)
    chosen = targets(format_name, outputs)
    if fixer is not None:
        chosen = fixer.beside(chosen, ctx.get_parameter_source("format_name") is ParameterSource.COMMANDLINE)
    if add_ignore is not None:
        if diff is not None or fixer is not None or known["no_suppressions"]:
            raise click.UsageError("--add-ignore goes with none of --diff, --fix, --diff-fix and --no-suppressions")
        add_ignores(session, files, known, add_ignore, quiet)
        quiet = quiet_of(session, known, min_confidence)
    with reporting(chosen, show_matches=show_matches, explain=explain) as report:
        run = _Run(session, report, quiet, fixer)
        run.chosen = chosen
        if diff is not None:
            files = run.only_changes(diff, files)
        with kept.opened():
            run.over(files, known)
        if fixer is not None:
            for error in fixer.finish():
                run.fail(error)
            for line in fixer.diff(look_of(sys.stdout, show_matches, explain)):
                click.echo(line, color=True)
        run.report.close(run.summary)
    ctx.exit(FAILED if run.summary.errors else FOUND if run.failed else 0)


class _Run:
    """One run of `check`: counts, reports, and remembers whether anything grave was found."""

    def __init__(self, session: Session, report: Report, quiet: Quiet, fixer: Fixer | None = None) -> None:
        self.session = session
        self.report = report
        self.quiet = quiet
        self.fixer = fixer
        self.chosen: list[Target] = []
        self.summary = Summary()
        self.failed = False
        self.told: set[str] = set()
        self.changed: ChangedDrafts | None = None

    def only_changes(self, diff: str, files: tuple[str, ...]) -> tuple[str, ...]:
        """Lets only count what changed; returns `files` without what is a revision among them."""
        from policy428.git.drafts import ChangedDrafts

        self.changed, files = ChangedDrafts.between(diff, files)
        return files

    def over(self, files: tuple[str, ...], known: dict[str, Any]) -> None:
        """Checks all posts of `files`."""
        from policy428.readers.drafts import read_drafts

        given = given_of(self.session, known)
        read = read_drafts if self.changed is None else self.changed.read
        posts = read(
            files,
            given,
            limits=lambda path: self.session.config(path).limits,
            notify=remark,
            stdin_name=known["stdin_filename"],
        )
        for item in unwritten(posts, self.chosen):
            if isinstance(item, Policy428Error):
                self.fail(item)
                continue
            try:
                self.check(item)
            except Policy428Error as error:
                self.fail(error)

    def check(self, post: Post) -> None:
        """Checks one post, and mends it where that was asked for.

        Raises:
            Policy428Error: the configuration, a rule or the language model is wrong.
        """
        path = post.source.path
        linter = self.session.linter(path)
        checked = self.fixer.settle(post, self.judged, self.quiet.take_back) if self.fixer else self.judged(post)
        found = checked.violations
        self.summary.count(checked)
        self.summary.learn(linter.ruleset, (v.rule for v in checked.everything))
        floor = self.session.config(path).fail_on
        self.failed = self.failed or any(at_least(violation.severity, floor) for violation in found)
        self.report.add(checked)

    def judged(self, post: Post) -> Checked:
        """What comes of a post: what is told of it, and what is not.

        Raises:
            Policy428Error: as `check` does.
        """
        checked = self.quiet.checked(post)
        if self.changed is None:
            return checked
        return replace(checked, violations=self.changed.counted(post, checked.violations, self.quiet.unsuppressed))

    def fail(self, error: Policy428Error) -> None:
        """Tells of what could not be read or done; a mistake that many posts meet with is told once."""
        if str(error) in self.told:
            return
        self.told.add(str(error))
        self.summary.errors += 1
        self.report.fail(error)
        complain(str(error))
