"""JSON Lines: one violation a line, as they are found."""

from __future__ import annotations

import json
from typing import ClassVar, TextIO

from policy428.errors import Policy428Error
from policy428.reports import Look, Result, Summary, register


@register
class JsonLinesReport:
    """Each violation a JSON object on its own line; what could not be read is told on standard error alone."""

    name: ClassVar[str] = "jsonl"

    def __init__(self, out: TextIO, look: Look) -> None:
        self.out = out
        self.look = look

    def add(self, result: Result) -> None:
        for finding in result.findings(self.look):
            self.out.write(json.dumps(finding.record, ensure_ascii=False) + "\n")
        if result.grades:
            self.out.flush()

    def fail(self, error: Policy428Error) -> None:
        """Nothing: a line is a violation."""

    def close(self, summary: Summary) -> None:
        """Nothing: a line is a violation."""
