"""`media`, `field`, `author`, `permit`: what is known around the text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from policy428.conditions import Match
from policy428.matchers import Field, register
from policy428.post import MEDIA_KINDS, ROLES
from policy428.regexsafety import check
from policy428.violation import Evidence

if TYPE_CHECKING:
    from policy428.document import Document
    from policy428.lexicon import Lexicon
    from policy428.permits import Ruling

FIELDS = ("role", "group", "bio", "name", "email", "handle", "authorized", "time", "text")


def _around(leaf: str, text: str, why: str) -> Match:
    return Match(None, (Evidence(leaf, text, 0, 0, why),))


@register
class MediaMatcher:
    """Something attached: a picture, video or sound."""

    name: ClassVar[str] = "media"
    cost: ClassVar[int] = 1
    short: ClassVar[str] = "kinds"
    fields: ClassVar[Mapping[str, Field]] = {
        "kinds": Field("strings", "only media of these kinds", MEDIA_KINDS),
        "alt": Field("boolean", "with an alt text, or without one"),
        "path": Field("string", "regular expression that the file's name must match"),
        "position": Field("boolean", "carrying the place where it was taken, or not"),
    }

    def __init__(self, given: Mapping[str, Any], lexicon: Lexicon) -> None:
        self.kinds = frozenset(given.get("kinds", MEDIA_KINDS))
        self.alt: bool | None = given.get("alt")
        self.path: re.Pattern[str] | None = check(given["path"]) if "path" in given else None
        self.position: bool | None = given.get("position")

    def find(self, document: Document) -> Sequence[Match]:
        return [
            _around(self.name, media.path, f"{'an' if media.kind[0] in 'aei' else 'a'} {media.kind} is attached")
            for media in document.post.media
            if media.kind in self.kinds
            and (self.alt is None or bool(media.alt and media.alt.strip()) == self.alt)
            and (self.path is None or self.path.search(media.path.lower()))
            and (self.position is None or media.position == self.position)
        ]


@register
class FieldMatcher:
    """A field of the post or its author: present, equal to a value, or matching a pattern."""

    name: ClassVar[str] = "field"
    cost: ClassVar[int] = 1
    short: ClassVar[str] = "name"
    fields: ClassVar[Mapping[str, Field]] = {
        "name": Field("string", "which field", FIELDS, required=True),
        "is": Field("strings", "one of these values"),
        "regex": Field("string", "regular expression searched in the folded value"),
    }

    def __init__(self, given: Mapping[str, Any], lexicon: Lexicon) -> None:
        self.field: str = given["name"]
        self.values = frozenset(value.lower() for value in given["is"]) if "is" in given else None
        self.pattern = check(given["regex"]) if "regex" in given else None
        if self.field == "role" and self.values and not self.values <= set(ROLES):
            raise ValueError(f"a role is one of {', '.join(ROLES)}")

    def find(self, document: Document) -> Sequence[Match]:
        value = self._value(document)
        if not value:
            return []
        if self.values is not None and value.lower() not in self.values:
            return []
        if self.pattern is not None:
            aside = document.aside(value)
            if aside is None or not self.pattern.search(aside.folded.text):
                return []
        return [_around(self.name, value, f"the post's {self.field}")]

    def _value(self, document: Document) -> str:
        post = document.post
        if self.field in {"bio", "name", "email", "handle"}:
            return getattr(post.author, self.field) or ""
        if self.field == "authorized":
            return "true" if post.authorized else "false"
        return getattr(post, self.field) or ""


@register
class AuthorMatcher:
    """What is known of the author: an employee (of the District), in a position."""

    name: ClassVar[str] = "author"
    cost: ClassVar[int] = 4
    short: ClassVar[str] = "is"
    fields: ClassVar[Mapping[str, Field]] = {
        "is": Field("strings", "known as an employee anywhere, or of this District", ("employee", "district")),
        "position": Field("strings", "in one of these positions: teacher, coach, nurse ..."),
    }

    def __init__(self, given: Mapping[str, Any], lexicon: Lexicon) -> None:
        self.known = frozenset(given.get("is", ()))
        self.positions = frozenset(given.get("position", ()))

    def find(self, document: Document) -> Sequence[Match]:
        facts = document.author
        if "employee" in self.known and not facts.employee:
            return []
        if "district" in self.known and not facts.district:
            return []
        if self.positions and not self.positions.intersection(facts.positions):
            return []
        return [_around(self.name, "", facts.why or "what is known of the author")]


@register
class PermitMatcher:
    """A recorded permission or consent that is in force on the day."""

    name: ClassVar[str] = "permit"
    cost: ClassVar[int] = 8
    short: ClassVar[str] = "kind"
    fields: ClassVar[Mapping[str, Field]] = {
        "kind": Field("string", "what is permitted: logo, photo, video, work, profile ...", required=True),
        "people": Field("strings", "every person of these roles named in the post must have consented"),
    }

    def __init__(self, given: Mapping[str, Any], lexicon: Lexicon) -> None:
        self.kind: str = given["kind"]
        self.roles = frozenset(given.get("people", ()))

    def find(self, document: Document) -> Sequence[Match]:
        rulings = [ruling for _, ruling in self._rulings(document)]
        # Each person in the picture must have consented; of an author's own permission and everybody's, one is enough.
        if not (all if self.roles else any)(rulings):
            return []
        return [_around(self.name, "", next(ruling.reason for ruling in rulings if ruling))]

    def refusals(self, document: Document) -> list[tuple[str, str]]:
        """For whom (or for nobody by name) a permission was looked for, and why none counts; empty where one does."""
        if self.find(document):
            return []
        return [
            (subject or "", f"looked for a permission: {ruling.reason}")
            for subject, ruling in self._rulings(document)
            if not ruling
        ]

    def _rulings(self, document: Document) -> list[tuple[str | None, Ruling]]:
        permits, today = document.context.permits, document.context.today
        return [(subject, permits.ruling(self.kind, subject, today)) for subject in self._subjects(document)]

    def _subjects(self, document: Document) -> list[str | None]:
        if not self.roles:
            author = document.post.author.name
            return [author, None] if author else [None]
        named = [person for person in document.people if person.kind == "name"]
        # Whom nothing tells to be of the roles asked for may be all the same.
        wanted = [p for p in named if p.role in self.roles] or [p for p in named if p.role == "unknown"]
        return [person.text for person in wanted] or [None]
