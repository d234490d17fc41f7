"""What Facebook's and Instagram's exports have in common: files of posts, profiles, and conversations kept apart."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import ClassVar, Self

from policy428.errors import InputError
from policy428.exports import Options
from policy428.exports.meta import jsons
from policy428.exports.meta.account import Account, Accounts, profile_posts, read_account
from policy428.exports.meta.aside import without_posts
from policy428.exports.meta.messages import conversations, messages
from policy428.exports.tree import Member, Tree
from policy428.readers import Item


class MetaArchive(ABC):
    """A format of one of Meta's exports as JSON.

    Args:
        messages: conversations are claimed too.
    """

    platform: ClassVar[str]
    profiles: ClassVar[tuple[str, ...]]
    """Where a profile stands, as the ends of paths."""

    def __init__(self, *, messages: bool = False) -> None:
        self._messages = messages

    def configured(self, options: Options) -> Self:
        """The format as `options` ask for it: conversations are claimed only where they are to be read."""
        return type(self)(messages=options.messages)

    def claims(self, tree: Tree) -> Sequence[Member]:
        """The members that hold posts, and the conversations where they are asked for."""
        talks = conversations(tree, self.platform) if self._messages else []
        return [member for member in jsons(tree) if self.holds_posts(member)] + talks

    def aside(self, tree: Tree) -> Sequence[Member]:
        """The members that are understood and hold no posts."""
        return without_posts(tree, self.claims(tree), self.platform, messages=self._messages)

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        """The posts of `members`, in order."""
        accounts = Accounts(profile for profile in tree.ending(*self.profiles) if self.is_profile(profile))
        talks = set(map(id, conversations(tree, self.platform))) if options.messages else set()
        for member in members:
            if self.is_profile(member):
                try:
                    own = self.owner(read_account(member), member)
                    yield from profile_posts(member, own, options, platform=self.platform)
                except InputError as error:
                    yield error
            elif id(member) in talks:
                yield from messages(member, options, self.owner(accounts.of(member), member), self.platform)
            else:
                yield from self.posts(member, options, self.owner(accounts.of(member), member))

    def owner(self, account: Account, member: Member) -> Account:
        """`account` with what the place of `member` tells of it."""
        return account

    @abstractmethod
    def holds_posts(self, member: Member) -> bool:
        """Whether `member` holds posts or a profile."""

    @abstractmethod
    def is_profile(self, member: Member) -> bool:
        """Whether `member` holds a profile."""

    @abstractmethod
    def posts(self, member: Member, options: Options, account: Account) -> Iterator[Item]:
        """The posts of a member that is no profile."""
