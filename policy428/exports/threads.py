"""Threads' export as JSON: posts, replies, archived posts, profile, alone or inside Instagram's.

All keys of Threads' files begin with `text_post_app_`, whatever they are called (examples/exports/threads/README.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from policy428.errors import InputError
from policy428.exports import Options, register
from policy428.exports.instagram import PROFILES as INSTAGRAM
from policy428.exports.instagram import named
from policy428.exports.jsonstream import records, repaired
from policy428.exports.meta import beginning, jsons
from policy428.exports.meta.account import Account, Accounts, profile_posts, read_account
from policy428.exports.meta.captions import captions
from policy428.exports.meta.labels import labelled
from policy428.exports.meta.parts import listed, mapped, unfolded
from policy428.exports.moments import moment
from policy428.exports.posting import make_post
from policy428.exports.tree import Member, Tree
from policy428.post import Kind
from policy428.readers import Item

PROFILE = "threads/personal_information.json"

_FIRST_KEY = re.compile(r'\A\{\s*"(text_post_app_[^"\\]{1,100})"\s*:')
_POSTS = re.compile(
    r"text_post_app_(?:text_posts|text_app_archived_posts|[a-z_]{0,40}drafts?|[a-z_]{0,40}archived_posts)"
)
_KNOWN = frozenset("media title creation_timestamp label_values".split())
_HOSTS = ("threads.net/", "threads.com/")


@register
class Threads:
    """Posts, replies and the profile of a Threads account, from JSON."""

    name: ClassVar[str] = "threads"
    title: ClassVar[str] = "Threads, Export your information (JSON)"
    platform: ClassVar[str] = "threads"
    rank: ClassVar[int] = 10

    def claims(self, tree: Tree) -> Sequence[Member]:
        posts = {member.name for member in tree.ending("threads/threads_and_replies.json")}
        return [member for member in jsons(tree) if member.name in posts or _claimed(member)]

    def aside(self, tree: Tree) -> Sequence[Member]:
        """The members that are understood and hold no posts: likes, followers, what was viewed."""
        return [member for member in jsons(tree) if _key(member) and not _claimed(member)]

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        own, instagram = Accounts(tree.ending(PROFILE)), Accounts(tree.ending(*INSTAGRAM[:2]))
        for member in members:
            if _is_profile(member):
                try:
                    yield from profile_posts(
                        member, named(read_account(member), member), options, platform=self.platform
                    )
                except InputError as error:
                    yield error
            else:
                account = own.of(member)
                known = account.author.handle or account.author.name
                account = account if known else instagram.of(member)
                yield from _posts(member, options, named(account, member))


def _key(member: Member) -> str:
    found = _FIRST_KEY.match(beginning(member))
    return found[1] if found else ""


def _claimed(member: Member) -> bool:
    return _POSTS.fullmatch(_key(member)) is not None or _is_profile(member)


def _is_profile(member: Member) -> bool:
    return _key(member).endswith("app_profile")


def _posts(member: Member, options: Options, account: Account) -> Iterator[Item]:
    key = _key(member)
    kind: Kind = "draft" if "draft" in key else "post"
    for found in records(member, *((key,) if key else ())):
        if isinstance(found, InputError):
            yield found
            continue
        number, record = found
        inner = unfolded(record, _KNOWN)
        if record and not inner:
            yield member.error("not a record of a layout that is known", record=number)
        for count, item in enumerate(inner, number):
            yield from _post(member, options, account, kind, count, repaired(item))


def _post(
    member: Member, options: Options, account: Account, kind: Kind, number: int, record: dict[str, Any]
) -> Iterator[Item]:
    parts, media, time = captions(record)
    permalink = None
    if "label_values" in record:
        found = labelled(record["label_values"], _HOSTS)
        parts, permalink = (found.parts or parts), found.permalink
        media, time = (media or found.media), (record.get("timestamp") or time or found.time)
    reply = any(mapped(item.get("text_app_post")).get("is_reply") is True for _, item in listed(record.get("media")))
    if parts or media:
        yield make_post(
            member,
            options,
            parts.text,
            platform=Threads.platform,
            record=number,
            field=parts.field,
            kind="comment" if reply and kind == "post" else kind,
            author=account.known,
            media=media,
            id=str(record["fbid"]) if isinstance(record.get("fbid"), str | int) else None,
            time=moment(time),
            permalink=permalink,
        )
    if parts.odd:
        yield member.error("the text is no text", record=number)
