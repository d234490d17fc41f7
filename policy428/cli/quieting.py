"""What a run is quiet about: suppressions and baselines, for all commands that judge posts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from policy428.cli import remark
from policy428.cli.options import given_of
from policy428.errors import Policy428Error
from policy428.post import Post
from policy428.reports import Checked, Summary, Told
from policy428.session import Session
from policy428.violation import at_least

if TYPE_CHECKING:
    from policy428.baseline.file import Known
    from policy428.document import Document
    from policy428.suppressions.applying import Outcome
    from policy428.violation import Violation

_F = TypeVar("_F", bound=Callable[..., Any])


def quiet_options(command: _F) -> _F:
    """Adds the options that say what a run is quiet about."""
    suppressions = click.option("--no-suppressions", is_flag=True, help="Show what is suppressed too.")
    baseline = click.option(
        "--baseline",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Show only what this baseline does not know; see “policy428 baseline”.",
    )
    return suppressions(baseline(command))


def quiet_of(session: Session, options: Mapping[str, Any], min_confidence: float = 0.0) -> Quiet:
    """What the options of `quiet_options` ask for.

    Raises:
        InputError: the baseline cannot be read.
    """
    return Quiet(session, min_confidence, not options["no_suppressions"], known_of(options["baseline"]))


def add_ignores(
    session: Session, files: tuple[str, ...], options: Mapping[str, Any], reason: str, quiet: Quiet
) -> None:
    """Writes suppressions of all that `quiet` finds in `files` into them, and tells how many.

    What cannot be read or judged is left for the run that comes after to tell of.

    Raises:
        click.UsageError: the reason is none, or there is nothing to write into.
        InputError: a file cannot be written.
    """
    from policy428.readers.drafts import read_drafts
    from policy428.suppressions.writing import add

    reason = " ".join(reason.split())
    if not reason or "-->" in reason or "--!>" in reason:
        raise click.UsageError("--add-ignore needs a reason, without the end of a comment in it")
    if "-" in files:
        raise click.UsageError("--add-ignore writes into files, and “-” is none")
    found: dict[str, list[Violation]] = {}
    given = given_of(session, options)
    for item in read_drafts(files, given, limits=lambda path: session.config(path).limits, notify=lambda said: None):
        if isinstance(item, Post):
            with suppress(Policy428Error):
                found.setdefault(item.source.path, []).extend(quiet.checked(item).violations)
    written, changed = 0, 0
    for path, violations in found.items():
        count, left = add(path, violations, reason)
        written += count
        changed += count > 0
        if left:
            remark(f"{path} {left}")
    files_changed = f"{changed:,} file{'' if changed == 1 else 's'}"
    remark(f"{written:,} finding{'' if written == 1 else 's'} suppressed in {files_changed}")


def known_of(baseline: Path | None) -> Known | None:
    """The findings of the baseline in a file.

    Raises:
        InputError: it cannot be read.
    """
    if baseline is None:
        return None
    from policy428.baseline.file import Baseline, Known

    return Known(Baseline.load(baseline))


class Quiet:
    """Checks posts and parts what is told from what is not.

    Args:
        session: the configurations and linters.
        min_confidence: what is less sure is left out, 0 to 1.
        suppressions: they count.
        known: findings of a baseline.
    """

    def __init__(
        self, session: Session, min_confidence: float = 0.0, suppressions: bool = True, known: Known | None = None
    ) -> None:
        self.session = session
        self.min_confidence = min_confidence
        self.suppressions = suppressions
        self.known = known

    def checked(self, post: Post) -> Checked:
        """What comes of `post`.

        Raises:
            Policy428Error: the configuration, a rule or the language model is wrong.
        """
        document, outcome = self._outcome(post)
        sure = tuple(v for v in outcome.violations if v.confidence >= self.min_confidence)
        hidden = tuple(item for item in outcome.suppressed if item.violation.confidence >= self.min_confidence)
        known = self.known
        if known is None:
            return Checked(document, sure, hidden)
        from policy428.baseline.fingerprint import of_violation

        old = [known.take(of_violation(violation, known.baseline.folder)) for violation in sure]
        return Checked(
            document,
            tuple(v for v, is_old in zip(sure, old, strict=True) if not is_old),
            hidden,
            tuple(v for v, is_old in zip(sure, old, strict=True) if is_old),
        )

    def take_back(self, checked: Checked) -> None:
        """Forgets that a post was checked, before it is checked again: a baseline counts what it meets."""
        if self.known is not None:
            from policy428.baseline.fingerprint import of_violation

            for violation in checked.known:
                self.known.give_back(of_violation(violation, self.known.baseline.folder))

    def unsuppressed(self, post: Post) -> tuple[Violation, ...]:
        """What is found in `post` whether or not a baseline knows it, which it is not asked about.

        Raises:
            Policy428Error: the configuration, a rule or the language model is wrong.
        """
        return self._outcome(post)[1].violations

    def _outcome(self, post: Post) -> tuple[Document, Outcome]:
        from policy428.suppressions.applying import Outcome, suppress

        linter = self.session.linter(post.source.path)
        document = linter.document(post)
        found = linter.check_document(document)
        return document, suppress(found, document, linter) if self.suppressions else Outcome(tuple(found))


class News:
    """What of a scan's results a baseline does not know.

    Args:
        known: the findings of the baseline.
        session: the configurations.
    """

    def __init__(self, known: Known, session: Session) -> None:
        self.known = known
        self.session = session
        self.grave = False
        """Whether anything new is grave enough for the exit status to be 1."""
        self._summary = Summary()

    def of(self, result: Told) -> Told:
        """`result` without the findings that are known."""
        from policy428.baseline.fingerprint import of_record

        folder = self.known.baseline.folder
        made = tuple(item for item in result.made if not self.known.take(of_record(item.record, folder)))
        left = Told(result.title, made, result.hidden + len(result.made) - len(made))
        self._summary.count(left)
        for item in made:
            floor = self.session.config(item.record["path"]).fail_on
            self.grave = self.grave or at_least(item.record["severity"], floor)
        return left

    def counted(self, whole: Summary) -> Summary:
        """The totals of the `whole`, less what is known."""
        return replace(self._summary, posts=whole.posts, errors=whole.errors)
