"""The GitHub Action: its steps, run by the shell as the runner would, with this checkout for what they install."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from policy428.reports import reports

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
CHECK = next(step for step in STEPS if step.get("id") == "check")


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a job, with `policy428` on the path."""
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    program = tmp_path / "bin" / "policy428"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m policy428 "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))
    folder = tmp_path / "checkout"
    folder.mkdir()
    return folder


def check(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Runs the step as the runner does (bash -e -o pipefail), with the inputs as its expressions would give them."""
    given = {name: str(told.get("default", "")) for name, told in ACTION["inputs"].items()} | inputs
    environment = {
        variable: given[re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", expression)[1]]  # type: ignore[index]
        for variable, expression in CHECK["env"].items()
    }
    script = folder.parent / "step.sh"
    script.write_text(CHECK["run"], encoding="utf-8")
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)]
    return subprocess.run(command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True)


def test_expressions_stand_in_no_script() -> None:
    assert all("${{" not in step.get("run", "") for step in STEPS)


def test_it_installs_the_ref_that_the_workflow_names() -> None:
    install = next(step for step in STEPS if step.get("name") == "Install")
    assert install["env"]["SOURCE"] == "${{ github.action_path }}" and '"$SOURCE"' in install["run"]


def test_a_finding_fails_the_job_and_leaves_a_report(job: Path) -> None:
    (job / "a b").mkdir()
    (job / "a b" / "post.md").write_text("Puppies for sale, write tolson@wem.k12.mn.us\n")
    (job / "ok.md").write_text("See you.\n")
    done = check(job, paths="a b\nok.md\n", format="csv")
    assert done.returncode == 1, done.stderr
    assert "IV.C-district-email" in (job / "policy428.csv").read_text()
    assert (job.parent / "output").read_text() == "report=policy428.csv\n"


def test_inputs_are_words_and_no_script(job: Path) -> None:
    (job / "ok.md").write_text("See you.\n")
    done = check(job, paths='ok.md\n"; touch gone; $(touch gone)', format="csv")
    assert done.returncode == 2 and not (job / "gone").exists()


@pytest.mark.parametrize("name", ["github", "sarif"])
def test_the_formats_of_the_action_are_written(job: Path, name: str) -> None:
    if name not in reports():
        pytest.skip(f"this version has no format “{name}”")
    (job / "post.md").write_text("Puppies for sale, write tolson@wem.k12.mn.us\n")
    done = check(job, format=name, role="personal", **{"fail-on": "error"})
    told = done.stdout if name == "github" else (job / "policy428.sarif").read_text()
    assert done.returncode == 1 and "IV.C-district-email" in told


def blocks() -> list[str]:
    page = (ROOT / "docs" / "hooks.md").read_text(encoding="utf-8")
    return re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)


def test_the_workflows_of_the_documents_are_yaml_and_give_inputs_that_there_are() -> None:
    given = set()
    for block in blocks():
        found = yaml.safe_load(block)
        jobs = found.get("jobs", {}) if isinstance(found, dict) else {"": {"steps": found}}
        for step in (step for job in jobs.values() for step in job["steps"]):
            if step["uses"].startswith("OWNER/policy428"):
                given |= set(step["with"])
    assert given and given <= set(ACTION["inputs"])


def test_the_gitlab_job_of_the_documents_writes_its_report(job: Path) -> None:
    found = next(loaded for block in blocks() if "policy428" in (loaded := yaml.safe_load(block)))["policy428"]
    command = found["script"][-1]
    (job / "post.md").write_text("See you.\n")
    for words in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-qm", "a"), ("branch", "origin/main")):
        identity = ("-c", "user.name=a", "-c", "user.email=a@a.example")
        subprocess.run(["git", *identity, *words], cwd=job, check=True)
    (job / "post.md").write_text("See you.\n\nPuppies for sale, write tolson@wem.k12.mn.us\n")
    environment = {**os.environ, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
    done = subprocess.run(["sh", "-c", command], cwd=job, env=environment, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    report = json.loads((job / found["artifacts"]["reports"]["codequality"]).read_text())
    assert [one["location"]["positions"]["begin"]["line"] for one in report] == [3]
