import json
import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from policy428.cli import main
from policy428.scan.store import Store

Posts = Callable[..., Path]
DIRTY = "Puppies for sale, write tolson@wem.k12.mn.us"
CLEAN = "The concert is Thursday at 7 in the gym."
ROOT = Path(__file__).resolve().parents[2]
SUBJECTS = ("The bake sale", "My garden", "That referee", "The late bus", "Our choir", "Study hall")
TELLS = (
    "is on Thursday at 7.",
    "went well, write tolson@wem.k12.mn.us for more.",
    "was a damn mess again.",
    "made me laugh out loud.",
    "needs three more people by Friday.",
    "is run by idiots, the whole district is a joke.",
)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def scan(*arguments: str | Path) -> Result:
    return run("scan", "--jobs", "1", *arguments)


def found(result: Result) -> list[dict[str, Any]]:
    violations: list[dict[str, Any]] = json.loads(result.stdout)["violations"]
    return violations


def many(count: int) -> list[dict[str, str]]:
    return [
        {"id": f"p{n}", "text": f"{SUBJECTS[n % 6]} number {n} {TELLS[n // 6 % 6]}", "time": f"2024-{n % 12 + 1:02}-03"}
        for n in range(count)
    ]


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "policy428", "scan", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    )


def test_what_is_found_is_what_check_finds_with_its_place_in_the_export(posts: Posts) -> None:
    path = posts(
        {"id": "a", "text": DIRTY, "time": "2024-05-01", "permalink": "https://example.org/a"},
        {"text": CLEAN},
        {"text": "Holy crap, what a game!", "role": "official"},
    )
    result = scan(path, "--format", "json")
    assert result.exit_code == 1
    scanned = found(result)
    checked = found(run("check", path, "--format", "json"))
    same = [key for key in checked[0] if key not in {"post", "fingerprint"}]
    assert [{key: one[key] for key in same} for one in scanned] == [{key: one[key] for key in same} for one in checked]
    assert scanned[0]["post"] == "a"
    assert scanned[0]["source"] == {
        "platform": None,
        "kind": "post",
        "member": None,
        "record": 1,
        "field": "text",
        "permalink": "https://example.org/a",
        "time": "2024-05-01",
    }
    assert json.loads(result.stdout)["summary"]["posts"] == 3


def test_clean_posts_are_status_zero(posts: Posts) -> None:
    assert scan(posts({"text": CLEAN})).exit_code == 0


def test_a_record_that_cannot_be_read_is_told_and_the_rest_is_judged(posts: Posts) -> None:
    result = scan(posts({"text": DIRTY}, "{oops", {"text": DIRTY, "id": "c"}), "--format", "json")
    assert result.exit_code == 2
    assert len(found(result)) == 2
    (error,) = json.loads(result.stdout)["errors"]
    assert "posts.jsonl" in error["path"]
    assert result.stderr.count("error: ") == 1


def test_a_post_beyond_the_limit_is_told(posts: Posts) -> None:
    Path("policy428.yaml").write_text("limits: {post_characters: 100}\n", encoding="utf-8")
    result = scan(posts({"text": "word " * 30}, {"text": DIRTY}), "--format", "json")
    assert (result.exit_code, len(found(result))) == (2, 1)
    assert "the post is longer than 100 characters" in result.stderr


@pytest.mark.parametrize("name", ["jsonl", "concise", "text"])
def test_the_other_formats_have_every_finding(posts: Posts, name: str) -> None:
    result = scan(posts({"text": DIRTY}, {"text": DIRTY, "id": "second"}), "--format", name)
    assert result.stdout.count("IV.C-district-email") == 2
    assert "tolson" not in result.stdout


def test_several_processes_find_the_same_in_the_same_order(posts: Posts) -> None:
    path = posts(*many(80))
    one = scan(path, "--format", "json")
    two = run("scan", path, "--jobs", "2", "--format", "json")
    assert found(one) and one.stdout == two.stdout


