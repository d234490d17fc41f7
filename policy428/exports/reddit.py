"""Reddit: the tables of “Request my data”: `posts.csv`, `comments.csv`, drafts, and messages when asked for.

Each row carries the address (`ip`) that it was written from: that column is never looked at. Files that list what was
voted on, saved or hidden hold no text and are passed over. Columns: as public importers of the export name them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import ClassVar

from policy428.errors import InputError
from policy428.exports import Options, register
from policy428.exports.moments import moment
from policy428.exports.posting import joined, make_post
from policy428.exports.table import header, rows
from policy428.exports.tree import Member, Tree, suffix
from policy428.post import Author, Kind, Media
from policy428.readers import Item
from policy428.readers.draft import media_kind

_SITE = "https://www.reddit.com"
_GONE = frozenset({"[deleted]", "[removed]"})
_COLUMNS: Mapping[Kind, frozenset[str]] = {
    "message": frozenset({"from", "to", "subject", "body"}),
    "post": frozenset({"id", "permalink", "subreddit", "title", "body"}),
    "comment": frozenset({"id", "permalink", "subreddit", "link", "body"}),
    "draft": frozenset({"id", "title", "body", "kind", "created"}),
}
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".mp4")


@register
class Reddit:
    """An account's data.

    Args:
        messages: private messages are claimed too.
    """

    name: ClassVar[str] = "reddit"
    title: ClassVar[str] = "Reddit data request"
    platform: ClassVar[str] = "reddit"
    rank: ClassVar[int] = 10

    def __init__(self, messages: bool = False) -> None:
        self.messages = messages

    def configured(self, options: Options) -> Reddit:
        """This format as `options` ask for it."""
        return Reddit(options.messages)

    def claims(self, tree: Tree) -> Sequence[Member]:
        kinds = ((member, _kind(member)) for member in tree if suffix(member) == ".csv")
        return [member for member, kind in kinds if kind is not None and (self.messages or kind != "message")]

    def aside(self, tree: Tree) -> Sequence[Member]:
        """The tables beside them: votes, settings, and private messages."""
        tables = tree.ending("*.csv")
        folders = {_folder(member) for member in tables if _kind(member) is not None}
        return [member for member in tables if _folder(member) in folders]

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        accounts = {_folder(member): _account(member) for member in tree.ending("statistics.csv")}
        for member in members:
            kind = _kind(member)
            if kind is None or (kind == "message" and not options.messages):
                continue
            author = accounts.get(_folder(member), Author())
            for item in rows(member):
                if isinstance(item, InputError):
                    yield item
                else:
                    yield from _row(member, options, kind, author, *item)


def _folder(member: Member) -> str:
    return str(PurePosixPath(member.name).parent)


def _kind(member: Member) -> Kind | None:
    """What the rows of a table are, by its columns."""
    first = member.head().split(b"\n", 1)[0].lower()
    if b"body" not in first:
        return None
    columns = {name.lower() for name in header(member)}
    return next((kind for kind, needed in _COLUMNS.items() if needed <= columns), None)


def _account(member: Member) -> Author:
    """The account's name, out of `statistics.csv`."""
    for item in rows(member):
        if not isinstance(item, InputError):
            cells = list(item[1].values())
            if len(cells) > 1 and cells[0].strip().lower().replace("_", " ") in ("account name", "username"):
                return Author(handle=cells[1].strip() or None)
    return Author()


def _row(
    member: Member, options: Options, kind: Kind, author: Author, number: int, row: Mapping[str, str]
) -> Iterator[Item]:
    row = {name.lower(): cell for name, cell in row.items()}
    parts = {name: row.get(name, "") for name in ("title", "subject", "body")}
    parts = {name: cell for name, cell in parts.items() if cell.strip() and cell.strip() not in _GONE}
    if not parts:
        return
    place = row.get("subreddit", "").strip()
    link = row.get("permalink", "").strip()
    writer = Author(handle=row["from"].strip() or None) if kind == "message" and row.get("from") else author
    # A message's writer may be anybody; the account's own name is told only where Reddit tells it.
    yield make_post(
        member,
        options,
        joined(*parts.values()),
        platform=Reddit.platform,
        record=number,
        field="+".join(parts),
        kind=kind,
        markup="markdown",
        author=writer,
        media=_media(row),
        group=f"r/{place}" if place else None,
        id=row.get("id", "").strip() or None,
        time=moment(row.get("date") or row.get("created"), utc=True),
        permalink=f"{_SITE}{link}" if link.startswith("/") else link or None,
        others=kind == "message",
    )


def _media(row: Mapping[str, str]) -> tuple[Media, ...]:
    addresses = (row.get("url", "").strip(), row.get("media", "").strip())
    return tuple(
        Media(address, kind=media_kind(address))
        for address in addresses
        if address.lower().partition("?")[0].endswith(_PICTURES)
    )
