"""`policy428 scan`: exports and archives in, findings out, many posts at a time."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

from policy428.cli import FAILED, complain, remark
from policy428.cli.options import config_options, given_of, known_options, session_of
from policy428.cli.output import learn, output_options, reporting, targets
from policy428.cli.quieting import News, known_of, quiet_options
from policy428.errors import InputError, Place, Policy428Error, Remark
from policy428.violation import SEVERITIES, Severity, at_least

if TYPE_CHECKING:
    from policy428.scan.journal import Journal
    from policy428.scan.judging import Settings
    from policy428.scan.pool import Judges
    from policy428.scan.reading import Reading
    from policy428.session import Session

FOUND = 1
STOPPED = 128 + signal.SIGINT
_TOLD = 20
"""Errors told one by one; the report has them all."""


class Stoppable(Protocol):
    """What can be asked to end soon."""

    def stop(self) -> None:
        """Asks for the end."""


def _list_formats(ctx: click.Context, param: click.Parameter, asked: bool) -> None:
    if not asked or ctx.resilient_parsing:
        return
    from policy428.exports import formats

    known = formats()
    width = max(map(len, known), default=0)
    for name in sorted(known, key=lambda name: (known[name].rank, name)):
        click.echo(f"{name:<{width}}  {known[name].title}")
    ctx.exit()


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--from", "only", metavar="FORMAT", multiple=True, help="Read as this format, whatever it looks like.")
@click.option(
    "--map", "columns", metavar="FIELD=COLUMN,...", multiple=True, help="Where a table has what: text=Message."
)
@click.option("--include-messages", is_flag=True, help="Read private messages too.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Worker processes; as many as there are cores.")
@click.option("--out", metavar="FILE", help="Database to keep the results in; with --engine ray a new folder.")
@click.option("--resume", is_flag=True, help="Go on with the scan that --out was written by.")
@click.option(
    "--engine", type=click.Choice(("local", "ray")), default="local", help="Who judges: this machine, or Ray."
)
@click.option("--address", metavar="ADDRESS", help="With --engine ray: a running cluster; else this machine alone.")
@click.option("--dry-run", is_flag=True, help="Say what would be read, and judge nothing.")
@click.option(
    "--list-formats",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_formats,
    help="Say what can be read, and exit.",
)
@click.option(
    "--time-limit",
    type=click.FloatRange(0.1),
    default=60.0,
    metavar="SECONDS",
    help="For a post (of 10,000 characters); 60.",
)
@known_options
@config_options
@quiet_options
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out what is less sure, 0 to 1.")
@click.option("--fail-on", type=click.Choice(SEVERITIES), help="Least severity that makes the exit status 1.")
@output_options
@click.option("--show-matches", is_flag=True, help="Keep and show private text as it is, unmasked.")
@click.pass_context
def scan(
    ctx: click.Context,
    /,
    sources: tuple[str, ...],
    only: tuple[str, ...],
    columns: tuple[str, ...],
    include_messages: bool,
    jobs: int | None,
    out: str | None,
    resume: bool,
    engine: str,
    address: str | None,
    dry_run: bool,
    time_limit: float,
    config_path: Path | None,
    no_config: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    min_confidence: float,
    fail_on: Severity | None,
    format_name: str,
    outputs: tuple[str, ...],
    show_matches: bool,
    **known: Any,
) -> None:
    """Checks the posts of exports and archives, many at a time.

    SOURCE is a file, folder, zip or tar as a platform or a tool hands it out; what it is, is found by looking inside.
    Results go into a database (--out): a scan that was stopped goes on where it was (--resume), and a later scan into
    the same database judges only posts that are new or edited.
    """
    from policy428.scan.judging import Settings
    from policy428.scan.reading import reading

    session = session_of(config_path, no_config, select, ignore, fail_on=fail_on)
    counted = not known["no_suppressions"]
    settings = Settings(config_path, no_config, session.options, min_confidence, show_matches, time_limit, counted)
    if engine == "ray":
        from policy428.cli.cluster import scan_on_cluster

        ctx.exit(scan_on_cluster(ctx, sources, given_of(session, known), session, settings, address, jobs, out))
    if address is not None:
        raise click.UsageError("--address needs --engine ray")
    database = None if out is None else Path(out)
    if database is not None and database.is_dir():
        raise click.BadParameter(f"{out} is a folder", param_hint="--out")
    read = reading(sources, given_of(session, known), _columns(columns), messages=include_messages, only=only)
    if dry_run:
        ctx.exit(_survey(read))
    if resume and out is None:
        raise click.UsageError("--resume needs --out, the database of the scan to go on with")
    chosen = targets(format_name, outputs)
    baseline = known_of(known["baseline"])
    resumed = sources if resume else None
    with _journal(database, resumed) as journal, reporting(chosen, show_matches=show_matches) as report:
        told = {"from": only, "map": columns, "include_messages": include_messages, "show_matches": show_matches}
        status = _run(read, sources, journal, session, settings, jobs or _cores(), told)
        summary = journal.summary()
        news = None if baseline is None else News(baseline, session)
        for result in journal.results():
            report.add(result if news is None else news.of(result))
        for error in journal.errors():
            report.fail(error)
        if news is not None:
            summary = news.counted(summary)
        learn(summary, session)
        report.close(summary)
        if status:
            remark(_how_on(database))
            ctx.exit(status)
        ctx.exit(_status(journal, session, news))


def _run(
    read: Reading,
    sources: tuple[str, ...],
    journal: Journal,
    session: Session,
    settings: Settings,
    jobs: int,
    told: dict[str, Any],
) -> int:
    """Runs the scan; the exit status of one that was stopped, 0 for one that came to its end."""
    from policy428.reports.record import tool
    from policy428.scan.content import rules_of, together
    from policy428.scan.progress import Progress
    from policy428.scan.run import Scan
    from policy428.scan.store import DONE, FAILED, INTERRUPTED

    rules = together(rules_of(session.config(source), settings) for source in sources)
    journal.begin(tool()["version"], rules, sources, told)
    state = FAILED
    try:
        judges = _judges(settings, jobs)
        try:
            with Progress(read) as progress:
                run = Scan(read(), judges, journal, session, settings, progress)
                with stopped_by_signal(run) as caught:
                    run.run()
        finally:
            judges.close()
        state = INTERRUPTED if run.stopped else DONE
    finally:
        journal.end(state)
    tell(journal.errors(), "a report in JSON has them all")
    return 128 + caught[0] if caught else 0


def _judges(settings: Settings, jobs: int) -> Judges:
    from functools import partial

    from policy428.scan.judging import Judge
    from policy428.scan.pool import Alone, Pool

    make = partial(Judge, settings)
    return Alone(make) if jobs == 1 else Pool(make, jobs, settings.seconds)


@contextmanager
def stopped_by_signal(run: Stoppable) -> Iterator[list[int]]:
    """Inside, the first Ctrl-C (or SIGTERM) ends the scan soon and cleanly, a second one at once."""
    caught: list[int] = []

    def stop(number: int, frame: object) -> None:
        if caught:
            raise KeyboardInterrupt
        caught.append(number)
        run.stop()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield caught
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _journal(out: Path | None, resumed: tuple[str, ...] | None) -> Journal:
    """The database to keep results in; with `resumed`, the one of a scan of those sources.

    Raises:
        InputError: it cannot be written, or there is no such scan to go on with.
    """
    from policy428.scan.journal import Journal

    place = Place(str(out))
    if resumed is not None and out is not None and not out.exists():
        raise InputError("there is no such scan to go on with", place=place, hint="leave out --resume")
    journal = Journal.create(out)
    last = journal.run() if resumed is not None else None
    if last is not None and last.sources != resumed:
        journal.close()
        hint = "name the same sources, or leave out --resume for a new scan"
        raise InputError(f"is a scan of {', '.join(last.sources)}", place=place, hint=hint)
    return journal


def _status(journal: Journal, session: Session, news: News | None) -> int:
    told = list(journal.errors())
    # A source in which nothing could be judged is never called clean.
    if any(not isinstance(error, Remark) for error in told) or (told and not journal.summary().posts):
        return FAILED
    if news is not None:
        return FOUND if news.grave else 0
    grave = (at_least(severity, session.config(path).fail_on) for path, severity in journal.gravest())
    return FOUND if any(grave) else 0


def tell(errors: Iterable[Policy428Error], where: str) -> None:
    """Tells errors on standard error, a few one by one; `where` says where all of them are."""
    count = 0
    for error in errors:
        count += 1
        if count <= _TOLD:
            (remark if isinstance(error, Remark) else complain)(str(error))
    if count > _TOLD:
        complain(f"{count - _TOLD:,} more like these; {where}")


def _how_on(out: Path | None) -> str:
    if out is None:
        return "stopped; the report has what was found so far (with --out FILE a scan can be gone on with later)"
    return f"stopped; what was found so far is in {out}; to go on, give the same command with --resume"


def _survey(read: Reading) -> int:
    from policy428.scan.survey import survey

    failed = False
    for together, options in read.groups:
        parts, errors = survey(together, options, read.only)
        for part in parts:
            kinds = ", ".join(f"{count:,} {kind}" for kind, count in part.kinds.most_common()) or "no posts"
            files = f"{part.files:,} file{'' if part.files == 1 else 's'}, {part.size:,} bytes"
            click.echo(f"{part.source}: {part.title} ({files}): {kinds}")
        for error in errors[:_TOLD]:
            (remark if isinstance(error, Remark) else complain)(str(error))
        if len(errors) > _TOLD:
            complain(f"{len(errors) - _TOLD:,} more like these")
        failed = failed or any(not isinstance(error, Remark) for error in errors)
    return FAILED if failed else 0


def _columns(values: tuple[str, ...]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for pair in (pair for value in values for pair in value.split(",") if pair.strip()):
        name, equals, column = pair.partition("=")
        if not equals or not name.strip() or not column.strip():
            raise click.BadParameter(f"“{pair.strip()}” is not FIELD=COLUMN", param_hint="--map")
        columns[name.strip()] = column.strip()
    return columns


def _cores() -> int:
    """Cores that this process may use."""
    try:
        return max(1, len(os.sched_getaffinity(0)))
    except AttributeError:
        return os.cpu_count() or 1
