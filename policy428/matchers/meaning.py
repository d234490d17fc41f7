"""`meaning`: the post reads like posts that break a clause, by the trained models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from policy428.conditions import Match
from policy428.mapped import Span
from policy428.matchers import Field, register
from policy428.violation import Evidence

if TYPE_CHECKING:
    from policy428.document import Document
    from policy428.lexicon import Lexicon

DEFAULT_LEAST = 0.8


@register
class MeaningMatcher:
    """The post reads like posts labelled with `clause`, with at least the probability `least`.

    Stands on the sentence that spoke for it most, with the labelled posts it reads like as its reason. Captures the
    likeliest family of the clause as `family`.
    """

    name: ClassVar[str] = "meaning"
    cost: ClassVar[int] = 90
    short: ClassVar[str] = "clause"
    fields: ClassVar[Mapping[str, Field]] = {
        "clause": Field("string", "clause whose posts it reads like", required=True),
        "family": Field("strings", "only where one of these families of the clause is the likeliest"),
        "least": Field("number", f"least probability, 0 to 1; {DEFAULT_LEAST} unless told"),
    }

    def __init__(self, given: Mapping[str, Any], lexicon: Lexicon) -> None:
        self.clause: str = given["clause"]
        self.families = frozenset(given.get("family", ()))
        self.least = float(given.get("least", DEFAULT_LEAST))
        if not 0 < self.least < 1:
            raise ValueError("“least” lies between 0 and 1")

    def find(self, document: Document) -> Sequence[Match]:
        # The models read words; of a picture without any they know nothing.
        if not any(char.isalnum() for char in document.prose.text):
            return []
        if not document.worth_hearing:
            return []
        probability = document.hearing.probability(self.clause)
        if probability < self.least:
            return []
        heard = document.hearing.heard
        odds = {name: value for name, value in heard.log_odds.items() if name.startswith(f"{self.clause}/")}
        family = max(odds, key=lambda name: odds[name]).split("/", 1)[1] if odds else ""
        if self.families and family not in self.families:
            return []
        like = document.context.ears.neighbours.nearest(heard.vector, self.clause)
        why = "reads like posts about: " + "; ".join(neighbour.why for neighbour in like)
        span = document.sentence_heard(heard.where.get(self.clause, Span(0, 0)))
        text = document.prose.text[span.start : span.end]
        evidence = Evidence(self.name, text, span.start, span.end, f"{why} (probability {probability:.2f})")
        captures = (("family", family),) if family else ()
        return [Match(span if len(span) else None, (evidence,), captures)]
