"""`regex`: a regular expression over folded text, or over the prose as written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from policy428.conditions import Match
from policy428.mapped import Span
from policy428.matchers import AS, IN, Field, inside, made, register, sections
from policy428.profilelists import names_pattern
from policy428.regexsafety import check, refuse

if TYPE_CHECKING:
    from policy428.document import Document
    from policy428.lexicon import Lexicon
    from policy428.profile import Profile

DISTRICT = "<district>"
"""Stands in a pattern for the District's names, towns and mascots."""


@register
class RegexMatcher:
    """Matches of a pattern in Python's syntax that cannot backtrack without bound."""

    name: ClassVar[str] = "regex"
    cost: ClassVar[int] = 2
    short: ClassVar[str] = "pattern"
    fields: ClassVar[Mapping[str, Field]] = {
        "pattern": Field("string", "regular expression in Python's syntax", required=True),
        "on": Field("string", "folded text (lower case, plain letters) or the prose as written", ("folded", "prose")),
        "in": IN,
        "as": AS,
    }

    def __init__(self, given: Mapping[str, Any], lexicon: Lexicon) -> None:
        self.source: str = given["pattern"]
        refuse(self.source.replace(DISTRICT, "x"))
        self._pattern: re.Pattern[str] | None = None
        self._of_profile: Profile | None = None
        self.written = given.get("on") == "prose"
        self.sections: tuple[str, ...] = tuple(given.get("in", ()))
        self.capture: str | None = given.get("as")

    def find(self, document: Document) -> Sequence[Match]:
        found = []
        if DISTRICT in self.source and self._of_profile is not document.context.profile:
            self._of_profile = document.context.profile
            self._pattern = check(self.source.replace(DISTRICT, names_pattern(self._of_profile)))
        if self._pattern is None:
            self._pattern = re.compile(self.source)
        for section, part in sections(document, self.sections):
            text = part.prose.text if self.written else part.folded.text
            for hit in self._pattern.finditer(text):
                if hit.start() == hit.end():
                    continue
                span = Span(*hit.span()) if self.written else part.folded.origin(*hit.span())
                if inside(part, section, span):
                    why = "matches a pattern of the rule"
                    found.append(made(self.name, section, part, span, why, name=self.capture))
        return found
