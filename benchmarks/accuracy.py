"""Accuracy on labelled posts: `python benchmarks/accuracy.py [CASES.jsonl ...]`, the whole corpus unless told.

Prints precision, recall and F1 by clause and family, macro-F1, the share of clean cases alarmed, the same for the files
held out while rules were written, and on request the calibration, the ablation, the errors counted by kind, and every
error with its reason. `benchmarks/public.py` does the same on public sets.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.report import ablation, by_file, calibration, clauses, error_list, kinds  # noqa: E402
from benchmarks.scoring import CLAUSES, HELD_OUT, Answer, Case, Scores, load, table  # noqa: E402
from benchmarks.voices import VOICES, Voice, ask  # noqa: E402
from policy428 import Linter, Post  # noqa: E402

Answers = dict[Voice, Answer]


@cache
def linter(select: str) -> Linter:
    """One linter a process, with the packaged configuration; `select` narrows its rules for quick looks."""
    made = Linter()
    if select:
        made.rules = made.ruleset.selected(select.split(","), [])
    return made


def answers(cases: Sequence[Case], voices: Sequence[Voice], select: str) -> list[Answers]:
    """What the linter reports for each of some cases, by voice."""
    return [ask(linter(select), Post.from_mapping(case.record), voices, CLAUSES) for case in cases]


def score(cases: Sequence[Case], jobs: int, voices: Sequence[Voice], select: str) -> list[Answers]:
    """The linter's answers to every case, in order."""
    if jobs == 1:
        return answers(cases, voices, select)
    batches = [cases[i : i + 200] for i in range(0, len(cases), 200)]
    with ProcessPoolExecutor(jobs) as pool:
        return [a for batch in pool.map(partial(answers, voices=voices, select=select), batches) for a in batch]


def only(case: Case, clauses: frozenset[str]) -> Case:
    """The case as if the policy had no other clauses; families go with their clause."""
    return replace(case, expect=case.expect & clauses, may=case.may | (frozenset(CLAUSES) - clauses))


def tally(pairs: Sequence[tuple[Case, Answer]]) -> Scores:
    """The scores over some cases."""
    scores = Scores()
    for case, reported in pairs:
        scores.add(case, reported)
    return scores


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", type=Path, help="labelled .jsonl files; the corpus unless told")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--errors", action="store_true", help="print every error")
    parser.add_argument("--clause", help="errors of this clause only")
    parser.add_argument("--kind", choices=("missed", "false"), help="errors of this kind only")
    parser.add_argument("--by-file", action="store_true", help="figures for each file")
    parser.add_argument("--skip", default="", help="file stems to leave out, with commas")
    parser.add_argument("--rules-alone", action="store_true", help="without the judge and the rules on meaning")
    parser.add_argument("--select", default="", help="only these rules, by prefix, with commas")
    parser.add_argument("--clauses", default="", help="count only these clauses, with commas")
    parser.add_argument("--limit", type=int, default=100_000, help="errors printed at most")
    parser.add_argument("--ablation", action="store_true", help="rules alone, trained models alone, and both")
    parser.add_argument("--calibration", action="store_true", help="share of findings that are right, by confidence")
    parser.add_argument("--kinds", action="store_true", help="errors counted by kind: family missed, rule that alarmed")
    parser.add_argument("--markdown", action="store_true", help="tables as docs/accuracy.md holds them")
    args = parser.parse_args()
    paths = args.cases or sorted((ROOT / "corpus").glob("*.jsonl"))
    skipped = set(args.skip.split(","))
    cases = load(p for p in paths if p.stem not in skipped)
    if args.clauses:
        cases = [only(case, frozenset(args.clauses.split(","))) for case in cases]
    main_voice: Voice = "rules" if args.rules_alone else "both"
    voices: Sequence[Voice] = VOICES if args.ablation else (main_voice,)
    answered = score(cases, args.jobs, voices, args.select)
    pairs = [(case, answer[main_voice]) for case, answer in zip(cases, answered, strict=True)]
    scores = tally(pairs)
    if args.errors:
        chosen = [e for e in scores.errors if args.clause in {None, e[1]} and args.kind in {None, e[0]}]
        print(error_list(chosen[: args.limit], markdown=args.markdown))
    grids = [clauses(scores)] if args.markdown else []
    if not args.markdown:
        print(table(scores))
    stems = sorted({case.file for case, _ in pairs})
    if args.by_file:
        grids.append(by_file({stem: tally([pair for pair in pairs if pair[0].file == stem]) for stem in stems}))
    if args.ablation:
        voiced = {voice: [(case, a[voice]) for case, a in zip(cases, answered, strict=True)] for voice in VOICES}
        grids.append(ablation({voice: tally(said) for voice, said in voiced.items()}))
    if args.calibration:
        grids.append(calibration(pairs))
    if args.kinds:
        grids.extend(kinds(scores))
    for grid in grids:
        print("\n" + (grid.markdown() if args.markdown else grid.plain()))
    held = [pair for pair in pairs if pair[0].file in HELD_OUT]
    if held and len(held) < len(pairs):
        seen, unseen = tally([pair for pair in pairs if pair[0].file not in HELD_OUT]), tally(held)
        print(f"\nfiles read while writing rules: macro-F1 {seen.macro_f1:.3f}, clean alarmed {seen.alarm_rate:.1%}")
        kept = ", ".join(HELD_OUT)
        print(f"files kept unread ({kept}): macro-F1 {unseen.macro_f1:.3f}, clean alarmed {unseen.alarm_rate:.1%}")


if __name__ == "__main__":
    main()
