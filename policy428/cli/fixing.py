"""`check --fix` and `check --diff-fix`: mends drafts by the safe edits of what is found in them, or shows how."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from policy428.cli import remark
from policy428.cli.output import Target
from policy428.errors import InputError, Place
from policy428.post import Post
from policy428.readers.files import STDIN
from policy428.reports import Checked, Look

if TYPE_CHECKING:
    from policy428.fixing.mending import Mended

_F = TypeVar("_F", bound=Callable[..., Any])


def fix_options(command: _F) -> _F:
    """Adds the options that mend drafts."""
    options = [
        click.option("--fix", is_flag=True, help="Make the safe edits in the drafts, then report what is left."),
        click.option("--diff-fix", is_flag=True, help="Show what --fix would change, and change nothing."),
        click.option(
            "--backup", metavar="SUFFIX", help="With --fix, keep each file as it was, under its name and SUFFIX."
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def fixer_of(files: tuple[str, ...], changes: str | None, options: Mapping[str, Any]) -> Fixer | None:
    """The one that the options of `fix_options` ask for, None where they ask for none.

    Args:
        files: what is checked.
        changes: the revision whose changes alone are checked, None to check all.
        options: the values of the command.

    Raises:
        click.UsageError: they exclude each other, or do not go with the rest of the command.
    """
    fix, diff, backup = options["fix"], options["diff_fix"], options["backup"]
    if backup is not None and not fix:
        raise click.UsageError("--backup goes with --fix alone")
    if backup is not None and (not backup or "/" in backup or "\\" in backup or "\0" in backup):
        raise click.BadParameter("write an ending for file names, as in .orig", param_hint="--backup")
    if fix and diff:
        raise click.UsageError("--fix and --diff-fix exclude each other")
    if (fix or diff) and changes is not None:
        raise click.UsageError("--fix and --diff-fix mend whole drafts and do not go with --diff")
    if fix and STDIN in files:
        raise click.UsageError("standard input cannot be mended; --diff-fix shows what would change")
    return Fixer(write=fix, backup=backup or "") if fix or diff else None


class Fixer:
    """Mends posts and, at the end, the files they came from.

    Args:
        write: mend the files; else only remember what would be changed.
        backup: suffix for a copy of each file as it was; none is kept when empty.
    """

    def __init__(self, *, write: bool, backup: str = "") -> None:
        self.write = write
        self.backup = backup
        self.mended: dict[str, list[Mended]] = {}
        self.unknown: set[str] = set()

    def settle(self, post: Post, check: Callable[[Post], Checked], take_back: Callable[[Checked], None]) -> Checked:
        """What is to be reported of `post`: what is left after mending it, or all of it where nothing is written.

        `take_back` is told of what a check came to before the same post is checked again.

        Raises:
            Policy428Error: as `check` does.
        """
        from policy428.fixing.drafts import can_mend
        from policy428.fixing.mending import mend

        if not can_mend(post):
            checked = check(post)
            if any(violation.fix for violation in checked.violations):
                self.unknown.add(post.source.path)
            return checked
        mended = mend(post, check, take_back)
        if mended.changed:
            self.mended.setdefault(post.source.path, []).append(mended)
        return mended.after if self.write else mended.before

    def beside(self, chosen: list[Target], form_named: bool) -> list[Target]:
        """The reports to write beside the diff, which takes the place of the one on standard output.

        Raises:
            click.UsageError: that one was asked for by name.
        """
        if self.write or chosen[0].file is not None:
            return chosen
        if form_named:
            hint = "name a file for it, as in --output json:FILE"
            raise click.UsageError(f"--diff-fix shows a diff in place of the report; {hint}")
        return chosen[1:]

    def diff(self, look: Look) -> Iterator[str]:
        """The lines of a unified diff of all that would be changed; none where it is changed."""
        from policy428.fixing.diff import diff

        for mended in (item for posts in self.mended.values() for item in posts if not self.write):
            for line in diff(mended, look):
                yield _colored(line) if look.color else line

    def finish(self) -> Iterator[InputError]:
        """Writes the files and tells of each; an error for each that could not be written."""
        from policy428.fixing.drafts import write

        for path in sorted(self.unknown):
            remark(f"{path}: has safe edits that cannot be put back into it")
        for path, posts in self.mended.items():
            count = sum(sum(item.rules.values()) for item in posts)
            rules = ", ".join(sorted({rule for item in posts for rule in item.rules}))
            edits = f"{count:,} edit{'' if count == 1 else 's'} ({rules})"
            if not self.write:
                remark(f"{path}: --fix would make {edits}")
                continue
            try:
                write(Path(path), posts, self.backup)
            except InputError as error:
                yield InputError(error.message, place=error.place or Place(path), hint=error.hint)
            else:
                remark(f"{path}: made {edits}" + (f"; as it was: {path}{self.backup}" if self.backup else ""))


def _colored(line: str) -> str:
    if line.startswith(("---", "+++")):
        return click.style(line, bold=True)
    color = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
    return click.style(line, fg=color) if color else line
