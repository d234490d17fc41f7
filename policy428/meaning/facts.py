"""What rules know of a post and a reader of words cannot, in the few words that the encoder was taught.

Whether a name is that of the District, who the author is and whose names are told stand in lists, profiles and rosters.
Told of it, the encoder need not learn any of them by heart, and another district's names serve it as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy428.people import find_people

if TYPE_CHECKING:
    from policy428.document import Document

BETWEEN = " ; "
# For each role: of somebody named, and of somebody described only.
PEOPLE = {
    "student": ("student named", "student described"),
    "staff": ("colleague named", "colleague described"),
    "public": ("public figure named", "public figure"),
    "family": ("relative named", "relative"),
    "unknown": ("somebody named", "somebody described"),
}


def facts(document: Document) -> str:
    """The facts of `document`, in a fixed order; people as far as lists tell, without the language model."""
    told = ["district" if document.refers else "no district"]
    if document.author.district:
        told.append("works there")
    elif document.author.employee:
        told.append("works at a school")
    people = find_people(document, deep=False)
    for role, (named, described) in PEOPLE.items():
        kinds = {person.kind for person in people if person.role == role}
        if kinds:
            told.append(named if "name" in kinds else described)
    return BETWEEN.join(told)
