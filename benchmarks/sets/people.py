"""Names of people in noisy social text: WNUT17 and the Broad Twitter Corpus.

The linter's people count where they are named; those singled out without a name (initials, a jersey number) are no
names. Handles are not labelled in either set.
"""

from __future__ import annotations

from benchmarks.figures import Overlap
from benchmarks.grid import Grid
from benchmarks.sets.rows import Runner
from benchmarks.systems import OURS, PERSON, PRESIDIO, SPACY, spans_of

FILES = ("wnut17", "btc")
TITLES = {"wnut17": "WNUT17", "btc": "Broad Twitter Corpus"}


def measure(runner: Runner) -> list[Grid]:
    """One table for each of the two sets."""
    return [_table(runner, name) for name in FILES]


def _table(runner: Runner, name: str) -> Grid:
    rows = runner.rows(name)
    lines = []
    for system, answer in spans_of((OURS, SPACY, PRESIDIO), runner.peers).items():
        figures = Overlap()
        for row, spans in zip(rows, runner.ask(answer, rows), strict=True):
            found = ((start, end) for kind, start, end in spans if kind == PERSON)
            figures.add(found, (tuple(span) for span in row["people"]))
        lines.append([system, f"{figures.precision:.3f}", f"{figures.recall:.3f}", f"{figures.f1:.3f}"])
    wanted = sum(len(row["people"]) for row in rows)
    return Grid(f"People, {TITLES[name]}: {wanted:,} names in {len(rows):,} texts", ("", "P", "R", "F1"), lines)
