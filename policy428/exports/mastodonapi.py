"""Statuses of Mastodon's API, as `/api/v1/accounts/:id/statuses` answers them and tools keep them.

Facts: docs.joinmastodon.org/entities/Status (see examples/exports/mastodon/README.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from policy428.errors import InputError
from policy428.exports import Options, register
from policy428.exports.activitystreams import listed, maps, page, paragraphs, text_of
from policy428.exports.jsonstream import records
from policy428.exports.moments import moment
from policy428.exports.posting import NOBODY, make_post
from policy428.exports.tree import Member, Tree, suffix
from policy428.markup import parse
from policy428.post import Author, Kind, Media, Post
from policy428.readers import Item

_SORTS = {"video": "video", "gifv": "video", "audio": "audio"}


@register
class MastodonApi:
    """Posts that Mastodon's API answered with."""

    name: ClassVar[str] = "mastodon-api"
    title: ClassVar[str] = "Mastodon statuses of the API"
    platform: ClassVar[str] = "mastodon"
    rank: ClassVar[int] = 10

    def claims(self, tree: Tree) -> Sequence[Member]:
        return [member for member in tree if _is_answer(member)]

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        for member in members:
            yield from _statuses(member, options)


def _is_answer(member: Member) -> bool:
    if suffix(member) != ".json" and not member.alone:
        return False
    head = member.head()
    return b'"spoiler_text"' in head and b'"created_at"' in head


def _statuses(member: Member, options: Options) -> Iterator[Item]:
    for item in records(member, "statuses"):
        if isinstance(item, InputError):
            yield item
            continue
        number, status = item
        if not isinstance(status.get("content"), str):
            yield member.error("the status has no content", record=number)
        elif status.get("visibility") != "direct" or options.messages:
            yield _status(member, options, number, status)


def _status(member: Member, options: Options, number: int, status: Mapping[str, Any]) -> Post:
    boosted = status.get("reblog")
    shown = boosted if isinstance(boosted, Mapping) else status
    path = "reblog." if shown is boosted else ""
    warning, content = text_of(shown, "spoiler_text"), text_of(shown, "content") or ""
    account = status.get("account")
    choices = listed(
        text_of(choice, "title") for poll in maps(shown.get("poll")) for choice in maps(poll.get("options"))
    )
    parts = [paragraphs(warning), content, choices]
    kind: Kind = "post"
    if status.get("visibility") == "direct":
        kind = "message"
    elif shown is boosted:
        kind = "reshare"
    elif status.get("quote") or status.get("quote_id"):
        kind = "quote"
    elif status.get("in_reply_to_id"):
        own = account.get("id") if isinstance(account, Mapping) else None
        kind = "post" if own is not None and status.get("in_reply_to_account_id") == own else "comment"
    return make_post(
        member,
        options,
        "\n".join(part for part in parts if part),
        platform="mastodon",
        record=number,
        field=path + ("spoiler_text+content" if warning else "content"),
        kind=kind,
        markup="html",
        author=_account(account),
        media=[
            Media(
                path=text_of(entry, "url") or "",
                alt=text_of(entry, "description"),
                kind=_SORTS.get(str(entry.get("type")), "image"),
            )
            for entry in maps(shown.get("media_attachments"))
        ],
        id=str(status.get("id") or "") or None,
        time=moment(status.get("created_at"), utc=True),
        permalink=text_of(shown, "url") or page(shown.get("uri")),
    )


def _account(account: Any) -> Author:
    if not isinstance(account, Mapping):
        return NOBODY
    note = text_of(account, "note")
    return Author(
        name=text_of(account, "display_name"),
        handle=text_of(account, "acct") or text_of(account, "username"),
        bio=(parse(note, "html").prose.text.strip() or None) if note else None,
    )
