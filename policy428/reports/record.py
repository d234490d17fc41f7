"""A violation as the plain data that machine formats write; keys and their order are a promise to other programs."""

from __future__ import annotations

from typing import Any

from policy428.errors import Policy428Error
from policy428.reports.masking import Masker
from policy428.violation import Violation


def tool() -> dict[str, str]:
    """Name and version of this program."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return {"name": "policy428", "version": version("policy428")}
    except PackageNotFoundError:  # run from a checkout that was never installed
        return {"name": "policy428", "version": "0+unknown"}


def violation_record(violation: Violation, masker: Masker) -> dict[str, Any]:
    """`violation` as a JSON object, masked."""
    shown = masker.violation(violation)
    record = {
        "rule": shown.rule,
        "clause": shown.clause,
        "citation": shown.citation,
        "severity": shown.severity,
        "confidence": shown.confidence,
        "message": shown.message,
        "suggestion": shown.suggestion,
        "path": shown.source.path,
        "post": post_name(shown),
        "line": shown.line,
        "column": shown.column,
        "end_line": shown.end_line,
        "end_column": shown.end_column,
        "start": shown.start,
        "end": shown.end,
        "match": shown.match,
        "fingerprint": shown.fingerprint,
    }
    if shown.fix is not None:
        record["fix"] = {"start": shown.fix.start, "end": shown.fix.end, "text": shown.fix.text}
    return record


def post_name(violation: Violation) -> str | None:
    """The post's id in a file of several, or the line of its record where it has none; None for a draft of its own."""
    if violation.source.line is None:
        return None
    return violation.post or f"line {violation.source.line}"


def error_record(error: Policy428Error) -> dict[str, str]:
    """An input that could not be read, as a JSON object."""
    place = error.place
    where = "" if place.line is None else f"line {place.line}: "
    hint = f" ({error.hint})" if error.hint else ""
    return {"path": place.path or "", "message": f"{where}{error.message}{hint}"}
