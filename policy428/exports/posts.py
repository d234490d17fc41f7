"""Posts as JSON Lines, with the fields of `Post`, so that any system can hand posts over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, ClassVar

from policy428.errors import InputError
from policy428.exports import Options, register
from policy428.exports.jsonstream import lines
from policy428.exports.tree import Member, Tree
from policy428.readers import Given, Item

_LOOK = 50


@register
class Posts:
    """JSON Lines whose records have a `text`."""

    name: ClassVar[str] = "posts"
    title: ClassVar[str] = "posts as JSON Lines"
    platform: ClassVar[str] = "posts"
    rank: ClassVar[int] = 50

    def claims(self, tree: Tree) -> Sequence[Member]:
        return [member for member in tree.ending("*.jsonl", "*.ndjson") if _fits(member)]

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        for member in members:
            for item in lines(member):
                yield item if isinstance(item, InputError) else post_of(member, item[0], item[1], options.given)


def _fits(member: Member) -> bool:
    """Whether the first record that can be read is a post."""
    for item in islice(lines(member), _LOOK):
        if not isinstance(item, InputError):
            return isinstance(item[1], Mapping) and isinstance(item[1].get("text"), str)
    return False


def post_of(member: Member, number: int, record: Any, given: Given) -> Item:
    """The post of a record with the fields of `Post`, or what is wrong with it."""
    from policy428.readers.draft import make_post

    try:
        return make_post(record, given, member.place(number, "text"))
    except InputError as error:
        return member.error(error.message, record=number, hint=error.hint)
