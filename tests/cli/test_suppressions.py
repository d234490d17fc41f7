import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from policy428.cli import main

Write = Callable[[str, str], Path]
BAD = "The f*cking bus is late."
SWEAR = "IV.B-swear-word"
UNUSED, UNKNOWN, REASONLESS = (
    "META-unused-suppression",
    "META-unknown-suppression",
    "META-suppression-without-reason",
)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shared: None) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin, catch_exceptions=False)


def check(*arguments: str | Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(run("check", *arguments, "--format", "json").stdout)
    return loaded


def found(*arguments: str | Path) -> list[tuple[str, int]]:
    return [(item["rule"], item["line"]) for item in check(*arguments)["violations"]]


def comment(text: str) -> str:
    return f"<!-- policy428: {text} -->"


@pytest.mark.parametrize("names", [SWEAR, "IV.B", "IV", "iv.b-swear", f"IV.C, {SWEAR}"])
def test_a_comment_holds_for_the_next_block_and_no_further(write: Write, names: str) -> None:
    text = f"{comment(f'ignore {names}: quoting the novel')}\n{BAD}\nStill {BAD}\n\nAfter: {BAD}\n"
    assert [item for item in found(write("a.md", text)) if item[0] == SWEAR] == [(SWEAR, 5)]


def test_a_comment_after_words_holds_for_its_line_alone(write: Write) -> None:
    text = f"{BAD} {comment('ignore IV.B: a quotation')}\n\n{BAD}\n"
    assert found(write("a.md", text)) == [(SWEAR, 3)]


def test_a_range_holds_from_its_start_to_its_end_or_that_of_the_file(write: Write) -> None:
    ended = f"{comment('ignore-start IV.B: an extract')}\n\n{BAD}\n\n# {BAD}\n\n{comment('ignore-end')}\n\n{BAD}\n"
    assert found(write("a.md", ended)) == [(SWEAR, 9)]
    assert found(write("b.md", ended.replace(comment("ignore-end"), ""))) == []


def test_a_whole_file_can_be_passed_over(write: Write) -> None:
    assert found(write("a.md", f"{BAD}\n\n{BAD}\n\n{comment('ignore-file IV.B: an archive')}\n")) == []


def test_a_comment_in_code_is_code(write: Write) -> None:
    fenced = f"```\n{comment('ignore-file IV.B: no')}\n```\n\n`{comment('ignore-file IV.B: no')}` {BAD}\n"
    assert found(write("a.md", fenced)) == [(SWEAR, 5)]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"- {comment('ignore IV.B: x')}\n  {BAD}\n- {BAD}\n", [3]),
        (f"{comment('ignore IV.B: x')}\n\n- {BAD}\n- {BAD}\n\n{BAD}\n", [6]),
        (f"| a | b |\n|---|---|\n| {BAD} | {comment('ignore IV.B: x')} |\n| {BAD} | b |\n", [4]),
        (f"> {comment('ignore IV.B: x')}\n> {BAD}\n\n{BAD}\n", [4]),
        (f"<div>\n{comment('ignore IV.B: x')}\n<p>{BAD}</p>\n<p>{BAD}</p>\n</div>\n", [4]),
        (f"{comment('ignore IV.B: x')}\n{comment('ignore IV.C: y')}\n{BAD}\r\n\r\n{BAD}\r\n", [5]),
    ],
)
def test_blocks_are_those_of_markdown(write: Write, text: str, left: list[int]) -> None:
    Path("a.md").write_bytes(text.encode())
    assert [line for rule, line in found("a.md") if rule == SWEAR] == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"<p>{comment('ignore IV.B: x')}{BAD}</p>\n<p>{BAD}</p>", [2]),
        (f"{comment('ignore IV.B: x')}\n<ul><li>{BAD}</li>\n<li>{BAD}</li></ul>\n<p>{BAD}</p>", [4]),
        (f"<ul>\n<li>a\n{comment('ignore IV.B: x')}\n<li>{BAD}\n<li>{BAD}\n</ul>", [5]),
        (f"{comment('ignore IV.B: x')}\n{BAD}\n<p>{BAD}</p>", [3]),
        (f"<div>\n<p title='{BAD}'>x</p> {comment('ignore IV.B: x')}\n<p>{BAD}</p></div>", [3]),
    ],
)
def test_blocks_are_those_of_html(write: Write, text: str, left: list[int]) -> None:
    assert [line for rule, line in found(write("a.html", text)) if rule == SWEAR] == left


@pytest.mark.parametrize(
    "front",
    [
        "---\npolicy428: {ignore: {IV.B: a quotation}}\n---\n",
        '+++\n[policy428.ignore]\n"IV.B" = "a quotation"\n+++\n',
        '{"policy428": {"ignore": {"IV.B": "a quotation"}}}\n',
    ],
)
def test_front_matter_holds_for_the_page(write: Write, front: str) -> None:
    assert found(write("a.md", f"{front}{BAD}\n\n{BAD}\n")) == []


