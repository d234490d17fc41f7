"""YouTube in Google Takeout: comments, live chats, community posts, videos, playlists and the channel, as CSV.

The text of a comment is JSON in a cell: an object with `takeoutSegments`, or objects in a row with commas between.
Facts: public Takeouts and readers of them (see examples/exports/youtube/README.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import ClassVar

from policy428.errors import InputError
from policy428.exports import Options, register
from policy428.exports.moments import moment
from policy428.exports.posting import NOBODY, joined, make_post
from policy428.exports.takeout import Table, cells, spoken, table_of
from policy428.exports.tree import Member, Tree
from policy428.post import Author, Kind, Media, Post
from policy428.readers import Item

_SITE = "https://www.youtube.com"
_PAGES = {"posts": "post/", "videos": "watch?v=", "playlists": "playlist?list=", "channel": "channel/"}


@register
class YouTube:
    """What a channel wrote on YouTube, as Google Takeout holds it."""

    name: ClassVar[str] = "youtube"
    title: ClassVar[str] = "YouTube in Google Takeout"
    platform: ClassVar[str] = "youtube"
    rank: ClassVar[int] = 10

    def claims(self, tree: Tree) -> Sequence[Member]:
        return [member for member in tree if (table := table_of(member)) is not None and table.kind != "texts"]

    def aside(self, tree: Tree) -> Sequence[Member]:
        """The other tables of a Takeout: lists of videos, subscriptions, recordings, what was watched."""
        folders = {PurePosixPath(member.name).parent.parent for member in self.claims(tree)}
        folders = {folder for folder in folders if "youtube" in folder.name.casefold()}
        return [member for member in tree if folders & set(PurePosixPath(member.name).parents)]

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        channels = _channels(tree)
        for member in members:
            table = table_of(member)
            if table is None or table.kind == "texts":
                continue
            texts = _texts(tree, member) if table.kind == "videos" else {}
            for item in cells(member):
                if isinstance(item, InputError):
                    yield item
                else:
                    yield _post(member, options, table, item[0], item[1], channels, texts)


def _post(
    member: Member,
    options: Options,
    table: Table,
    number: int,
    row: Mapping[str, str],
    channels: Mapping[str, Author],
    texts: Mapping[str, str],
) -> Post:
    own = _cell(row, table, "id")
    # What names no channel is of the only one there is.
    author = next(iter(channels.values())) if len(channels) == 1 else NOBODY
    if "channel" in table.columns:
        author = channels.get(_cell(row, table, "channel"), NOBODY)
    kind: Kind = "post"
    if table.kind in ("comments", "live", "posts"):
        kind = "post" if table.kind == "posts" else "comment"
        text = joined(spoken(row.get(table.columns["text"], "")), *(row.get(name) for name in table.choices))
        fields = ["text"]
    else:
        title, told = (row.get(table.columns.get(name, ""), "") for name in ("title", "description"))
        told = max(told, texts.get(own, ""), key=len)
        text = joined(title, told)
        fields = ["title", "description"]
        if table.kind == "channel":
            kind, text, author = "profile", told, Author(name=title or None, bio=told or None)
    return make_post(
        member,
        options,
        text,
        platform="youtube",
        record=number,
        field="+".join(table.columns[name] for name in fields if name in table.columns),
        kind=kind,
        author=author,
        media=_media(table, row),
        id=own,
        time=moment(_cell(row, table, "time"), utc=True),
        permalink=_link(table, row, own),
    )


def _media(table: Table, row: Mapping[str, str]) -> tuple[Media, ...]:
    if table.kind == "videos":
        return (Media(kind="video"),)
    return tuple(Media(path=row[name].strip()) for name in table.images if row.get(name, "").strip())


def _link(table: Table, row: Mapping[str, str], own: str) -> str | None:
    """The page that a post or a comment stands on."""
    video, post = _cell(row, table, "video"), _cell(row, table, "post")
    if table.kind in ("comments", "live"):
        if video:
            return f"{_SITE}/watch?v={video}" + (f"&lc={own}" if own and table.kind == "comments" else "")
        return f"{_SITE}/post/{post}" if post else None
    return f"{_SITE}/{_PAGES[table.kind]}{own}" if own else None


def _channels(tree: Tree) -> dict[str, Author]:
    """The name and the text of each channel, by its id."""
    found: dict[str, Author] = {}
    for member in tree:
        table = table_of(member)
        if table is not None and table.kind == "channel":
            for item in cells(member):
                if not isinstance(item, InputError):
                    title, told = (_cell(item[1], table, name) or None for name in ("title", "description"))
                    found[_cell(item[1], table, "id")] = Author(name=title, bio=told)
    return found


def _cell(row: Mapping[str, str], table: Table, name: str) -> str:
    return row.get(table.columns.get(name, ""), "").strip()


def _texts(tree: Tree, member: Member) -> dict[str, str]:
    """The descriptions of videos that a table beside keeps in pieces, and whole where `videos.csv` cuts them."""
    folder = PurePosixPath(member.name).parent
    found: dict[str, str] = {}
    for other in tree:
        if PurePosixPath(other.name).parent == folder and other.size <= other.bounds.whole_bytes // 4:
            table = table_of(other)
            if table is not None and table.kind == "texts":
                for item in cells(other):
                    if not isinstance(item, InputError):
                        pieces = [item[1].get(name, "") for name in table.segments["description"]]
                        found[_cell(item[1], table, "id")] = "".join(pieces)
    return found
