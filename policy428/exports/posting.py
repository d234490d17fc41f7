"""A post of an export: what the record says, and where it is silent what was given beside the source."""

from __future__ import annotations

from collections.abc import Sequence

from policy428.exports import Options
from policy428.exports.tree import Member
from policy428.post import Author, Kind, Markup, Media, Post

NOBODY = Author()


def make_post(
    member: Member,
    options: Options,
    text: str,
    *,
    platform: str,
    record: int | None = None,
    field: str | None = None,
    kind: Kind = "post",
    markup: Markup = "text",
    author: Author = NOBODY,
    media: Sequence[Media] = (),
    group: str | None = None,
    id: str | None = None,
    time: str | None = None,
    permalink: str | None = None,
    others: bool = False,
) -> Post:
    """The post with `text` that stood in `field` of the record numbered `record` of `member`.

    `others` says that somebody else than the account's owner wrote it: nothing given of the author is filled in.
    """
    given = options.given
    known = NOBODY if others else given.author
    return Post(
        text=text,
        role=given.role or "personal",
        author=Author(
            name=author.name or known.name,
            email=author.email or known.email,
            handle=author.handle or known.handle,
            bio=author.bio or known.bio,
        ),
        media=tuple(media) or given.media,
        group=group or given.group,
        authorized=given.authorized,
        id=id or None,
        time=time,
        permalink=permalink or None,
        markup=markup,
        source=member.place(record, field, platform=platform, kind=kind),
    )


def joined(*parts: str | None) -> str:
    """The texts of one record as one: those that hold anything, with a blank line between."""
    return "\n\n".join(part for part in parts if part and part.strip())
