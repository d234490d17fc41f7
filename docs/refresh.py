"""Puts what the linter prints today into README.md and the guides: `make readme`, when a message or the layout has
changed.

A block begins with `<!-- output of: policy428 check draft.txt -->`; `, in: examples/district` behind the command names
the folder to run it in.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = tuple(
    ROOT / name for name in ("README.md", *(f"docs/{name}.md" for name in ("communications", "employees", "tutorial")))
)
BLOCK = re.compile(
    r"(?<=<!-- output of: )(?P<command>policy428 [^\n]+?)(?P<folder>, in: \S+)?"
    r"(?P<head> -->\n```text\n)(?:.*?)(?=```\n<!-- end of output -->)",
    re.DOTALL,
)


def output(command: str, folder: Path = ROOT) -> str:
    """What `command` prints in `folder`, as it does into a pipe."""
    import shlex

    words = shlex.split(command)[1:]
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "110", "PYTHONPATH": path}
    run = subprocess.run(
        [sys.executable, "-m", "policy428", *words],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    if run.returncode not in (0, 1):
        raise SystemExit(f"“{command}” ended with status {run.returncode}; nothing was changed")
    return run.stdout.rstrip() + "\n"


def refreshed(text: str) -> str:
    """`text` with the output of each marked command put in anew."""

    def anew(found: re.Match[str]) -> str:
        folder = ROOT / (found["folder"] or "").removeprefix(", in: ")
        return found["command"] + (found["folder"] or "") + found["head"] + output(found["command"], folder)

    return BLOCK.sub(anew, text)


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(refreshed(page.read_text(encoding="utf-8")), encoding="utf-8")
