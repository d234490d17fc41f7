"""`policy428 baseline`: takes what is found today as known, so that only what is new is told from then on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from policy428.cli import FAILED, complain, remark
from policy428.cli.options import config_options, given_of, post_options, session_of
from policy428.cli.quieting import Quiet
from policy428.errors import InputError, Place, Policy428Error
from policy428.locate import seen_from
from policy428.session import Session

if TYPE_CHECKING:
    from policy428.baseline.fingerprint import Fingerprint

_F = TypeVar("_F", bound=Callable[..., Any])
_SCAN = b"SQLite format 3\0"


@click.group()
def baseline() -> None:
    """Take what is found today as known: check --baseline FILE tells only what is new.

    FILES are drafts, as for “check”, or databases of “scan --out”. A baseline holds no word of them, only hashes made
    with a key of its own.
    """


def _options(command: _F) -> _F:
    command = config_options(command)
    command = post_options(command)
    file = click.option(
        "--baseline",
        "file",
        type=click.Path(path_type=Path, dir_okay=False),
        required=True,
        metavar="FILE",
        help="The file that keeps it.",
    )
    return click.argument("files", nargs=-1, required=True, metavar="FILES...")(file(command))


@baseline.command()
@_options
@click.option("--force", is_flag=True, help="Write over a baseline that is there.")
@click.pass_context
def create(ctx: click.Context, /, files: tuple[str, ...], file: Path, force: bool, **options: Any) -> None:
    """Takes all that is found in FILES as known."""
    from policy428.baseline.changes import change
    from policy428.baseline.file import Baseline

    if file.exists() and not force:
        raise InputError("is already there", place=Place(str(file)), hint="update it, or write over it with --force")
    made = Baseline(file)
    found = _found(files, file, options)
    if found.failed and not found.read:
        raise InputError("is not made, since nothing could be read", place=Place(str(file)))
    change(made, found.fingerprints, found.read)
    made.save()
    click.echo(f"{file}: {_count(made.size)} known.", err=True)
    ctx.exit(FAILED if found.failed else 0)


@baseline.command()
@_options
@click.option("--all", "whole", is_flag=True, help="FILES are all there is: forget what is known of any other.")
@click.pass_context
def update(ctx: click.Context, /, files: tuple[str, ...], file: Path, whole: bool, **options: Any) -> None:
    """Brings the baseline to what is found in FILES now: adds what is new, forgets what is gone."""
    _changed(ctx, files, file, whole, options, add=True)


@baseline.command()
@_options
@click.option("--all", "whole", is_flag=True, help="FILES are all there is: forget what is known of any other.")
@click.pass_context
def prune(ctx: click.Context, /, files: tuple[str, ...], file: Path, whole: bool, **options: Any) -> None:
    """Forgets what is no longer found in FILES, and adds nothing."""
    _changed(ctx, files, file, whole, options, add=False)


def _changed(
    ctx: click.Context, files: tuple[str, ...], file: Path, whole: bool, options: dict[str, Any], *, add: bool
) -> None:
    from policy428.baseline.changes import change
    from policy428.baseline.file import Baseline

    made = Baseline.load(file)
    found = _found(files, file, options)
    if whole and found.failed:
        raise InputError("is left as it is, since not all could be read", place=Place(str(file)))
    changed = change(made, found.fingerprints, found.read, add=add, others=not whole)
    if changed.added or changed.dropped:
        made.save()
    click.echo(f"{file}: {changed.added:,} added, {changed.dropped:,} forgotten; {_count(made.size)} known.", err=True)
    ctx.exit(FAILED if found.failed else 0)


@dataclass(slots=True)
class _Found:
    """What is found in files, which were read, and whether some could not be."""

    fingerprints: list[Fingerprint] = field(default_factory=list)
    read: set[str] = field(default_factory=set)
    failed: bool = False


def _found(files: tuple[str, ...], file: Path, options: dict[str, Any]) -> _Found:
    session = session_of(options["config_path"], options["no_config"], options["select"], options["ignore"])
    folder = file.absolute().parent
    found = _Found()
    scans = [name for name in files if _is_scan(name)]
    for name in scans:
        _of_scan(name, folder, found)
    drafts = tuple(name for name in files if name not in scans)
    if drafts:
        _of_drafts(drafts, folder, session, options, found)
    return found


def _of_drafts(files: tuple[str, ...], folder: Path, session: Session, options: dict[str, Any], found: _Found) -> None:
    from policy428.baseline.fingerprint import of_violation
    from policy428.readers.drafts import read_drafts

    quiet = Quiet(session)
    broken: set[str] = set()
    told: set[str] = set()
    posts = read_drafts(
        files,
        given_of(session, options),
        limits=lambda path: session.config(path).limits,
        notify=remark,
        stdin_name=options["stdin_filename"],
    )
    for item in posts:
        try:
            if isinstance(item, Policy428Error):
                raise item
            found.fingerprints += [of_violation(v, folder) for v in quiet.checked(item).violations]
            found.read.add(seen_from(folder, item.source.path))
        except Policy428Error as error:
            found.failed = True
            place = error.place.path if isinstance(item, Policy428Error) else item.source.path
            broken.add(seen_from(folder, place or ""))
            if str(error) not in told:
                told.add(str(error))
                complain(str(error))
    # Of a file that was read in part nothing is forgotten, nor added.
    found.read -= broken
    found.fingerprints = [item for item in found.fingerprints if item.file not in broken]


def _of_scan(name: str, folder: Path, found: _Found) -> None:
    from policy428.baseline.fingerprint import of_record
    from policy428.scan.store import DONE, Store

    with Store.open(name) as store:
        run = store.run()
        if run is None or run.state != DONE:
            raise InputError("is of a scan that did not come to its end", place=Place(name), hint="scan --resume")
        found.read |= {share.name for share in store.by_platform()}
        for _, told in store.posts():
            found.fingerprints += [of_record(item.record, folder) for item in told]


def _is_scan(name: str) -> bool:
    try:
        with Path(name).open("rb") as file:
            return file.read(len(_SCAN)) == _SCAN
    except (OSError, ValueError):
        return False


def _count(number: int) -> str:
    return f"{number:,} finding{'' if number == 1 else 's'}"
