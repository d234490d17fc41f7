"""Regular expressions that cannot backtrack without bound.

Python's matcher takes exponential time when an unbounded repeat stands inside another, and polynomial time of a high
degree when many stand in a row. Patterns of rules may come from strangers, so both are refused before use.
"""

from __future__ import annotations

import re
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from policy428.kept import kept

MAX_UNBOUNDED = 3
MAX_REPEAT = 200
MAX_LENGTH = 4_000


class PatternError(ValueError):
    """A regular expression that is wrong or could run without bound."""


def check(pattern: str) -> re.Pattern[str]:
    """`pattern` compiled, or an error that says why it is refused.

    Raises:
        PatternError: it is not a regular expression, too long, or may backtrack without bound.
    """
    refuse(pattern)
    return re.compile(pattern)


def refuse(pattern: str) -> None:
    """Refuses a pattern that `check` would refuse; one that is fine need not be compiled for that each time.

    Raises:
        PatternError: as `check` does.
    """
    if len(pattern) > MAX_LENGTH:
        raise PatternError(f"longer than {MAX_LENGTH} characters")
    text = pattern.encode("utf-8", "surrogatepass")
    if kept.find("pattern", text):
        return
    try:
        tree = parser.parse(pattern)
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as problem:
        raise PatternError(f"not a regular expression: {problem}") from problem
    if _unbounded(tree, inside=False) > MAX_UNBOUNDED:
        raise PatternError(f"more than {MAX_UNBOUNDED} unbounded repeats in a row; bound some, as in {{0,40}}")
    kept.add("pattern", text, True)


def _unbounded(tree: Any, *, inside: bool) -> int:
    """The largest number of unbounded repeats on one way through `tree`."""
    total = 0
    for code, value in tree:
        if code in {codes.MAX_REPEAT, codes.MIN_REPEAT}:
            _low, high, body = value
            endless = high is codes.MAXREPEAT or high > MAX_REPEAT
            repeats = endless or high > 1
            if inside and endless:
                raise PatternError("an unbounded repeat inside another repeat; bound the inner one, as in {0,40}")
            total += int(endless) + _unbounded(body, inside=inside or repeats)
        elif code is codes.SUBPATTERN:
            total += _unbounded(value[-1], inside=inside)
        elif code is codes.BRANCH:
            total += max(_unbounded(branch, inside=inside) for branch in value[1])
        elif code in {codes.ASSERT, codes.ASSERT_NOT}:
            total += _unbounded(value[1], inside=inside)
        elif code is getattr(codes, "ATOMIC_GROUP", None) or code is getattr(codes, "POSSESSIVE_REPEAT", None):
            raise PatternError("atomic groups and possessive repeats are not part of the rule language")
    return total
