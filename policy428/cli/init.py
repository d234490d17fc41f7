"""`policy428 init`: writes a commented configuration for one's own district."""

from __future__ import annotations

from pathlib import Path

import click

from policy428.config_files import NAMES
from policy428.errors import ConfigError, Place
from policy428.resources import data_folder

TEMPLATE = "init.template"


@click.command()
@click.argument("path", type=click.Path(path_type=Path), default=NAMES[0], required=False)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--git-hook", is_flag=True, help="Write a Git hook that checks staged drafts before each commit instead.")
@click.pass_context
def init(ctx: click.Context, path: Path, force: bool, git_hook: bool) -> None:
    """Write a commented policy428.yaml for another district to PATH, a file or a folder.

    With --git-hook, PATH is a folder of the repository, the working folder unless told.
    """
    if git_hook:
        from policy428.git.hook import write_hook

        given = ctx.get_parameter_source("path") is not click.core.ParameterSource.DEFAULT
        folder = path if given else Path()
        if not folder.is_dir():
            raise ConfigError("is no folder", place=Place(str(folder)), hint="--git-hook takes a repository's folder")
        click.echo(f"Wrote {write_hook(folder, force=force)}. It checks what is staged at every commit.", err=True)
        return
    target = path / NAMES[0] if path.is_dir() else path
    if target.exists() and not force:
        raise ConfigError("is already there", place=Place(str(target)), hint="--force writes over it")
    text = (data_folder("profiles") / TEMPLATE).read_text(encoding="utf-8")
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise ConfigError(f"cannot be written: {problem.strerror or problem}", place=Place(str(target))) from None
    click.echo(f"Wrote {target}. Fill in the district's names, then look at it with: policy428 config show", err=True)
