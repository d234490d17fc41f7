"""What a scan would read, without judging anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from policy428.errors import InputError, Policy428Error
from policy428.exports import Options
from policy428.exports.tree import Bounds


@dataclass(slots=True)
class Part:
    """What one format reads of one source.

    Attributes:
        source: the source's path.
        title: of the format.
        files: how many.
        size: their bytes.
        kinds: posts by kind.
        errors: records that could not be read.
    """

    source: str
    title: str
    files: int
    size: int
    kinds: Counter[str] = field(default_factory=Counter)
    errors: int = 0


def survey(
    sources: Iterable[str], options: Options, only: Sequence[str] | None = None, bounds: Bounds | None = None
) -> tuple[list[Part], list[Policy428Error]]:
    """What would be read of each source, and what was not understood.

    Raises:
        InputError: `only` names a format that nobody knows.
    """
    from policy428.exports.choose import Unknown, plan, read_step
    from policy428.exports.opening import open_trees

    limit = bounds or Bounds()
    parts: list[Part] = []
    errors: list[Policy428Error] = []
    for tree in open_trees(sources, limit):
        if isinstance(tree, InputError):
            errors.append(tree)
            continue
        steps = plan([tree], only, options)
        errors += tree.problems
        for kind, _, members in steps:
            named = dict.fromkeys(member.source for member in members)
            part = Part(", ".join(named), kind.title, len(members), sum(member.size for member in members))
            if not isinstance(kind, Unknown):
                parts.append(part)
            for item in read_step(kind, tree, members, options, limit):
                if isinstance(item, InputError):
                    part.errors += 1
                    errors.append(item)
                else:
                    part.kinds[item.source.kind] += 1
    return parts, errors
