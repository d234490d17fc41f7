"""`policy428 rules`: the rules in force, their tests, and the schema of their files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from policy428.cli.options import config_options, session_of

FAILED = 1


@click.group()
def rules() -> None:
    """Lists and tests rules, and prints the schema of rule files."""


@rules.command("list")
@config_options
@click.option("--format", "format_name", type=click.Choice(["text", "json"]), default="text", help="text or json.")
def list_rules(format_name: str, **chosen: Any) -> None:
    """Lists the rules in force with their severity."""
    linter = session_of(**chosen).here()
    found = [
        (rule, linter.config.severity_of(rule.name) or rule.severity) for rule in (*linter.rules, *linter.own_rules)
    ]
    if format_name == "json":
        records = [
            {
                "rule": rule.name,
                "clause": rule.clause,
                "citation": linter.context.profile.citation(rule.clause),
                "family": rule.family,
                "severity": severity,
                "roles": sorted(rule.roles),
                "title": rule.title,
                "see": list(rule.see),
            }
            for rule, severity in found
        ]
        click.echo(json.dumps(records, ensure_ascii=False, indent=2))
        return
    width = max((len(rule.name) for rule, _ in found), default=0)
    for rule, severity in found:
        click.echo(f"{rule.name:<{width}}  {severity:<7}  {rule.title}")


@rules.command("test")
@config_options
@click.option("--corpus", is_flag=True, help="Check labelled posts too: the corpus of this checkout, or CASES.")
@click.argument("cases", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.pass_context
def test_rules(ctx: click.Context, /, corpus: bool, cases: tuple[Path, ...], **chosen: Any) -> None:
    """Runs the examples that rules carry; CASES are .jsonl files of labelled posts for --corpus.

    Fails where an example is not as it says, or a figure is worse than measures.yaml beside the labelled posts allows.
    """
    from policy428.selftest import run

    linter = session_of(**chosen).here()
    linter.context.lexicon.check_all()
    failures = list(run(linter, linter.rules))
    worse: list[str] = []
    for failure in failures:
        click.echo(str(failure))
    count = sum(len(rule.examples) for rule in linter.rules)
    click.echo(
        f"{len(linter.rules)} rules, {count} examples: {f'{len(failures)} failed' if failures else 'all as they say'}."
    )
    if corpus or cases:
        from policy428.corpus import broken, corpus_files, tallies, total

        found = tallies(linter, cases or corpus_files())
        click.echo("")
        for line in total(found.values()).lines():
            click.echo(line)
        worse = list(broken(found))
        for line in worse:
            click.echo(f"worse than the corpus allows: {line}")
    ctx.exit(FAILED if failures or worse else 0)


@rules.command("schema")
def schema() -> None:
    """Prints the JSON Schema of rule files."""
    from policy428.schema import rule_schema

    click.echo(json.dumps(rule_schema(), ensure_ascii=False, indent=2))