def test_posts_alike_are_judged_once_and_each_is_told_of(posts: Posts) -> None:
    path = posts(*[{"text": DIRTY, "id": str(n)} for n in range(5)], {"text": DIRTY, "role": "classroom"})
    assert len(found(scan(path, "--out", "scan.db", "--format", "json"))) == 5
    with Store.open("scan.db") as store:
        last = store.run()
        assert last is not None and last.judged == 2
        assert len({finding.record["fingerprint"] for finding in store.findings()}) == 5


def test_a_newer_export_judges_only_what_is_new(posts: Posts) -> None:
    records = many(30)
    scan(posts(*records), "--out", "scan.db")
    newer = posts({"id": "new", "text": DIRTY}, *records[5:], name="newer.jsonl")
    result = scan(newer, "--out", "scan.db", "--format", "json")
    with Store.open("scan.db") as store:
        last = store.run()
        assert last is not None and (last.number, last.judged, last.state) == (2, 1, "done")
    assert result.stdout == scan(newer, "--format", "json").stdout


def test_other_rules_judge_all_posts_anew(posts: Posts) -> None:
    path = posts({"text": DIRTY})
    scan(path, "--out", "scan.db")
    assert scan(path, "--out", "scan.db", "--ignore", "IV.C").exit_code == 0
    assert scan(path, "--out", "scan.db").exit_code == 1
    with Store.open("scan.db") as store:
        last = store.run()
        assert last is not None and last.judged == 1


def test_the_database_is_its_owners_and_holds_no_text_and_nothing_private(posts: Posts) -> None:
    text = "My SSN is 219-09-9998 and Tyler Brandt has a D in algebra, ask tolson@wem.k12.mn.us, zucchini"
    assert scan(posts({"text": text}), "--out", "scan.db").exit_code == 1
    assert stat.S_IMODE(Path("scan.db").stat().st_mode) == 0o600
    data = Path("scan.db").read_bytes()
    assert b"IV.C" in data
    for private in (b"219-09", b"Tyler", b"Brandt", b"tolson", text.encode()):
        assert private not in data


def test_private_text_is_kept_only_when_asked_and_gone_when_no_longer(posts: Posts) -> None:
    path = posts({"text": DIRTY})
    assert "tolson@wem.k12.mn.us" in scan(path, "--out", "scan.db", "--show-matches", "--format", "json").stdout
    assert "tolson" not in scan(path, "--out", "scan.db", "--format", "json").stdout
    assert b"tolson" not in Path("scan.db").read_bytes()


def test_what_is_no_scan_database_is_refused_and_left_as_it_is(posts: Posts) -> None:
    path = posts({"text": CLEAN})
    Path("notes.txt").write_text("hello", encoding="utf-8")
    with sqlite3.connect("other.db") as other:
        other.execute("CREATE TABLE a (b)")
    other.close()
    for name in ("notes.txt", "other.db"):
        before = Path(name).read_bytes()
        result = scan(path, "--out", name)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == f"error: {name}: not a scan database (name another file with --out)\n"
        assert Path(name).read_bytes() == before


def test_what_lies_beside_the_posts_is_told_and_is_no_failure(posts: Posts) -> None:
    folder = Path("export")
    folder.mkdir()
    posts({"text": CLEAN}, name="export/posts.jsonl")
    (folder / "settings.json").write_text('{"theme": "dark"}', encoding="utf-8")
    result = scan(str(folder), "--format", "json")
    assert result.exit_code == 0
    (error,) = json.loads(result.stdout)["errors"]
    assert "no format reads this file" in error["message"]
    assert result.stderr.startswith("note: ")
    (folder / "posts.jsonl").unlink()
    assert scan(str(folder)).exit_code == 2


def test_a_database_of_another_version_is_refused(posts: Posts) -> None:
    path = posts({"text": CLEAN})
    scan(path, "--out", "scan.db")
    with sqlite3.connect("scan.db") as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    result = scan(path, "--out", "scan.db")
    assert result.exit_code == 2
    assert "a scan database of version 99, and this program reads version 1" in result.stderr


