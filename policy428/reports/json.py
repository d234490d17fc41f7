"""JSON: one object for a run, for other programs."""

from __future__ import annotations

from typing import ClassVar, TextIO

from policy428.errors import Policy428Error
from policy428.reports import Look, Result, Summary, register
from policy428.reports.record import error_record, tool
from policy428.reports.waiting import Waiting, laid_out


@register
class JsonReport:
    """All findings in one JSON object, with totals first."""

    name: ClassVar[str] = "json"

    def __init__(self, out: TextIO, look: Look) -> None:
        self.out = out
        self.look = look
        self.errors: list[dict[str, str]] = []
        # Totals come first.
        self._waiting = Waiting()

    def add(self, result: Result) -> None:
        for finding in result.findings(self.look):
            self._waiting.add(laid_out(finding.record, "\n    "), ",")

    def fail(self, error: Policy428Error) -> None:
        self.errors.append(error_record(error))

    def close(self, summary: Summary) -> None:
        head = {
            "tool": tool(),
            "summary": {
                "posts": summary.posts,
                "violations": summary.violations,
                "by_clause": dict(sorted(summary.by_clause.items())),
                "by_severity": dict(sorted(summary.by_severity.items())),
                **({"suppressed": summary.suppressed} if summary.suppressed else {}),
            },
        }
        self.out.write(laid_out(head, "\n").lstrip().removesuffix("\n}"))
        self.out.write(',\n  "violations": [')
        self._waiting.pour(self.out)
        self.out.write("\n  ]" if self._waiting.parts else "]")
        errors = laid_out(self.errors, "\n  ").lstrip()
        self.out.write(f',\n  "errors": {errors}\n}}\n')
