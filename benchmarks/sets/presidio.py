"""Personal data by type: the synthetic sentences of Microsoft's presidio-research."""

from __future__ import annotations

from collections import defaultdict

from benchmarks.figures import Overlap
from benchmarks.grid import Grid
from benchmarks.sets.rows import Row, Runner
from benchmarks.systems import OURS, PERSON, PRESIDIO, TYPES, Spans, spans_of

FILES = ("presidio",)
KINDS = (PERSON, *TYPES.values())


def measure(runner: Runner) -> list[Grid]:
    """A line for each type: how many there are, and each system's F1 with precision and recall."""
    rows = runner.rows("presidio")
    asked = spans_of((OURS, PRESIDIO), runner.peers)
    figures = {system: _figures(rows, runner.ask(answer, rows)) for system, answer in asked.items()}
    lines = []
    for kind in KINDS:
        cells = [_cell(figures[system][kind]) for system in asked]
        lines.append([kind, str(figures[OURS][kind].wanted), *cells])
    return [Grid(f"Personal data, {len(rows):,} synthetic texts: F1 (P, R)", ("", "n", *asked), lines)]


def _figures(rows: list[Row], answers: list[Spans]) -> dict[str, Overlap]:
    figures: dict[str, Overlap] = defaultdict(Overlap)
    for row, spans in zip(rows, answers, strict=True):
        for kind in KINDS:
            found = ((start, end) for named, start, end in spans if named == kind)
            figures[kind].add(found, ((s["start"], s["end"]) for s in row["spans"] if s["type"] == kind))
    return figures


def _cell(figures: Overlap) -> str:
    if not figures.reported:
        return "none"
    return f"{figures.f1:.3f} ({figures.precision:.2f}, {figures.recall:.2f})"
