"""`policy428 config show`: the configuration in force, each value with the place that set it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from policy428.config import DEFAULT, Config
from policy428.profile import Profile


@click.group()
def config() -> None:
    """Look at the configuration in force."""


@config.command()
@click.argument("path", type=click.Path(path_type=Path), default=".", required=False)
@click.option("--config", "config_path", type=click.Path(path_type=Path), help="Use this file and look for no other.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def show(path: Path, config_path: Path | None, form: str) -> None:
    """Show each value that applies to PATH (a draft or folder, by default this one) and where it was set."""
    found = Config.load(config_path) if config_path is not None else Config.near(path)
    rows = list(describe(found))
    if form == "json":
        values = [{"key": key, "value": value, "origin": origin} for key, value, origin in rows]
        file = str(found.path) if found.path is not None else None
        click.echo(json.dumps({"path": file, "values": values}, indent=2, ensure_ascii=False))
        return
    if found.path is None:
        click.echo("No configuration file was found; the packaged profile and all rules apply.", err=True)
    cells = [(key, _written(value), origin) for key, value, origin in rows]
    width = max(len(key) for key, _, _ in cells)
    for key, value, origin in cells:
        click.echo(f"{key:<{width}}  {value}" + (f"  [{_near(origin)}]" if origin != DEFAULT else ""))


def describe(config: Config) -> Iterator[tuple[str, Any, str]]:
    """Key, value and origin of everything a configuration holds, with plain values only."""
    profile = config.profile
    yield "profile", profile.id, config.origin("profile_source")
    yield from _profile(profile)
    for key, name in (
        ("rosters.students", "student_files"),
        ("rosters.staff", "staff_files"),
        ("permits", "permit_files"),
    ):
        yield key, [str(path) for path in getattr(config, name)], config.origin(name)
    yield "policy_text", str(config.policy_file or ""), config.origin("policy_file")
    yield from _mapping(config, "policy_text.clauses", "policy_clauses") if config.policy_clauses else ()
    yield "select", list(config.select), config.origin("select")
    yield "ignore", list(config.ignore), config.origin("ignore")
    yield from _mapping(config, "severities", "severities")
    yield from _mapping(config, "min_confidence", "least_confidence")
    yield "fail_on", config.fail_on, config.origin("fail_on")
    yield "packs", [str(path) for path in config.packs], config.origin("packs")
    yield from _mapping(config, "wordlists", "extra_words")
    yield from _mapping(config, "allow", "allowed_words", "allowed_by_rule")
    yield "not_people", list(config.not_people), config.origin("not_people")
    yield from _mapping(config, "people", "people_roles")
    for entry in config.suppress:
        yield f"suppress.{entry.pattern}", list(entry.rules), str(entry.place)
    yield "require_reason", config.require_reason, config.origin("require_reason")
    yield "language_model", config.language_model, config.origin("language_model")
    for key in config.limits.__dataclass_fields__:
        yield f"limits.{key}", getattr(config.limits, key), config.origin("limits")
    for folder, pattern, role in config.roles_by_path:
        yield f"roles.{pattern}", role, f"{folder}" if config.origin("roles_by_path") != DEFAULT else DEFAULT


def _profile(profile: Profile) -> Iterator[tuple[str, Any, str]]:
    """The facts of a profile that a person would look for first; all come from its one file."""
    yield "profile.name", profile.name, profile.path
    yield "profile.policy", profile.policy, profile.path
    for key in ("aliases", "towns", "mascots", "hashtags", "email_domains", "web_domains"):
        yield f"profile.{key}", list(getattr(profile, key)), profile.path
    yield "profile.schools", [school.name for school in profile.schools], profile.path
    yield "profile.homepage", profile.homepage, profile.path


def _mapping(config: Config, key: str, *names: str) -> Iterator[tuple[str, Any, str]]:
    empty = True
    for name in names:
        for inner, value in getattr(config, name).items():
            empty = False
            plain = list(value) if isinstance(value, tuple) else value
            yield f"{key}.{inner}", plain, config.origin(f"{name}.{inner}")
    if empty:
        yield key, {}, DEFAULT


def _near(origin: str) -> str:
    """An origin with its path as seen from the working folder."""
    return origin.removeprefix(f"{Path.cwd()}/")


def _written(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or "none"
    return str(value) if value not in ("", {}) else "none"
