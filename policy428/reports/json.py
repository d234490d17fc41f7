"""JSON: one object for a run, for other programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar, TextIO

from policy428.errors import Policy428Error
from policy428.reports import Look, Result, Summary, register
from policy428.reports.record import error_record, tool


@register
class JsonReport:
    """All findings in one JSON object, with totals first."""

    name: ClassVar[str] = "json"

    def __init__(self, out: TextIO, look: Look) -> None:
        self.out = out
        self.look = look
        self.violations: list[Mapping[str, Any]] = []
        self.errors: list[dict[str, str]] = []

    def add(self, result: Result) -> None:
        self.violations += [finding.record for finding in result.findings(self.look)]

    def fail(self, error: Policy428Error) -> None:
        self.errors.append(error_record(error))

    def close(self, summary: Summary) -> None:
        report = {
            "tool": tool(),
            "summary": {
                "posts": summary.posts,
                "violations": summary.violations,
                "by_clause": dict(sorted(summary.by_clause.items())),
                "by_severity": dict(sorted(summary.by_severity.items())),
            },
            "violations": self.violations,
            "errors": self.errors,
        }
        json.dump(report, self.out, ensure_ascii=False, indent=2)
        self.out.write("\n")
