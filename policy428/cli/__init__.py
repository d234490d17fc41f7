"""The command line: one module a command, found by its name and imported when it is called.

A module of this package that holds a click command of its own name is a command. Errors meant for the person are one
line on standard error and exit status 2; so is a defect of the program, whose traceback may hold private text and is
shown only where POLICY428_DEBUG is set.
"""

from __future__ import annotations

import errno
import importlib
import os
import pkgutil
import sys
from typing import Any

import click

from policy428.errors import Policy428Error

FAILED = 2


class Commands(click.Group):
    """The commands of this package, imported one by one as they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        names = sorted(module.name for module in pkgutil.iter_modules(__path__))
        return [name for name in names if self.get_command(ctx, name) is not None]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if not cmd_name.isidentifier():
            return None
        try:
            module = importlib.import_module(f"{__name__}.{cmd_name}")
        except ModuleNotFoundError as error:
            if error.name != f"{__name__}.{cmd_name}":
                raise
            return None
        command = getattr(module, cmd_name, None)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from policy428.errors import did_you_mean

            hint = did_you_mean(args[0], self.list_commands(ctx)) if args else None
            message = error.message.rstrip(".")
            raise click.UsageError(f"{message} ({hint})" if hint else message, ctx) from None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Policy428Error as error:
            complain(str(error))
            ctx.exit(FAILED)
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise
            if os.environ.get("POLICY428_DEBUG"):
                raise
            complain(f"policy428 failed inside ({type(error).__name__}); set POLICY428_DEBUG=1 to see where")
            ctx.exit(FAILED)


def complain(message: str) -> None:
    """Writes one error line to standard error."""
    from policy428.reports.plain import printable

    click.echo(f"{click.style('error', fg='red', bold=True)}: {printable(message)}", err=True, color=_color(sys.stderr))


def remark(message: str) -> None:
    """Writes one line that is no error to standard error."""
    from policy428.reports.plain import printable

    click.echo(f"note: {printable(message)}", err=True, color=_color(sys.stderr))


def _color(stream: Any) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _version(ctx: click.Context, param: click.Parameter, asked: bool) -> None:
    if asked:
        from policy428.reports.record import tool

        click.echo("{name} {version}".format(**tool()))
        ctx.exit()


_HELP = """Says which clause of the District's social-media policy a draft post would break, before you publish it.

\b
policy428 check post.txt              check a draft
echo "Go Bucs!" | policy428 check -   check what another program writes
policy428 explain IV.D                what a clause asks

Exit status: 0 nothing found, 1 something found, 2 the command, configuration or input was wrong.
"""


@click.group(cls=Commands, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version and exit."
)
def main() -> None:
    """The program."""
    for stream in (sys.stdout, sys.stderr):
        # A post may hold what the terminal's encoding cannot; better an escape than a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
