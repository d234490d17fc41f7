"""GitLab: a Code Quality report, which GitLab shows in the widget and the changes of a merge request."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar, TextIO

from policy428.errors import Policy428Error
from policy428.reports import Look, Result, Summary, register
from policy428.reports.finding import Finding
from policy428.reports.places import below_here, in_file, line_of, spans, told
from policy428.reports.plain import printable
from policy428.reports.waiting import laid_out

SEVERITIES = {"notice": "info", "warning": "minor", "error": "major"}
"""GitLab's words for ours; what could not be read is `critical`."""


@register
class GitlabReport:
    """A JSON array with an issue for each finding and each input that could not be read."""

    name: ClassVar[str] = "gitlab"

    def __init__(self, out: TextIO, look: Look) -> None:
        self.out = out
        self.look = look
        self.count = 0
        # GitLab takes two issues of one fingerprint for one.
        self.known: set[str] = set()

    def add(self, result: Result) -> None:
        for finding in result.findings(self.look):
            record = finding.record
            self._write(
                printable(record["message"]),
                record["rule"],
                record["fingerprint"],
                SEVERITIES[record["severity"]],
                {"path": below_here(record["path"]), **_where(finding)},
                {"content": {"body": _body(finding)}, "categories": ["Style"], "type": "issue"},
            )

    def fail(self, error: Policy428Error) -> None:
        path = below_here(error.place.path or "policy428")
        mark = hashlib.blake2b(str(error).encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
        where = {"path": path, "lines": {"begin": error.place.line or 1}}
        self._write(printable(told(error)), "policy428-input", mark, "critical", where, {})

    def close(self, summary: Summary) -> None:
        self.out.write("\n]\n" if self.count else "[]\n")

    def _write(
        self, text: str, rule: str, mark: str, severity: str, where: dict[str, Any], more: dict[str, Any]
    ) -> None:
        number, own = 1, mark
        while own in self.known:
            number += 1
            own = f"{mark}-{number}"
        self.known.add(own)
        issue = {
            "description": text,
            "check_name": rule,
            "fingerprint": own,
            "severity": severity,
            "location": where,
            **more,
        }
        self.out.write(("," if self.count else "[") + laid_out(issue, "\n  "))
        self.count += 1


def _where(finding: Finding) -> dict[str, Any]:
    record = finding.record
    if not in_file(finding) or not spans(finding):
        return {"lines": {"begin": line_of(finding)}}
    return {
        "positions": {
            "begin": {"line": record["line"], "column": record["column"]},
            "end": {"line": record["end_line"], "column": record["end_column"]},
        }
    }


def _body(finding: Finding) -> str:
    record = finding.record
    return " ".join(text for text in (record["citation"] + ".", printable(record["suggestion"])) if text)
