"""Changes of a baseline: what is added, and what is forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from policy428.baseline.file import Baseline
from policy428.baseline.fingerprint import Fingerprint


@dataclass(frozen=True, slots=True)
class Change:
    """How many findings were added, and how many were forgotten."""

    added: int
    dropped: int


def change(
    baseline: Baseline,
    found: Iterable[Fingerprint],
    read: Collection[str],
    *,
    add: bool = True,
    others: bool = True,
) -> Change:
    """Brings a baseline to what is `found` in the files `read`.

    Args:
        baseline: is changed, and not saved.
        found: what is found now, known or not.
        read: the files that were read, clean ones included; what could not be read keeps what is known of it.
        add: new findings become known; without it, known ones that are gone are forgotten and no more.
        others: what is known of other files is kept.
    """
    now = baseline.counted(found)
    before = baseline.files
    after = {name: Counter(known) for name, known in before.items()} if others else {}
    for name in {*map(baseline.file_of, read), *now}:
        known, seen = before.get(name, Counter()), now.get(name, Counter())
        after[name] = seen if add else known & seen
    added = sum((after[name] - before.get(name, Counter())).total() for name in after)
    dropped = sum((before[name] - after.get(name, Counter())).total() for name in before)
    baseline.files = {name: counts for name, counts in after.items() if counts}
    return Change(added, dropped)
