"""Slack: a workspace's export, one folder a channel, one file a day.

`channels.json` lists public channels, `groups.json`, `dms.json` and `mpims.json` private ones: what was written there
are private messages. `users.json` gives names for the ids. E-mail addresses in it are left alone: the workspace gives
them to its members, so they say nothing of an account of one's own. Layout: Slack's help page “How to read Slack data
exports”.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, ClassVar

from policy428.errors import InputError
from policy428.exports import Options, register
from policy428.exports.jsonstream import records
from policy428.exports.moments import moment
from policy428.exports.posting import joined, make_post
from policy428.exports.tree import Member, Tree, suffix
from policy428.post import Author, Kind, Media
from policy428.readers import Item
from policy428.readers.draft import media_kind

_DAY = re.compile(r"\A\d{4}-\d{2}-\d{2}\.json\Z")
_LISTS = {"channels.json": False, "groups.json": True, "dms.json": True, "mpims.json": True}
_PRIVATE_FOLDER = re.compile(r"\A(?:D[A-Z0-9]{8,12}|mpdm-.{1,200})\Z")
_MARKED = re.compile(r"<([^<>]{1,3000})>")
_TOLD = {"channel_topic": "topic", "channel_purpose": "purpose", "group_topic": "topic", "group_purpose": "purpose"}
_WRITTEN = frozenset(
    {
        "bot_message",
        "me_message",
        "thread_broadcast",
        "file_share",
        "file_comment",
        "message_replied",
        "reply_broadcast",
    }
)
_MOST_NAMES = 1_000_000


@dataclass(slots=True)
class _Workspace:
    """Names by id, and which folders are private."""

    people: dict[str, Author] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)
    private: dict[str, bool] = field(default_factory=dict)


@register
class Slack:
    """A workspace's export.

    Args:
        messages: private channels and direct messages are claimed too.
    """

    name: ClassVar[str] = "slack"
    title: ClassVar[str] = "Slack workspace export"
    platform: ClassVar[str] = "slack"
    rank: ClassVar[int] = 10

    def __init__(self, messages: bool = False) -> None:
        self.messages = messages

    def configured(self, options: Options) -> Slack:
        """This format as `options` ask for it."""
        return Slack(options.messages)

    def claims(self, tree: Tree) -> Sequence[Member]:
        days = [member for member in tree if _is_day(member)]
        if not days:
            return []
        workspaces = _workspaces(tree, names=False)
        claimed = [member for member in days if self.messages or not _private(member, workspaces)]
        users = [m for m in tree.ending("users.json") if any(_root(day) == _folder(m) for day in days)]
        return [*users, *claimed]

    def aside(self, tree: Tree) -> Sequence[Member]:
        """The lists beside the channels, and private messages."""
        roots = {_root(member) for member in tree if _is_day(member)}
        return [member for member in tree.ending("*.json") if _folder(member) in roots or _is_day(member)]

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        workspaces = _workspaces(tree, names=True)
        for member in members:
            if PurePosixPath(member.name).name.lower() == "users.json":
                yield from _profiles(member, options)
                continue
            private = _private(member, workspaces)
            if private and not options.messages:
                continue
            yield from _day(member, options, workspaces.get(_root(member), _Workspace()), private)


def _folder(member: Member) -> str:
    return str(PurePosixPath(member.name).parent)


def _root(member: Member) -> str:
    """The folder of the export that a day's file lies in, two levels up."""
    return str(PurePosixPath(member.name).parent.parent)


def _is_day(member: Member) -> bool:
    if suffix(member) != ".json" or not _DAY.match(PurePosixPath(member.name).name):
        return False
    head = member.head()
    return b'"ts"' in head or (b'"type"' in head and b'"message"' in head) or head.strip() in (b"[]", b"null")


def _private(member: Member, workspaces: Mapping[str, _Workspace]) -> bool:
    if member.alone:
        return False
    folder = PurePosixPath(member.name).parent.name
    known = workspaces.get(_root(member))
    listed = known.private.get(folder) if known is not None else None
    return bool(_PRIVATE_FOLDER.match(folder)) if listed is None else listed


def _workspaces(tree: Tree, *, names: bool) -> dict[str, _Workspace]:
    """What is told beside the messages, by the folder that it lies in."""
    found: dict[str, _Workspace] = {}
    for file, private in _LISTS.items():
        for member in tree.ending(file):
            workspace = found.setdefault(_folder(member), _Workspace())
            for _, channel in _good(member):
                number, name = _text(channel.get("id")), _text(channel.get("name"))
                for folder in filter(None, (name, number)):
                    if len(workspace.private) < _MOST_NAMES:
                        # Told twice, the more careful reading counts.
                        workspace.private[folder] = private or workspace.private.get(folder, False)
                if number and name and not private:
                    workspace.channels[number] = name
    if names:
        for member in tree.ending("users.json"):
            workspace = found.setdefault(_folder(member), _Workspace())
            for _, user in _good(member):
                if (number := _text(user.get("id"))) and len(workspace.people) < _MOST_NAMES:
                    workspace.people[number] = _person(user)
    return found


def _good(member: Member) -> Iterator[tuple[int, Any]]:
    for item in records(member):
        if not isinstance(item, InputError):
            yield item


def _person(user: Mapping[str, Any]) -> Author:
    profile = _mapping(user.get("profile"))
    name = _text(profile.get("real_name")) or _text(user.get("real_name")) or _text(profile.get("display_name"))
    bio = joined(_text(profile.get("title")), _text(profile.get("status_text")))
    return Author(name or None, handle=_text(user.get("name")) or None, bio=html.unescape(bio) or None)


