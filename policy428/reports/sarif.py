"""SARIF 2.1.0 (OASIS): findings for code scanning services and editors.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
"""

from __future__ import annotations

from typing import Any, ClassVar, TextIO

from policy428.errors import InputError, Policy428Error
from policy428.reports import About, Look, Result, Summary, register
from policy428.reports.finding import Finding
from policy428.reports.places import in_file, line_of, spans, told, uri
from policy428.reports.record import tool
from policy428.reports.waiting import Waiting, laid_out

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"notice": "note", "warning": "warning", "error": "error"}
FINGERPRINT = "policy428/v1"


@register
class SarifReport:
    """One run with a result for each finding, the rules that they break, and what could not be read."""

    name: ClassVar[str] = "sarif"

    def __init__(self, out: TextIO, look: Look) -> None:
        self.out = out
        self.look = look
        self.rules: dict[str, tuple[int, Finding]] = {}
        self.read: list[dict[str, Any]] = []
        self.configured: list[dict[str, Any]] = []
        # Rules come first, and only those that were broken are told.
        self._results = Waiting()

    def add(self, result: Result) -> None:
        for finding in result.findings(self.look):
            self._add(finding)
        for finding, reason, in_draft in result.suppressed_findings(self.look):
            suppression = {
                "kind": "inSource" if in_draft else "external",
                "status": "accepted",
                **({"justification": reason} if reason else {}),
            }
            self._add(finding, suppressions=[suppression])

    def _add(self, finding: Finding, **more: Any) -> None:
        index, _ = self.rules.setdefault(finding.record["rule"], (len(self.rules), finding))
        self._results.add(laid_out({**_result(finding, index), **more}, "\n        "), ",")

    def fail(self, error: Policy428Error) -> None:
        kind = self.read if isinstance(error, InputError) else self.configured
        kind.append(_notification(error))

    def close(self, summary: Summary) -> None:
        invocation: dict[str, Any] = {"executionSuccessful": not (self.read or self.configured)}
        if self.read:
            invocation["toolExecutionNotifications"] = self.read
        if self.configured:
            invocation["toolConfigurationNotifications"] = self.configured
        rules = [_rule(first, summary.rules.get(name)) for name, (_, first) in self.rules.items()]
        run = {
            "tool": {"driver": {**tool(), "rules": rules}},
            "invocations": [invocation],
            "columnKind": "unicodeCodePoints",
        }
        self.out.write(f'{{\n  "$schema": "{SCHEMA}",\n  "version": "2.1.0",\n  "runs": [')
        self.out.write(laid_out(run, "\n    ").removesuffix("\n    }"))
        self.out.write(',\n      "results": [')
        self._results.pour(self.out)
        self.out.write(("\n      ]" if self._results.parts else "]") + "\n    }\n  ]\n}\n")


def _result(finding: Finding, index: int) -> dict[str, Any]:
    record = finding.record
    result: dict[str, Any] = {
        "ruleId": record["rule"],
        "ruleIndex": index,
        "level": LEVELS[record["severity"]],
        "rank": round(record["confidence"] * 100, 1),
        "message": {"text": " ".join(text for text in (record["message"], record["suggestion"]) if text)},
        "locations": [_location(finding)],
        "partialFingerprints": {FINGERPRINT: record["fingerprint"]},
        "properties": {
            "clause": record["clause"],
            "citation": record["citation"],
            "family": finding.family,
            "confidence": record["confidence"],
            **({"post": record["post"]} if record["post"] else {}),
            **{name: value for name, value in finding.origin.items() if name != "member"},
        },
    }
    if "fix" in record and in_file(finding):
        result["fixes"] = [_fix(finding)]
    return result


def _location(finding: Finding) -> dict[str, Any]:
    record = finding.record
    artifact = {"uri": uri(record["path"])}
    region: dict[str, Any] = {"startLine": line_of(finding)}
    if in_file(finding) and spans(finding):
        region |= {
            "startColumn": record["column"],
            "endLine": record["end_line"],
            "endColumn": record["end_column"],
            "charOffset": record["start"],
            "charLength": record["end"] - record["start"],
            "snippet": {"text": record["match"]},
        }
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": artifact, "region": region}}
    if not in_file(finding):
        logical = {"name": record["post"] or finding.title, "fullyQualifiedName": finding.title, "kind": "member"}
        location["logicalLocations"] = [logical]
    return location


def _fix(finding: Finding) -> dict[str, Any]:
    fix = finding.record["fix"]
    region = {"charOffset": fix["start"], "charLength": fix["end"] - fix["start"]}
    replacement = {"deletedRegion": region, "insertedContent": {"text": fix["text"]}}
    change = {"artifactLocation": {"uri": uri(finding.record["path"])}, "replacements": [replacement]}
    return {"description": {"text": finding.record["suggestion"] or "A safe edit."}, "artifactChanges": [change]}


def _rule(first: Finding, about: About | None) -> dict[str, Any]:
    """The rule of `first`, as far as it is known what it is about."""
    record = first.record
    about = about or About(first.family.replace("-", " "), record["citation"], record["suggestion"])
    title = about.title[:1].upper() + about.title[1:]
    text = about.text or f"{title}."
    paragraphs = [f"{title} ({record['citation']}).", text]
    marked = [f"**{title}** ({record['citation']})", text]
    if about.suggestion:
        paragraphs.append(f"Instead: {about.suggestion}")
        marked.append(f"**Instead:** {about.suggestion}")
    if about.see:
        paragraphs.append(f"See: {'; '.join(about.see)}")
        marked.append("**See:**\n\n" + "\n".join(f"- {source}" for source in about.see))
    return {
        "id": record["rule"],
        "shortDescription": {"text": f"{title}."},
        "fullDescription": {"text": text},
        "help": {"text": "\n\n".join(paragraphs), "markdown": "\n\n".join(marked)},
        "defaultConfiguration": {"level": LEVELS[about.severity]},
        "properties": {
            "tags": list(about.tags) or [record["clause"], first.family],
            "precision": _precision(about.confidence),
        },
    }


def _precision(confidence: float) -> str:
    """Code scanning's word for how often a finding is right."""
    bounds = ((0.9, "very-high"), (0.8, "high"), (0.6, "medium"))
    return next((word for least, word in bounds if confidence >= least), "low")


def _notification(error: Policy428Error) -> dict[str, Any]:
    notification: dict[str, Any] = {"level": "error", "message": {"text": told(error)}}
    if error.place.path:
        physical: dict[str, Any] = {"artifactLocation": {"uri": uri(error.place.path)}}
        if error.place.line is not None:
            physical["region"] = {"startLine": error.place.line}
            if error.place.column is not None:
                physical["region"]["startColumn"] = error.place.column
        notification["locations"] = [{"physicalLocation": physical}]
    return notification
