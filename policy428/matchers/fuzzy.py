"""`fuzzy`: phrases met with slips of the pen, by rapidfuzz."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from policy428.conditions import Match
from policy428.mapped import Span
from policy428.matchers import AS, IN, Field, inside, made, register, sections

if TYPE_CHECKING:
    from policy428.document import Document
    from policy428.lexicon import Lexicon

DEFAULT_THRESHOLD = 88


@register
class FuzzyMatcher:
    """Phrases that a stretch of the text resembles by at least `threshold` of 100 (normalised indel similarity)."""

    name: ClassVar[str] = "fuzzy"
    cost: ClassVar[int] = 12
    short: ClassVar[str] = "of"
    fields: ClassVar[Mapping[str, Field]] = {
        "of": Field("strings", "names or phrases, plain words", required=True),
        "threshold": Field("integer", f"least likeness, 60 to 100; {DEFAULT_THRESHOLD} unless told"),
        "in": IN,
        "as": AS,
    }

    def __init__(self, given: Mapping[str, Any], lexicon: Lexicon) -> None:
        self.phrases = tuple(" ".join(phrase.lower().split()) for phrase in given["of"])
        self.threshold = int(given.get("threshold", DEFAULT_THRESHOLD))
        if not 60 <= self.threshold <= 100:
            raise ValueError("“threshold” must lie between 60 and 100")
        self.sections: tuple[str, ...] = tuple(given.get("in", ()))
        self.capture: str | None = given.get("as")

    def find(self, document: Document) -> Sequence[Match]:
        from rapidfuzz import fuzz

        found = []
        for section, part in sections(document, self.sections):
            text = part.folded.text
            for phrase in self.phrases:
                if len(text) < len(phrase) * 0.6:
                    continue
                hit = fuzz.partial_ratio_alignment(phrase, text, score_cutoff=self.threshold)
                if hit is None or not _on_words(text, hit.dest_start, hit.dest_end):
                    continue
                span = part.folded.origin(hit.dest_start, hit.dest_end)
                if inside(part, section, span):
                    why = f"like “{phrase}” ({hit.score:.0f} of 100)"
                    found.append(made(self.name, section, part, Span(span.start, span.end), why, name=self.capture))
        return found


def _on_words(text: str, start: int, end: int) -> bool:
    """Whether the stretch begins and ends within a letter of a word's edge, so that no inner part of a word counts."""
    before = text[max(0, start - 2) : start]
    after = text[end : end + 2]
    return not (len(before) == 2 and before.isalpha()) and not (len(after) == 2 and after.isalpha())
