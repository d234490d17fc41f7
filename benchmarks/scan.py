"""How fast a scan is, how much memory it takes, and whether it survives being killed, on posts made for it.

    python benchmarks/scan.py speed  --posts 5000            posts a second with one process and with two
    python benchmarks/scan.py memory --posts 10000 100000    peak memory, which ought not to grow with the posts
    python benchmarks/scan.py kill   --posts 50000           killed 20 times and resumed, the findings are the same

The posts are put together from templates and never stored. `--distinct` says how many different ones there are among
them; the others are repeated, as bus notices and greetings are in real feeds, and are judged once.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.grid import Grid  # noqa: E402

OPENINGS = (
    "Good morning, everybody.",
    "Long day, short post.",
    "A word about last night.",
    "So this happened today.",
    "Reminder for the week:",
    "You asked, here it is.",
)
SUBJECTS = (
    "The bake sale",
    "My third hour class",
    "That referee",
    "The late bus from Elysian",
    "Our spring choir",
    "The garden behind the house",
    "Practice on the upper field",
    "The new schedule",
)
TELLS = (
    "is on Thursday at 7 in the gym.",
    "went better than anybody thought it would.",
    "needs three more people by Friday.",
    "made me laugh until I cried.",
    "is cancelled because of the snow.",
    "was a damn mess from beginning to end.",
    "is a joke, and the district knows it.",
    "has a question for tolson@wem.k12.mn.us, write him.",
    "reminds me that Tyler Brandt is failing algebra again.",
    "was worth every minute of the drive.",
)
ENDINGS = ("See you there.", "Bring a friend.", "Go Bucs!", "That is all.", "More tomorrow.", "Stay warm out there.")


def text(number: int) -> str:
    """The text of the post with that number; no two numbers below 2,880 million have the same."""
    rest, opening = divmod(number, len(OPENINGS))
    rest, subject = divmod(rest, len(SUBJECTS))
    rest, tell = divmod(rest, len(TELLS))
    rest, ending = divmod(rest, len(ENDINGS))
    page = f" This is page {rest} of my notes." if rest else ""
    return f"{OPENINGS[opening]} {SUBJECTS[subject]} {TELLS[tell]}{page} {ENDINGS[ending]}"


def posts(count: int, distinct: int) -> Iterator[str]:
    """`count` posts as JSON Lines, `distinct` of them different."""
    for number in range(count):
        time = f"{2014 + number % 10}-{number % 12 + 1:02}-{number % 28 + 1:02}T12:00:00Z"
        # A number without a divisor in common spreads the kinds of posts over the file.
        yield json.dumps({"id": f"p{number}", "text": text(number * 7_919 % distinct), "time": time}) + "\n"


@dataclass(frozen=True, slots=True)
class Taken:
    """What a scan took: seconds, peak MB of all its processes together, and the report's JSON."""

    seconds: float
    peak: float
    report: dict[str, Any]


