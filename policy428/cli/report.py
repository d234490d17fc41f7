"""`policy428 report`: the findings of a scan, once more, in any format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policy428.cli import remark
from policy428.cli.options import config_options, session_of
from policy428.cli.output import learn, output_options, reporting, targets
from policy428.errors import InputError, Place, RuleError
from policy428.reports import Report, Summary, Told
from policy428.reports.finding import Finding, post_title
from policy428.rule import begins
from policy428.session import Session
from policy428.violation import SEVERITIES, Severity, at_least

if TYPE_CHECKING:
    from policy428.scan.store import Store

FOUND = 1
_ERRORS_TOLD = 10
_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def _day(ctx: click.Context, param: click.Parameter, value: str) -> str:
    if value and not _DAY.fullmatch(value):
        raise click.BadParameter(f"“{value}” is no date; write 2024-05-01, 2024-05 or 2024")
    return value


@click.command()
@click.argument("database", metavar="SCAN.DB", type=click.Path(path_type=Path))
@output_options
@click.option(
    "--since",
    metavar="DATE",
    callback=_day,
    default="",
    help="Only posts from this day, month or year on: 2024-05-01, 2024.",
)
@click.option("--until", metavar="DATE", callback=_day, default="", help="Only posts through this day, month or year.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out what is less sure, 0 to 1.")
@click.option("--fail-on", type=click.Choice(SEVERITIES), help="Least severity that makes the exit status 1.")
@click.option("--explain", is_flag=True, help="Say of each finding what spoke for and against it (text and html).")
@config_options
@click.pass_context
def report(
    ctx: click.Context,
    /,
    database: Path,
    format_name: str,
    outputs: tuple[str, ...],
    since: str,
    until: str,
    min_confidence: float,
    fail_on: Severity | None,
    explain: bool,
    config_path: Path | None,
    no_config: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
) -> None:
    """Reports what `policy428 scan --out SCAN.DB` found, without reading the posts again.

    Nothing is judged anew: the findings are those of the scan, as it masked them. Where dates are asked for, posts
    without one are left out.
    """
    from policy428.scan.store import Store

    if since and until and _before(until, since):
        raise click.UsageError("--since comes after --until")
    session = session_of(config_path, no_config, (), (), fail_on=fail_on)
    chosen = targets(format_name, outputs)
    with Store.open(database) as store:
        for file in (target.file for target in chosen if target.file is not None):
            if file.exists() and file.samefile(database):
                raise InputError("is the scan's database; the report needs a file of its own", place=Place(str(file)))
        choice = Choice(_known(select, store, session), _known(ignore, store, session), since, until, min_confidence)
        unmasked = _state(store, database)
        with reporting(chosen, show_matches=unmasked, explain=explain) as writer:
            summary = _write(writer, store, choice)
            learn(summary, session)
            writer.close(summary)
    floor = session.config(str(database)).fail_on
    found = any(at_least(severity, floor) for severity in SEVERITIES if summary.by_severity[severity])
    ctx.exit(FOUND if found else 0)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which findings are reported: those of some rules, of some time, and sure enough.

    Attributes:
        select, ignore: names of clauses, families or rules; the longer prefix wins.
        since, until: first and last day, month or year; empty for no bound.
        min_confidence: least confidence.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    min_confidence: float = 0.0

    def of(self, time: str | None, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Those of a post's findings that are reported."""
        if not self.timely(time):
            return ()
        return tuple(finding for finding in findings if self._sure(finding) and self._named(finding))

    def timely(self, time: str | None) -> bool:
        """Whether a post of that time is reported on; one without is, unless a time is asked for."""
        if not self.since and not self.until:
            return True
        day = (time or "")[:10]
        return bool(day) and not _before(day, self.since) and not _before(self.until, day)

    def _sure(self, finding: Finding) -> bool:
        return bool(finding.record["confidence"] >= self.min_confidence)

    def _named(self, finding: Finding) -> bool:
        chosen = _longest(self.select, finding) if self.select else 0
        return chosen > _longest(self.ignore, finding)


def _before(day: str, bound: str) -> bool:
    """Whether `day` lies before `bound`, as far as both are told; never before none."""
    told = min(len(day), len(bound))
    return day[:told] < bound[:told]


def _longest(prefixes: Iterable[str], finding: Finding) -> int:
    """The length of the longest of `prefixes` that names the finding's rule, -1 for none."""
    names = finding.record["rule"], f"{finding.record['clause']}-{finding.family}"
    return max((len(prefix) for prefix in prefixes if any(begins(name, prefix) for name in names)), default=-1)


def _known(values: tuple[str, ...], store: Store, session: Session) -> tuple[str, ...]:
    """The names in `values`.

    Raises:
        RuleError: one is of no rule in force and of no finding.
    """
    names = tuple(name.strip() for value in values for name in value.split(",") if name.strip())
    for name in names:
        try:
            session.here().ruleset.matching(name)
        except RuleError:
            # The scan may have had rules that are not in force here.
            if not any(_longest((name,), finding) >= 0 for finding in store.findings()):
                raise
    return names


def _state(store: Store, database: Path) -> bool:
    """Tells of a scan that is not whole; whether it was asked to keep private text as it is.

    Raises:
        InputError: nothing was scanned.
    """
    from policy428.scan.store import DONE

    run = store.run()
    if run is None:
        raise InputError(
            "no scan has written to it", place=Place(str(database)), hint="policy428 scan SOURCE --out ..."
        )
    if run.state != DONE:
        remark(f"{database}: the scan did not come to its end; this is what it had found (scan --resume goes on)")
    return bool(run.options.get("show_matches"))


def _write(writer: Report, store: Store, choice: Choice) -> Summary:
    summary = Summary()
    for result in _results(store, choice):
        summary.count(result)
        writer.add(result)
    for error in store.errors():
        summary.errors += 1
        writer.fail(error)
        if summary.errors <= _ERRORS_TOLD:
            remark(f"not read: {error}")
    if summary.errors > _ERRORS_TOLD:
        remark(f"{summary.errors - _ERRORS_TOLD:,} more were not read; --format html or json lists them")
    timely = choice.since or choice.until
    summary.posts = store.posted(choice.since, choice.until) if timely else store.summary().posts
    return summary


def _results(store: Store, choice: Choice) -> Iterator[Told]:
    for post, findings in store.posts():
        if chosen := choice.of(post.time, findings):
            yield Told(post_title(post), chosen)
