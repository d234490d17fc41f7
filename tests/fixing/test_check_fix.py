"""`check --fix` and `check --diff-fix` as people use them."""

import json
import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policy428.baseline.file import Baseline
from policy428.baseline.fingerprint import of_violation
from policy428.cli import main
from policy428.linter import Linter
from policy428.post import Post, Source
from policy428.session import Session

Write = Callable[[str, str], Path]
DRAFT = (
    "Puppies for sale, write me at tolson@wem.k12.mn.us by Friday.\n\n"
    "The damn bus is late. DAMN it.\n"
    "Coach Bratvold's cell is 507-555-0123.\n"
    "The staff wifi password is Heron4821\n"
)
MENDED = (
    "Puppies for sale, write me by Friday.\n\n"
    "The darn bus is late. DARN it.\n"
    "Coach Bratvold's cell is •••-•••-••••.\n"
    "The staff wifi password is [removed]\n"
)
VIEW = "Unpopular opinion: the W-E-M board wasted a fortune on that marquee and should be ashamed."
DISCLAIMER = "The opinions here are my own and do not represent Waterville-Elysian-Morristown Public Schools."


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, linter: Linter) -> None:
    monkeypatch.chdir(tmp_path)
    # One linter for all; the folder has no configuration of its own.
    monkeypatch.setattr(Session, "linter", lambda self, draft: linter)


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, arguments)], input=stdin, catch_exceptions=False)


def fixed(name: str, text: str) -> str:
    """What `check --fix` makes of a draft, and that a second time changes nothing."""
    path = Path(name)
    path.write_bytes(text.encode())
    run("--fix", name)
    once = path.read_bytes()
    again = run("--fix", name)
    assert (path.read_bytes(), "made" in again.stderr) == (once, False)
    return once.decode()


def test_every_safe_edit_is_made_and_what_is_left_is_told() -> None:
    Path("d.txt").write_text(DRAFT, encoding="utf-8")
    result = run("--fix", "d.txt", "--format", "json")
    assert Path("d.txt").read_text(encoding="utf-8") == MENDED
    assert result.stderr.startswith("note: d.txt: made 5 edits (IV.B-mild-oath, IV.C-district-email, IV.E-credential,")
    assert not [v for v in json.loads(result.stdout)["violations"] if "fix" in v]


def test_a_second_run_changes_nothing() -> None:
    assert fixed("d.txt", DRAFT) == MENDED


def test_a_diff_changes_nothing_and_masks_what_is_private() -> None:
    Path("d.txt").write_text(DRAFT, encoding="utf-8")
    result = run("--diff-fix", "d.txt")
    assert (result.exit_code, Path("d.txt").read_text(encoding="utf-8")) == (1, DRAFT)
    lines = result.stdout.splitlines()
    assert lines[:3] == ["--- d.txt", "+++ d.txt", "@@ -1,5 +1,5 @@"]
    assert "-Puppies for sale, write me at t***@w*** by Friday." in lines
    assert "+The staff wifi password is [removed]" in lines
    assert not [word for word in ("tolson", "Heron4821", "0123-", "Bratvold") if word in result.stdout]
    assert "note: d.txt: --fix would make 5 edits" in result.stderr


