"""What the exports of Facebook, Instagram and Threads have in common: one company writes them all.

Strings are UTF-8 bytes written as Latin-1 escapes, keys and labels are in the language of the account, lists hold stray
values, and a picture comes with what the camera wrote into it.
"""

from __future__ import annotations

import re

from policy428.exports.tree import Member, Tree

ACTIVITY = r"(?:your_(?:facebook|instagram)_activity|(?:your|this_profile's)_activity_across_facebook)/"
_ROOT = re.compile(
    rf"(?:^|/)(?:{ACTIVITY}|(?:posts|content|media|comments|comments_and_reactions|messages|groups|stories|photos_and_videos|notes"
    r"|personal_information|profile_information|account_information)/)"
)
"""Where the folders of an export begin in the name of one of its files."""


def jsons(tree: Tree) -> list[Member]:
    """The members that may be JSON: by their suffix, and a source that is a single file whatever it is called."""
    found = tree.ending("*.json")
    return found or [member for member in tree if member.alone and not beginning(member).startswith("<")]


def beginning(member: Member) -> str:
    """The first characters of a member, blanks before them left out."""
    return member.head().decode("utf-8", "replace").lstrip("\ufeff \t\r\n")


def root_of(member: Member) -> str:
    """The folders that stand before an export's own in a member's name; its folder where none of those is known."""
    found = _ROOT.search(member.name)
    at = member.name.rfind("/") + 1 if found is None else found.start() + (member.name[found.start()] == "/")
    return member.name[:at]
