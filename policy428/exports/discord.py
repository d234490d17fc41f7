"""Discord: the data package, `messages/c<id>/messages.json` (until 2023 `.csv`) beside `channel.json`.

The package holds what its owner wrote, nobody else's words. A channel without a server around it, or one that nothing
is known of, is private: its messages are read when asked for. Names of folders are in the owner's language in newer
packages, those of columns are not. Layout: the package's own README and public readers of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, ClassVar

from policy428.errors import InputError
from policy428.exports import Options, register
from policy428.exports.jsonstream import records, value
from policy428.exports.moments import moment
from policy428.exports.posting import make_post
from policy428.exports.table import rows
from policy428.exports.tree import Member, Tree
from policy428.post import Author, Media
from policy428.readers import Item
from policy428.readers.draft import media_kind

_COLUMNS = (b"ID", b"Timestamp", b"Contents")
_PRIVATE_TYPES = frozenset({"DM", "GROUP_DM", "1", "3"})
_PRIVATE_NAMES = ("direct message with", "group dm", "none", "unknown")
_SITE = "https://discord.com/channels"


@dataclass(frozen=True, slots=True)
class _Channel:
    id: str = ""
    group: str | None = None
    server: str = ""
    private: bool = True


@register
class Discord:
    """An account's data package.

    Args:
        messages: private messages are claimed too.
    """

    name: ClassVar[str] = "discord"
    title: ClassVar[str] = "Discord data package"
    platform: ClassVar[str] = "discord"
    rank: ClassVar[int] = 10

    def __init__(self, messages: bool = False) -> None:
        self.messages = messages

    def configured(self, options: Options) -> Discord:
        """This format as `options` ask for it."""
        return Discord(options.messages)

    def claims(self, tree: Tree) -> Sequence[Member]:
        found = [member for member in tree.ending("messages.json", "messages.csv") if _fits(member)]
        if not self.messages and found:
            told = _told(tree)
            found = [member for member in found if not _channel(member, told).private]
        return [*_accounts(tree), *found] if found else []

    def aside(self, tree: Tree) -> Sequence[Member]:
        """What tells of the channels, and private messages."""
        return tree.ending("messages.json", "messages.csv", "channel.json", "index.json")

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        told = _told(tree)
        author = Author()
        for member in _accounts(tree):
            account = _object(member)
            author = _author(account)
            if any(other is member or other.name == member.name for other in members):
                email = _text(account.get("email"))
                yield make_post(
                    member,
                    options,
                    author.bio or "",
                    platform=Discord.platform,
                    record=1,
                    field="email" if not author.bio else "bio",
                    kind="profile",
                    author=Author(author.name, email or None, author.handle, author.bio),
                    id=_text(account.get("id")) or None,
                )
        for member in members:
            if not _fits(member):
                continue
            channel = _channel(member, told)
            if channel.private and not options.messages:
                continue
            for item in rows(member) if member.name.lower().endswith(".csv") else records(member):
                if isinstance(item, InputError):
                    yield item
                else:
                    yield from _message(member, options, channel, author, *item)


def _fits(member: Member) -> bool:
    head = member.head()
    if member.name.lower().endswith(".csv"):
        first = head.split(b"\n", 1)[0]
        return all(name in first for name in _COLUMNS)
    return member.name.lower().endswith("messages.json") and (
        all(b'"%s"' % name in head for name in _COLUMNS) or (head.strip() == b"[]" and not member.alone)
    )


def _told(tree: Tree) -> dict[str, Mapping[str, Any]]:
    """What is told of channels: `channel.json` by its folder, `index.json` by the folder around that."""
    told: dict[str, Mapping[str, Any]] = {}
    for member in tree.ending("channel.json", "messages/index.json", "index.json"):
        told[str(PurePosixPath(member.name))] = _object(member)
    return told


def _object(member: Member | None) -> Mapping[str, Any]:
    if member is None:
        return {}
    try:
        found = value(member)
    except InputError:
        return {}
    return found if isinstance(found, dict) else {}


def _channel(member: Member, told: Mapping[str, Mapping[str, Any]]) -> _Channel:
    folder = PurePosixPath(member.name).parent
    channel = told.get(str(folder / "channel.json"), {})
    number = _text(channel.get("id")) or folder.name.removeprefix("c")
    listed = _text(told.get(str(folder.parent / "index.json"), {}).get(number))
    server = channel.get("guild")
    server = server if isinstance(server, dict) else {}
    name = _text(channel.get("name"))
    kind = _text(channel.get("type"))
    if server:
        private = False
    elif kind in _PRIVATE_TYPES or channel.get("recipients"):
        private = True
    elif kind:
        private = False
    else:
        private = not listed or listed.lower().startswith(_PRIVATE_NAMES)
    group = ", ".join(part for part in (name, _text(server.get("name"))) if part) or listed
    return _Channel(number, group or None, _text(server.get("id")), private)


def _accounts(tree: Tree) -> list[Member]:
    return [member for member in tree.ending("user.json") if b'"username"' in member.head(2**16)]


def _author(account: Mapping[str, Any]) -> Author:
    handle = _text(account.get("username"))
    profile = account.get("user_profile_metadata")
    bio = _text(account.get("bio")) or _text(profile.get("bio") if isinstance(profile, dict) else None)
    return Author(_text(account.get("global_name")) or None, None, handle or None, bio or None)


def _message(
    member: Member, options: Options, channel: _Channel, author: Author, number: int, message: Mapping[str, Any]
) -> Iterator[Item]:
    text = message.get("Contents")
    attached = message.get("Attachments")
    if text is not None and not isinstance(text, str):
        yield member.error("the message's “Contents” are no text", record=number)
        return
    media = tuple(Media(url, kind=media_kind(url)) for url in attached.split()) if isinstance(attached, str) else ()
    if not text or not text.strip():
        return
    own = _text(message.get("ID"))
    server = channel.server or ("@me" if channel.private else "")
    yield make_post(
        member,
        options,
        text,
        platform=Discord.platform,
        record=number,
        field="Contents",
        kind="message" if channel.private else "post",
        markup="markdown",
        author=author,
        media=media,
        group=channel.group,
        id=own or None,
        time=moment(message.get("Timestamp"), utc=True),
        permalink=f"{_SITE}/{server}/{channel.id}/{own}" if server and channel.id.isdigit() and own else None,
    )


def _text(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**30:
        return str(value)
    return value if isinstance(value, str) else ""
