"""Contacts: e-mail, telephone, addresses, identifiers and credentials in a text, and whose they are."""

from __future__ import annotations

from policy428.contacts.contact import Contact, ContactType, Owner
from policy428.contacts.published import Directory, Published
from policy428.contacts.scan import Scan
from policy428.post import Author

__all__ = ["Contact", "ContactType", "Owner", "find_contacts"]

# A draft is a few thousand characters; what lies past this bound of a pathological one is not searched.
LIMIT = 400_000


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
    for detector in all_detectors():
        if not detector.worth(scan):
            continue
        for contact in detector.find(scan):
            if all(contact.end <= other.start or other.end <= contact.start for other in kept):
                kept.append(contact)
    return tuple(sorted(kept, key=lambda contact: (contact.start, contact.end)))
