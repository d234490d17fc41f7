"""The tutorial works: its files are those of the example, and its commands run and end as it says."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACK = ROOT / "examples" / "other-district"
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")


def commands() -> list[tuple[str, int]]:
    """Each command with the exit status that the comment behind it names, else 0."""
    lines = [line for block in re.findall(r"```sh\n(.*?)```", TUTORIAL, re.DOTALL) for line in block.splitlines()]
    found = [re.fullmatch(r"(.*?)(?:\s+# status (\d))?", line) for line in lines]
    return [(line[1], int(line[2] or 0)) for line in found if line is not None]


def test_the_files_shown_are_those_of_the_example() -> None:
    shown = dict(re.findall(r"^`([\w./-]+)`:\n\n```\w+\n(.*?)```", TUTORIAL, re.DOTALL | re.MULTILINE))
    assert len(shown) == 5
    for name, text in shown.items():
        assert text == (PACK / name).read_text(encoding="utf-8"), name
    toml = re.search(r"```toml\n(.*?)```", TUTORIAL, re.DOTALL)
    assert toml is not None and toml[1] == (PACK / "pyproject.toml").read_text(encoding="utf-8")


def program(folder: Path, name: str, line: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\nexec {line}\n")
    path.chmod(0o755)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="the commands are those of a Unix shell")
def test_the_commands_run_and_end_as_it_says(tmp_path: Path) -> None:
    here, site, programs = tmp_path / "pack", tmp_path / "site", tmp_path / "bin"
    shutil.copytree(PACK, here)
    programs.mkdir()
    program(programs, "policy428", f'"{sys.executable}" -m policy428 "$@"')
    # Into a folder of its own, so that the pack is not in force for other tests.
    alone = " --no-build-isolation" if importlib.util.find_spec("hatchling") else ""
    pip = f'"{sys.executable}" -m pip "$@" --quiet --disable-pip-version-check --no-deps{alone} --target "{site}"'
    program(programs, "pip", pip)
    environment = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{site}",
        "NO_COLOR": "1",
    }
    told = {}
    for line, status in commands():
        run = subprocess.run(["sh", "-c", line], cwd=here, env=environment, capture_output=True, encoding="utf-8")
        assert run.returncode == status, f"{line}: {run.returncode}\n{run.stdout}{run.stderr}"
        told[line] = run.stdout
    assert (site / "lake_prairie" / "rules" / "VI-A.yaml").is_file()
    assert "VI.A-paid-lessons" in told['policy428 check website/page.txt --bio "Math teacher at LPHS"']
    assert "6 examples: all as they say" in told["policy428 rules test --select VI"]
