"""Puts what the linter prints today into README.md: `make readme`, when a message or the layout has changed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(
    r"(?<=<!-- output of: )(policy428 [^\n]+?)( -->\n```text\n).*?(?=```\n<!-- end of output -->)", re.DOTALL
)


def output(command: str) -> str:
    """What `command` prints in the repository, as it does into a pipe."""
    words = command.split()[1:]
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "110"}
    run = subprocess.run(
        [sys.executable, "-m", "policy428", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    if run.returncode != 1:
        raise SystemExit(f"“{command}” ended with status {run.returncode}; nothing was changed")
    return run.stdout.rstrip() + "\n"


def refreshed(text: str) -> str:
    """`text` with the output of each marked command put in anew."""
    return BLOCK.sub(lambda found: found[1] + found[2] + output(found[1]), text)


if __name__ == "__main__":
    README.write_text(refreshed(README.read_text(encoding="utf-8")), encoding="utf-8")
