"""`policy428 explain`: what a clause or rule asks, and how to keep it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policy428.cli.options import config_options, session_of

if TYPE_CHECKING:
    from policy428.linter import Linter
    from policy428.rule import Clause, Rule

_WIDTH = 96


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="RULE|CLAUSE...")
@config_options
def explain(
    names: tuple[str, ...], config_path: Path | None, no_config: bool, select: tuple[str, ...], ignore: tuple[str, ...]
) -> None:
    """Says what a clause or rule asks, with examples, how to mend a post, and sources.

    A name is a section (IV), a clause (IV.E), a family of rules (IV.B-profanity) or a rule.
    """
    linter = session_of(config_path, no_config, select, ignore).here()
    for number, name in enumerate(names):
        if number:
            click.echo("\n" + "-" * _WIDTH + "\n")
        click.echo("\n".join(_explained(linter, name.strip())))


def _explained(linter: Linter, name: str) -> Iterator[str]:
    rules = linter.ruleset.matching(name)
    clauses = {clause.lower(): clause for clause in linter.ruleset.clauses}
    if name.lower() in clauses:
        yield from _clause(linter, linter.ruleset.clauses[clauses[name.lower()]], rules)
    elif len(rules) == 1 or any(rule.name.lower() == name.lower() for rule in rules):
        yield from _rule(linter, next((rule for rule in rules if rule.name.lower() == name.lower()), rules[0]))
    else:
        for clause in dict.fromkeys(rule.clause for rule in rules):
            yield f"{clause}  {linter.ruleset.clauses[clause].title}"
            yield from _names([rule for rule in rules if rule.clause == clause])


def _clause(linter: Linter, clause: Clause, rules: tuple[Rule, ...]) -> Iterator[str]:
    yield f"{clause.name}  {clause.title}"
    yield linter.context.profile.citation(clause.name)
    if clause.asks:
        yield ""
        yield _filled(clause.asks)
    yield from _list("Sources", clause.see)
    yield ""
    yield "Rules"
    yield from _names(rules)


def _names(rules: tuple[Rule, ...] | list[Rule]) -> Iterator[str]:
    width = max(len(rule.name) for rule in rules)
    for rule in rules:
        yield f"  {rule.name:<{width}}  {rule.severity:<7}  {rule.title}"


def _rule(linter: Linter, rule: Rule) -> Iterator[str]:
    yield f"{rule.name}  {rule.title}"
    yield f"{linter.context.profile.citation(rule.clause)}, {linter.ruleset.clauses[rule.clause].title}"
    severity = linter.config.severity_of(rule.name) or rule.severity
    yield f"{severity}; applies to {', '.join(sorted(rule.roles))} posts{_terms(rule)}"
    if rule.about:
        yield ""
        yield _filled(rule.about)
    yield from _list("It says", (rule.message,))
    yield from _list("Instead", (rule.suggestion,) if rule.suggestion else ())
    yield from _list("Reported", rule.breaks)
    yield from _list("Not reported", rule.keeps)
    yield from _list("Sources", rule.see)


def _terms(rule: Rule) -> str:
    """When else a rule applies, as the end of a sentence."""
    terms = {
        "required": "; only where the post refers to the District",
        "lowers": "; one severity lower where the post does not refer to the District",
        "ignored": "",
    }[rule.reference]
    return terms + ("; only of an author known as an employee" if rule.employee else "")


def _list(title: str, items: tuple[str, ...]) -> Iterator[str]:
    if items:
        yield ""
        yield title
        for item in items:
            yield textwrap.fill(" ".join(item.split()), _WIDTH, initial_indent="  - ", subsequent_indent="    ")


def _filled(text: str) -> str:
    return "\n\n".join(textwrap.fill(" ".join(part.split()), _WIDTH) for part in text.split("\n\n"))
