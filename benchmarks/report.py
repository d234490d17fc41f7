"""The tables of the accuracy report: clauses, files, ablation, calibration, and errors by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from benchmarks.grid import Grid
from benchmarks.scoring import CLAUSES, LABELLED_FAMILIES, MERGED, Answer, Case, Scores
from benchmarks.voices import NAMES, Voice

Pairs = Sequence[tuple[Case, Answer]]
Errors = Sequence[tuple[str, str, Case, str]]

# Lower bounds of the bins of confidence; the last one holds 1 too.
BINS = (0.5, 0.6, 0.7, 0.8, 0.9)
PRIVATE = {"pupil-record", "personnel-record", "personal-data", "credential", "confidential-document", "copyright"}
CONTEXT = ("role", "author", "media", "group", "authorized")
SHOWN = 25


def clauses(scores: Scores) -> Grid:
    """Precision, recall and F1 of each clause, and the two figures that sum up all."""
    lines = []
    for clause, tally in scores.clauses.items():
        if tally.right + tally.missed + tally.false:
            numbers = (f"{tally.precision:.3f}", f"{tally.recall:.3f}", f"{tally.f1:.3f}")
            lines.append([clause, str(tally.right + tally.missed), *numbers, str(tally.false), str(tally.missed)])
    title = (
        f"{scores.cases:,} posts: macro-F1 {scores.macro_f1:.3f}; "
        f"clean posts alarmed {scores.alarmed:,} of {scores.clean:,} ({scores.alarm_rate:.1%})"
    )
    return Grid(title, ("clause", "n", "P", "R", "F1", "false", "missed"), lines)


def by_file(parts: Mapping[str, Scores]) -> Grid:
    """A line for each file."""
    lines = [
        [stem, str(part.cases), f"{part.macro_f1:.3f}", f"{part.alarm_rate:.1%}", str(part.clean)]
        for stem, part in parts.items()
    ]
    return Grid("By file", ("file", "posts", "macro-F1", "clean alarmed", "clean"), lines)


def ablation(parts: Mapping[Voice, Scores]) -> Grid:
    """F1 of each clause by the rules alone, the models alone, and both."""
    heads = ("", *(NAMES[voice] for voice in parts))
    lines = [
        [clause, *(f"{part.clauses[clause].f1:.3f}" for part in parts.values())]
        for clause in CLAUSES
        if any(part.clauses[clause].right + part.clauses[clause].missed for part in parts.values())
    ]
    lines.append(["macro-F1", *(f"{part.macro_f1:.3f}" for part in parts.values())])
    lines.append(["clean alarmed", *(f"{part.alarm_rate:.1%}" for part in parts.values())])
    return Grid("Ablation, F1 by clause", heads, lines)


def calibration(pairs: Pairs) -> Grid:
    """Of the clauses reported with a confidence in each bin, how many are right; one that only may be is left out."""
    found: dict[float, list[tuple[float, bool]]] = {}
    for case, answer in pairs:
        for clause, confidence in answer.confidences.items():
            if clause not in case.may:
                low = max((low for low in BINS if low <= confidence), default=0.0)
                found.setdefault(low, []).append((confidence, clause in case.expect))
    lines = []
    for low, findings in sorted(found.items()):
        high = next((bound for bound in (*BINS, 1.0) if bound > low), 1.0)
        mean = sum(confidence for confidence, _ in findings) / len(findings)
        right = sum(is_right for _, is_right in findings)
        lines.append([f"{low:.1f} to {high:.1f}", str(len(findings)), f"{mean:.2f}", f"{right / len(findings):.2f}"])
    return Grid("Calibration", ("confidence", "findings", "mean confidence", "share right"), lines)


def kinds(scores: Scores) -> list[Grid]:
    """Misses counted by what was missed, false alarms by the rule that raised them; the commonest first."""
    missed: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for kind, clause, case, reason in scores.errors:
        if kind == "missed":
            missed[" ".join([clause, ", ".join(_families(clause, case))]).strip()] += 1
        else:
            false.update({part.split(" [", 1)[0] for part in reason.split(" | ")})
    return [
        Grid(f"Misses by kind, {SHOWN} commonest", ("", "missed"), [[k, str(n)] for k, n in missed.most_common(SHOWN)]),
        Grid(
            f"False alarms by rule, {SHOWN} commonest",
            ("", "false"),
            [[k, str(n)] for k, n in false.most_common(SHOWN)],
        ),
    ]


def _families(clause: str, case: Case) -> list[str]:
    """The families of `clause` that the label names."""
    if clause not in LABELLED_FAMILIES:
        return []
    of_clause = {family for family in case.families if (family in PRIVATE) == (clause == "IV.E")}
    return sorted({MERGED.get(family, family) for family in of_clause})


def error_list(errors: Errors, *, markdown: bool) -> str:
    """Every error, misses before false alarms and clause by clause.

    As Markdown a line each, with the post's id and the label's reason but without its text; as plain text with all.
    """
    lines: list[str] = []
    heading = ("", "")
    for kind, clause, case, reason in sorted(errors, key=lambda e: (e[0] != "missed", CLAUSES.index(e[1]))):
        if markdown:
            if heading != (kind, clause):
                heading = (kind, clause)
                lines += ["", f"### {clause}, {'missed' if kind == 'missed' else 'false alarms'}", ""]
            rules = ", ".join(dict.fromkeys(part.split(" [", 1)[0] for part in reason.split(" | ")))
            lines.append(f"- `{case.id}` {case.why}" + (f" ({rules})" if rules else ""))
        else:
            context = {key: value for key, value in case.record.items() if key in CONTEXT}
            lines.append(f"{kind} {clause} {case.file}/{case.id} ({case.why})")
            lines.append(f"    {case.record['text']!r}\n    {context or ''} {reason}")
    return "\n".join(lines)
