"""One way to reach, find, pay or get in: what every detector yields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

ContactType = Literal[
    "email",
    "phone",
    "address",
    "ssn",
    "card",
    "iban",
    "drivers-license",
    "passport",
    "student-id",
    "birth-date",
    "credential",
    "ip",
]
Owner = Literal["author", "published", "other", "unknown"]
TYPES: tuple[ContactType, ...] = get_args(ContactType)
OWNERS: tuple[Owner, ...] = get_args(Owner)


@dataclass(frozen=True, slots=True)
class Contact:
    """An address, number, identifier or secret found in a text.

    Attributes:
        type: what it is.
        text: as written.
        start, end: offsets in the text searched, code points.
        value: normalised (e-mail in lower case and undisguised, telephone in E.164 where the country is known,
            digits of a card, ISO date of birth).
        owner: `author` (the author's own), `published` (the District or a business publishes it), `other`
            (somebody else's), `unknown`.
        evidence: why it was taken for what it is, and for whose, in a few words each.
        detail: a finer kind; e-mail: `district` or `outside`; telephone: `local`, `foreign`, `partial`, `toll-free`,
            `hotline`; address: `home`, `place`, `box`, `street`; credential: `password`, `code`, `token`, `hint`,
            `key-place`, `meeting`, `license-key`; ssn: `full` or `last-four`.
    """

    type: ContactType
    text: str
    start: int
    end: int
    value: str
    owner: Owner
    evidence: tuple[str, ...]
    detail: str = ""
