import io
import json
import re
import time
from collections.abc import Callable

import pytest

from policy428 import Linter, Post
from policy428.errors import InputError, Place
from policy428.post import Source
from policy428.reports import Checked, Look, Summary, Told, reports
from policy428.reports.finding import Finding
from policy428.violation import Severity, Violation

KEYS = [
    "rule", "clause", "citation", "severity", "confidence", "message", "suggestion", "path", "post", "line", "column",
    "end_line", "end_column", "start", "end", "match", "fingerprint",
]  # fmt: skip


def violation(
    post: Post, start: int, end: int, *, severity: Severity = "error", message: str = "It swears."
) -> Violation:
    before, through = post.text[:start], post.text[:end]
    return Violation(
        rule="IV.B-profanity",
        clause="IV.B",
        citation="Policy 428 § IV.B",
        family="profanity",
        severity=severity,
        confidence=0.97,
        message=message,
        suggestion="Leave it out.",
        start=start,
        end=end,
        line=before.count("\n") + 1,
        column=start - (before.rfind("\n") + 1) + 1,
        end_line=through.count("\n") + 1,
        end_column=end - (through.rfind("\n") + 1) + 1,
        match=post.text[start:end],
        evidence=(),
        fingerprint="f1",
        post=post.id,
        source=post.source,
    )


def written(linter: Linter, name: str, *posts: tuple[Post, tuple[Violation, ...]], look: Look | None = None) -> str:
    out, summary = io.StringIO(), Summary()
    report = reports()[name](out, look or Look())
    for post, found in posts:
        checked = Checked(linter.document(post), found)
        summary.count(checked)
        report.add(checked)
    report.close(summary)
    return out.getvalue()


def found(text: str, word: str, **more: str) -> tuple[Post, tuple[Violation, ...]]:
    post = Post(text=text, source=Source("post.txt"))
    start = text.index(word)
    return post, (violation(post, start, start + len(word), **more),)  # type: ignore[arg-type]


def test_json_has_the_promised_keys_in_their_order(linter: Linter) -> None:
    out, summary = io.StringIO(), Summary()
    post, violations = found("The damn bus", "damn")
    report = reports()["json"](out, Look())
    checked = Checked(linter.document(post), violations)
    summary.count(checked)
    report.add(checked)
    report.fail(InputError("no such file or folder", place=Place("nope.txt"), hint="look again"))
    report.close(summary)
    data = json.loads(out.getvalue())
    assert list(data) == ["tool", "summary", "violations", "errors"]
    assert list(data["tool"]) == ["name", "version"] and data["tool"]["name"] == "policy428"
    assert data["summary"] == {"posts": 1, "violations": 1, "by_clause": {"IV.B": 1}, "by_severity": {"error": 1}}
    (record,) = data["violations"]
    assert list(record) == KEYS
    assert (record["start"], record["end"], record["line"], record["column"], record["end_column"]) == (4, 8, 1, 5, 9)
    assert (record["match"], record["post"], record["path"]) == ("d***", None, "post.txt")
    assert data["errors"] == [{"path": "nope.txt", "message": "no such file or folder (look again)"}]


def test_json_lines_are_violations(linter: Linter) -> None:
    post = Post(text="damn", id="p7", source=Source("posts.jsonl", 3))
    lines = written(linter, "jsonl", (post, (violation(post, 0, 4),)), (Post(text="ok"), ())).splitlines()
    assert [list(json.loads(line)) for line in lines] == [KEYS]
    assert json.loads(lines[0])["post"] == "p7"


def test_a_post_without_an_id_is_named_by_its_line(linter: Linter) -> None:
    post = Post(text="damn", source=Source("posts.jsonl", 3))
    assert json.loads(written(linter, "jsonl", (post, (violation(post, 0, 4),))))["post"] == "line 3"


def test_concise(linter: Linter) -> None:
    assert (
        written(linter, "concise", found("A\nThe damn bus", "damn"))
        == "post.txt:2:5: error IV.B-profanity It swears.\n"
    )
    assert written(linter, "concise", (Post(text="ok"), ())) == ""


def test_text_underlines_the_place(linter: Linter) -> None:
    shown = written(linter, "text", found("First\nThe 漢 damn bus", "damn"))
    assert shown.splitlines()[:5] == [
        "post.txt:2:7: error IV.B-profanity (Policy 428 § IV.B)",
        "    2 | The 漢 damn bus",
        "      |        ^^^^",
        "        It swears.",
        "        Instead: Leave it out.",
    ]
    assert "1 post checked: 1 error." in shown


def test_text_windows_a_long_line_around_the_span(linter: Linter) -> None:
    shown = written(linter, "text", found("so " * 200 + "damn" + " so" * 200, "damn"), look=Look(width=60)).splitlines()
    assert all(len(line) <= 60 for line in shown[:3])
    assert shown[1].index("damn") == shown[2].index("^^^^")


def test_text_shows_the_first_lines_of_a_long_span(linter: Linter) -> None:
    text = "one\ntwo\n\nthree\nfour\nfive"
    shown = written(linter, "text", found(text, text))
    assert [line[8:] for line in shown.splitlines()[1:6:2]] == [
        "one",
        "two",
        " … to line 6"[1:],
    ] or "… to line 6" in shown
    assert "five" not in shown


def test_text_has_one_friendly_line_for_a_clean_post(linter: Linter) -> None:
    shown = written(linter, "text", (Post(text="ok", source=Source("a.txt")), ()))
    assert shown == "✓ a.txt: nothing here goes against the policy.\n"


