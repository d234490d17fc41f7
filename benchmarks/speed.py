"""Times what a person waits for: `python benchmarks/speed.py` prints a table for docs/speed.md.

A cold run is a whole process, from the command to its end; a warm one is a post checked by a linter that is there
already. Each is repeated and told as its least and its median: the least says what the program costs, the median what
it costs on this machine at this time.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LONG = 40


def main() -> None:
    """Runs all of it and prints Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--runs", type=int, default=9, help="how often each is run (default: 9)")
    runs = parser.parse_args().runs
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    print(f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {os.cpu_count()} cores, load {load}, "
          f"{runs} runs each.\n")  # fmt: skip
    print("| what | least | median |\n| --- | ---: | ---: |")
    for what, times in (*cold(runs), *warm(runs)):
        print(f"| {what} | {_told(min(times))} | {_told(statistics.median(times))} |")


def cold(runs: int) -> Iterator[tuple[str, list[float]]]:
    """Whole processes."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.txt"
        plain.write_text("The spring concert begins at 6:30 on Thursday. Doors open at six.\n", encoding="utf-8")
        named = Path(folder) / "named.txt"
        named.write_text("Our para Deb Olson is out again. Grace and Faith miss her at WEM.\n", encoding="utf-8")
        for what, words in (
            ("`policy428 --version`", ["--version"]),
            ("`policy428 explain IV.E`", ["explain", "IV.E"]),
            ("`policy428 check`, two sentences about nothing", ["check", str(plain)]),
            ("`policy428 check examples/clean.txt`", ["check", "examples/clean.txt"]),
            ("`policy428 check examples/draft.txt`, asks the encoder", ["check", "examples/draft.txt"]),
            ("`policy428 check`, a draft that asks the language model", ["check", str(named), "--bio", "WEM math"]),
        ):
            yield f"{what}, cold", _timed(lambda words=words: _run(words), runs)  # type: ignore[misc]


def warm(runs: int) -> Iterator[tuple[str, list[float]]]:
    """Posts checked by one linter."""
    from policy428 import Linter, Post

    times: list[float] = []
    for _ in range(min(runs, 5)):
        times += _timed(Linter, 1, first=False)
    yield "compiling the rules", times
    linter = Linter()
    draft = (ROOT / "examples" / "draft.txt").read_text(encoding="utf-8")
    clean = (ROOT / "examples" / "clean.txt").read_text(encoding="utf-8")
    # Each text is a little different, so that nothing is answered from memory.
    number = iter(range(10**9))
    for what, text in (
        ("`examples/clean.txt`", clean),
        ("`examples/draft.txt`", draft),
        ("forty such drafts in one", draft * LONG),
    ):
        yield f"{what}, warm", _timed(lambda text=text: linter.check(Post(text=f"{text} {next(number)}")), runs)  # type: ignore[misc]


def _run(words: list[str]) -> None:
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run([sys.executable, "-m", "policy428", *words], cwd=ROOT, env=environment, capture_output=True)
    if done.returncode > 1:
        raise SystemExit(done.stderr.decode("utf-8", "replace"))


def _timed(work: Callable[[], object], runs: int, *, first: bool = True) -> list[float]:
    """Seconds of each run; a first one before them fills the caches of the disk, or of the linter."""
    if first:
        work()
    times = []
    for _ in range(runs):
        before = time.perf_counter()
        work()
        times.append(time.perf_counter() - before)
    return times


def _told(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms" if seconds >= 0.01 else f"{seconds * 1000:.1f} ms"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
