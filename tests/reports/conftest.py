"""Findings made by hand, as a scan's database gives them back."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from policy428.errors import InputError
from policy428.reports import Look, Summary, Told, reports
from policy428.reports.finding import Finding


def _finding(
    number: int = 1,
    *,
    clause: str = "IV.B",
    severity: str = "error",
    confidence: float = 0.9,
    message: str = "“damn” counts as a swear word.",
    excerpt: tuple[tuple[str, str, str], ...] = (("1", "The damn bus", "    ^^^^"),),
    path: str = "export.zip",
    quote: str = "damn",
    **origin: Any,
) -> Finding:
    record = {
        "rule": f"{clause}-swear-word", "clause": clause, "citation": f"Policy 428 § {clause}", "severity": severity,
        "confidence": confidence, "message": message, "suggestion": "Leave it out.", "path": path,
        "post": f"p{number}", "line": 1, "column": 5, "end_line": 1, "end_column": 9, "start": 4, "end": 8,
        "match": "d***", "fingerprint": f"f{number}",
    }  # fmt: skip
    return Finding(
        record=record,
        family="profanity",
        place=f"{path}!posts.json:{number}:5",
        title=f"{path}!posts.json:{number} (post p{number}), 1:5",
        excerpt=excerpt,
        quote=quote,
        reasons=("“damn” (words): in the list “profanity”",),
        origin=origin,
    )


def _written(
    name: str, *findings: Finding, errors: tuple[InputError, ...] = (), look: Look | None = None, posts: int = 0
) -> str:
    out, summary = io.StringIO(), Summary(titles={"IV.B": "Profane or obscene content"})
    report = reports()[name](out, look or Look())
    for number, item in enumerate(findings):
        result = Told(f"post {number}", (item,))
        summary.count(result)
        report.add(result)
    for error in errors:
        summary.errors += 1
        report.fail(error)
    summary.posts = posts or len(findings)
    report.close(summary)
    return out.getvalue()


@pytest.fixture(scope="session")
def finding() -> Callable[..., Finding]:
    return _finding


@pytest.fixture(scope="session")
def told() -> Callable[..., str]:
    return _written
