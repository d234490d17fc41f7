"""Accuracy on public labelled sets, beside other people's tools: `python benchmarks/public.py`.

The sets are no part of the project. They are read from `../shared/eval` where that folder is (or `--eval FOLDER`), and
where it is not there is nothing to measure. Peers come with `pip install 'policy428[bench]'`.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.sets import hatecheck, offensive, people, presidio  # noqa: E402
from benchmarks.sets.rows import Runner  # noqa: E402
from benchmarks.systems import PEERS, missing  # noqa: E402

SETS = {"people": people, "presidio": presidio, "offensive": offensive, "hatecheck": hatecheck}
# A worktree of the checkout lies one folder deeper than the checkout itself.
PLACES = (ROOT.parent / "shared" / "eval", ROOT.parent.parent / "shared" / "eval")
PACKAGES = {
    "Presidio": "presidio-analyzer",
    "better-profanity": "better-profanity",
    "alt-profanity-check": "alt-profanity-check",
}


def main(arguments: list[str] | None = None) -> int:
    """Command line; answers with the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"{', '.join(SETS)}; all unless told")
    parser.add_argument("--eval", type=Path, help="folder of the .dev.jsonl files")
    parser.add_argument("--limit", type=int, help="rows of each file at most, drawn at random")
    parser.add_argument("--seed", type=int, default=428, help="of that draw")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--no-peers", action="store_true", help="leave other people's tools out")
    parser.add_argument("--markdown", action="store_true", help="tables as docs/accuracy.md holds them")
    given = parser.parse_args(arguments)
    unknown = sorted(set(given.sets) - set(SETS))
    if unknown:
        parser.error(f"no set “{unknown[0]}”; there are {', '.join(SETS)}")
    folder = given.eval or next((place for place in PLACES if place.is_dir()), PLACES[0])
    chosen = {name: SETS[name] for name in given.sets or SETS}
    if not folder.is_dir():
        print(f"the public sets are not here ({folder}): nothing to measure")
        return 0
    absent = missing()
    if not given.no_peers:
        for name in absent:
            print(f"{name} is not installed and is left out: pip install 'policy428[bench]'")
        here = [f"{name} {version(PACKAGES[name])}" for name in PEERS if name not in absent]
        print(f"peers: {', '.join(here) or 'none'}")
    # The processes share the machine already; libraries of numbers keep to one thread in each.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    with ProcessPoolExecutor(given.jobs) as pool:
        runner = Runner(folder, pool, given.limit, given.seed, not given.no_peers)
        for name, module in chosen.items():
            lost = [f"{file}.dev.jsonl" for file in module.FILES if not (folder / f"{file}.dev.jsonl").is_file()]
            if lost:
                print(f"\n{name}: {', '.join(lost)} is not in {folder}: left out")
                continue
            start = time.monotonic()
            for grid in module.measure(runner):
                print("\n" + (grid.markdown() if given.markdown else grid.plain()), flush=True)
            print(f"({name}: {time.monotonic() - start:.0f} s)", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
