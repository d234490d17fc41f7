"""HateCheck: short sentences that test one thing each about hate speech.

The set asks for hate alone, and holds swearing without hate as a thing to let be; policy 428 forbids that swearing too.
So the linter is counted twice: by its families for hate (slur, harassment, bullying, threat), which is what the set
asks, and by any finding of IV.B, which is how a word list must be counted.
"""

from __future__ import annotations

from collections import defaultdict

from benchmarks.figures import Flags
from benchmarks.grid import Grid
from benchmarks.sets.offensive import HEADS, line
from benchmarks.sets.rows import Runner
from benchmarks.systems import flags_of
from benchmarks.voices import NAMES

FILES = ("hatecheck",)
HATE = frozenset({"slur", "harassment", "bullying", "threat"})
ANY = ", any of IV.B"


def measure(runner: Runner) -> list[Grid]:
    """The whole, and the share flagged by functionality: 1 is wanted of the hateful, 0 of the others."""
    rows = runner.rows("hatecheck")
    whole: dict[str, Flags] = defaultdict(Flags)
    kinds: dict[tuple[bool, str], dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for row, flagged in zip(rows, runner.flags(flags_of(runner.peers), rows), strict=True):
        for system, families in _counted(flagged).items():
            whole[system].add(bool(families), row["hateful"])
            kinds[not row["hateful"], row["functionality"]][system].append(bool(families))
    hateful = sum(row["hateful"] for row in rows)
    shown = [system for system in whole if not system.endswith(ANY)]
    lines = []
    for (clean, kind), shares in sorted(kinds.items()):
        numbers = [f"{sum(shares[system]) / len(shares[system]):.2f}" for system in shown]
        lines.append([kind, "no" if clean else "yes", str(len(next(iter(shares.values())))), *numbers])
    return [
        Grid(
            f"HateCheck: {hateful:,} hateful of {len(rows):,} sentences", HEADS, [line(s, f) for s, f in whole.items()]
        ),
        Grid("HateCheck by functionality: share flagged", ("", "hateful", "n", *shown), lines),
    ]


def _counted(flagged: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Peers as they are; the linter's variants by their families for hate, and by anything."""
    ours = set(NAMES.values())
    counted = {system: families & HATE if system in ours else families for system, families in flagged.items()}
    return {**counted, **{system + ANY: flagged[system] for system in flagged if system in ours}}
