"""`policy428 inspect`: what the linter sees in a post, for looking into a finding; shows private text as it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from policy428.cli import FAILED, complain, remark
from policy428.cli.options import config_options, given_of, post_options, session_of
from policy428.errors import Policy428Error


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
@post_options
@config_options
@click.option("--format", "format_name", type=click.Choice(["text", "json"]), default="text", help="text or json.")
@click.pass_context
def inspect(
    ctx: click.Context,
    /,
    files: tuple[str, ...],
    config_path: Path | None,
    no_config: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    format_name: str,
    **known: Any,
) -> None:
    """Shows what the linter sees in posts: folded words, sentences, people, District references, contacts.

    It is for use at your own desk and masks nothing. With --format json it prints one object a post, each on a line.
    """
    from policy428.inspection import inspected, lines
    from policy428.readers.drafts import read_drafts

    session = session_of(config_path, no_config, select, ignore)
    failed = False
    posts = read_drafts(
        files,
        given_of(session, known),
        limits=lambda path: session.config(path).limits,
        notify=remark,
        stdin_name=known["stdin_filename"],
    )
    for item in posts:
        try:
            if isinstance(item, Policy428Error):
                raise item
            found = inspected(session.linter(item.source.path).document(item))
        except Policy428Error as error:
            failed = True
            complain(str(error))
            continue
        if format_name == "json":
            click.echo(json.dumps(found, ensure_ascii=False))
        else:
            click.echo("\n".join(lines(found)))
    ctx.exit(FAILED if failed else 0)
