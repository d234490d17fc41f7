"""The judge of a scan: posts in, what was found in them out, with nothing that must not be kept.

The same function runs in the scan's own worker processes and wherever else many posts are judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policy428.errors import Policy428Error
from policy428.language import LanguageModel, Wanted
from policy428.post import Author, Post
from policy428.scan.kept import Kept, keep
from policy428.scan.limit import OutOfTime, time_limit

if TYPE_CHECKING:
    from policy428.document import Document
    from policy428.judge import Candidate
    from policy428.linter import Linter

OTHERS = frozenset({"reshare", "quote"})
"""Kinds of posts that are, or stand around, what somebody else wrote: what is found there is a notice."""


TIMED = 10_000
"""Characters of a post that the time limit is for; a longer one has as much more time."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How posts are judged; all of it bears on the verdicts, but for the time limit.

    Attributes:
        config: a configuration file for all sources; None to find the one nearest to each.
        isolated: no configuration file is read.
        options: further values for the configuration.
        min_confidence: what is less sure is left out, 0 to 1.
        show_matches: private text is kept as it is.
        suppressions: they count.
        seconds: how long a post may take, for each TIMED characters of it that are begun.
    """

    config: Path | None = None
    isolated: bool = False
    options: dict[str, Any] = field(default_factory=dict)
    min_confidence: float = 0.0
    show_matches: bool = False
    seconds: float = 60.0
    suppressions: bool = True


@dataclass(frozen=True, slots=True)
class Job:
    """A post to judge.

    Attributes:
        number: tells its answer from others.
        post: the post.
        account: what is found in the author's account and not in the post is reported with it.
    """

    number: int
    post: Post
    account: bool = True


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a post could not be judged, without a word of it."""

    reason: str


Answer = tuple[Kept, ...] | Failed


class Judge:
    """Judges posts with the linter of the configuration that applies to their source; one a process.

    Args:
        settings: how.
    """

    def __init__(self, settings: Settings) -> None:
        from policy428.session import Session

        self.settings = settings
        self.session = Session(config=settings.config, isolated=settings.isolated, options=settings.options)
        self._linters: set[Linter] = set()

    def judge(self, jobs: Sequence[Job]) -> Iterator[tuple[int, Answer | None]]:
        """The answer to each of `jobs`, by number; before it is begun, its number with None.

        Texts that the language model is needed for are put off and read together.

        Raises:
            Policy428Error: the configuration, a rule or a model is wrong, so that no post can be judged.
        """
        later: list[tuple[Job, Document, Wanted]] = []
        for job in jobs:
            linter = self._linter(job.post)
            document = linter.document(job.post)
            yield job.number, None
            with linter.context.language.put_off():
                answer = self._answer(job, linter, document)
            if isinstance(answer, Wanted):
                later.append((job, document, answer))
            else:
                yield job.number, answer
        models: dict[int, tuple[LanguageModel, list[Wanted]]] = {}
        for _, document, wanted in later:
            language = document.context.language
            models.setdefault(id(language), (language, []))[1].append(wanted)
        for language, texts in models.values():
            try:
                language.read(texts)
            except Policy428Error:
                raise
            except Exception:  # one of the texts; each is read by itself below, and told of there
                continue
        for job, document, _ in later:
            yield job.number, None
            answer = self._answer(job, self._linter(job.post), document)
            assert not isinstance(answer, Wanted)
            yield job.number, answer

    def _linter(self, post: Post) -> Linter:
        """The linter for a post; a new one gets its lists and models now, and not in the time of the first post."""
        linter = self.session.linter(post.source.path)
        if linter not in self._linters:
            linter.check(Post("The concert is on Thursday."))
            _ = linter.context.ears.linear, linter.context.ears.encoder
            self._linters.add(linter)
        return linter

    def _answer(self, job: Job, linter: Linter, document: Document) -> Answer | Wanted:
        seconds = allowed(self.settings.seconds, job.post)
        try:
            with time_limit(seconds):
                return tuple(self._kept(job, linter, document))
        except Wanted as wanted:
            return wanted
        except OutOfTime:
            return Failed(too_slow(seconds))
        except Policy428Error:
            raise
        except Exception as error:  # one post must not end a scan; its text may be in the message, so it is not told
            return Failed(f"could not be judged ({type(error).__name__})")

    def _kept(self, job: Job, linter: Linter, document: Document) -> Iterator[Kept]:
        from policy428.reports import Checked, Look
        from policy428.reports.finding import findings
        from policy428.reports.masking import Masker
        from policy428.suppressions.applying import suppress

        hidden = _hidden(job)

        def of_account(candidate: Candidate) -> bool:
            # What stands in the text is the post's own, whatever the account says.
            return hidden is not None and candidate.span is None and _sign(candidate) in _of_account(linter, hidden)

        found = linter.check_document(document, leave_out=of_account)
        if self.settings.suppressions:
            # What the account alone would suppress is not told with each post, nor is what hides nothing else there.
            found = list(suppress(found, document, linter, unused=hidden is None).violations)
        found = [violation for violation in found if violation.confidence >= self.settings.min_confidence]
        if job.post.source.kind in OTHERS:
            found = [replace(violation, severity="notice") for violation in found]
        checked = Checked(document, tuple(found))
        masker = Masker(checked, Look(), private=True) if found else None
        look = Look(show_matches=self.settings.show_matches, explain=True)
        counts: dict[str, int] = {}
        for violation, finding in zip(found, findings(checked, look), strict=True):
            assert masker is not None
            # Of masked words, since the mark is kept.
            words = masker.match(violation.match).lower() if "\0" in violation.mark else ""
            mark = f"{violation.rule}\0{words}"
            counts[mark] = counts.get(mark, 0) + 1
            yield keep(finding, f"{mark}\0{counts[mark]}")


def allowed(seconds: float, post: Post) -> float:
    """How long `post` may take, where one of up to TIMED characters may take so many seconds."""
    return seconds * (1 + len(post.text) // TIMED)


def too_slow(seconds: float) -> str:
    """What is told of a post that took longer."""
    return f"could not be judged within {seconds:g} seconds"


def _hidden(job: Job) -> Post | None:
    """The account, as a post without text, whose findings are not to be told again with this post."""
    post = job.post
    if not job.account:
        return Post("", role=post.role, author=post.author, authorized=post.authorized)
    bio = post.author.bio
    if post.source.kind == "profile" and bio and bio.strip() == post.text.strip():
        return Post("", role=post.role, author=Author(bio=bio), authorized=post.authorized)
    return None


def _sign(candidate: Candidate) -> tuple[str, ...]:
    return (candidate.rule.name, *(f"{e.leaf}\0{e.text}\0{e.why}" for e in candidate.match.evidence))


@lru_cache(maxsize=256)
def _of_account(linter: Linter, account: Post) -> frozenset[tuple[str, ...]]:
    """The signs of what the rules propose for an account by itself."""
    return frozenset(_sign(candidate) for candidate in linter.candidates(linter.document(account)))


def answers(judge: Judge, jobs: Iterable[Job]) -> Iterator[tuple[int, Answer]]:
    """The answers of `judge` alone."""
    for number, answer in judge.judge(list(jobs)):
        if answer is not None:
            yield number, answer
