"""What a run is quiet about: suppressions and baselines, for all commands that judge posts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from policy428.post import Post
from policy428.reports import Checked, Summary, Told
from policy428.session import Session

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
        hidden = tuple((v, why) for v, why in outcome.suppressed if v.confidence >= self.min_confidence)
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


def only_new(results: Iterable[Told], known: Known, summary: Summary) -> Iterator[Told]:
    """The results of a scan without the findings that are known; what is left is counted in `summary`."""
    from policy428.baseline.fingerprint import of_record

    for result in results:
        made = tuple(item for item in result.made if not known.take(of_record(item.record, known.baseline.folder)))
        left = Told(result.title, made, result.hidden + len(result.made) - len(made))
        summary.count(left)
        yield left
