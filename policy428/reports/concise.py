"""One line a violation: `path:line:col: severity rule message`."""

from __future__ import annotations

from typing import ClassVar, TextIO

from policy428.errors import Policy428Error
from policy428.reports import Look, Result, Summary, register
from policy428.reports.plain import printable


@register
class ConciseReport:
    """A line for each violation, in the form that editors and `grep` know; nothing for a clean post."""

    name: ClassVar[str] = "concise"

    def __init__(self, out: TextIO, look: Look) -> None:
        self.out = out
        self.look = look

    def add(self, result: Result) -> None:
        for finding in result.findings(self.look, private=not self.look.terminal):
            record = finding.record
            self.out.write(f"{finding.place}: {record['severity']} {record['rule']} {printable(record['message'])}\n")

    def fail(self, error: Policy428Error) -> None:
        """Nothing: standard error has been told."""

    def close(self, summary: Summary) -> None:
        """Nothing: the lines say it all."""
