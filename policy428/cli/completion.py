"""`policy428 completion`: shell completion."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

_HELP = """Prints a script that completes commands and options in your shell.

\b
bash   eval "$(policy428 completion bash)"       in ~/.bashrc
zsh    eval "$(policy428 completion zsh)"        in ~/.zshrc
fish   policy428 completion fish | source        in ~/.config/fish/config.fish
"""


@click.command(help=_HELP)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, /, shell: str) -> None:
    """Prints the script of one shell."""
    kind = get_completion_class(shell)
    assert kind is not None, "click completes the shells named above"
    root = ctx.find_root()
    click.echo(kind(root.command, {}, "policy428", "_POLICY428_COMPLETE").source())
