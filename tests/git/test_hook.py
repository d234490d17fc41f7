import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policy428.cli import main

Git = Callable[..., str]
ROOT = Path(__file__).parents[2]


def init(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["init", "--git-hook", *arguments], catch_exceptions=False)


@pytest.fixture
def hooked(git: Git, monkeypatch: pytest.MonkeyPatch) -> Git:
    """A repository with the hook, which finds this checkout."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    assert init().exit_code == 0
    return git


def test_the_hook_holds_up_a_commit_and_lets_a_mended_one_through(hooked: Git) -> None:
    hook = Path(".git/hooks/pre-commit")
    assert os.access(hook, os.X_OK) and sys.executable in hook.read_text()
    Path("post.md").write_text("Write tolson@wem.k12.mn.us for a puppy.\n")
    hooked("add", ".")
    said = hooked("commit", "-qm", "first", fails=True)
    assert "post.md:1:7: error IV.C-district-email" in said
    Path("post.md").write_text("Write tia@lake.example for a puppy.\n")
    hooked("add", ".")
    hooked("commit", "-qm", "second")


def test_only_the_files_of_a_partial_commit_are_checked(hooked: Git) -> None:
    Path("bad.md").write_text("Write tolson@wem.k12.mn.us for a puppy.\n")
    Path("good.md").write_text("See you.\n")
    hooked("add", ".")
    hooked("commit", "-qm", "good", "good.md")


def test_another_hook_is_left_alone_without_force(git: Git) -> None:
    hook = Path(".git/hooks/pre-commit")
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho mine\n")
    refused = init()
    assert refused.exit_code == 2 and "is another hook" in refused.stderr and hook.read_text().endswith("echo mine\n")
    assert init("--force").exit_code == 0
    assert "policy428" in hook.read_text()
    assert init().exit_code == 0, "our own hook is written anew"


def test_a_link_is_replaced_and_never_written_through(git: Git) -> None:
    Path("theirs.sh").write_text("echo mine\n")
    hook = Path(".git/hooks/pre-commit")
    hook.parent.mkdir(exist_ok=True)
    hook.symlink_to(Path("theirs.sh").resolve())
    assert init().exit_code == 2
    assert init("--force").exit_code == 0
    assert Path("theirs.sh").read_text() == "echo mine\n" and not hook.is_symlink()


def test_a_worktree_shares_the_hooks_of_its_repository(hooked: Git, tmp_path: Path) -> None:
    Path("a.py").write_text("")
    hooked("add", ".")
    hooked("commit", "-qm", "first")
    Path(".git/hooks/pre-commit").unlink()
    tree = tmp_path / "tree"
    hooked("worktree", "add", "-q", str(tree))
    assert init(str(tree)).exit_code == 0
    assert Path(".git/hooks/pre-commit").is_file()
    (tree / "post.txt").write_text("Write tolson@wem.k12.mn.us\n")
    hooked("add", ".", folder=tree)
    assert "IV.C-district-email" in hooked("commit", "-qm", "x", folder=tree, fails=True)


def test_the_folder_that_core_hookspath_names_is_used(git: Git) -> None:
    git("config", "core.hooksPath", ".githooks")
    Path("sub").mkdir()
    assert init("sub").exit_code == 0
    assert Path(".githooks/pre-commit").is_file() and not Path(".git/hooks/pre-commit").exists()


def test_a_folder_of_hooks_for_all_repositories_needs_force(git: Git, tmp_path: Path) -> None:
    git("config", "core.hooksPath", str(tmp_path / "everyone"))
    refused = init()
    assert refused.exit_code == 2 and "every repository" in refused.stderr
    assert not (tmp_path / "everyone").exists()
    assert init("--force").exit_code == 0
    assert (tmp_path / "everyone" / "pre-commit").is_file()


def test_where_there_is_no_repository_one_line_says_so(
    tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    for arguments in ((str(tmp_path),), (str(tmp_path / "nowhere"),)):
        refused = init(*arguments)
        assert refused.exit_code == 2 and refused.stderr.count("\n") == 1
    bare = tmp_path / "bare"
    subprocess.run(["git", "init", "-q", "--bare", str(bare)], check=True)
    assert init(str(bare)).exit_code == 2
