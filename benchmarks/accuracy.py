"""Accuracy on labelled posts: `python benchmarks/accuracy.py [CASES.jsonl ...]`, the whole corpus unless told.

Prints precision, recall and F1 by clause and family, macro-F1, the share of clean cases alarmed, the same for the files
held out while rules were written, and (with --errors) every error with its reason.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.scoring import CLAUSES, Answer, Case, Scores, load, table  # noqa: E402
from policy428 import Linter, Post  # noqa: E402

HELD_OUT = ("dev", "feeds")


@cache
def linter() -> Linter:
    """One linter a process, with the packaged configuration; `POLICY428_SELECT` narrows its rules for quick looks."""
    alone = bool(os.environ.get("POLICY428_RULES_ALONE"))
    made = Linter(judged=not alone)
    if alone:
        made.rules = tuple(rule for rule in made.rules if not rule.slug.startswith("reads-like"))
    selected = os.environ.get("POLICY428_SELECT", "")
    if selected:
        made.rules = made.ruleset.selected(selected.split(","), [])
    return made


def answer(case: Case) -> Answer:
    """What the linter reports for a case."""
    found = linter().check(Post.from_mapping(case.record))
    reasons: dict[str, str] = {}
    for violation in found:
        words = "; ".join(f"{e.leaf}: {e.text!r}" for e in violation.evidence)
        reasons[violation.clause] = " | ".join(
            filter(None, [reasons.get(violation.clause), f"{violation.rule} [{words}]"])
        )
    return Answer(frozenset(v.clause for v in found), frozenset(f"{v.clause}/{v.family}" for v in found), reasons)


def answers(cases: Sequence[Case]) -> list[Answer]:
    """Answers for a batch, the language model warmed on all its texts at once."""
    return [answer(case) for case in cases]


def score(cases: Sequence[Case], jobs: int) -> list[tuple[Case, Answer]]:
    """Every case with the linter's answer."""
    if jobs == 1:
        return list(zip(cases, answers(cases), strict=True))
    batches = [cases[i : i + 200] for i in range(0, len(cases), 200)]
    with ProcessPoolExecutor(jobs) as pool:
        found = [a for batch in pool.map(answers, batches) for a in batch]
    return list(zip(cases, found, strict=True))


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
    args = parser.parse_args()
    paths = args.cases or sorted((ROOT / "corpus").glob("*.jsonl"))
    os.environ["POLICY428_SELECT"] = args.select
    os.environ["POLICY428_RULES_ALONE"] = "1" if args.rules_alone else ""
    skipped = set(args.skip.split(","))
    cases = load(p for p in paths if p.stem not in skipped)
    if args.clauses:
        cases = [only(case, frozenset(args.clauses.split(","))) for case in cases]
    pairs = score(cases, args.jobs)
    scores = tally(pairs)
    if args.errors:
        chosen = (e for e in scores.errors if args.clause in {None, e[1]} and args.kind in {None, e[0]})
        for kind, clause, case, reason in islice(chosen, args.limit):
            where = f"{case.file}/{case.id}"
            context = {k: v for k, v in case.record.items() if k in {"role", "author", "media", "group", "authorized"}}
            print(f"{kind} {clause} {where} ({case.why})\n    {case.record['text']!r}\n    {context or ''} {reason}")
    print(table(scores))
    stems = sorted({case.file for case, _ in pairs})
    if args.by_file:
        for stem in stems:
            part = tally([pair for pair in pairs if pair[0].file == stem])
            print(f"{stem:16} macro-F1 {part.macro_f1:.3f}  clean alarmed {part.alarm_rate:.1%} of {part.clean}")
    held = [pair for pair in pairs if pair[0].file in HELD_OUT]
    if held and len(held) < len(pairs):
        seen, unseen = tally([pair for pair in pairs if pair[0].file not in HELD_OUT]), tally(held)
        print(f"files read while writing rules: macro-F1 {seen.macro_f1:.3f}, clean alarmed {seen.alarm_rate:.1%}")
        kept = ", ".join(HELD_OUT)
        print(f"files kept unread ({kept}): macro-F1 {unseen.macro_f1:.3f}, clean alarmed {unseen.alarm_rate:.1%}")


if __name__ == "__main__":
    main()
