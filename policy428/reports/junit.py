"""JUnit: a test for each finding and each clean post, as build servers show test results."""

from __future__ import annotations

import re
from typing import ClassVar, TextIO
from xml.sax.saxutils import escape, quoteattr

from policy428.errors import Policy428Error
from policy428.reports import Look, Result, Summary, register
from policy428.reports.finding import Finding
from policy428.reports.places import below_here, line_of, told
from policy428.reports.plain import printable
from policy428.reports.waiting import Waiting

# What XML 1.0 has no way to write, not even as a reference.
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@register
class JunitReport:
    """XML: a failed test for each finding, a passed one for each clean post, an error for what could not be read."""

    name: ClassVar[str] = "junit"

    def __init__(self, out: TextIO, look: Look) -> None:
        self.out = out
        self.look = look
        self.failures = self.errors = 0
        # Counts come first.
        self._cases = Waiting()

    def add(self, result: Result) -> None:
        found = result.findings(self.look)
        for finding in found:
            self.failures += 1
            record = finding.record
            case = {
                "classname": below_here(record["path"]),
                "name": f"{record['rule']} {printable(finding.title)}",
                "file": below_here(record["path"]),
                "line": str(line_of(finding)),
            }
            self._case(case, "failure", record["rule"], record["message"], _body(finding))
        if not found:
            self._case({"classname": printable(result.title), "name": "policy428"})

    def fail(self, error: Policy428Error) -> None:
        self.errors += 1
        case = {"classname": below_here(error.place.path or "policy428"), "name": "reading"}
        self._case(case, "error", type(error).__name__, told(error), str(error))

    def close(self, summary: Summary) -> None:
        counts = f'tests="{self._cases.parts}" failures="{self.failures}" errors="{self.errors}"'
        self.out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="policy428" {counts}>\n')
        self.out.write(f'  <testsuite name="policy428" {counts}>\n')
        self._cases.pour(self.out)
        self.out.write("  </testsuite>\n</testsuites>\n")

    def _case(self, case: dict[str, str], state: str = "", kind: str = "", message: str = "", body: str = "") -> None:
        attributes = " ".join(f"{name}={_quoted(value)}" for name, value in case.items())
        if not state:
            self._cases.add(f"    <testcase {attributes}/>\n")
            return
        inner = f"<{state} type={_quoted(kind)} message={_quoted(printable(message))}>{escape(_clean(body))}</{state}>"
        self._cases.add(f"    <testcase {attributes}>\n      {inner}\n    </testcase>\n")


def _body(finding: Finding) -> str:
    record = finding.record
    lines = [f"{finding.place}: {record['severity']} {record['rule']} ({record['citation']})", record["message"]]
    if record["suggestion"]:
        lines.append(f"Instead: {record['suggestion']}")
    return "\n".join(map(printable, lines))


def _quoted(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