@pytest.mark.skipif(not shutil.which("patch"), reason="needs the program patch")
def test_a_diff_with_all_shown_can_be_applied_by_patch() -> None:
    Path("d.txt").write_text(DRAFT.rstrip("\n"), encoding="utf-8")
    Path("m.md").write_text(f"# View\n\n{VIEW}\n", encoding="utf-8")
    result = run("--diff-fix", "--show-matches", "d.txt", "m.md")
    done = subprocess.run(["patch", "-p0"], input=result.stdout.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
    assert Path("d.txt").read_text(encoding="utf-8") == MENDED.rstrip("\n")
    assert Path("m.md").read_text(encoding="utf-8") == f"# View\n\n{VIEW}\n\n{DISCLAIMER}\n"


def test_a_diff_of_standard_input() -> None:
    result = run("--diff-fix", "-", stdin="The damn bus\n")
    assert result.stdout.splitlines() == ["--- <stdin>", "+++ <stdin>", "@@ -1 +1 @@", "-The damn bus", "+The darn bus"]


def test_reports_can_be_written_beside_a_diff() -> None:
    Path("d.txt").write_text("The damn bus\n", encoding="utf-8")
    result = run("--diff-fix", "d.txt", "--output", "json:o.json", "--output", "sarif:o.sarif")
    assert result.stdout.startswith("--- d.txt")
    (violation,) = json.loads(Path("o.json").read_text(encoding="utf-8"))["violations"]
    assert list(violation)[-1] == "fix"
    assert violation["fix"] == {"start": 4, "end": 8, "text": "darn"}
    (found,) = json.loads(Path("o.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    (replacement,) = found["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacement["deletedRegion"] == {"charOffset": 4, "charLength": 4}
    assert replacement["insertedContent"] == {"text": "darn"}


def test_the_text_report_tells_that_there_are_edits() -> None:
    Path("d.txt").write_text(DRAFT, encoding="utf-8")
    assert "have safe edits: --diff-fix shows what --fix would change" in run("d.txt").stdout


@pytest.mark.parametrize(
    ("name", "text", "mended"),
    [
        ("a.md", "Puppies (tolson@wem.k12.mn.us).\n", "Puppies.\n"),
        ("a.md", "Puppies. <tolson@wem.k12.mn.us> is mine.\n", "Puppies. is mine.\n"),
        ("a.txt", "Puppies:\n\ntolson@wem.k12.mn.us\n\nBye\n", "Puppies:\n\nBye\n"),
        ("a.txt", "tolson@wem.k12.mn.us is where to write\n", "is where to write\n"),
        ("a.html", '<img alt="The damn bus" src="damn.jpg">\n', '<img alt="The darn bus" src="damn.jpg">\n'),
        ("a.html", "<p>Puppies: tolson@wem.k12.mn.us</p>\n", "<p>Puppies:</p>\n"),
        ("a.txt", VIEW, f"{VIEW}\n\n{DISCLAIMER}"),
        ("a.txt", f"{VIEW}\r\n", f"{VIEW}\r\n\r\n{DISCLAIMER}\r\n"),
        ("a.html", f"<body>\n<p>{VIEW}</p>\n</body>\n", f"<body>\n<p>{VIEW}</p>\n<p>{DISCLAIMER}</p>\n</body>\n"),
        ("a.html", f"<p>{VIEW}</p>\n", f"<p>{VIEW}</p>\n<p>{DISCLAIMER}</p>\n"),
    ],
)
def test_what_is_left_is_a_text_that_reads_on(name: str, text: str, mended: str) -> None:
    assert fixed(name, text) == mended


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "Use `tolson@wem.k12.mn.us` here.\n"),
        ("a.md", "Text\n\n```\nThe damn bus\n```\n"),
        ("a.md", "---\ntitle: The damn bus\n---\n\nText\n"),
        ("a.md", "+++\ntitle = 'The damn bus'\n+++\n\nText\n"),
        ("a.md", "[tolson@wem.k12.mn.us](mailto:tolson@wem.k12.mn.us)\n"),
        ("a.md", "**tolson**@wem.k12.mn.us\n"),
        ("a.md", f"{VIEW}\n\n```\nnot closed\n"),
        ("a.html", '<a href="mailto:tolson@wem.k12.mn.us">tolson@wem.k12.mn.us</a>\n'),
        ("a.html", "<p>The d&#97;mn bus</p>\n"),
    ],
)
def test_code_front_matter_and_markup_are_let_be(name: str, text: str) -> None:
    assert fixed(name, text) == text


def test_the_body_is_mended_and_front_matter_is_not() -> None:
    front = "---\ntitle: The damn bus\nauthor: T. Olson\n---\n"
    assert fixed("a.md", f"{front}The damn bus\n") == f"{front}The darn bus\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252"])
def test_encoding_byte_order_mark_and_line_endings_stay(encoding: str) -> None:
    text = "The damn bus, “é”\r\nis late\nagain\r\n"
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    Path("d.txt").write_bytes((mark + text).encode(encoding))
    run("--fix", "d.txt")
    assert Path("d.txt").read_bytes() == (mark + text.replace("damn", "darn")).encode(encoding)


def test_what_the_encoding_cannot_hold_is_told_and_the_file_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    from policy428.fixing import edits

    monkeypatch.setattr(edits, "HIDDEN", "☃")
    before = "Coach Bratvold’s cell is 507-555-0123".encode("cp1252")
    Path("d.txt").write_bytes(before)
    result = run("--fix", "d.txt")
    assert result.exit_code == 2
    assert "error: d.txt: cannot be written: cp1252 has no U+2603 (save the file as UTF-8)" in result.stderr
    assert Path("d.txt").read_bytes() == before


