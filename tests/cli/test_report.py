import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from policy428.cli import main
from policy428.errors import InputError, Place
from policy428.post import Post, Source
from policy428.scan.journal import Journal
from policy428.scan.kept import Kept
from policy428.scan.store import DONE, INTERRUPTED

POSTS = [
    # id, platform, time, clause, family, severity, confidence
    ("p1", "facebook", "2023-11-02T10:00:00Z", "IV.B", "profanity", "error", 0.95),
    ("p2", "facebook", "2024-05-31T23:59:59Z", "IV.E", "pupil-record", "warning", 0.6),
    ("p3", "x", "2024-06-01T00:00:00Z", "IV.B", "obscenity", "notice", 0.4),
    ("p4", "x", None, "IV.D", "view", "warning", 0.9),
]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def scanned(path: str = "scan.db", *, state: str = DONE, errors: int = 1, clean: int = 2) -> Path:
    journal = Journal.create(path)
    journal.begin("0", "rules", ["export.zip"], {})
    with journal.writing():
        for number, (name, platform, time, clause, family, severity, confidence) in enumerate(POSTS):
            record = {
                "rule": f"{clause}-some-{family}", "clause": clause, "citation": f"Policy 428 § {clause}",
                "severity": severity, "confidence": confidence, "message": f"Message of {name}.",
                "suggestion": "Leave it out.", "line": 1, "column": 5, "end_line": 1, "end_column": 9, "start": 4,
                "end": 8, "match": "d***",
            }  # fmt: skip
            kept = Kept(record, family, (("1", "The damn bus", "    ^^^^"),), "damn", ("why",), "mark")
            verdict = journal.add_verdict(name.encode(), [kept])
            source = Source("export.zip", None, "posts.json", number + 1, "text", platform, "post")
            post = Post("", id=name, time=time, permalink=f"https://social.example/{name}", source=source)
            journal.add_post(number, post, verdict)
        for number in range(clean):
            verdict = journal.add_verdict(b"clean%d" % number, [])
            journal.add_post(10 + number, Post("", time="2024-05-01", source=Source("export.zip")), verdict)
        for number in range(errors):
            journal.add_error(20 + number, InputError("cut off", place=Place(f"part{number}.zip")))
    journal.end(state)
    journal.close()
    return Path(path)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["report", *map(str, arguments)], catch_exceptions=False)


def named(*arguments: str | Path) -> list[str]:
    result = run(*arguments, "--format", "json")
    return [record["post"] for record in json.loads(result.stdout)["violations"]]


def test_all_findings_of_a_scan_are_reported_with_its_totals() -> None:
    result = run(scanned(), "--format", "json")
    data: dict[str, Any] = json.loads(result.stdout)
    assert data["summary"] == {
        "posts": 6,
        "violations": 4,
        "by_clause": {"IV.B": 2, "IV.D": 1, "IV.E": 1},
        "by_severity": {"error": 1, "notice": 1, "warning": 2},
    }
    assert [record["post"] for record in data["violations"]] == ["p1", "p2", "p3", "p4"]
    assert data["errors"] == [{"path": "part0.zip", "message": "cut off"}]
    assert result.exit_code == 1
    assert result.stderr == "note: not read: part0.zip: cut off\n"


@pytest.mark.parametrize("name", ["text", "concise", "csv", "html", "json", "jsonl"])
def test_every_format_writes_the_same_findings(name: str) -> None:
    result = run(scanned(), "--format", name, "--output", "out")
    assert (result.exit_code, result.stdout) == (1, "")
    shown = Path("out").read_text(encoding="utf-8")
    for post in ("p1", "p2", "p3", "p4"):
        assert shown.count(f"Message of {post}.") == 1


def test_text_is_what_one_gets_unasked() -> None:
    shown = run(scanned()).stdout
    assert "export.zip!posts.json:1 (post p1), 1:5: error IV.B-some-profanity (Policy 428 § IV.B)" in shown
    assert "6 posts checked: 1 error, 2 warnings, 1 notice; 1 input could not be read." in shown


