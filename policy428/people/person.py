"""A person in a post: named, or singled out without a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["student", "staff", "public", "family", "unknown"]
Kind = Literal["name", "detail"]
ROLES: tuple[Role, ...] = ("student", "staff", "public", "family", "unknown")
KINDS: tuple[Kind, ...] = ("name", "detail")


@dataclass(frozen=True, slots=True)
class Person:
    """A person.

    Attributes:
        text: the words that name or single out the person, as written.
        start, end: offsets in the document's prose.
        role: `student`, `staff`, `public` (office-holders, the famous), `family` (the author's own) or `unknown`.
        evidence: why this is a person, and why of that role, in plain words.
        given, surname, title: parts of the name, as written; None where unknown.
        score: how sure it is that this is a person, 0 to 1.
        kind: `name`, or `detail` for initials, handles, jersey numbers, jobs and descriptions that fit one person.
    """

    text: str
    start: int
    end: int
    role: Role
    evidence: tuple[str, ...]
    given: str | None = None
    surname: str | None = None
    title: str | None = None
    score: float = 1.0
    kind: Kind = "name"
