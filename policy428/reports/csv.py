"""CSV: one row a finding, for spreadsheets and databases."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from typing import Any, ClassVar, TextIO

from policy428.errors import Policy428Error
from policy428.reports import Look, Result, Summary, register
from policy428.reports.finding import Finding
from policy428.reports.plain import printable

COLUMNS = (
    "rule", "clause", "citation", "severity", "confidence", "message", "suggestion", "path", "member", "record",
    "field", "post", "platform", "kind", "time", "permalink", "line", "column", "end_line", "end_column", "start",
    "end", "match", "fingerprint",
)  # fmt: skip
"""The columns; their names and order are a promise to other programs, new ones come last."""

_FORMULA = tuple("=+-@＝＋－＠")


@register
class CsvReport:
    """A head and a row for each finding; what could not be read is told on standard error alone."""

    name: ClassVar[str] = "csv"

    def __init__(self, out: TextIO, look: Look) -> None:
        self.look = look
        self.rows = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        self.rows.writeheader()

    def add(self, result: Result) -> None:
        self.rows.writerows(_row(finding) for finding in result.findings(self.look))

    def fail(self, error: Policy428Error) -> None:
        """Nothing: a row is a finding."""

    def close(self, summary: Summary) -> None:
        """Nothing: a row is a finding."""


def _row(finding: Finding) -> Mapping[str, Any]:
    known = {**finding.origin, **finding.record}
    return {name: _cell(known.get(name)) for name in COLUMNS}


def _cell(value: object) -> object:
    """`value` on one line, and with an apostrophe before what a spreadsheet would run as a formula."""
    if not isinstance(value, str):
        return value
    text = printable(value)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
