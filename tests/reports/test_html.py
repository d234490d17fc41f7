import base64
import hashlib
import io
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest

from policy428 import Linter, Post
from policy428.errors import InputError, Place
from policy428.post import Source
from policy428.reports import Checked, Look, Summary, html, reports
from policy428.reports.finding import Finding

Make = Callable[..., Finding]
Told = Callable[..., str]

VOID = {"meta", "link", "input", "rect"}
CROSS = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;{{ 7 * 7 }}"


class Page(HTMLParser):
    """Elements, their text, and whether every one is closed by its own end."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, list[str]] = {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        for tag in dict.fromkeys(self.open):
            self.text.setdefault(tag, []).append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def told(self, tag: str) -> str:
        return " ".join("".join(self.text.get(tag, [])).split())


def many(finding: Make, number: int = 12) -> list[Finding]:
    return [
        finding(
            n,
            clause=("IV.B", "IV.E")[n % 2],
            severity=("error", "warning", "notice")[n % 3],
            platform=("x", "facebook")[n % 2],
            time=f"2024-{n % 12 + 1:02}-05T10:00:00Z",
            permalink=f"https://social.example/p/{n}",
        )
        for n in range(number)
    ]


def test_a_finding_says_all_that_is_known_of_it(finding: Make, told: Told) -> None:
    stood = {"platform": "facebook", "kind": "story", "member": "posts/1.json", "record": 8, "field": "data[0].post"}
    page = Page(told("html", finding(**stood, permalink="https://social.example/p/8", time="2024-05-01T10:00:00Z")))
    article = page.told("article")
    for words in (
        "Error IV.B-swear-word", "“damn” counts as a swear word.", "The damn bus", "Instead: Leave it out.",
        "Policy 428 § IV.B", "0.90", "facebook", "story", "export.zip", "posts/1.json", "Record8", "data[0].post",
        "Postp1", "Line1, column 5", "2024-05-01T10:00:00Z",
    ):  # fmt: skip
        assert words in article
    assert page.told("mark") == "damn"
    (link,) = [a for a in page.all("a") if a["href"].startswith("http")]  # type: ignore[union-attr]
    assert link == {"href": "https://social.example/p/8", "rel": "noopener noreferrer"}


def test_totals_count_posts_findings_and_errors(finding: Make, told: Told) -> None:
    errors = (InputError("cut off", place=Place("part2.zip"), hint="fetch it again"),)
    page = Page(told("html", *many(finding, 3), errors=errors, posts=1200))
    assert "1,200 posts checked: 3 findings (1 error, 1 warning, 1 notice). 1 input could not be read." in page.told(
        "header"
    )
    assert page.told("title").startswith("3 findings in 1,200 posts – policy428")
    assert "part2.zip: cut off (fetch it again)" in page.told("main")


def test_a_single_clean_draft_is_a_short_page(told: Told) -> None:
    page = Page(told("html", posts=1))
    assert "1 post checked: nothing goes against the policy." in page.told("header")
    for tag in ("table", "figure", "form", "article", "nav"):
        assert page.all(tag) == []


def test_a_single_draft_has_no_charts_and_no_filters(linter: Linter) -> None:
    post = Post(text="Tyler Brandt missed the damn bus", source=Source("post.txt"))
    out, summary = io.StringIO(), Summary()
    checked = Checked(linter.document(post), tuple(linter.check(post)))
    summary.count(checked)
    report = reports()["html"](out, Look())
    report.add(checked)
    report.close(summary)
    page = Page(out.getvalue())
    assert summary.violations and not page.all("figure") and not page.all("form")
    assert "T. B. missed the damn bus" in page.told("blockquote")
    assert "Tyler" not in out.getvalue() and "Brandt" not in out.getvalue()


def test_many_findings_are_summed_up_by_clause_platform_and_month(finding: Make, told: Told) -> None:
    page = Page(told("html", *many(finding), finding(99, platform="x")))
    captions = page.told("caption")
    for caption in (
        "Findings by clause",
        "Findings by severity",
        "Findings by platform",
        "Findings by month, January 2024 with 1 the most",
    ):
        assert caption in captions
    assert "1 finding without a date is not drawn." in page.told("figure")
    assert "Profane or obscene content" in page.told("table") and "no date" in page.told("table")
    assert [choice["value"] for choice in page.all("option")] == [
        "", "IV.B", "IV.E", "", "error", "warning", "notice", "", "facebook", "x",
    ]  # fmt: skip
    drawn = [svg for svg in page.all("svg") if svg.get("role") == "img"]
    assert len(drawn) == 1 and drawn[0]["aria-labelledby"] == "months months-text"


def test_every_id_is_unique_and_every_reference_leads_somewhere(finding: Make, told: Told) -> None:
    page = Page(told("html", *many(finding), errors=(InputError("x"),)))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    pointed = [a["href"].removeprefix("#") for a in page.all("a") if a["href"].startswith("#")]  # type: ignore[union-attr]
    pointed += [label["for"] for label in page.all("label")]  # type: ignore[misc]
    for _, attributes in page.elements:
        pointed += (attributes.get("aria-labelledby") or "").split()
    assert set(pointed) <= set(ids)


def test_the_page_loads_nothing_and_allows_only_its_own_style_and_script(finding: Make, told: Told) -> None:
    text = told("html", *many(finding))
    page = Page(text)
    (policy,) = [meta["content"] for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None and policy.startswith("default-src 'none'") and "unsafe" not in policy
    for tag in ("style", "script"):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    for tag, attributes in page.elements:
        assert "style" not in attributes and not any(name.startswith("on") for name in attributes)
        assert tag not in {"img", "iframe", "object", "embed", "base"} and "src" not in attributes
    assert [link["href"] for link in page.all("link")] == ["data:,"]
    assert "url(" not in text and "@import" not in text


@pytest.mark.parametrize(
    "where", ["message", "path", "quote", "member", "field", "time", "platform", "kind", "permalink"]
)
def test_hostile_text_stays_text(finding: Make, told: Told, where: str) -> None:
    plain = Page(told("html", *many(finding)))
    more: dict[str, Any] = {"excerpt": (), where: CROSS}
    page = Page(told("html", *many(finding), finding(99, **more), errors=(InputError(CROSS, place=Place(CROSS)),)))
    assert len(page.all("script")) == len(plain.all("script")) == 1
    assert not page.all("img")
    assert "alert(1)" in page.told("main") and "{{ 7 * 7 }}" in page.told("main")
    assert not any("alert" in (a["href"] or "") for a in page.all("a"))


def test_no_character_hides_or_turns_the_line(finding: Make, told: Told) -> None:
    text = told("html", finding(message="a\u202eb\u200bc\x00d\x1be\ud800f\ufeffg", excerpt=(), quote="\u2066x"))
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\ufeff\x00\x1b\ud800]", text)
    text.encode("utf-8")


def test_long_text_is_cut(finding: Make, told: Told) -> None:
    long = "x" * 100_000
    text = told("html", finding(message=long, path=long, quote=long, member=long, excerpt=()))
    assert len(text) < 60_000


def test_the_mark_lies_on_the_words_that_are_underlined(finding: Make, told: Told) -> None:
    lines = (("1", "漢字 damn e\u0301x", "     ^^^^"), ("2", "damn 👩 it", "^^^^^^^"), ("", "… to line 6", ""))
    page = Page(told("html", finding(excerpt=lines)))
    assert page.text["mark"] == ["damn", "damn 👩"]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//social.example/x",
        "https:",
        "https://",
        "http://bank.example@evil.example/",
        "https://social.example/\u202ex",
        "https://[::1",
        "ftp://x.example/",
        "https://a b.example",
        "https:\\\\evil.example",
        "at://did:plc:abc/app.bsky.feed.post/1",
        "https://x.example/" + "a" * 3000,
    ],
)
def test_only_plain_web_addresses_are_links(finding: Make, told: Told, address: str) -> None:
    page = Page(told("html", finding(permalink=address)))
    assert all(a["href"].startswith("#") for a in page.all("a"))  # type: ignore[union-attr]
    assert "Address" in page.told("dl")


def test_a_page_shows_the_gravest_and_says_what_it_leaves_out(
    finding: Make, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html, "SHOWN", 3)
    findings = [
        finding(1, severity="notice", confidence=1.0),
        finding(2, severity="error", confidence=0.4),
        finding(3, severity="warning", confidence=0.9),
        finding(4, severity="error", confidence=0.8),
        finding(5, severity="warning", confidence=0.95),
        finding(6, clause="IV.E", severity="notice"),
    ]
    page = Page(told("html", *findings))
    assert re.findall(r"Post(p\d)", page.told("dl")) == ["p4", "p2", "p5"]
    assert "shows the 3 gravest and surest of 6 findings; 3 findings more are counted above" in page.told("main")
    assert "6 findings (2 errors, 2 warnings, 2 notices)" in page.told("header")
    assert "5 findings, 3 here" in page.told("h3")
    # A clause none of whose findings is shown is counted, without a link to nowhere.
    assert page.told("table").count("IV.E") == 1 and "#clause-2" not in [a["href"] for a in page.all("a")]


def test_unmasked_text_is_said_to_be_so(told: Told) -> None:
    assert "Names and numbers of people are masked." in told("html")
    assert "Private text is shown" in told("html", look=Look(show_matches=True))


def test_reasons_show_on_request(finding: Make, told: Told) -> None:
    assert "in the list “profanity”" in Page(told("html", finding(), look=Look(explain=True))).told("details")
    assert "in the list" not in told("html", finding())


def test_a_report_can_be_made_again_alike(finding: Make, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1714557600")
    assert "1 May 2024" in Page(told("html", finding())).told("time")
    assert told("html", finding()) == told("html", finding())
