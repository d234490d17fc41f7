"""Private messages of Facebook and Instagram: a file a conversation, read only where that was asked for."""

from __future__ import annotations

from collections.abc import Iterator

from policy428.errors import InputError
from policy428.exports import Options
from policy428.exports.jsonstream import records, repaired
from policy428.exports.meta.account import Account
from policy428.exports.meta.media import media_of
from policy428.exports.meta.parts import Parts, listed, mapped, words
from policy428.exports.moments import moment
from policy428.exports.posting import make_post
from policy428.exports.tree import Member, Tree
from policy428.readers import Item

_FILES = (
    *("messages/inbox/*/message_*.json", "messages/archived_threads/*/message_*.json"),
    *("messages/filtered_threads/*/message_*.json", "messages/message_requests/*/message_*.json"),
    *("messages/e2ee_cutover/*/message_*.json", "groups/your_group_messages/*.json"),
)
_INSTAGRAM = ("content/posts_*.json", "media/posts_*.json", "personal_information/personal_information.json")


def conversations(tree: Tree, platform: str) -> list[Member]:
    """The members that hold conversations on `platform`."""
    found = tree.ending(*_FILES)
    instagram = tree.first(*_INSTAGRAM) is not None
    return [
        member
        for member in found
        if ((instagram and "your_facebook_activity/" not in member.name) or "your_instagram_activity/" in member.name)
        == (platform == "instagram")
    ]


def messages(member: Member, options: Options, account: Account, platform: str) -> Iterator[Item]:
    """What the account's owner wrote in a conversation; what everybody wrote, where its name is not known."""
    own = account.author.name
    for found in records(member, "messages"):
        if isinstance(found, InputError):
            yield found
            continue
        number, record = found[0], repaired(found[1])
        sender = words(record.get("sender_name"))
        if own is not None and sender != own:
            continue
        parts = Parts()
        parts.add("content", record.get("content"))
        if record.get("content") is None:
            parts.add("share.share_text", mapped(record.get("share")).get("share_text"))
        media = [
            picture
            for key in ("photos", "videos", "audio_files", "gifs")
            for _, item in listed(record.get(key))
            if (picture := media_of(item)) is not None
        ]
        if parts or media:
            yield make_post(
                member,
                options,
                parts.text,
                platform=platform,
                record=number,
                field=parts.field,
                kind="message",
                author=account.known,
                media=media,
                time=moment(_seconds(record.get("timestamp_ms"))),
                others=own is None,
            )


def _seconds(value: object) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return value / 1000 if abs(value) < 1e15 else None
