"""Options that several commands share: what is known of a post, and the configuration to read it with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from policy428.post import ROLES, Author, Media, Role
from policy428.readers import Given
from policy428.session import Session

_F = TypeVar("_F", bound=Callable[..., Any])


def post_options(command: _F) -> _F:
    """Adds the options that tell what is known of a post, and the name that standard input goes by."""
    name = click.option(
        "--stdin-filename", metavar="NAME", help="File name that “-” goes by, for its format and messages."
    )
    return name(known_options(command))


def known_options(command: _F) -> _F:
    """Adds the options that tell what is known of a post."""
    options = [
        click.option("--role", type=click.Choice(ROLES), help="Kind of post; personal unless told."),
        click.option("--author-email", metavar="EMAIL", help="Address that the account is registered with."),
        click.option("--author-name", metavar="NAME", help="The author's name."),
        click.option("--bio", metavar="TEXT", help="Profile text of the author's account."),
        click.option("--handle", metavar="@NAME", help="The author's handle."),
        click.option(
            "--media", metavar="PATH|ALT", multiple=True, help="A picture, video or sound attached, and its alt text."
        ),
        click.option("--group", metavar="NAME", help="Group or page that the post goes to."),
        click.option("--authorized", is_flag=True, help="The author may speak for the District."),
    ]
    return _with(command, options)


def config_options(command: _F) -> _F:
    """Adds the options that choose a configuration and among its rules."""
    options = [
        click.option(
            "--config", "config_path", type=click.Path(path_type=Path), help="Configuration file; else the nearest one."
        ),
        click.option("--no-config", is_flag=True, help="Use no configuration file."),
        click.option(
            "--select", metavar="NAMES", multiple=True, help="Only these clauses or rules: IV.B, IV.E-pupil-record."
        ),
        click.option("--ignore", metavar="NAMES", multiple=True, help="All but these clauses or rules."),
    ]
    return _with(command, options)


def _with(command: _F, options: Sequence[Callable[[_F], _F]]) -> _F:
    for option in reversed(options):
        command = option(command)
    return command


def session_of(
    config_path: Path | None, no_config: bool, select: tuple[str, ...], ignore: tuple[str, ...], **options: Any
) -> Session:
    """The session that the options of `config_options` ask for; `options` are further values for the configuration."""
    if config_path is not None and no_config:
        raise click.UsageError("--config and --no-config exclude each other")
    values = {"select": _names(select), "ignore": _names(ignore), **options}
    return Session(config=config_path, isolated=no_config, options=values)


def given_of(session: Session, options: Mapping[str, Any]) -> Callable[[str], Given]:
    """What the options of `post_options` and the configuration tell of the posts of a path."""
    author = Author(
        name=options["author_name"], email=options["author_email"], handle=options["handle"], bio=options["bio"]
    )
    media = tuple(_media(text) for text in options["media"])
    role: Role | None = options["role"]

    def given(path: str) -> Given:
        return Given(
            role=role or session.config(path).role_of(Path(path)),
            author=author,
            media=media,
            group=options["group"],
            authorized=options["authorized"],
        )

    return given


def _names(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def _media(text: str) -> Media:
    from policy428.readers.draft import media_kind

    path, _, alt = text.partition("|")
    return Media(path=path.strip(), alt=alt.strip() or None, kind=media_kind(path.strip()))