def test_text_sums_up_many_clean_posts(linter: Linter) -> None:
    shown = written(linter, "text", *[(Post(text="ok", source=Source(f"{n}.txt")), ()) for n in range(30)])
    assert shown == "30 posts checked: nothing found.\n"


def test_colour_only_where_it_is_asked_for(linter: Linter) -> None:
    item = found("The damn bus", "damn")
    assert "\x1b[" not in written(linter, "text", item)
    colored = written(linter, "text", item, look=Look(terminal=True, color=True))
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == written(linter, "text", item, look=Look(terminal=True))
    assert "\x1b[" in colored


@pytest.mark.parametrize("name", ["text", "concise", "json", "jsonl"])
def test_no_report_outside_a_terminal_holds_names_or_identifiers(linter: Linter, name: str) -> None:
    text = "Tyler Brandt (SSN 412-55-7781) missed the damn bus again, call 507-555-0147"
    shown = written(linter, name, found(text, text, message="“Tyler Brandt” has SSN 412-55-7781."))
    for private in ("Tyler", "Brandt", "412", "555-0147"):
        assert private not in shown


@pytest.mark.parametrize("name", ["text", "concise"])
def test_a_terminal_shows_names_but_no_identifier(linter: Linter, name: str) -> None:
    text = "Tyler Brandt (SSN 412-55-7781)"
    shown = written(linter, name, found(text, text, message="“Tyler Brandt”, 412-55-7781"), look=Look(terminal=True))
    assert "Tyler Brandt" in shown and "***-**-7781" in shown and "412" not in shown


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_json_masks_names_on_a_terminal_too(linter: Linter, name: str) -> None:
    shown = written(
        linter, name, found("Tyler Brandt", "Tyler Brandt", message="“Tyler Brandt”"), look=Look(terminal=True)
    )
    assert "Tyler" not in shown and "T. B." in shown


def test_an_excerpt_masks_what_no_rule_found(linter: Linter) -> None:
    shown = written(linter, "text", found("Tyler Brandt missed the damn bus", "damn"))
    line, marks = shown.splitlines()[1:3]
    assert line == "    1 | T. B. missed the damn bus"
    assert line[marks.index("^") : marks.rindex("^") + 1] == "damn"


def test_escape_sequences_in_a_post_do_not_reach_the_terminal(linter: Linter) -> None:
    assert "\x1b" not in written(linter, "text", found("\x1b]0;x\x07 damn", "damn"), look=Look(terminal=True))


def retold(linter: Linter, item: tuple[Post, tuple[Violation, ...]], look: Look | None = None) -> Told:
    post, violations = item
    checked = Checked(linter.document(post), violations)
    return Told(checked.title, tuple(checked.findings(look or Look(explain=True))))


@pytest.mark.parametrize("name", ["text", "concise", "json", "jsonl"])
def test_findings_told_later_are_reported_as_those_of_a_post_checked_now(linter: Linter, name: str) -> None:
    item = found("Tyler Brandt missed the damn bus", "damn")
    out, summary = io.StringIO(), Summary()
    report = reports()[name](out, Look())
    for result in (retold(linter, item), Told("b.txt")):
        summary.count(result)
        report.add(result)
    report.close(summary)
    assert out.getvalue() == written(linter, name, item, (Post(text="ok", source=Source("b.txt")), ()))
    assert summary.by_clause == {"IV.B": 1} and summary.posts == 2


def test_reasons_told_later_show_on_request(linter: Linter) -> None:
    result = retold(linter, found("The damn bus", "damn"))
    assert result.findings(Look(explain=True))[0].reasons and not result.findings(Look())[0].reasons


@pytest.mark.parametrize("number", [0, 1, 3])
def test_json_is_laid_out_as_json_itself_would(
    finding: Callable[..., Finding], told: Callable[..., str], number: int
) -> None:
    shown = told("json", *[finding(n, message="“a\nb”\u2028c") for n in range(number)], errors=(InputError("cut off"),))
    assert shown == json.dumps(json.loads(shown), ensure_ascii=False, indent=2) + "\n"
    assert [record["message"] for record in json.loads(shown)["violations"]] == ["“a\nb”\u2028c"] * number


def test_json_of_a_big_scan_waits_on_disk(
    finding: Callable[..., Finding], told: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from policy428.reports import waiting as module

    items = [finding(n, message="damn \ud800 漢") for n in range(20)]
    small = told("json", *items)
    monkeypatch.setattr(module, "_IN_MEMORY", 100)
    assert json.loads(told("json", *items)) == json.loads(small)


def test_an_endless_line_full_of_findings_is_told_in_time(linter: Linter) -> None:
    text = "Tyler Brandt said damn 🙂 " * 4000
    post = Post(text=text, source=Source("post.txt"))
    starts = range(text.index("damn"), len(text), text.index("damn") + 7)
    checked = Checked(linter.document(post), tuple(violation(post, start, start + 4) for start in starts))
    began = time.monotonic()
    made = checked.findings(Look(width=60))
    assert time.monotonic() - began < 30
    assert len(made) == 4000
    for finding in (made[0], made[2000], made[-1]):
        ((_, line, marks),) = finding.excerpt
        assert line[line.index("damn", marks.index("^") - 4) :].startswith("damn") and "Tyler" not in line
        assert len(line) <= 60