def test_a_database_in_use_is_refused(posts: Posts) -> None:
    from policy428.scan.journal import Journal

    with Journal.create("scan.db"):
        result = scan(posts({"text": CLEAN}), "--out", "scan.db")
    assert (result.exit_code, result.stderr) == (2, "error: scan.db: in use by another scan (wait for it to end)\n")


def test_there_must_be_something_to_resume(posts: Posts) -> None:
    path = posts({"text": CLEAN})
    assert scan(path, "--resume").exit_code == 2
    result = scan(path, "--resume", "--out", "scan.db")
    assert result.exit_code == 2
    assert "no such scan" in result.stderr
    assert not Path("scan.db").exists()
    scan(path, "--out", "scan.db")
    other = posts({"text": DIRTY}, name="other.jsonl")
    result = scan(other, "--resume", "--out", "scan.db")
    assert result.exit_code == 2
    assert "posts.jsonl" in result.stderr


def test_a_wrong_configuration_ends_the_scan_before_it_begins(posts: Posts) -> None:
    Path("policy428.yaml").write_text("severities: {IV.Z: error}\n", encoding="utf-8")
    for jobs in ("1", "2"):
        result = run("scan", posts({"text": CLEAN}), "--jobs", jobs)
        assert result.exit_code == 2
        assert "IV.Z" in result.stderr


def test_a_dry_run_counts_and_judges_nothing(posts: Posts) -> None:
    result = scan(posts({"text": DIRTY}, {"text": CLEAN}), "--dry-run")
    assert result.exit_code == 0
    assert "2 post" in result.stdout
    assert "IV.C" not in result.stdout


def test_formats_are_listed() -> None:
    result = run("scan", "--list-formats")
    assert result.exit_code == 0
    assert result.stdout


@pytest.mark.slow
def test_killed_at_any_moment_it_resumes_to_the_same_findings(posts: Posts, tmp_path: Path) -> None:
    path = posts(*many(240))
    undisturbed = json.loads(scan(path, "--format", "json").stdout)
    database = tmp_path / "scan.db"
    draw = random.Random(428)
    options = (path, "--jobs", "2", "--out", database, "--format", "json")
    kills = 0
    for _ in range(6):
        process = start(*options, *(["--resume"] if database.exists() else []))
        time.sleep(draw.uniform(0.3, 6))
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            kills += 1
        process.communicate()
    process = start(*options, "--resume")
    out, _ = process.communicate(timeout=300)
    assert kills
    assert json.loads(out) == undisturbed
    with Store.open(database) as store:
        assert store.summary().posts == 240


@pytest.mark.slow
def test_ctrl_c_ends_with_what_was_found_and_says_how_to_go_on(posts: Posts, tmp_path: Path) -> None:
    path = posts(*many(2000))
    process = start(path, "--jobs", "2", "--out", "scan.db", "--format", "json")
    wait_for_posts(tmp_path / "scan.db-wal")
    process.send_signal(signal.SIGINT)
    out, told = process.communicate(timeout=60)
    assert process.returncode == 130
    summary = json.loads(out)["summary"]
    assert 0 < summary["posts"] < 2000
    assert "Traceback" not in told
    assert told.splitlines()[-1].startswith("note: stopped; what was found so far is in scan.db; to go on")
    with Store.open("scan.db") as store:
        last = store.run()
        assert last is not None and last.state == "interrupted"


def test_a_full_disk_is_told_in_one_line(posts: Posts, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    path = posts(*many(60))
    scan(path, "--out", "scan.db")
    size = Path("scan.db").stat().st_size

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, size // 2))

    command = [sys.executable, "-m", "policy428", "scan", str(path), "--out", "full.db", "--jobs", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(command, preexec_fn=small, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr.startswith("error: full.db: cannot be ")
    assert ended.stderr.count("\n") == 1


def wait_for_posts(log: Path) -> None:
    """Until more has been written than the tables of an empty database."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        if log.exists() and log.stat().st_size > 120_000:
            return
        time.sleep(0.1)
    raise AssertionError("nothing was written")
