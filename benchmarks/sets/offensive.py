"""Offensive tweets: those of Davidson and others, labelled by words, and those of OLID, labelled by what they do."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.figures import Flags
from benchmarks.grid import Grid
from benchmarks.sets.rows import Row, Runner
from benchmarks.systems import flags_of

FILES = ("davidson", "olid")
HEADS = ("", "P", "R", "F1", "macro-F1", "FPR")


def measure(runner: Runner) -> list[Grid]:
    """Any finding of IV.B against the label, for both sets."""
    return [
        _table(
            runner, "davidson", "Davidson, offensive or hate against neither", lambda row: row["label"] != "neither"
        ),
        _table(runner, "olid", "OLID, offensive against not", lambda row: bool(row["offensive"])),
    ]


def _table(runner: Runner, name: str, title: str, wanted: Callable[[Row], bool]) -> Grid:
    rows = runner.rows(name)
    figures: dict[str, Flags] = {}
    for row, flagged in zip(rows, runner.flags(flags_of(runner.peers), rows), strict=True):
        for system, families in flagged.items():
            figures.setdefault(system, Flags()).add(bool(families), wanted(row))
    count = sum(map(wanted, rows))
    return Grid(f"{title}: {count:,} of {len(rows):,} texts", HEADS, [line(s, f) for s, f in figures.items()])


def line(system: str, figures: Flags) -> list[str]:
    """A row of HEADS."""
    numbers = (figures.precision, figures.recall, figures.f1, figures.macro_f1, figures.false_positive_rate)
    return [system, *(f"{number:.3f}" for number in numbers)]
