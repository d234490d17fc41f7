"""Labelled posts: what the rules report of each against what a careful reviewer asks, clause by clause."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from policy428.errors import ConfigError, InputError, Place, Policy428Error
from policy428.post import Post, Source
from policy428.resources import PACKAGE

if TYPE_CHECKING:
    from policy428.linter import Linter


@dataclass(frozen=True, slots=True)
class Case:
    """A post with the clauses that must be reported (`expect`) and those that may be."""

    post: Post
    expect: frozenset[str]
    may: frozenset[str]


def corpus_files() -> tuple[Path, ...]:
    """The labelled posts of the checkout that this package runs from.

    Raises:
        InputError: there are none; a wheel does not carry them.
    """
    found = tuple(sorted((PACKAGE.parent / "corpus").glob("*.jsonl")))
    if not found:
        raise InputError("there is no corpus beside this installation", hint="name .jsonl files of labelled posts")
    return found


def load_cases(path: Path) -> Iterator[Case]:
    """The cases of one .jsonl file.

    Raises:
        InputError: a line is no labelled post.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        place = Place(str(path), number)
        try:
            record = json.loads(line)
            post = Post.from_mapping(record, source=Source(str(path), number))
            yield Case(post, frozenset(record["expect"]), frozenset(record.get("may") or ()))
        except Policy428Error as error:
            raise InputError(error.message, place=place, hint=error.hint) from None
        except (ValueError, KeyError, TypeError, RecursionError):
            raise InputError("no labelled post", place=place, hint="it needs “text” and “expect”") from None


@dataclass(slots=True)
class Tally:
    """What was reported of labelled posts, clause by clause, against what the labels ask."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    posts: int = 0
    clean: int = 0
    alarmed: int = 0

    def add(self, case: Case, found: Set[str], in_force: Set[str]) -> None:
        """Counts one post; a clause without rules in force cannot be missed."""
        self.posts += 1
        self.right.update(found & case.expect)
        self.wrong.update(found - case.expect - case.may)
        self.missed.update((case.expect & in_force) - found)
        if not case.expect:
            self.clean += 1
            self.alarmed += bool(found - case.may)

    @property
    def clauses(self) -> list[str]:
        """The clauses that were asked or reported."""
        return sorted({*self.right, *self.wrong, *self.missed})

    @property
    def macro_f1(self) -> float:
        """The mean over the clauses of F1, 0 to 1."""
        scores = [2 * self.right[c] / (2 * self.right[c] + self.wrong[c] + self.missed[c]) for c in self.clauses]
        return sum(scores) / len(scores) if scores else 0.0

    @property
    def clean_alarmed(self) -> float:
        """The share of posts without a violation that were given one, 0 to 1."""
        return self.alarmed / self.clean if self.clean else 0.0

    def lines(self) -> Iterator[str]:
        """A table of precision and recall by clause."""
        yield f"{'clause':<8}{'right':>7}{'false':>7}{'missed':>8}{'precision':>11}{'recall':>8}"
        for clause in self.clauses:
            right, wrong, missed = self.right[clause], self.wrong[clause], self.missed[clause]
            precision, recall = _share(right, right + wrong), _share(right, right + missed)
            yield f"{clause:<8}{right:>7}{wrong:>7}{missed:>8}{precision:>11}{recall:>8}"
        share = _share(self.alarmed, self.clean)
        alarmed = f"{self.alarmed} of {self.clean} clean ones with a false alarm ({share})"
        yield f"macro-F1 {self.macro_f1:.3f}; {self.posts:,} posts; {alarmed}."


@dataclass(frozen=True, slots=True)
class Guard:
    """Figures that some files of a corpus must reach, as the `measures.yaml` beside them says."""

    name: str
    files: frozenset[str]
    macro_f1: float
    clean_alarmed: float

    def failures(self, tally: Tally) -> Iterator[str]:
        """A line for each figure that is worse than it must be."""
        if tally.macro_f1 < self.macro_f1:
            yield f"{self.name}: macro-F1 {tally.macro_f1:.3f} is below {self.macro_f1}"
        if tally.clean_alarmed > self.clean_alarmed:
            share = f"{tally.clean_alarmed:.3f}"
            yield f"{self.name}: {share} of the clean posts are alarmed, more than {self.clean_alarmed}"


def guards(folder: Path) -> list[Guard]:
    """The figures that `measures.yaml` in `folder` holds the linter to; none where there is no such file.

    Raises:
        ConfigError: the file is wrong.
    """
    from policy428.section import Section
    from policy428.yamlfile import read

    path = folder / "measures.yaml"
    if not path.is_file():
        return []
    top = Section(read(path, ConfigError))
    found = []
    for name in top.data:
        inner = top.section(name)
        inner.check_keys(("files", "macro_f1", "clean_alarmed"))
        found.append(
            Guard(
                name, frozenset(inner.strings("files")), inner.share("macro_f1", 0.0), inner.share("clean_alarmed", 1.0)
            )
        )
    return found


def tallies(linter: Linter, paths: Sequence[Path]) -> dict[Path, Tally]:
    """What the linter reports of the labelled posts of each file."""
    in_force = {rule.clause for rule in linter.rules}
    found: dict[Path, Tally] = {}
    for path in paths:
        tally = found[path] = Tally()
        for case in load_cases(path):
            tally.add(case, {violation.clause for violation in linter.check(case.post)}, in_force)
    return found


def total(tallies: Iterable[Tally]) -> Tally:
    """Several tallies added up."""
    whole = Tally()
    for tally in tallies:
        whole.right += tally.right
        whole.wrong += tally.wrong
        whole.missed += tally.missed
        whole.posts += tally.posts
        whole.clean += tally.clean
        whole.alarmed += tally.alarmed
    return whole


def broken(found: Mapping[Path, Tally]) -> Iterator[str]:
    """A line for each guarded figure that was not reached; a guard counts where all of its files were checked."""
    for folder in dict.fromkeys(path.parent for path in found):
        here = {path.stem: tally for path, tally in found.items() if path.parent == folder}
        for guard in guards(folder):
            if guard.files <= here.keys():
                yield from guard.failures(total(here[name] for name in guard.files))


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"
