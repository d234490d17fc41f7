"""Exports: from what platforms hand out to posts, one module a format, found by registration.

A format is a class with a `name`, a `title` and a `platform`; it says which members of a source it can read by looking
into them (`claims`), and reads them (`read`). A module in this package registers its class with `@register`; another
package does so through an entry point in the group `policy428.exports` that names the class. Formats yield what they
can, and an `InputError` for each record they cannot read: one bad record never hides the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, ClassVar, Protocol

from policy428.plugins import Registry
from policy428.readers import Given, Item

if TYPE_CHECKING:
    from policy428.exports.tree import Member, Tree


@dataclass(frozen=True, slots=True)
class Options:
    """How an export is read.

    Attributes:
        given: what is known beside the posts, for every post that does not say it itself.
        columns: field of a post -> column name, for tables that no format knows (`text=Message`).
        messages: private messages are read too.
    """

    given: Given = field(default_factory=Given)
    columns: Mapping[str, str] = field(default_factory=dict)
    messages: bool = False


class Format(Protocol):
    """Reads what one platform, or one tool, exports."""

    name: ClassVar[str]
    title: ClassVar[str]
    platform: ClassVar[str]
    rank: ClassVar[int]
    """Where two formats claim a member the lower rank reads it: 10 for a platform's own layout, 50 for a general file
    type. Columns that a person names go before all."""

    def claims(self, tree: Tree) -> Sequence[Member]:
        """The members that hold posts of this format, by their place in the tree and a look at their first bytes."""

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        """The posts of `members`, in order; other members of `tree` (account, profile) may be looked into."""


_registry: Registry[Format] = Registry(__name__, "policy428.exports")
register = _registry.register


@cache
def formats() -> Mapping[str, Format]:
    """All formats by name: those of this package and those of entry points."""
    return {name: kind() for name, kind in _registry.load().items()}
