"""Contacts: e-mail, telephone, addresses, identifiers and credentials in a text, and whose they are."""

from __future__ import annotations

import re
from dataclasses import replace

from policy428.contacts.contact import Contact, ContactType, Owner
from policy428.contacts.published import Directory, Published
from policy428.contacts.scan import Scan
from policy428.post import Author

__all__ = ["Contact", "ContactType", "Owner", "find_contacts"]

# A draft is a few thousand characters; what lies past this bound of a pathological one is not searched.
LIMIT = 400_000
# What people give to be reached by, often several at once.
_REACH = ("email", "phone", "address")


def find_contacts(text: str, *, profile: Directory, author: Author | None = None) -> tuple[Contact, ...]:
    """Finds the contacts in `text`.

    Args:
        text: prose, as written; offsets of the result count in it.
        profile: says what the District publishes.
        author: who writes, to tell the author's own data.

    Returns:
        Contacts in the order of the text; of two that overlap only the better founded.
    """
    from policy428.contacts.registry import all_detectors

    scan = Scan(text[:LIMIT], Published.of(profile), author or Author())
    kept: list[Contact] = []
    taken = bytearray(len(scan.written))
    for detector in all_detectors():
        if not detector.worth(scan):
            continue
        for contact in detector.find(scan):
            if not any(taken[contact.start : contact.end]):
                taken[contact.start : contact.end] = b"\1" * (contact.end - contact.start)
                kept.append(contact)
    return _joined(sorted(kept, key=lambda contact: (contact.start, contact.end)), scan.written)


_AND = re.compile(
    r"\s{0,2}(?:or|and|&|/|\||,|•|·|;)?\s{0,2}(?:(?:e-?mail|call|text|phone|cell|at|on)\s{0,2}:?\s{0,2}){0,2}"
)


def _joined(contacts: list[Contact], text: str) -> tuple[Contact, ...]:
    """`contacts` where one of unknown owner that another joins ("a@b.org or 507-555-0100") belongs to the same."""
    for place in range(len(contacts)):
        contact = contacts[place]
        if contact.owner != "unknown" or contact.type not in _REACH:
            continue
        for other in (
            contacts[place - 1] if place else None,
            contacts[place + 1] if place + 1 < len(contacts) else None,
        ):
            if other is None or other.owner == "unknown" or other.type not in _REACH:
                continue
            between = text[min(contact.end, other.end) : max(contact.start, other.start)]
            if _AND.fullmatch(between):
                evidence = (*contact.evidence, "beside another of the same owner")
                contacts[place] = replace(contact, owner=other.owner, evidence=evidence)
                break
    return tuple(contacts)
