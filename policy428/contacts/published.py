"""What a district publishes about itself, in the forms that detectors compare with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from policy428.contacts.words import word_set


class Directory(Protocol):
    """The part of a profile that says what is public; `policy428.profile.Profile` is one."""

    @property
    def email_domains(self) -> tuple[str, ...]: ...
    @property
    def web_domains(self) -> tuple[str, ...]: ...
    @property
    def emails(self) -> tuple[str, ...]: ...
    @property
    def addresses(self) -> tuple[str, ...]: ...
    @property
    def towns(self) -> tuple[str, ...]: ...
    @property
    def places(self) -> tuple[str, ...]: ...
    @property
    def published_phones(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Published:
    """Published values, normalised.

    Attributes:
        email_domains: in lower case.
        emails: in lower case.
        phones: digits, national form.
        addresses: number and street name as `address_key` gives them.
        area: the area code most of the phones share, for local numbers; empty when there is none.
        towns: towns and places, in lower case.
    """

    email_domains: tuple[str, ...]
    web_domains: tuple[str, ...]
    emails: frozenset[str]
    phones: frozenset[str]
    addresses: frozenset[str]
    area: str
    towns: tuple[str, ...]

    @classmethod
    def of(cls, directory: Directory) -> Published:
        """The published values of a profile."""
        return _published(
            directory.email_domains,
            directory.web_domains,
            directory.emails,
            directory.published_phones,
            directory.addresses,
            (*directory.towns, *directory.places),
        )


@lru_cache(maxsize=32)
def _published(
    email_domains: tuple[str, ...],
    web_domains: tuple[str, ...],
    emails: tuple[str, ...],
    phones: tuple[str, ...],
    addresses: tuple[str, ...],
    towns: tuple[str, ...],
) -> Published:
    numbers = [digits for phone in phones if (digits := national(phone))]
    areas = [number[:3] for number in numbers if len(number) == 10]
    return Published(
        tuple(domain.lower().lstrip("@") for domain in email_domains),
        tuple(domain.lower() for domain in web_domains),
        frozenset(email.lower() for email in emails),
        frozenset(numbers),
        frozenset(address_key(address) for address in addresses),
        max(areas, key=areas.count) if areas else "",
        tuple(town.lower() for town in towns),
    )


def national(phone: str) -> str:
    """The digits of a North American number without its country code and extension."""
    digits = re.sub(r"\D", "", re.split(r"(?i)x|ext", phone)[0])
    return digits[1:] if len(digits) == 11 and digits[0] == "1" else digits


_WORD = re.compile(r"[a-z0-9]+")


def address_key(address: str) -> str:
    """House number and the telling words of the street, without direction and suffix: "500 paquin"."""
    words = _WORD.findall(address.lower())
    if not words:
        return ""
    suffixes, directions = word_set("street-suffixes"), word_set("street-directions")
    name: list[str] = []
    for word in words[1:]:
        if word in directions:
            continue
        if word in suffixes and name:
            break
        name.append(word)
        if len(name) == 3:
            break
    return " ".join([words[0], *name[:1]])
