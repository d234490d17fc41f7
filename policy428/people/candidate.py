"""A run of words that may name a person, with the reasons for and against."""

from __future__ import annotations

from dataclasses import dataclass, field

from policy428.people.person import Role


@dataclass(slots=True, eq=False)
class Candidate:
    """Words `first` to `last` (inclusive) of a document's name words.

    Attributes:
        first, last: indices of its words, a title included.
        given, surname: indices of the words that are those parts of the name; None where unknown.
        title: index range of the title, half-open; None without one.
        score: belief that it names a person, the sum of `reasons`.
        reasons: what spoke for and against, in plain words, with its weight.
        roles: what spoke for a role, in plain words, strongest first by weight.
        doubtful: a language model's word is worth having.
    """

    first: int
    last: int
    given: int | None = None
    surname: int | None = None
    title: tuple[int, int] | None = None
    reasons: list[tuple[str, float]] = field(default_factory=list)
    roles: list[tuple[Role, str, float]] = field(default_factory=list)
    public: bool = False
    lower: bool = False

    @property
    def score(self) -> float:
        """Belief that this names a person, 0 to 1."""
        return max(0.0, min(1.0, sum(weight for _, weight in self.reasons)))

    @property
    def role(self) -> tuple[Role, str, float]:
        """The likeliest role, why, and its weight; the first said of those that weigh the same."""
        return max(self.roles, key=lambda said: said[2], default=("unknown", "", 0.0))

    def add(self, why: str, weight: float) -> None:
        """Adds a reason; one already given is not counted twice."""
        if all(why != known for known, _ in self.reasons):
            self.reasons.append((why, weight))

    @property
    def size(self) -> int:
        """Words in the name, without a title."""
        return self.last - self.first + 1 - (self.title[1] - self.title[0] if self.title else 0)
