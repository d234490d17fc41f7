"""For people: an excerpt with the place underlined, the rule and its citation, the reason, and what to change."""

from __future__ import annotations

import textwrap
from typing import ClassVar, TextIO

import click

from policy428.errors import Policy428Error
from policy428.reports import Checked, Look, Summary, register
from policy428.reports.concise import place
from policy428.reports.excerpt import excerpt
from policy428.reports.masking import Masker
from policy428.reports.plain import printable
from policy428.reports.reasons import reasons
from policy428.violation import SEVERITIES, Violation

_COLORS = {"error": "red", "warning": "yellow", "notice": "cyan"}
_CLEAN_SHOWN = 10


@register
class TextReport:
    """The report of `check` on a terminal."""

    name: ClassVar[str] = "text"

    def __init__(self, out: TextIO, look: Look) -> None:
        self.out = out
        self.look = look
        self.clean: list[str] = []

    def add(self, checked: Checked) -> None:
        if not checked.violations:
            self.clean.append(_title(checked))
            return
        masker = Masker(checked, self.look, private=not self.look.terminal)
        edits = masker.edits(checked.post.text)
        for violation in checked.violations:
            self._head(violation)
            for number, line, marks in excerpt(checked.post.text, violation, edits, max(self.look.width - 8, 20)):
                self._line(f"{self._dim(f'{number:>5} |')} {line}")
                if marks:
                    self._line(
                        f"{self._dim('      |')} {self._style(marks, fg=_COLORS[violation.severity], bold=True)}"
                    )
            if violation.start >= violation.end and violation.match.strip():
                self._wrapped(f"“{masker.mask(violation.match)}”")
            self._wrapped(masker.mask(violation.message))
            if violation.suggestion:
                self._wrapped(f"Instead: {masker.mask(violation.suggestion)}")
            if self.look.explain:
                self._wrapped("Why:")
                for reason in reasons(violation, masker.mask):
                    self._wrapped(f"- {reason}", hang=2)
            self._line("")

    def fail(self, error: Policy428Error) -> None:
        """Nothing: standard error has been told."""

    def close(self, summary: Summary) -> None:
        if len(self.clean) <= _CLEAN_SHOWN:
            for title in self.clean:
                self._line(f"{self._style('✓', fg='green')} {title}: nothing here goes against the policy.")
        if not summary.posts:
            return
        if summary.posts == 1 and not summary.violations and not summary.errors:
            return
        self._line(_totals(summary))
        if summary.violations:
            clause = next(iter(sorted(summary.by_clause)))
            self._line(self._dim(f"What a clause or rule asks: policy428 explain {clause}"))

    def _head(self, violation: Violation) -> None:
        where = self._style(printable(_where(violation)), bold=True)
        severity = self._style(violation.severity, fg=_COLORS[violation.severity], bold=True)
        self._line(f"{where}: {severity} {violation.rule} ({violation.citation})")

    def _wrapped(self, text: str, *, hang: int = 0) -> None:
        indent = " " * 8
        width = min(self.look.width, 100)
        later = indent + " " * hang
        self._line(textwrap.fill(printable(text), width, initial_indent=indent, subsequent_indent=later))

    def _line(self, text: str) -> None:
        self.out.write(text + "\n")

    def _dim(self, text: str) -> str:
        return self._style(text, dim=True)

    def _style(self, text: str, **style: str | bool) -> str:
        return click.style(text, **style) if self.look.color else text  # type: ignore[arg-type]


def _title(checked: Checked) -> str:
    source = checked.post.source
    name = source.path if source.line is None else f"{source.path}:{source.line}"
    return printable(f"{name} (post {checked.post.id})" if source.line and checked.post.id else name)


def _where(violation: Violation) -> str:
    source = violation.source
    if source.line is None:
        return place(violation)
    name = f" (post {violation.post})" if violation.post else ""
    return f"{source.path}:{source.line}{name}, {violation.line}:{violation.column}"


def _totals(summary: Summary) -> str:
    counts = [
        _count(summary.by_severity[severity], severity)
        for severity in reversed(SEVERITIES)
        if summary.by_severity[severity]
    ]
    found = ", ".join(counts) if counts else "nothing found"
    failed = f"; {_count(summary.errors, 'input')} could not be read" if summary.errors else ""
    return f"{_count(summary.posts, 'post')} checked: {found}{failed}."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
