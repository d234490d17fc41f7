"""Facebook's “Download your information” as HTML, and Instagram's: the same pages, with local times in words.

Files are known by their name, since every page of an export is made of the same blocks, and by the blocks in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import ClassVar

from policy428.errors import InputError
from policy428.exports import Options, register
from policy428.exports.facebook import kind_of
from policy428.exports.meta.account import Account, Accounts, from_labels, profile_posts
from policy428.exports.meta.aside import without_posts
from policy428.exports.meta.dates import spoken
from policy428.exports.meta.pages import Block, blocks, is_page, rows_of
from policy428.exports.meta.parts import Parts
from policy428.exports.posting import make_post
from policy428.exports.tree import Member, Tree
from policy428.readers import Item

_FACEBOOK = re.compile(
    r"(?:^|/)(?:your_posts?|profile_posts|posts_on_other|edits_you_made|your_uncategorized|uncategorized_photos"
    r"|your_photos|your_videos|videos|group_posts_and|your_posts_in_g|your_comments_in_gr|your_pending_posts"
    r"|anonymous_posts|archived_stories|comments|shared_memories|check[-_]?ins|archive|trash)[^/]{0,80}\.html?\Z"
    r"|(?:^|/)album/\d{1,6}\.html?\Z",
    re.IGNORECASE,
)
_INSTAGRAM = re.compile(
    r"(?:^|/)(?:posts_\d+|stories|reels|archived_posts|igtv_videos|other_content|recently_deleted_content"
    r"|(?:post|reels)_comments(?:_\d+)?|threads_and_replies)\.html?\Z",
    re.IGNORECASE,
)


PROFILES = ("profile_information.html", "personal_information.html")
_PROFILE = re.compile(r"(?:^|/)(?:profile|personal)_information\.html\Z")


@register
class FacebookPages:
    """Posts and comments of Facebook and Instagram accounts, from HTML."""

    name: ClassVar[str] = "facebook-html"
    title: ClassVar[str] = "Facebook and Instagram, export as HTML"
    platform: ClassVar[str] = "facebook"
    rank: ClassVar[int] = 10

    def claims(self, tree: Tree) -> Sequence[Member]:
        pages = tree.ending("*.html", "*.htm")
        return [
            page
            for page in pages
            if any(named.search(page.name) for named in (_FACEBOOK, _INSTAGRAM, _PROFILE)) and is_page(page)
        ]

    def aside(self, tree: Tree) -> Sequence[Member]:
        """The members that are understood and hold no posts."""
        return without_posts(tree, self.claims(tree), self.platform, messages=False)

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        accounts = Accounts(tree.ending(*PROFILES), _account)
        for member in members:
            if _PROFILE.search(member.name):
                try:
                    yield from profile_posts(member, _account(member), options, platform=self.platform)
                except InputError as error:
                    yield error
                continue
            instagram = _INSTAGRAM.search(member.name) is not None
            for found in blocks(member):
                if isinstance(found, InputError):
                    yield found
                else:
                    yield from _post(member, options, accounts.of(member), *found, instagram=instagram)


def _account(page: Member) -> Account:
    return from_labels(rows_of(page))


def _post(
    member: Member, options: Options, account: Account, number: int, block: Block, *, instagram: bool
) -> Iterator[Item]:
    parts, kind = block.parts, kind_of(member.name)
    if instagram:
        # Its pages put the caption over the block, and labels and dates into the cells.
        own = Parts()
        own.add("h2", block.title)
        parts = own if kind != "comment" else parts
    if not (parts or block.media):
        if not block.theirs or instagram:
            return
        parts, kind = block.theirs, "reshare"
    yield make_post(
        member,
        options,
        parts.text,
        platform="instagram" if instagram else FacebookPages.platform,
        record=number,
        field=parts.field,
        kind=kind,
        author=account.known,
        media=block.media,
        time=spoken(block.time, month_first=True),
    )