def test_of_posts_in_json_lines_only_the_text_is_touched() -> None:
    lines = [
        '{"id": 7, "text" : "The damn \\u00e9 bus", "more": [{"text": "damn"}], "n": 1.0}',
        "",
        '{"text":"Snow"}\r',
        "{broken",
        '{"text":"first","text":"The damn bus 🙂"}',
        '{"text": "no damn half \\ud83d\\n"}',
    ]
    Path("p.jsonl").write_bytes("\n".join(lines).encode())
    result = run("--fix", "p.jsonl", "--format", "json")
    assert result.exit_code == 2, "the broken line is told as ever"
    now = Path("p.jsonl").read_bytes().decode().split("\n")
    assert now[0] == lines[0].replace("The damn", "The darn")
    assert now[1:4] == lines[1:4]
    assert now[4] == lines[4].replace("damn", "darn")
    assert now[5] == lines[5], "half a character stands there, and what it was is not guessed at"
    assert "note: p.jsonl: has safe edits that cannot be put back into it" in result.stderr


def test_the_original_is_kept_where_that_is_asked_for() -> None:
    Path("d.txt").write_text("The damn bus\n", encoding="utf-8")
    result = run("--fix", "d.txt", "--backup", ".orig")
    assert Path("d.txt.orig").read_text(encoding="utf-8") == "The damn bus\n"
    assert "as it was: d.txt.orig" in result.stderr
    run("--fix", "d.txt", "--backup", ".orig")
    assert Path("d.txt.orig").read_text(encoding="utf-8") == "The damn bus\n", "nothing changed, so nothing to keep"


def test_permissions_and_links_stay_and_nothing_is_left_behind() -> None:
    Path("real.txt").write_text("The damn bus\n", encoding="utf-8")
    Path("real.txt").chmod(0o640)
    Path("link.txt").symlink_to("real.txt")
    run("--fix", "link.txt")
    assert Path("link.txt").is_symlink()
    assert Path("real.txt").read_text(encoding="utf-8") == "The darn bus\n"
    assert stat.S_IMODE(Path("real.txt").stat().st_mode) == 0o640
    assert sorted(path.name for path in Path().iterdir()) == ["link.txt", "real.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_may_not_be_written_is_told() -> None:
    Path("d.txt").write_text("The damn bus\n", encoding="utf-8")
    Path("d.txt").chmod(0o444)
    result = run("--fix", "d.txt")
    assert result.exit_code == 2
    assert "error: d.txt: cannot be written: Permission denied" in result.stderr


def test_what_is_not_selected_is_not_mended(linter: Linter) -> None:
    Path("d.txt").write_text("The damn bus\n", encoding="utf-8")
    run("--fix", "d.txt", "--min-confidence", "1")
    assert Path("d.txt").read_text(encoding="utf-8") == "The damn bus\n"


def test_what_is_suppressed_is_not_mended() -> None:
    text = "<!-- policy428: ignore IV.B-mild-oath: quoting the novel -->\nThe damn bus\n\nThe damn bus\n"
    assert fixed("a.md", text) == text.removesuffix("damn bus\n") + "darn bus\n"


def test_what_a_baseline_knows_is_neither_mended_nor_told_after_other_edits(linter: Linter) -> None:
    baseline = Baseline(Path("known.json"))
    old = linter.check(Post("The damn bus\n", source=Source("d.txt")))
    baseline.files = baseline.counted(of_violation(violation, baseline.folder) for violation in old)
    baseline.save()
    Path("d.txt").write_text("The damn bus\n\nWrite tolson@wem.k12.mn.us today\n", encoding="utf-8")
    result = run("--fix", "d.txt", "--baseline", "known.json", "--format", "json")
    assert Path("d.txt").read_text(encoding="utf-8") == "The damn bus\n\nWrite today\n"
    assert (result.exit_code, json.loads(result.stdout)["violations"]) == (0, [])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--fix", "--diff-fix", "d.txt"), "--fix and --diff-fix exclude each other"),
        (("--backup", ".o", "d.txt"), "--backup goes with --fix alone"),
        (("--fix", "--backup", "a/b", "d.txt"), "write an ending for file names, as in .orig"),
        (("--fix", "-"), "standard input cannot be mended; --diff-fix shows what would change"),
        (("--diff-fix", "--format", "json", "d.txt"), "--diff-fix shows a diff in place of the report; name a file"),
        (("--fix", "--diff", "HEAD", "d.txt"), "mend whole drafts and do not go with --diff"),
    ],
)
def test_options_that_do_not_go_together_are_told(arguments: tuple[str, ...], message: str) -> None:
    Path("d.txt").write_text("The damn bus\n", encoding="utf-8")
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert Path("d.txt").read_text(encoding="utf-8") == "The damn bus\n"
