"""The drafts that changed, and which of their findings count.

A finding counts when words that it stands on are on a changed line. One that is elsewhere, or stands nowhere in the
text (a profile, a role, a disclaimer that is missing), counts when the draft as it was did not have it: it is the
change that brought it about. So old findings stay quiet, and none that a change causes is lost.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase

from policy428.circumstances import CIRCUMSTANCES
from policy428.errors import InputError, Place, Policy428Error
from policy428.git.changes import Change, Changes, Lines, revision_and_files
from policy428.post import Post
from policy428.readers import Given, suffixes
from policy428.readers.drafts import Limits, posts_of, read_drafts, too_large
from policy428.readers.files import STDIN
from policy428.violation import Violation

Check = Callable[[Post], Sequence[Violation]]


class ChangedDrafts:
    """Reads the drafts of `changes`, staged ones as they are staged, and knows what of them changed."""

    def __init__(self, changes: Changes) -> None:
        self.changes = changes
        self._lines: dict[str, Lines] = {}
        self._given: Callable[[str], Given] = lambda path: Given()
        self._limits: Callable[[str], Limits] = lambda path: Limits()

    @classmethod
    def between(cls, diff: str, files: tuple[str, ...]) -> tuple[ChangedDrafts, tuple[str, ...]]:
        """What `--diff` with the value `diff` asks for, and the `files` to look at.

        Raises:
            InputError: there is no Git, no repository or no such revision.
        """
        revision, files = revision_and_files(diff, files)
        return cls(Changes(revision)), files

    def read(
        self,
        arguments: Iterable[str],
        given: Callable[[str], Given],
        *,
        limits: Callable[[str], Limits],
        notify: Callable[[str], None],
        stdin_name: str | None = None,
    ) -> Iterator[Post | Policy428Error]:
        """As `read_drafts` does, of the changed drafts among `arguments`; of all of them without any."""
        self._given, self._limits = given, limits
        for change in self._asked(tuple(arguments), notify):
            if isinstance(change, InputError):
                yield change
                continue
            name = self.changes.shown(change.path)
            if change.new is None:
                read = read_drafts((name,), given, limits=limits, notify=notify)
            else:
                read = self._read(change.new, name, name, notify)
            for item in read:
                if isinstance(item, Post) and name not in self._lines:
                    self._lines[name] = self.changes.lines(change)
                yield item

    def counted(self, post: Post, found: tuple[Violation, ...], check: Check) -> tuple[Violation, ...]:
        """Those of the violations `found` in `post` that count; `check` is asked about the post as it was, if need be.

        Raises:
            Policy428Error: as `check` does.
        """
        lines = self._lines.get(post.source.path)
        if lines is None or lines.ranges is None:
            return found
        if post.source.line is not None:
            # A line of a file of posts is one post: what did not change there stays quiet as a whole.
            return found if lines.touch(post.source.line, post.source.line) else ()
        here = {id(violation) for violation in found if _on(lines, post, violation)}
        if len(here) == len(found):
            return found
        known = self._known(post, check)
        counted = []
        for violation in found:
            key = _key(violation)
            if id(violation) in here:
                counted.append(violation)
            elif known[key] > 0:
                known[key] -= 1
            else:
                counted.append(violation)
        return tuple(counted)

    def _known(self, post: Post, check: Check) -> Counter[tuple[str, str]]:
        """How often the draft as it was had each finding."""
        change = self.changes.files[self.changes.relative(post.source.path)]
        if change.old is None or change.was is None:
            return Counter()
        read = self._read(change.old, self.changes.shown(change.was), post.source.path, lambda remark: None)
        before = next((item for item in read if isinstance(item, Post)), None)
        return Counter() if before is None else Counter(_key(violation) for violation in check(before))

    def _read(
        self, blob: str, name: str, settings: str, notify: Callable[[str], None]
    ) -> Iterator[Post | Policy428Error]:
        try:
            bounds, known = self._limits(settings), self._given(name)
            data = self.changes.bytes_of(blob, bounds.file_bytes)
            if data is None:
                raise too_large(name, bounds.file_bytes)
        except Policy428Error as error:
            yield error
            return
        yield from posts_of(data, name, known, bounds, notify)

    def _asked(self, arguments: Sequence[str], notify: Callable[[str], None]) -> Iterator[Change | InputError]:
        """The changed drafts that `arguments` name, in their order, each once."""
        drafts = {path: change for path, change in sorted(self.changes.files.items()) if _suffix(path) in suffixes()}
        if not arguments:
            yield from drafts.values()
            return
        seen: set[str] = set()
        for argument in arguments:
            if argument == STDIN:
                yield InputError("“-” cannot be compared with what it was", place=Place(argument))
                continue
            try:
                asked = self.changes.relative(argument)
            except InputError as error:
                yield error
                continue
            named = self.changes.files.get(asked)
            inside = [change for path, change in drafts.items() if asked == "." or path.startswith(f"{asked}/")]
            fitting = [named] if named else inside or [c for path, c in drafts.items() if fnmatchcase(path, asked)]
            if not fitting and not os.path.lexists(argument) and "*" not in argument:
                yield InputError("no such file or folder", place=Place(argument))
            elif not fitting and os.path.isfile(argument) and self._unknown(asked):  # noqa: PTH113 - as given
                if self.changes.staged:
                    notify(f"{argument}: not staged, so passed over")
                else:
                    fitting = [Change(asked, None, None, None)]
            for change in fitting:
                if change.path not in seen:
                    seen.add(change.path)
                    self.changes.files.setdefault(change.path, change)
                    yield change

    def _unknown(self, path: str) -> bool:
        """Whether Git does not keep the file at `path`."""
        from policy428.git.command import git

        found = git("--literal-pathspecs", "ls-files", "-z", "--", path, folder=self.changes.top)
        return not found


def _suffix(path: str) -> str:
    return os.path.splitext(path)[1].lower()  # noqa: PTH122 - many paths, and only their endings


def _on(lines: Lines, post: Post, violation: Violation) -> bool:
    """Whether words that the violation stands on are on a changed line, or run over a place where one was taken out."""
    if violation.start == violation.end:
        return False
    spans = [(violation.start, violation.end), *((item.start, item.end) for item in violation.evidence)]
    first = [post.text.count("\n", 0, start) + 1 for start, _ in spans]
    last = [
        line + post.text.count("\n", start, max(start, end - 1))
        for line, (start, end) in zip(first, spans, strict=True)
    ]
    return any(
        start < end and lines.touch(*line)
        for (start, end), line in zip(spans, zip(first, last, strict=True), strict=True)
    )


def _key(violation: Violation) -> tuple[str, str]:
    """What tells a finding again in another version of its draft: the clause, and the words it stands on.

    Not the rule: an edit elsewhere may let another rule of the clause speak of the same words.
    """
    said = violation.match or " ".join(item.text for item in violation.evidence if item.leaf not in CIRCUMSTANCES)
    return violation.clause, " ".join(said.lower().split())
