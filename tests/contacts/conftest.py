"""A district of the tests' own, so that nothing depends on the packaged one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from policy428.contacts import Contact, find_contacts
from policy428.post import Author
from policy428.profile import Profile, School

Find = Callable[..., tuple[Contact, ...]]


@pytest.fixture(scope="session")
def profile() -> Profile:
    return Profile(
        id="pineview",
        name="Pineview Public Schools",
        email_domains=("pineview.k12.mn.us",),
        web_domains=("pineview.k12.mn.us",),
        emails=("frontdesk@pineview.k12.mn.us",),
        phones=("218-555-0100",),
        schools=(School(name="Pineview High", phone="(218) 555-0111"),),
        addresses=("12 North Birch Avenue, Pineview, MN 56999",),
        towns=("Pineview", "Elm Rapids"),
    )


@pytest.fixture(scope="session")
def find(profile: Profile) -> Find:
    """`find(text, type)`: the contacts of one type in a text, or all of them."""

    def run(text: str, kind: str | None = None, author: Author | None = None) -> tuple[Contact, ...]:
        found = find_contacts(text, profile=profile, author=author)
        return tuple(contact for contact in found if kind is None or contact.type == kind)

    return run
