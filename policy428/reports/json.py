"""JSON: one object for a run, for other programs."""

from __future__ import annotations

import json
import shutil
from tempfile import SpooledTemporaryFile
from typing import ClassVar, TextIO

from policy428.errors import Policy428Error
from policy428.reports import Look, Result, Summary, register
from policy428.reports.record import error_record, tool

_IN_MEMORY = 4_000_000


@register
class JsonReport:
    """All findings in one JSON object, with totals first."""

    name: ClassVar[str] = "json"

    def __init__(self, out: TextIO, look: Look) -> None:
        self.out = out
        self.look = look
        self.errors: list[dict[str, str]] = []
        # Totals come first, so findings wait; those of a big scan on disk, in a file that nobody else can open.
        self._waiting = SpooledTemporaryFile(  # noqa: SIM115, as it is closed with the report
            _IN_MEMORY, mode="w+", encoding="utf-8", errors="backslashreplace"
        )
        self._any = False

    def add(self, result: Result) -> None:
        for finding in result.findings(self.look):
            self._waiting.write("," if self._any else "")
            self._waiting.write(_laid_out(finding.record, "\n    "))
            self._any = True

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
            },
        }
        self.out.write(_laid_out(head, "\n").lstrip().removesuffix("\n}"))
        self.out.write(',\n  "violations": [')
        self._waiting.seek(0)
        shutil.copyfileobj(self._waiting, self.out)
        self._waiting.close()
        self.out.write("\n  ]" if self._any else "]")
        errors = _laid_out(self.errors, "\n  ").lstrip()
        self.out.write(f',\n  "errors": {errors}\n}}\n')


def _laid_out(value: object, line: str) -> str:
    """`value` as JSON, each line after `line`, a line break with blanks."""
    return line + json.dumps(value, ensure_ascii=False, indent=2).replace("\n", line)
