from __future__ import annotations

import pytest

from policy428.post import Author

DISTRICT = [
    "Quilts for sale, lmoe@pineview.k12.mn.us.",
    "Quilts for sale, LMOE@Pineview.K12.MN.us!",
    "quilts: lmoe @ pineview.k12.mn.us",
    "quilts: lmoe @ pineview . k12 . mn . us thanks",
    "quilts: lmoe at pineview dot k12 dot mn dot us",
    "quilts: lmoe [at] pineview [dot] k12 [dot] mn [dot] us",
    "quilts: lmoe(at)pineview(dot)k12(dot)mn(dot)us",
    "quilts: lmoe [@] pineview[.]k12[.]mn[.]us",
    "quilts: lmoe{at}pineview.k12.mn.us",
    "quilts: lmoe_at_pineview.k12.mn.us",
    "colchas: lmoe arroba pineview punto k12 punto mn punto us",
    "quilts: l m o e @ p i n e v i e w . k 1 2 . m n . u s",
    "quilts: lmoe@\npineview.k12\n.mn.us",
    "quilts: lmoe&#64;pineview.k12.mn.us",
    "mailto:lmoe%40pineview.k12.mn.us?subject=quilts",
    "quilts: lmoe@pine\u00adview.k12.mn.us",
    "quilts: lmo\u200be@pineview.k12.mn.us",
    "quilts: lmoe\uff20\uff50ineview\uff0ek12\uff0emn\uff0eus",
    "quilts: lmoe@pin\u0435view.k12.mn.us",
    "quilts: write to lmoe at pineview.k12.mn.us",
    "read me from right to left: su.nm.21k.weivenip@eoml",
]


@pytest.mark.parametrize("text", DISTRICT)
def test_district_address_is_read_through_its_disguise(find, text):
    (contact,) = find(text, "email")
    assert (contact.value, contact.detail) == ("lmoe@pineview.k12.mn.us", "district")


@pytest.mark.parametrize(
    "text",
    [
        "My mail: first initial, last name at pineview.k12.mn.us",
        "Just add @pineview.k12.mn.us to my last name",
        "Before the at comes my nickname, after it pineview.k12.mn.us",
        "my work email, first initial last name at pineview k12 mn us",
    ],
)
def test_described_address_is_found(find, text):
    (contact,) = find(text, "email")
    assert (contact.value, contact.detail, contact.owner) == ("*@pineview.k12.mn.us", "district", "author")


@pytest.mark.parametrize(
    "text",
    [
        "The menu is at pineview.k12.mn.us this week",
        "Sign up at www.pineview.k12.mn.us or https://pineview.k12.mn.us/news",
        "See it at example.org, it's live at example.com tonight",
        "We won 3 @ home. Meet @ Target. Us two will drive",
        "Thanks @coach.berg and @pineview.k12 for the ride",
        "k12, p2, k2tog to the end",
        "https://social.example/@lena.moe/1123",
    ],
)
def test_web_addresses_handles_and_talk_are_no_mailboxes(find, text):
    assert find(text, "email") == ()


def test_subdomain_is_the_districts_and_plus_tag_is_kept(find):
    first, second = find("27moe@students.pineview.k12.mn.us and lmoe+draft@pineview.k12.mn.us", "email")
    assert (first.detail, second.detail) == ("district", "district")
    assert second.value == "lmoe+draft@pineview.k12.mn.us"


def test_other_domains_are_outside(find):
    (contact,) = find("write lena.77 at lakemail dot example, she reads it nightly", "email")
    assert (contact.value, contact.detail) == ("lena.77@lakemail.example", "outside")


def test_owner_by_registration_publication_and_name(find):
    author = Author(name="Lena Moe", email="LMoe@pineview.k12.mn.us")
    (own,) = find("lmoe@pineview.k12.mn.us", "email", author)
    (shared,) = find("frontdesk@pineview.k12.mn.us", "email", author)
    (named,) = find("lenamoe@lakemail.example", "email", author)
    (hers,) = find("Her personal email is berit.o@lakemail.example", "email", author)
    assert [c.owner for c in (own, shared, named, hers)] == ["author", "published", "author", "other"]
