"""Counting right and wrong answers on labelled posts, as every accuracy figure of the project is counted.

A clause in a case's `may` counts neither way. A clean case (nothing expected) is alarmed when anything outside its
`may` is reported. Harassment and bullying count as one family, profanity and obscenity as one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# Files of the corpus that nothing is learned from and no choice is made by.
HELD_OUT = ("dev", "feeds", "comments")
CLAUSES = ("III.A", "III.B", "III.D", "IV.A", "IV.B", "IV.C", "IV.D", "IV.E", "IV.F", "IV.G", "IV.H", "IV.I")
MERGED = {"bullying": "harassment", "obscenity": "profanity"}
LABELLED_FAMILIES = ("IV.B", "IV.E")


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled post: its record, what must and what may be reported, and why."""

    record: dict[str, Any]
    expect: frozenset[str]
    may: frozenset[str]
    families: frozenset[str]
    why: str
    file: str

    @property
    def id(self) -> str:
        """The case's name."""
        return str(self.record.get("id", ""))


@dataclass(frozen=True, slots=True)
class Answer:
    """What was reported for a case: clauses, `clause/family` pairs, and for each clause reasons and confidence."""

    clauses: frozenset[str]
    families: frozenset[str]
    reasons: dict[str, str] = field(default_factory=dict)
    confidences: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Tally:
    """Right answers, false alarms and misses of one clause or family."""

    right: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of the reported that is right; 1 when nothing was reported."""
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        """Share of the expected that was reported; 1 when nothing was expected."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = 2 * self.right + self.false + self.missed
        return 2 * self.right / total if total else 1.0


@dataclass(slots=True)
class Scores:
    """Tallies over many cases, and every error."""

    clauses: dict[str, Tally] = field(default_factory=lambda: {clause: Tally() for clause in CLAUSES})
    families: dict[str, Tally] = field(default_factory=dict)
    cases: int = 0
    clean: int = 0
    alarmed: int = 0
    errors: list[tuple[str, str, Case, str]] = field(default_factory=list)

    @property
    def macro_f1(self) -> float:
        """Mean F1 over the clauses that some case expects."""
        seen = [tally.f1 for tally in self.clauses.values() if tally.right + tally.missed]
        return sum(seen) / len(seen) if seen else 1.0

    @property
    def alarm_rate(self) -> float:
        """Share of clean cases with any false alarm."""
        return self.alarmed / self.clean if self.clean else 0.0

    def add(self, case: Case, answer: Answer) -> None:
        """Counts one case."""
        self.cases += 1
        false = answer.clauses - case.expect - case.may
        if not case.expect:
            self.clean += 1
            self.alarmed += bool(false)
        for clause in CLAUSES:
            tally = self.clauses[clause]
            if clause in case.expect and clause in answer.clauses:
                tally.right += 1
            elif clause in case.expect:
                tally.missed += 1
                self.errors.append(("missed", clause, case, ""))
            elif clause in false:
                tally.false += 1
                self.errors.append(("false", clause, case, answer.reasons.get(clause, "")))
        self._add_families(case, answer)

    def _add_families(self, case: Case, answer: Answer) -> None:
        expected = {MERGED.get(family, family) for family in case.families}
        for pair in answer.families:
            clause, family = pair.split("/", 1)
            if clause not in LABELLED_FAMILIES or clause in case.may:
                continue
            family = MERGED.get(family, family)
            tally = self.families.setdefault(family, Tally())
            if family not in expected:
                tally.false += 1
        reported = {MERGED.get(pair.split("/", 1)[1], pair.split("/", 1)[1]) for pair in answer.families}
        for family in expected:
            tally = self.families.setdefault(family, Tally())
            if family in reported:
                tally.right += 1
            else:
                tally.missed += 1


def load(paths: Iterable[Path]) -> list[Case]:
    """The cases of `.jsonl` files."""
    cases = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                data = json.loads(line)
                cases.append(
                    Case(
                        record=data,
                        expect=frozenset(data["expect"]),
                        may=frozenset(data.get("may", ())),
                        families=frozenset(data.get("families", ())),
                        why=data.get("why", ""),
                        file=path.stem,
                    )
                )
    return cases


def table(scores: Scores) -> str:
    """The figures as aligned plain text."""
    lines = [f"{'':14}{'n':>6}{'P':>8}{'R':>8}{'F1':>8}{'false':>7}{'missed':>8}"]
    rows: Sequence[tuple[str, Tally]] = [*scores.clauses.items(), *sorted(scores.families.items())]
    for name, tally in rows:
        wanted = tally.right + tally.missed
        if not wanted and not tally.false:
            continue
        lines.append(
            f"{name[:22]:14}{wanted:>6}{tally.precision:>8.3f}{tally.recall:>8.3f}{tally.f1:>8.3f}"
            f"{tally.false:>7}{tally.missed:>8}"
        )
    lines.append(
        f"macro-F1 over clauses {scores.macro_f1:.3f}; clean cases alarmed "
        f"{scores.alarmed} of {scores.clean} ({scores.alarm_rate:.1%}); {scores.cases} cases"
    )
    return "\n".join(lines)
