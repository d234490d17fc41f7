"""`policy428 explain`: what a clause or rule asks, and how to keep it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policy428.cli.options import config_options, session_of

if TYPE_CHECKING:
    from policy428.manual.entries import ClauseEntry, RuleEntry

FORMATS = ("text", "markdown", "json")


@click.command()
@click.argument("names", nargs=-1, metavar="RULE|CLAUSE...")
@click.option("--all", "whole", is_flag=True, help="Every clause with all its rules: the reference.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How to write it."
)
@config_options
def explain(
    names: tuple[str, ...],
    whole: bool,
    form: str,
    config_path: Path | None,
    no_config: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
) -> None:
    """Says what a clause or rule asks, with examples, how to mend a post, and sources.

    A name is a section (IV), a clause (IV.E), a family of rules (IV.B-profanity) or a rule. Where the configuration
    names the district's copy of its policy (policy_text), a clause is told in the policy's own words too.
    """
    if bool(names) == whole:
        raise click.UsageError("name a rule or a clause, as in “explain IV.E”, or ask for --all")
    from policy428.manual.entries import everything, named, policy_of

    linter = session_of(config_path, no_config, select, ignore).here()
    policy = policy_of(linter)
    if whole:
        every = everything(linter, policy)
        click.echo(_reference(every) if form == "markdown" else _written([*every], form), nl=form != "markdown")
        return
    entries = [entry for name in names for entry in named(linter, name.strip(), policy)]
    # A name that is neither a clause nor a rule, as “III”, gets a list to choose from.
    section = form == "text" and len(names) == 1 and len(entries) > 1
    click.echo(_written(entries, form, brief=section), nl=form != "markdown")


def _written(entries: list[ClauseEntry | RuleEntry], form: str, *, brief: bool = False) -> str:
    if form == "json":
        from policy428.manual.json import json

        return json(entries)
    if form == "markdown":
        from policy428.manual.markdown import markdown

        return markdown(entries)
    from policy428.manual.text import text

    return text(entries, brief=brief)


def _reference(entries: list[ClauseEntry]) -> str:
    from policy428.manual.markdown import reference

    return reference(entries, "policy428 explain --all --no-config --format markdown")
