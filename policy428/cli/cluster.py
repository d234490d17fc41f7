"""`policy428 scan --engine ray`: the scan of a folder or bucket of posts, spread over machines."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from policy428.cli import FAILED, remark
from policy428.readers import Given
from policy428.violation import at_least

if TYPE_CHECKING:
    from policy428.scan.judging import Settings
    from policy428.session import Session

_LOCAL = ("only", "columns", "include_messages", "resume", "dry_run", "baseline", "format_name", "outputs")
"""Options that this engine has no use for."""


class _Stop:
    """Whether somebody asked for the end."""

    def __init__(self) -> None:
        self.asked = False

    def stop(self) -> None:
        self.asked = True


def scan_on_cluster(
    ctx: click.Context,
    sources: tuple[str, ...],
    given: Callable[[str], Given],
    session: Session,
    settings: Settings,
    address: str | None,
    jobs: int | None,
    out: str | None,
) -> int:
    """Runs the scan; its exit status.

    Raises:
        Policy428Error: a source cannot be read, the results cannot be written, or no post can be judged.
    """
    from policy428.cli.scan import FOUND, stopped_by_signal, tell
    from policy428.scan import cluster
    from policy428.scan.progress import Progress
    from policy428.scan.store import DONE, INTERRUPTED
    from policy428.scan.store import FAILED as GIVEN_UP

    _refuse(ctx)
    if out is None:
        raise click.UsageError("--engine ray needs --out, a new folder for the results")
    cluster.require(address)
    from policy428.reports.record import tool
    from policy428.scan.content import rules_of
    from policy428.scan.lake import find, shown_as
    from policy428.scan.parts import Parts
    from policy428.scan.sheet import error_of

    settings = cluster.one_configuration(settings, [session.config(source) for source in sources])
    config = session.config(sources[0])
    rules = rules_of(config, settings)
    found = [find(source, given(source)) for source in sources]
    told = {"version": tool()["version"], "rules": rules, "sources": [shown_as(source) for source in sources]}
    state, stop = GIVEN_UP, _Stop()
    with Parts(out) as parts:
        parts.add_errors(error for _, errors in found for error in errors)
        files = [file for listed, _ in found for file in listed]
        try:
            with Progress() as progress, stopped_by_signal(stop) as caught:
                cluster.spread(
                    files,
                    settings,
                    rules,
                    parts,
                    address=address,
                    actors=jobs,
                    watch=progress,
                    stopped=lambda: stop.asked,
                )
            state = INTERRUPTED if caught else DONE
        finally:
            parts.close(state, told)
    tell(map(error_of, parts.errors), f"{parts.folder}/errors has them all")
    click.echo(f"{parts.posts:,} posts, {parts.findings:,} findings, {parts.failures:,} errors: {parts.folder}")
    if caught:
        remark("stopped; the folder has what was found so far")
        return 128 + caught[0]
    if parts.failures:
        return FAILED
    return FOUND if any(at_least(severity, config.fail_on) for severity in parts.by_severity) else 0


def _refuse(ctx: click.Context) -> None:
    """Refuses options that go with the other engine.

    Raises:
        UsageError: one is given.
    """
    for parameter in ctx.command.params:
        if parameter.name in _LOCAL:
            source = ctx.get_parameter_source(parameter.name)
            if source is click.core.ParameterSource.COMMANDLINE:
                raise click.UsageError(f"{parameter.opts[-1]} goes with --engine local only")
