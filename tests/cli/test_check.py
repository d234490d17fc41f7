import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policy428.cli import main

Write = Callable[[str, str], Path]
DIRTY = "Puppies for sale, write tolson@wem.k12.mn.us"
CLEAN = "The concert is Thursday at 7 in the gym."


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin, catch_exceptions=False)


def data(result: Result) -> dict[str, object]:
    loaded: dict[str, object] = json.loads(result.stdout)
    return loaded


def clauses(result: Result) -> list[str]:
    return [violation["clause"] for violation in json.loads(result.stdout)["violations"]]


def test_a_finding_is_status_one(write: Write) -> None:
    result = run("check", write("post.txt", DIRTY))
    assert result.exit_code == 1
    assert "IV.C-district-email (Policy 428 § IV.C)" in result.stdout


def test_a_clean_post_is_status_zero_and_one_line(write: Write) -> None:
    result = run("check", write("post.txt", CLEAN))
    assert (result.exit_code, result.stdout.count("\n"), result.stderr) == (0, 1, "")


@pytest.mark.parametrize("text", ["", " \n \n", "\ufeff"])
def test_an_empty_draft_is_clean(write: Write, text: str) -> None:
    assert run("check", write("post.txt", text)).exit_code == 0


def test_a_folder_without_drafts_says_so_and_is_status_zero(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("check", "empty")
    assert result.exit_code == 0
    assert result.stderr.startswith("note: empty: no drafts here")
    assert result.stdout == ""


def test_what_cannot_be_read_is_status_two_and_the_rest_is_checked(write: Write) -> None:
    write("dirty.txt", DIRTY)
    Path("binary.txt").write_bytes(b"ab\0c")
    result = run("check", "missing.txt", "binary.txt", "dirty.txt", "--format", "json")
    assert result.exit_code == 2
    assert clauses(result) == ["IV.C"]
    assert [error["path"] for error in data(result)["errors"]] == ["missing.txt", "binary.txt"]  # type: ignore[attr-defined]
    assert result.stderr.splitlines() == [
        "error: missing.txt: no such file or folder",
        "error: binary.txt: binary file: NUL at byte 2 (give a text file, in UTF-8 where you can choose)",
    ]


def test_windows_text_is_read_with_a_note(write: Write) -> None:
    Path("old.txt").write_bytes("It’s fine".encode("cp1252"))
    result = run("check", "old.txt")
    assert result.exit_code == 0
    assert "note: old.txt: not UTF-8 at byte 2" in result.stderr


def test_offsets_count_code_points_of_the_draft_as_written(write: Write) -> None:
    text = "---\ntitle: Sale\n---\nHi 🎉 **wri**te tolson@wem.k12.mn.us\n"
    (violation,) = json.loads(run("check", write("a.md", text), "--format", "json").stdout)["violations"]
    assert text[violation["start"] : violation["end"]] == "tolson@wem.k12.mn.us"
    assert (violation["line"], violation["column"]) == (4, 16)


def test_standard_input_goes_by_the_name_given() -> None:
    result = run("check", "-", "--stdin-filename", "draft.md", "--format", "json", stdin=f"`code {DIRTY}`")
    assert (result.exit_code, clauses(result)) == (0, [])
    result = run("check", "-", "--format", "json", stdin=DIRTY)
    assert json.loads(result.stdout)["violations"][0]["path"] == "<stdin>"


def test_options_tell_what_is_known_of_the_post(write: Write) -> None:
    post = write("post.txt", CLEAN)
    options = ["--author-email", "tolson@wem.k12.mn.us", "--format", "json"]
    assert clauses(run("check", post, *options)) == ["IV.C"]
    assert clauses(run("check", post, *options, "--role", "classroom")) == []
    assert clauses(run("check", post, "--bio", "write tolson@wem.k12.mn.us", "--format", "json")) == ["IV.C"]
    alt = "--media=a.png|Card with tolson@wem.k12.mn.us on it"
    assert clauses(run("check", post, alt, "--format", "json")) == ["IV.C"]


def test_the_configuration_gives_roles_by_path(write: Write) -> None:
    write("policy428.yaml", "roles: {'class/*': classroom}\n")
    write("class/a.txt", DIRTY)
    write("b.txt", DIRTY)
    result = run("check", ".", "--format", "json")
    assert [violation["path"] for violation in json.loads(result.stdout)["violations"]] == ["b.txt"]
    assert run("check", "class", "--no-config").exit_code == 1


def test_posts_of_a_jsonl_file_are_named_and_bad_lines_told(write: Write) -> None:
    lines = [json.dumps({"id": "p1", "text": DIRTY}), "{oops", json.dumps({"text": CLEAN}), json.dumps({"text": DIRTY})]
    result = run("check", write("posts.jsonl", "\n".join(lines)), "--format", "json")
    assert result.exit_code == 2
    assert [violation["post"] for violation in json.loads(result.stdout)["violations"]] == ["p1", "line 4"]
    assert data(result)["summary"]["posts"] == 3  # type: ignore[index]
    assert "posts.jsonl:2:2: not JSON" in result.stderr
    assert "oops" not in result.stderr


@pytest.mark.parametrize(
    ("options", "status"),
    [
        (["--select", "IV.C"], 1),
        (["--select", "III.D,IV.C"], 1),
        (["--select", "III.D"], 0),
        (["--ignore", "IV.C"], 0),
        (["--ignore", "III.D", "--ignore", "IV.C-district-email"], 0),
        (["--min-confidence", "1"], 0),
    ],
)
def test_choosing_rules(write: Write, options: list[str], status: int) -> None:
    assert run("check", write("post.txt", DIRTY), *options).exit_code == status


def test_fail_on_decides_the_status_and_not_the_report(write: Write) -> None:
    write("policy428.yaml", "severities: {IV.C: notice}\n")
    post = write("post.txt", DIRTY)
    assert run("check", post).exit_code == 0
    assert "notice IV.C-district-email" in run("check", post).stdout
    assert run("check", post, "--fail-on", "notice").exit_code == 1
    write("policy428.yaml", "severities: {IV.C: notice}\nfail_on: notice\n")
    assert run("check", post).exit_code == 1
    assert run("check", post, "--fail-on", "error").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "FILES"),
        (["check", "post.txt", "--select", "IV.Z9"], "unknown rule or clause “IV.Z9”"),
        (["check", "post.txt", "--format", "jsno"], "did you mean “json”?"),
        (["check", "post.txt", "--config", "nope.yaml"], "nope.yaml"),
        (["check", "post.txt", "--config", "nope.yaml", "--no-config"], "exclude each other"),
        (["chek", "post.txt"], "did you mean “check”?"),
        (["check", "post.txt", "--role", "teacher"], "--role"),
        (["check", "post.txt", "--output", "no/such/folder.json"], "cannot be written"),
    ],
)
def test_a_wrong_command_is_status_two(write: Write, arguments: list[str], said: str) -> None:
    write("post.txt", DIRTY)
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_a_wrong_configuration_of_one_folder_leaves_the_others_checked(write: Write) -> None:
    write("bad/policy428.yaml", "severitys: {}\n")
    write("bad/a.txt", DIRTY)
    write("bad/b.txt", DIRTY)
    write("good/c.txt", DIRTY)
    result = run("check", "bad", "good", "--format", "json")
    assert result.exit_code == 2
    assert clauses(result) == ["IV.C"]
    assert len(result.stderr.splitlines()) == 1
    assert "did you mean “severities”?" in result.stderr


