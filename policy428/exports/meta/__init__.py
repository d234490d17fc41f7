"""What the exports of Facebook, Instagram and Threads have in common: one company writes them all.

Strings are UTF-8 bytes written as Latin-1 escapes, keys and labels are in the language of the account, lists hold stray
values, and a picture comes with what the camera wrote into it.
"""

from __future__ import annotations

from policy428.exports.tree import Member, Tree


def jsons(tree: Tree) -> list[Member]:
    """The members that may be JSON: by their suffix, and a source that is a single file whatever it is called."""
    found = tree.ending("*.json")
    return found or [member for member in tree if member.alone and not beginning(member).startswith("<")]


def beginning(member: Member) -> str:
    """The first characters of a member, blanks before them left out."""
    return member.head().decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