def test_csv_says_where_each_post_stood() -> None:
    rows = list(csv.DictReader(io.StringIO(run(scanned(), "--format", "csv").stdout)))
    assert [(row["post"], row["member"], row["record"], row["platform"]) for row in rows][2:] == [
        ("p3", "posts.json", "3", "x"),
        ("p4", "posts.json", "4", "x"),
    ]


def test_html_has_titles_links_and_errors() -> None:
    shown = run(scanned(), "--format", "html", "--explain").stdout
    for words in ("Profane", 'href="https://social.example/p1"', "part0.zip", '<li dir="auto">why</li>', "posts.json"):
        assert words in shown


@pytest.mark.parametrize(
    ("options", "posts"),
    [
        (["--select", "IV.B"], ["p1", "p3"]),
        (["--select", "IV.B-profanity,IV.D"], ["p1", "p4"]),
        (["--select", "IV", "--ignore", "IV.B"], ["p2", "p4"]),
        (["--select", "IV.B-some-obscenity", "--ignore", "IV.B"], ["p3"]),
        (["--ignore", "IV"], []),
        (["--min-confidence", "0.6"], ["p1", "p2", "p4"]),
        (["--since", "2024-05-31"], ["p2", "p3"]),
        (["--since", "2024-06"], ["p3"]),
        (["--until", "2023"], ["p1"]),
        (["--until", "2024-05-31"], ["p1", "p2"]),
        (["--since", "2023-11-02", "--until", "2024-05"], ["p1", "p2"]),
    ],
)
def test_findings_are_chosen(options: list[str], posts: list[str]) -> None:
    assert named(scanned(), *options) == posts


@pytest.mark.parametrize(
    ("options", "posts"),
    [([], 6), (["--since", "2024-05"], 4), (["--until", "2024-05-01"], 3), (["--since", "2024-06-02"], 0)],
)
def test_posts_are_counted_in_the_time_asked_for(options: list[str], posts: int) -> None:
    assert json.loads(run(scanned(), "--format", "json", *options).stdout)["summary"]["posts"] == posts


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ([], 1),
        (["--fail-on", "error"], 1),
        (["--select", "IV.D", "--fail-on", "error"], 0),
        (["--select", "IV.B-some-obscenity"], 0),
        (["--select", "IV.B-some-obscenity", "--fail-on", "notice"], 1),
    ],
)
def test_the_status_goes_by_what_is_reported(options: list[str], status: int) -> None:
    assert run(scanned(), *options).exit_code == status


def test_a_rule_of_the_scan_may_be_asked_for_though_it_is_not_in_force_here() -> None:
    assert named(scanned(), "--select", "IV.B-some-profanity") == ["p1"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["scan.db", "--select", "IV.Z"], "unknown rule or clause “IV.Z”"),
        (["scan.db", "--since", "May"], "is no date"),
        (["scan.db", "--since", "2024-13"], "is no date"),
        (["scan.db", "--since", "2024-05", "--until", "2024-04"], "--since comes after --until"),
        (["scan.db", "--format", "htm"], "html"),
        (["scan.db", "--output", "scan.db"], "is the scan's database"),
        (["scan.db", "--output", "nowhere/out.txt"], "cannot be written"),
        (["nope.db"], "nope.db"),
        (["text.db"], "text.db"),
        (["."], "."),
    ],
)
def test_what_is_wrong_is_told_in_a_line(arguments: list[str], words: str) -> None:
    before = scanned().read_bytes()
    Path("text.db").write_text("no database at all\n" * 100, encoding="utf-8")
    result = run(*arguments)
    assert result.exit_code == 2 and result.stdout == ""
    assert words in result.stderr and "Traceback" not in result.stderr
    assert Path("scan.db").read_bytes() == before


def test_a_scan_that_was_cut_off_says_so() -> None:
    result = run(scanned(state=INTERRUPTED))
    assert "did not come to its end" in result.stderr and "p4" in result.stdout


def test_an_empty_database_is_no_clean_bill() -> None:
    Journal.create("empty.db").close()
    result = run("empty.db")
    assert result.exit_code == 2 and "no scan has written to it" in result.stderr


def test_many_errors_are_told_in_a_few_lines() -> None:
    lines = run(scanned(errors=25)).stderr.splitlines()
    assert len(lines) == 11 and lines[-1].startswith("note: 15 more were not read")