def test_the_report_can_go_to_a_file(write: Write) -> None:
    result = run("check", write("post.txt", DIRTY), "--format", "json", "--output", "report.json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert json.loads(Path("report.json").read_text("utf-8"))["summary"]["violations"] == 1


def test_matches_are_masked_unless_asked_for(write: Write) -> None:
    post = write("post.txt", DIRTY)
    assert "tolson" not in run("check", post, "--format", "json").stdout
    shown = json.loads(run("check", post, "--format", "json", "--show-matches").stdout)["violations"][0]
    assert shown["match"] == "tolson@wem.k12.mn.us"


def test_a_registered_address_is_masked_too(write: Write) -> None:
    result = run("check", write("post.txt", CLEAN), "--author-email", "tolson@wem.k12.mn.us", "--format", "json")
    assert clauses(result) == ["IV.C"]
    assert "tolson" not in result.stdout


def terminal(*arguments: str, **environment: str) -> str:
    """What `policy428 ARGUMENTS` writes to a terminal."""
    controller, worker = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "policy428", *arguments],
        stdout=worker,
        stderr=worker,
        env={**os.environ, "TERM": "xterm", "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
    ):
        os.close(worker)
        written = b""
        while True:
            try:
                part = os.read(controller, 4096)
            except OSError:
                break
            if not part:
                break
            written += part
    os.close(controller)
    return written.decode()


def test_a_terminal_gets_colour_unless_no_color_is_set(write: Write) -> None:
    write("post.txt", DIRTY)
    assert "\x1b[" in terminal("check", "post.txt", NO_COLOR="")
    plain = terminal("check", "post.txt", NO_COLOR="1")
    assert "\x1b[" not in plain
    assert "tolson@wem.k12.mn.us" in plain


def test_an_inner_failure_shows_no_private_text(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policy428.linter.Linter.check_document", lambda self, document: [][document.post.text])
    result = run("check", write("post.txt", DIRTY))
    assert result.exit_code == 2
    assert result.stderr == "error: policy428 failed inside (TypeError); set POLICY428_DEBUG=1 to see where\n"


def test_a_check_that_needs_no_language_model_loads_nothing_heavy(write: Write) -> None:
    post = write("post.txt", DIRTY)
    code = (
        "import sys\nfrom policy428.cli import main\n"
        f"try: main(['check', {str(post)!r}, '--select', 'IV.C'])\nexcept SystemExit: pass\n"
        "print([m for m in ('spacy', 'numpy', 'rich', 'markdown_it', 'torch') if m in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.splitlines()[-1] == "[]"


def test_explain_tells_the_reasons_under_a_finding_masked_as_the_report_is(write: Write) -> None:
    post = write("post.txt", DIRTY)
    told = run("check", post, "--explain").stdout
    assert "        Why:\n        - “" in told
    assert "(contact): email" in told
    assert "confidence 0." in told and ": for it: " in told
    assert "tolson" not in told
    assert "“tolson@wem.k12.mn.us” (contact)" in run("check", post, "--explain", "--show-matches").stdout
    assert "Why:" not in run("check", post).stdout


def test_explain_changes_no_other_format(write: Write) -> None:
    post = write("post.txt", DIRTY)
    for name in ("json", "jsonl", "concise"):
        assert run("check", post, "--explain", "--format", name).stdout == run("check", post, "--format", name).stdout


def test_the_least_confidence_is_that_of_the_judge(write: Write) -> None:
    post = write("post.txt", "I am so damn tired of this snow")
    (found,) = json.loads(run("check", post, "--format", "json").stdout)["violations"]
    sure = found["confidence"]
    assert 0.5 <= sure < 1
    assert clauses(run("check", post, "--format", "json", "--min-confidence", str(sure))) == ["IV.B"]
    result = run("check", post, "--format", "json", "--min-confidence", str(sure + 0.01))
    assert (clauses(result), result.exit_code) == ([], 0)
