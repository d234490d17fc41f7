"""Instagram's export as JSON: posts, stories, reels, archived posts, videos, comments, profile; layouts since 2018.

What is read here is what public samples and parsers show (examples/exports/instagram/README.md). A caption is the title
of the post, or of its first picture; labels in comments and in the newest layout are in the language of the account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any, ClassVar

from policy428.errors import InputError
from policy428.exports import Options, register
from policy428.exports.jsonstream import records, repaired, value
from policy428.exports.meta import beginning
from policy428.exports.meta.account import Account
from policy428.exports.meta.archive import MetaArchive
from policy428.exports.meta.captions import captions
from policy428.exports.meta.labels import comment_of, labelled
from policy428.exports.meta.media import media_of
from policy428.exports.meta.parts import Parts, listed, unfolded
from policy428.exports.moments import moment
from policy428.exports.posting import make_post
from policy428.exports.tree import Member
from policy428.post import Kind, Media
from policy428.readers import Item
from policy428.readers.draft import media_kind

PROFILES = (
    *("personal_information/personal_information.json", "account_information/personal_information.json"),
    "profile.json",
)
LISTS = (
    *("ig_posts", "ig_stories", "ig_reels_media", "ig_archived_post_media", "ig_igtv_media", "ig_other_media"),
    *("ig_profile_picture", "ig_recently_deleted_media", "comments_media_comments", "comments_reels_comments"),
    *("comments_post_comments", "comments_story_comments", "comments_media"),
)
"""Keys of the list in a file that is an object."""

_NAMED = re.compile(
    r"(?:^|/)(?:content|media)/(?:posts(?:_\d+)?|stories|reels|archived_posts|igtv_videos|other_content"
    r"|recently_deleted_content|profile_photos)\.json\Z"
    r"|(?:^|/)comments/(?:post|reels|story)_comments(?:_\d+)?\.json\Z",
    re.IGNORECASE,
)
_FIRST_KEY = re.compile(r'\A\{\s*"([^"\\]{1,100})"\s*:')
_MEDIA = re.compile(r'"media"\s*:\s*(?:\[\s*)?\{\s*"')
_ELSEWHERE = re.compile(r"/threads/|/your_facebook_activity/|_across_facebook/")
_LABELS = re.compile(
    r"(?:\A|/)(?:posts|stories|reels|comments|(?:post|reels|archived)_\w{1,20})(?:_\d{1,4})?\.\w{1,5}\Z"
)
_COMMENT = re.compile(r'"string_map_data"\s*:')
_ROOT = re.compile(r"(?:^|/)instagram-([a-z0-9._]{1,30})-\d{4,8}(?:-\d\d-\d\d)?(?:-[A-Za-z0-9]+)?(?=/|\.zip|\Z)")
_KNOWN = frozenset("media uri title creation_timestamp string_map_data string_list_data label_values".split())
_OLD_LISTS = ("photos", "videos", "stories", "profile")
_HOSTS = ("instagram.com/", "instagr.am/")


@register
class Instagram(MetaArchive):
    """Posts, stories, reels, comments and the profile of an Instagram account, from JSON."""

    name: ClassVar[str] = "instagram"
    title: ClassVar[str] = "Instagram, Export your information (JSON)"
    platform: ClassVar[str] = "instagram"
    rank: ClassVar[int] = 10
    profiles: ClassVar[tuple[str, ...]] = PROFILES

    def owner(self, account: Account, member: Member) -> Account:
        return named(account, member)

    def holds_posts(self, member: Member) -> bool:
        return _claimed(member)

    def is_profile(self, member: Member) -> bool:
        return _is_profile(member)

    def posts(self, member: Member, options: Options, account: Account) -> Iterator[Item]:
        yield from _Reader(member, options, account).items()


def named(account: Account, member: Member) -> Account:
    """The account with the handle that the archive of `member` is named by, where its profile does not tell one."""
    if account.author.handle is not None:
        return account
    found = _ROOT.search(member.name) or _ROOT.search(member.source.replace("\\", "/"))
    return account.called(found[1]) if found else account


def kind_of(name: str, key: str = "") -> Kind:
    """What the records of the file called `name` are, or of the list under `key`."""
    said = f"{PurePosixPath(name).name} {key}".lower()
    if "comments" in said:
        return "comment"
    return "story" if "stories" in said or "story" in said else "post"


def _claimed(member: Member) -> bool:
    if _is_profile(member):
        return True
    head = beginning(member)
    if _ELSEWHERE.search(f"/{member.name}") or "text_post_app_" in head:
        return False
    if _NAMED.search(member.name):
        return True
    found = _FIRST_KEY.match(head)
    if found and found[1] in LISTS:
        return True
    if _is_old(head):
        return True
    if '"label_values"' in head:
        # Likes, searches and much else of both platforms are written so.
        return "instagram.com/" in head and _LABELS.search(member.name) is not None
    if _MEDIA.search(head) and '"creation_timestamp"' in head and (found is None or found[1] in _KNOWN):
        return '"attachments"' not in head
    return (
        bool(_COMMENT.search(head))
        and "liked" not in member.name
        and ("comments" in PurePosixPath(member.name).name or '"Media Owner"' in head)
        and (found is None or "comment" in found[1])
    )


def _is_profile(member: Member) -> bool:
    head = beginning(member)
    found = _FIRST_KEY.match(head)
    if found is None:
        return False
    if found[1] == "profile_user":
        return True
    return PurePosixPath(member.name).name == "profile.json" and '"biography"' in head and '"username"' in head


def _is_old(head: str) -> bool:
    """Whether a file is one of those that Instagram wrote until 2019: media.json, comments.json."""
    found = _FIRST_KEY.match(head)
    if found is None:
        return False
    if found[1] in _OLD_LISTS:
        return '"taken_at"' in head and '"path"' in head
    return found[1] in ("media_comments", "live_comments") and head.rstrip().startswith("{")


class _Reader:
    """Reads one file."""

    def __init__(self, member: Member, options: Options, account: Account) -> None:
        self._member = member
        self._options = options
        self._author = account.known

    def items(self) -> Iterator[Item]:
        head = beginning(self._member)
        if _is_old(head):
            yield from self._old_comments() if '_comments"' in head[:40] else self._old_media()
            return
        found = _FIRST_KEY.match(head)
        key = found[1] if found and found[1] in LISTS else ""
        kind = kind_of(self._member.name, key)
        for record in records(self._member, *((key,) if key else LISTS)):
            if isinstance(record, InputError):
                yield record
                continue
            number, whole = record
            inner = unfolded(whole, _KNOWN)
            if whole and not inner:
                yield self._member.error("not a record of a layout that is known", record=number)
            for count, item in enumerate(inner, number):
                yield from self._record(kind, count, repaired(item))

    def _record(self, kind: Kind, number: int, record: dict[str, Any]) -> Iterator[Item]:
        if "string_map_data" in record:
            label, text, time, owner = comment_of(record["string_map_data"])
            parts = Parts()
            parts.add(f"string_map_data.{label}.value", text)
            shown = [shot for _, item in listed(record.get("media_list_data")) if (shot := media_of(item))]
            if parts or shown:
                yield self._made(number, parts, "comment", time or record.get("timestamp"), shown, record, owner=owner)
        elif "label_values" in record:
            found = labelled(record["label_values"], _HOSTS)
            own, media, time = captions(record)
            if not found.parts:
                found.parts = own
            if found.parts or media or found.media:
                yield self._made(
                    number,
                    found.parts,
                    kind,
                    record.get("timestamp") or time or found.time,
                    media or found.media,
                    record,
                    permalink=found.permalink,
                )
        elif "string_list_data" in record:
            yield from self._listed(number, record)
        else:
            parts, media, time = captions(record)
            if parts or media:
                yield self._made(number, parts, kind, time, media, record)
            if parts.odd:
                yield self._member.error("the text is no text", record=number)

    def _listed(self, number: int, record: dict[str, Any]) -> Iterator[Item]:
        """Comments as they were written for a while: a list of values, under the name of whose picture it is."""
        for index, entry in listed(record.get("string_list_data")):
            parts = Parts()
            parts.add(f"string_list_data[{index}].value", entry.get("value"))
            if parts:
                yield self._made(number, parts, "comment", entry.get("timestamp"), (), record)

    def _old_media(self) -> Iterator[Item]:
        try:
            whole = repaired(value(self._member))
        except InputError as error:
            yield error
            return
        number = 0
        for key in _OLD_LISTS:
            for index, item in listed(whole.get(key)):
                number += 1
                parts = Parts()
                parts.add(f"{key}[{index}].caption", item.get("caption"))
                path = item.get("path")
                shown = [Media(path=path, kind=media_kind(path))] if isinstance(path, str) else []
                kind: Kind = "story" if key == "stories" else "post"
                yield self._made(number, parts, kind, item.get("taken_at"), shown, {})

    def _old_comments(self) -> Iterator[Item]:
        try:
            whole = repaired(value(self._member))
        except InputError as error:
            yield error
            return
        number = 0
        for key, rows in whole.items():
            for index, row in enumerate(rows if isinstance(rows, list) else ()):
                number += 1
                if not (isinstance(row, list) and len(row) >= 2 and isinstance(row[1], str)):
                    yield self._member.error("not a comment", record=number)
                    continue
                parts = Parts()
                parts.add(f"{key}[{index}][1]", row[1])
                if parts:
                    yield self._made(number, parts, "comment", row[0], (), {})

    def _made(
        self,
        number: int,
        parts: Parts,
        kind: Kind,
        time: Any,
        media: Sequence[Media],
        record: dict[str, Any],
        *,
        owner: str | None = None,
        permalink: str | None = None,
    ) -> Item:
        known = record.get("fbid")
        return make_post(
            self._member,
            self._options,
            parts.text,
            platform=Instagram.platform,
            record=number,
            field=parts.field,
            kind=kind,
            author=self._author,
            media=media,
            group=owner,
            id=str(known) if isinstance(known, str | int) else None,
            time=moment(time),
            permalink=permalink,
        )
