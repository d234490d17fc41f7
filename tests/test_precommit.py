"""The hook, run by the real pre-commit on a real repository, its environment built from this checkout."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHIPPED = (
    "policy428",
    "rules",
    "wordlists",
    "profiles",
    "models",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    ".pre-commit-hooks.yaml",
)
SECONDS = 600

pytestmark = pytest.mark.slow


def run(*command: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHONPATH"))}
    identity = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@a.example"}
    identity |= {name.replace("AUTHOR", "COMMITTER"): value for name, value in identity.items()}
    return subprocess.run(
        command, cwd=cwd, env={**clean, **identity, **environment}, capture_output=True, text=True, timeout=SECONDS
    )


def commit(folder: Path, message: str, **environment: str) -> subprocess.CompletedProcess[str]:
    assert run("git", "add", "--all", cwd=folder).returncode == 0
    return run("git", "commit", "-q", "-m", message, cwd=folder, **environment)


@pytest.fixture(scope="module")
def hook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This checkout, as it is now, as a repository with one commit."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    folder = tmp_path_factory.mktemp("hook")
    for name in SHIPPED:
        if not (ROOT / name).exists():
            pytest.skip(f"{name} is not here: this is no full checkout")
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    assert run("git", "init", "-q", cwd=folder).returncode == 0
    assert commit(folder, "all").returncode == 0
    return folder


@pytest.fixture(scope="module")
def site(hook: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A web site's repository that runs the hook before each commit."""
    folder = tmp_path_factory.mktemp("site")
    revision = run("git", "rev-parse", "HEAD", cwd=hook).stdout.strip()
    (folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {hook}\n    rev: {revision}\n    hooks: [{{id: policy428}}]\n", encoding="utf-8"
    )
    assert run("git", "init", "-q", cwd=folder).returncode == 0
    home = {"PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("home"))}
    made = run(sys.executable, "-m", "pre_commit", "install", "--install-hooks", cwd=folder, **home)
    if made.returncode and any(
        sign in made.stdout for sign in ("No matching distribution", "Connection", "Temporary failure", "timed out")
    ):
        pytest.skip("no package index is within reach to build the hook's environment")
    assert made.returncode == 0, made.stdout + made.stderr
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRE_COMMIT_HOME", home["PRE_COMMIT_HOME"])
        yield folder


def test_a_commit_is_held_up_by_a_draft_and_goes_through_once_it_is_mended(site: Path) -> None:
    (site / "posts").mkdir()
    (site / "posts" / "sale.md").write_text("Puppies for sale, write tolson@wem.k12.mn.us\n", encoding="utf-8")
    (site / "posts" / "game.txt").write_text("The game is on Friday at 7.\n", encoding="utf-8")
    (site / "page.html").write_text("<!-- tolson@wem.k12.mn.us --><p>Welcome</p>\n", encoding="utf-8")
    (site / "mail.py").write_text("MAIL = 'tolson@wem.k12.mn.us'\n", encoding="utf-8")

    held = commit(site, "first")
    assert held.returncode == 1
    shown = held.stdout + held.stderr
    assert f"{Path('posts/sale.md')}:1:25: error IV.C-district-email (Policy 428 § IV.C)" in shown
    assert "mail.py" not in shown and "page.html:1" not in shown
    assert "tolson" not in shown
    assert run("git", "rev-parse", "--verify", "HEAD", cwd=site).returncode != 0

    (site / "posts" / "sale.md").write_text("Puppies for sale, write tia@lake.example\n", encoding="utf-8")
    through = commit(site, "second")
    assert through.returncode == 0, through.stdout + through.stderr
    assert run("git", "log", "--format=%s", cwd=site).stdout == "second\n"


def test_only_what_is_staged_is_checked(site: Path) -> None:
    (site / "late.md").write_text("write tolson@wem.k12.mn.us\n", encoding="utf-8")
    (site / "fine.md").write_text("See you there.\n", encoding="utf-8")
    assert run("git", "add", "fine.md", cwd=site).returncode == 0
    done = run("git", "commit", "-q", "-m", "fine", cwd=site)
    assert done.returncode == 0, done.stdout + done.stderr