def scan(source: Path, database: Path, jobs: int, *more: str, report: bool = False) -> Taken:
    """Scans `source` in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "report"
        began = time.monotonic()
        kind = "json" if report else "concise"
        process = _start(source, database, jobs, *more, "--format", kind, "--output", str(output))
        watch = _Memory(process.pid)
        _, told = process.communicate()
        seconds = time.monotonic() - began
        watch.stop()
        if process.returncode not in (0, 1):
            raise SystemExit(f"the scan failed with status {process.returncode}:\n{told}")
        return Taken(seconds, watch.peak, json.loads(output.read_text("utf-8")) if report else {})


def _start(source: Path, database: Path, jobs: int, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "policy428", "scan", str(source), "--out", str(database), "--jobs", str(jobs)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    return subprocess.Popen([*command, *more], stdout=pipe, stderr=pipe, text=True, env=environment, cwd=source.parent)


class _Memory:
    """Watches the memory of a process and its children together, from /proc."""

    def __init__(self, process: int) -> None:
        self.peak = 0.0
        self._process = process
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.2):
            self.peak = max(self.peak, sum(map(_resident, [self._process, *_children(self._process)])))


def _children(process: int) -> list[int]:
    try:
        listed = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []
    return [int(child) for child in listed]


def _resident(process: int) -> float:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _write(folder: Path, count: int, distinct: int) -> Path:
    path = folder / f"posts-{count}.jsonl"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(posts(count, min(distinct, count)))
    return path


def speed(counts: Sequence[int], distinct: int, folder: Path) -> Grid:
    """Posts a second with one process and with two, and what the second one adds.

    What it takes to begin (to load rules and models, which each process does once) is measured apart, by a scan of one
    post, and left out.
    """
    rows = []
    for count in counts:
        path, one = _write(folder, count, distinct), _write(folder, 1, 1)
        rates = []
        for jobs in (1, 2):
            begin = scan(one, folder / f"begin-{count}-{jobs}.db", jobs).seconds
            whole = scan(path, folder / f"speed-{count}-{jobs}.db", jobs).seconds
            rates.append(count / (whole - begin))
        rows.append([f"{count:,}", f"{rates[0]:,.1f}", f"{rates[1]:,.1f}", f"{rates[1] / rates[0]:.2f} of 2"])
    return Grid("Posts a second", ("posts", "--jobs 1", "--jobs 2", "together"), rows)


def memory(counts: Sequence[int], distinct: int, folder: Path, jobs: int) -> Grid:
    """Peak memory of all processes together by the number of posts."""
    rows, first = [], 0.0
    for count in counts:
        taken = scan(_write(folder, count, distinct), folder / f"memory-{count}.db", jobs)
        first = first or taken.peak
        rows.append(
            [f"{count:,}", f"{taken.peak:,.0f} MB", f"{taken.peak / first - 1:+.0%}", f"{taken.seconds:,.0f} s"]
        )
    return Grid(f"Peak memory, --jobs {jobs}", ("posts", "peak", "to the first", "time"), rows)


def kill(count: int, distinct: int, kills: int, folder: Path, jobs: int, seed: int) -> Grid:
    """Kills a scan at random moments and resumes it, and compares what it finds with an undisturbed one."""
    draw = random.Random(seed)
    path = _write(folder, count, distinct)
    whole = scan(path, folder / "whole.db", jobs, report=True)
    database, done = folder / "killed.db", 0
    while done < kills:
        process = _start(path, database, jobs, *(["--resume"] if database.exists() else []), "--format", "json")
        # So that the last kill falls near the end of the scan, and some before it has begun.
        time.sleep(draw.uniform(0.1, 2.2 * whole.seconds / kills))
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            done += 1
        else:
            database.unlink()
        process.communicate()
    resumed = scan(path, database, jobs, "--resume", report=True)
    same = resumed.report == whole.report
    found = whole.report["summary"]["violations"]
    rows = [[f"{count:,}", f"{found:,}", f"{kills}", "the same" if same else "OTHERS"]]
    if not same:
        raise SystemExit(Grid("Killed and resumed", ("posts", "findings", "kills", "findings after"), rows).plain())
    return Grid("Killed and resumed", ("posts", "findings", "kills", "findings after"), rows)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measures `policy428 scan` on posts made for it.")
    parser.add_argument("what", choices=("speed", "memory", "kill"))
    parser.add_argument("--posts", type=int, nargs="+", help="how many; several for speed and memory")
    parser.add_argument("--distinct", type=int, default=5_000, help="how many of them are different")
    parser.add_argument("--jobs", type=int, default=2, help="processes, for memory and kill")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=428)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.what == "speed":
            grid = speed(given.posts or [2_000], given.distinct, folder)
        elif given.what == "memory":
            grid = memory(given.posts or [10_000, 100_000], given.distinct, folder, given.jobs)
        else:
            (count,) = given.posts or [50_000]
            grid = kill(count, given.distinct, given.kills, folder, given.jobs, given.seed)
    print(grid.plain())


if __name__ == "__main__":
    main()