def test_a_record_says_so_in_a_field(write: Write) -> None:
    records = [{"text": BAD, "ignore": {"IV.B": "a quotation"}}, {"text": BAD}, {"text": BAD, "ignore": 7}]
    path = write("a.jsonl", "\n".join(map(json.dumps, records)))
    data = check(path)
    assert [item["post"] for item in data["violations"]] == ["line 2"]
    assert data["errors"][0]["message"].startswith("line 3: “ignore” must be an object of rules with reasons")


def test_the_configuration_says_so_by_path(write: Write) -> None:
    write("policy428.yaml", 'suppress:\n  - {path: "archive/**", rules: [IV.B], reason: before the policy}\n')
    assert found(write("archive/2019/a.md", BAD)) == []
    assert found(write("new/archive.md", BAD)) == [(SWEAR, 1)]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{path: a, rules: [IV.B]}", ":2:5: a suppression needs “reason” (or require_reason: false)"),
        ("{path: a, rules: [IV.Bx], reason: x}", ":2:5: unknown rule or clause “IV.Bx” (did you mean “IV.B”?)"),
        ("{path: a, rule: [IV.B], reason: x}", "unknown key “rule” in “suppress.0” (did you mean “rules”?)"),
        ("{path: a, reason: x}", "needs “rules”"),
        ("archive", "must be a mapping"),
    ],
)
def test_a_mistake_in_the_configuration_is_told_with_its_place(write: Write, entry: str, said: str) -> None:
    write("policy428.yaml", f"suppress:\n  - {entry}\n")
    result = run("check", write("a.md", BAD))
    assert result.exit_code == 2
    assert said in result.stderr and result.stderr.count("\n") == 1


def test_a_suppression_without_a_reason_hides_nothing_unless_reasons_are_not_asked_for(write: Write) -> None:
    path = write("a.md", f"{comment('ignore IV.B')}\n{BAD}\n")
    assert found(path) == [(REASONLESS, 1), (SWEAR, 2)]
    write("policy428.yaml", "require_reason: false\n")
    assert found(path) == []


@pytest.mark.parametrize(
    ("text", "rule", "said"),
    [
        (comment("ignore IV.B-swear-wrod: x"), UNKNOWN, "did you mean “IV.B-swear-word”?"),
        (comment("ignroe IV.B: x"), UNKNOWN, "did you mean “ignore”?"),
        (comment("ignore: x"), UNKNOWN, "names no rule or clause"),
        (comment("ignore-end"), UNKNOWN, "ends nothing"),
        (comment("ignore IV.B: x"), UNUSED, "The suppression of “IV.B” hides nothing."),
        ("---\npolicy428: {ignore: {IV.E: x}}\n---\n", UNUSED, "“IV.E” hides nothing."),
    ],
)
def test_a_suppression_that_is_wrong_is_a_finding(write: Write, text: str, rule: str, said: str) -> None:
    result = run("check", write("a.md", f"{text}\n\nThe concert is on Thursday.\n"))
    assert result.exit_code == 1
    assert rule in result.stdout
    assert said in " ".join(result.stdout.split())


def test_what_was_not_run_is_not_called_unused(write: Write) -> None:
    path = write("a.md", f"{comment('ignore IV.B: x')}\nThe concert is on Thursday.\n")
    assert found(path) == [(UNUSED, 1)]
    assert found(path, "--ignore", "IV.B-mild-oath") == []
    assert found(path, "--ignore", "META") == []
    write("policy428.yaml", "severities: {META-unused-suppression: notice}\n")
    assert run("check", path).exit_code == 0


def test_what_is_suppressed_is_counted_and_leaves_the_exit_status(write: Write) -> None:
    path = write("a.md", f"{comment('ignore IV.B: x')}\n{BAD}\n")
    result = run("check", path)
    assert result.exit_code == 0
    assert "nothing else here" in result.stdout and "1 more suppressed" in result.stdout
    assert check(path)["summary"] == {"posts": 1, "violations": 0, "by_clause": {}, "by_severity": {}, "suppressed": 1}
    assert found(path, "--no-suppressions") == [(SWEAR, 2)]
    assert run("check", path, "--no-suppressions").exit_code == 1


def test_sarif_tells_what_is_suppressed_and_why(write: Write) -> None:
    write("policy428.yaml", 'suppress:\n  - {path: "old/**", rules: [IV.B], reason: old}\n')
    write("old/a.md", BAD)
    write("new/b.md", f"{comment('ignore IV.B: quoting')}\n{BAD}\n")
    log = json.loads(run("check", "new", "old", "--format", "sarif").stdout)
    assert [result["suppressions"] for result in log["runs"][0]["results"]] == [
        [{"kind": "inSource", "status": "accepted", "justification": "quoting"}],
        [{"kind": "external", "status": "accepted", "justification": "old"}],
    ]


def test_the_rules_of_suppressions_are_listed_and_explained() -> None:
    assert run("rules", "list").stdout.count("META-") == 3
    said = run("explain", UNUSED).stdout
    assert "hides nothing" in said and "Policy 428" not in said


