"""Labelled posts: what the rules report of each against what a careful reviewer asks, clause by clause."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policy428.errors import InputError, Place, Policy428Error
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


def compare(linter: Linter, paths: Sequence[Path]) -> Iterator[str]:
    """A table of precision and recall by clause over the cases of `paths`, line by line."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    clean = alarmed = count = 0
    in_force = {rule.clause for rule in linter.rules}
    for path in paths:
        for case in load_cases(path):
            count += 1
            found = {violation.clause for violation in linter.check(case.post)}
            right.update(found & case.expect)
            wrong.update(found - case.expect - case.may)
            missed.update((case.expect & in_force) - found)
            if not case.expect:
                clean += 1
                alarmed += bool(found - case.may)
    yield f"{'clause':<8}{'right':>7}{'false':>7}{'missed':>8}{'precision':>11}{'recall':>8}"
    for clause in sorted({*right, *wrong, *missed}):
        precision = _share(right[clause], right[clause] + wrong[clause])
        recall = _share(right[clause], right[clause] + missed[clause])
        yield f"{clause:<8}{right[clause]:>7}{wrong[clause]:>7}{missed[clause]:>8}{precision:>11}{recall:>8}"
    yield f"{count:,} posts; {alarmed} of {clean} clean ones with a false alarm ({_share(alarmed, clean)})."


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"