def _profiles(member: Member, options: Options) -> Iterator[Item]:
    """What people say of themselves beside their names."""
    for item in records(member):
        if isinstance(item, InputError):
            yield item
            continue
        number, user = item
        person = _person(user)
        if person.bio:
            yield make_post(
                member,
                options,
                person.bio,
                platform=Slack.platform,
                record=number,
                field="profile.title+status_text",
                kind="profile",
                author=person,
                id=_text(user.get("id")) or None,
                others=True,
            )


def _day(member: Member, options: Options, workspace: _Workspace, private: bool) -> Iterator[Item]:
    channel = None if member.alone else PurePosixPath(member.name).parent.name
    for item in records(member, "messages"):
        if isinstance(item, InputError):
            yield item
            continue
        number, message = item
        inner = message.get("message")
        if message.get("subtype") == "message_changed" and isinstance(inner, dict):
            message = inner
        yield from _message(member, options, workspace, private, channel, number, message)


def _message(
    member: Member,
    options: Options,
    workspace: _Workspace,
    private: bool,
    channel: str | None,
    number: int,
    message: Mapping[str, Any],
) -> Iterator[Item]:
    parts = _parts(message, workspace)
    media = tuple(_media(file) for file in _objects(message.get("files")))
    if not parts and not any(part.alt for part in media):
        return
    stamp = _text(message.get("ts"))
    thread = _text(message.get("thread_ts"))
    kind: Kind = "message" if private else "comment" if thread and thread != stamp else "post"
    yield make_post(
        member,
        options,
        joined(*parts.values()),
        platform=Slack.platform,
        record=number,
        field="+".join(parts) or "files",
        kind=kind,
        author=_author(message, workspace),
        media=media,
        group=channel,
        id=(f"{channel}/{stamp}" if channel else stamp) if stamp else None,
        time=moment(stamp),
        permalink=_text(message.get("permalink")) or None,
        others=True,
    )


def _parts(message: Mapping[str, Any], workspace: _Workspace) -> dict[str, str]:
    """What a person wrote in a message, by field."""
    subtype = _text(message.get("subtype"))
    if subtype in _TOLD:
        told = html.unescape(_text(message.get(_TOLD[subtype])))
        return {_TOLD[subtype]: told} if told.strip() else {}
    if subtype and subtype not in _WRITTEN:
        return {}  # somebody came, left, pinned: Slack's words
    parts = {"text": _plain(_text(message.get("text")), workspace)}
    if not parts["text"].strip():
        parts["text"] = ""
        for at, block in enumerate(_objects(message.get("blocks"))):
            parts[f"blocks[{at}]"] = _block(block, workspace)
        if subtype == "bot_message" or message.get("bot_id"):
            # Of people, attachments are what a link or another's message shows.
            for at, shown in enumerate(_objects(message.get("attachments"))):
                texts = (_plain(_text(shown.get(key)), workspace) for key in ("pretext", "title", "text"))
                parts[f"attachments[{at}]"] = joined(*texts)
    for at, file in enumerate(_objects(message.get("files"))):
        title, name = _text(file.get("title")), _text(file.get("name"))
        comment = _text(_mapping(file.get("initial_comment")).get("comment"))
        written = _text(file.get("preview")) if file.get("mode") in ("snippet", "post", "space") else ""
        parts[f"files[{at}]"] = html.unescape(joined(title or name, comment, written))
    return {name: value for name, value in parts.items() if value.strip()}


def _block(block: Any, workspace: _Workspace, depth: int = 0) -> str:
    """The text of a block of layout, as plain text."""
    if not isinstance(block, dict) or depth > 20:
        return ""
    kind = block.get("type")
    if kind == "user":
        return _plain(f"<@{_text(block.get('user_id'))}>", workspace)
    if kind == "link":
        return _text(block.get("text")) or _text(block.get("url"))
    if kind == "emoji":
        return f":{_text(block.get('name'))}:"
    own = block.get("text")
    inner = [_block(own, workspace, depth + 1)] if isinstance(own, dict) else [_text(own)]
    for key in ("elements", "fields"):
        inner += [_block(part, workspace, depth + 1) for part in _objects(block.get(key))]
    between = "\n" if kind in ("rich_text", "rich_text_list", "section", "context") else ""
    return between.join(part for part in inner if part)


def _plain(text: str, workspace: _Workspace) -> str:
    """A text without Slack's marks: names for ids, labels and addresses for links."""
    return html.unescape(_MARKED.sub(lambda found: _unmarked(found.group(1), workspace), text))


def _unmarked(mark: str, workspace: _Workspace) -> str:
    target, _, label = mark.partition("|")
    if target.startswith("@"):
        person = workspace.people.get(target[1:])
        return "@" + (label or (person.name or person.handle if person else None) or target[1:])
    if target.startswith("#"):
        return "#" + (label or workspace.channels.get(target[1:], target[1:]))
    if target.startswith("!"):
        return label or "@" + target[1:].partition("^")[0]
    target = target.removeprefix("mailto:").removeprefix("tel:")
    return f"{label} {target}" if label and label != target and label not in target else target


def _media(file: Mapping[str, Any]) -> Media:
    name = _text(file.get("name")) or _text(file.get("title"))
    kind = _text(file.get("mimetype")).partition("/")[0]
    kind = kind if kind in ("image", "video", "audio") else media_kind(name)
    return Media(name, html.unescape(_text(file.get("alt_txt"))) or None, kind)


def _author(message: Mapping[str, Any], workspace: _Workspace) -> Author:
    known = workspace.people.get(_text(message.get("user")))
    if known is not None:
        return known
    profile = _mapping(message.get("user_profile")) or _mapping(message.get("bot_profile"))
    name = _text(profile.get("real_name")) or _text(profile.get("name")) or _text(message.get("username"))
    return Author(name or None)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