DRAFTS = {
    "a.md": (
        f"---\ntitle: {BAD}\n---\n# Story\n\n{BAD}\nAnd {BAD}\n\n```\n{BAD}\n```\n\n- one\n- {BAD}\n\n"
        f"| a | b |\n|---|---|\n| {BAD} | x |\n\n1. a\n\n   {BAD}\n{BAD}\n"
    ),
    "b.md": f"+++\r\ntitle = '{BAD}'\r\n+++\r\n{BAD}\r\n",
    "c.html": (
        f"<!doctype html>\n<html><head><title>{BAD}</title></head><body>\n<table><tr><td>{BAD}</td></tr></table>\n"
        f"<div>\n  <p title='{BAD}'>x</p>\n  {BAD}\n</div><pre>{BAD}</pre></body></html>\n"
    ),
    "d.jsonl": f'{{"text":"{BAD}","n":1.50}}\n{{"ignore": {{"IV.C": "x"}}, "text": "{BAD}"}}\n\n',
    "e.txt": f"---\ntitle: {BAD}\npolicy428:\n  ignore:\n    IV.C: x  # a note\n---\nHello.\n",
}


def test_suppressions_are_written_once_and_change_nothing_else(write: Write) -> None:
    for name, text in DRAFTS.items():
        Path(name).write_bytes(b"\xef\xbb\xbf" * (name == "b.md") + text.encode())
    Path("c.html").chmod(0o640)
    result = run("check", ".", "--add-ignore", "quoting the novel", "--ignore", "META")
    assert result.exit_code == 0, result.stdout
    written = {name: Path(name).read_bytes() for name in DRAFTS}
    again = run("check", ".", "--add-ignore", "another reason", "--ignore", "META")
    assert "note: 0 findings suppressed" in again.stderr
    assert {name: Path(name).read_bytes() for name in DRAFTS} == written
    assert Path("c.html").stat().st_mode & 0o777 == 0o640
    added = comment(f"ignore {SWEAR}: quoting the novel")
    page = written["a.md"].decode()
    assert f'policy428:\n  ignore:\n    {SWEAR}: "quoting the novel"\n---\n' in page
    assert f"\n\n{added}\n{BAD}\nAnd" in page and f"\n{added}\n| a | b |" in page and f"```\n{BAD}\n```" in page
    without = page.replace(f"{added}\n", "").replace(f'policy428:\n  ignore:\n    {SWEAR}: "quoting the novel"\n', "")
    assert without == DRAFTS["a.md"]
    assert written["b.md"].startswith(b"\xef\xbb\xbf+++\r\n") and written["b.md"].count(b"\n") == written["b.md"].count(
        b"\r\n"
    )
    assert f"<td>{added}{BAD}</td>" in written["c.html"].decode()
    assert written["d.jsonl"].decode().splitlines() == [
        f'{{"text":"{BAD}","n":1.50, "ignore": {{"{SWEAR}": "quoting the novel"}}}}',
        f'{{"ignore": {{"IV.C": "x", "{SWEAR}": "quoting the novel"}}, "text": "{BAD}"}}',
        "",
    ]
    assert f'    IV.C: x  # a note\n    {SWEAR}: "quoting the novel"\n' in written["e.txt"].decode()


def test_what_can_hold_no_suppression_is_told_and_left(write: Write) -> None:
    path = write("post.txt", BAD)
    result = run("check", path, "--add-ignore", "a quotation")
    assert (result.exit_code, path.read_text()) == (1, BAD)
    assert "holds no comments; “suppress” in the configuration does" in result.stderr


@pytest.mark.parametrize("reason", ["", "  ", "a --> b"])
def test_a_reason_must_be_one(write: Write, reason: str) -> None:
    path = write("a.md", BAD)
    assert run("check", path, "--add-ignore", reason).exit_code == 2
    assert path.read_text() == BAD


def test_a_scan_keeps_what_is_suppressed_to_itself(write: Write) -> None:
    records = [{"id": "1", "text": BAD, "ignore": {"IV.B": "x"}}, {"id": "2", "text": BAD}]
    path = write("posts.jsonl", "\n".join(map(json.dumps, records)))
    result = run("scan", path, "--jobs", "1", "--format", "json", "--out", "scan.db")
    assert [item["post"] for item in json.loads(result.stdout)["violations"]] == ["2"]
    write("policy428.yaml", "suppress:\n  - {path: posts.jsonl, rules: [IV.B], reason: old}\n")
    assert run("scan", path, "--jobs", "1", "--out", "scan.db").exit_code == 0
    shown = run("scan", path, "--jobs", "1", "--format", "json", "--out", "scan.db", "--no-suppressions")
    assert [item["post"] for item in json.loads(shown.stdout)["violations"]] == ["1", "2"]


def test_names_of_rules_are_not_masked_as_names_of_people(write: Write) -> None:
    said = run("check", write("a.md", f"{comment('ignore IV.B-swear-word')}\n{BAD}\n")).stdout
    assert "“IV.B-swear-word” gives no reason" in said
