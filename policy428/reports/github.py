"""GitHub: workflow commands, which GitHub Actions turns into annotations beside the lines of a change."""

from __future__ import annotations

from typing import ClassVar, TextIO

from policy428.errors import Policy428Error
from policy428.reports import Look, Result, Summary, register
from policy428.reports.finding import Finding
from policy428.reports.places import below_here, in_file, line_of, spans, told
from policy428.reports.plain import printable

# What the runner takes back: the percent sign first, or it would take the others' for its own.
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


@register
class GithubReport:
    """A command for each finding and each input that could not be read; nothing for a clean post."""

    name: ClassVar[str] = "github"

    def __init__(self, out: TextIO, look: Look) -> None:
        self.out = out
        self.look = look

    def add(self, result: Result) -> None:
        for finding in result.findings(self.look):
            record = finding.record
            message = printable(record["message"])
            if record["suggestion"]:
                message += f"\nInstead: {printable(record['suggestion'])}"
            self._command(record["severity"], _where(finding), message)

    def fail(self, error: Policy428Error) -> None:
        where: dict[str, object] = {"file": below_here(error.place.path)} if error.place.path else {}
        if where and error.place.line is not None:
            where["line"] = error.place.line
        self._command("error", {**where, "title": "policy428 could not read this"}, printable(told(error)))

    def close(self, summary: Summary) -> None:
        """Nothing: the commands say it all."""

    def _command(self, name: str, properties: dict[str, object], message: str) -> None:
        shown = ",".join(f"{key}={_escaped(str(value), _PROPERTY)}" for key, value in properties.items())
        self.out.write(f"::{name} {shown}::{_escaped(message, _DATA)}\n")


def _where(finding: Finding) -> dict[str, object]:
    record = finding.record
    where: dict[str, object] = {"file": below_here(record["path"]), "line": line_of(finding)}
    if in_file(finding) and spans(finding):
        where |= {"endLine": record["end_line"]}
        # Columns are shown only for what stands on one line.
        if record["line"] == record["end_line"]:
            where |= {"col": record["column"], "endColumn": record["end_column"]}
    return {**where, "title": f"{record['rule']} ({record['citation']})"}


def _escaped(text: str, signs: dict[str, str]) -> str:
    return "".join(signs.get(char, char) for char in text)
