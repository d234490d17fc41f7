"""One line a violation: `path:line:col: severity rule message`."""

from __future__ import annotations

from typing import ClassVar, TextIO

from policy428.errors import Policy428Error
from policy428.reports import Checked, Look, Summary, register
from policy428.reports.masking import Masker
from policy428.reports.plain import printable
from policy428.violation import Violation


@register
class ConciseReport:
    """A line for each violation, in the form that editors and `grep` know; nothing for a clean post."""

    name: ClassVar[str] = "concise"

    def __init__(self, out: TextIO, look: Look) -> None:
        self.out = out
        self.look = look

    def add(self, checked: Checked) -> None:
        if checked.violations:
            masker = Masker(checked, self.look, private=not self.look.terminal)
            for violation in checked.violations:
                message = printable(masker.mask(violation.message))
                self.out.write(f"{place(violation)}: {violation.severity} {violation.rule} {message}\n")

    def fail(self, error: Policy428Error) -> None:
        """Nothing: standard error has been told."""

    def close(self, summary: Summary) -> None:
        """Nothing: the lines say it all."""


def place(violation: Violation) -> str:
    """`path:line:column`; in a file of several posts the line is that of the post's record."""
    line = violation.source.line or violation.line
    return f"{violation.source.path}:{line}:{violation.column}"
