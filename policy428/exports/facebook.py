"""Facebook's “Download your information” as JSON: posts, comments, groups, stories, photos, albums, profile.

The layout has changed often and has no public schema; what is read here is what public samples and parsers show
(examples/exports/facebook/README.md). Files are known by what stands in them; their names tell of what kind a list is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, ClassVar

from policy428.errors import InputError
from policy428.exports import Options, register
from policy428.exports.jsonstream import records, repaired
from policy428.exports.meta import beginning
from policy428.exports.meta.account import Account
from policy428.exports.meta.archive import MetaArchive
from policy428.exports.meta.attached import attached
from policy428.exports.meta.labels import labelled
from policy428.exports.meta.media import media_of
from policy428.exports.meta.parts import Parts, listed, mapped, unfolded, words
from policy428.exports.moments import moment
from policy428.exports.posting import make_post
from policy428.exports.tree import Member
from policy428.post import Author, Kind, Media, Post
from policy428.readers import Item

PROFILES = ("profile_information/profile_information.json", "profile_information.json")
_OWN = frozenset(
    "status_updates wall_posts_sent_by_you group_posts_v2 group_posts group_comments_v2 group_comments comments_v2 "
    "anonymous_author_posts pending_posts_v2 archived_stories_v2 other_photos_v2 videos_v2 archive_v2 trash_v2 "
    "notes_v2 posts_v2 lasso_videos_v2 items_selling_v2 your_events_v2".split()
)
"""Keys of the list in a file that is an object, which no other platform uses."""

_COMMON = frozenset("posts comments photos videos other_photos archived_stories notes name".split())
"""Others that Facebook uses too."""

_NAMED = re.compile(
    r"(?:your_posts?|profile_posts|posts_on_other|edits_you_made|your_uncategorized|uncategorized_photos|your_videos"
    r"|group_posts_and|your_comments_in_gr|your_pending_posts|anonymous_posts|archived_stories)[^/]*\Z"
    r"|(?:^|/)comments_and_reactions/comments[^/]*\Z|(?:^|/)album/\d{1,6}\.json\Z|(?:^|/)check[-_]?ins[^/]*\Z"
    r"|(?:^|/)posts/(?:archive|trash|shared_memories|content_shared)[^/]*\Z",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"(?:^|/)(?:your_instagram_activity|threads|messages)/|(?:likes?|liked|reactions?|saved|search|ads?|viewed)_[^/]*\Z"
    r"|(?:reactions|searches|saved)\.json\Z",
    re.IGNORECASE,
)
_LABELS = re.compile(r"(?:\A|/)(?:posts|comments|stories)(?:_\d{1,4})?\.\w{1,5}\Z")
_FIRST_KEY = re.compile(r'\A\{\s*"([^"\\]{1,100})"\s*:\s*(?:\{\s*"([^"\\]{1,100})"\s*:\s*\[)?')
_POST = re.compile(r'"data"\s*:\s*\[\s*(?:\{\s*\}\s*,\s*)*\{\s*"(?:post|comment|backdated_timestamp|update_timestamp)"')
_ATTACHED = re.compile(r'"attachments"\s*:\s*\[\s*\{\s*"data"')
_PHOTO = re.compile(r'"(?:photos|other_photos|videos)"\s*:\s*\[')
_GROUP = re.compile(r" posted (?:[^.]{1,60} )?in (?P<group>.{1,200}?)\.?\Z")
_KNOWN = frozenset(
    "timestamp data attachments title tags label_values media fbid uri creation_timestamp description text name photos "
    "cover_photo last_modified_timestamp created_timestamp updated_timestamp comments".split()
)
_HOSTS = ("facebook.com/", "fb.com/", "fb.watch/")


@register
class Facebook(MetaArchive):
    """Posts, comments, photos and the profile of a Facebook account, from JSON."""

    name: ClassVar[str] = "facebook"
    title: ClassVar[str] = "Facebook, Download your information (JSON)"
    platform: ClassVar[str] = "facebook"
    rank: ClassVar[int] = 10
    profiles: ClassVar[tuple[str, ...]] = PROFILES

    def holds_posts(self, member: Member) -> bool:
        return _claimed(member)

    def is_profile(self, member: Member) -> bool:
        return _is_profile(member)

    def posts(self, member: Member, options: Options, account: Account) -> Iterator[Item]:
        yield from _Reader(member, options, account).items()


def kind_of(name: str, key: str = "") -> Kind:
    """What the records of the file called `name` are, by the `key` of its list, else by its name."""
    plain = key or PurePosixPath(name).name.lower()
    if "pending" in plain or "draft" in plain or "scheduled" in plain:
        return "draft"
    if "stories" in plain or "story" in plain:
        return "story"
    if "comments" in plain and "posts" not in plain:
        return "comment"
    return "post"


def _claimed(member: Member) -> bool:
    if _is_profile(member):
        return True
    if _ELSEWHERE.search(member.name):
        return False
    if _NAMED.search(member.name):
        return True
    head = beginning(member)
    found = _FIRST_KEY.match(head)
    shaped = bool('"timestamp"' in head and (_POST.search(head) or _ATTACHED.search(head)))
    if found is None:
        if '"label_values"' in head:
            # Likes, searches and much else of both platforms are written so.
            return "instagram.com/" not in head and _LABELS.search(member.name) is not None
        return shaped and head.startswith("[")
    if found[1] in _OWN:
        return True
    if found[1] in _COMMON:
        return shaped or bool('"uri"' in head and '"creation_timestamp"' in head and _PHOTO.search(head))
    return shaped and found[1] in ("timestamp", "data", "attachments", "title")


def _is_profile(member: Member) -> bool:
    head = beginning(member)
    return bool((found := _FIRST_KEY.match(head)) and found[1] in ("profile_v2", "profile")) and '"name"' in head


def _keys(member: Member) -> tuple[str, ...]:
    """Where the list of records stands in the file; none where the whole file is one record or a list."""
    found = _FIRST_KEY.match(beginning(member))
    if found is None or found[1] not in _OWN | _COMMON - {"name", "photos"}:
        return ()
    return (f"{found[1]}.{found[2]}",) if found[2] else (found[1],)


class _Reader:
    """Reads one file."""

    def __init__(self, member: Member, options: Options, account: Account) -> None:
        self._member = member
        self._options = options
        self._account = account
        self._keys = _keys(member)
        self._kind = kind_of(member.name, self._keys[0] if self._keys else "")

    def items(self) -> Iterator[Item]:
        for found in records(self._member, *self._keys):
            if isinstance(found, InputError):
                yield found
                continue
            number, record = found
            inner = unfolded(record, _KNOWN)
            if record and not inner:
                yield self._member.error("not a record of a layout that is known", record=number)
            for count, item in enumerate(inner, number):
                yield from self._record(count, repaired(item))

    def _record(self, number: int, record: dict[str, Any]) -> Iterator[Item]:
        if isinstance(record.get("photos"), list) or "cover_photo" in record:
            yield from self._album(number, record)
        elif "label_values" in record:
            yield from self._labels(number, record)
        elif "uri" in record and "data" not in record:
            yield from self._photo(number, record, "")
        else:
            yield from self._post(number, record)

    def _post(self, number: int, record: dict[str, Any]) -> Iterator[Item]:
        parts, theirs, media = Parts(), Parts(), []
        kind, author = self._kind, self._account.known
        group = _group(record.get("title")) if "group" in self._member.name else None
        time = record.get("timestamp") or record.get("created_timestamp")
        if "data" not in record and "attachments" not in record:
            # Notes, things for sale, events: their own words stand in the record itself.
            time = time or record.get("create_timestamp") or record.get("updated_timestamp")
            for field in (
                ("title", "name", "text", "description") if "text" in record or "description" in record else ()
            ):
                parts.add(field, record.get(field))
            media += [found for _, item in listed(record.get("media")) if (found := media_of(item))]
        for index, entry in listed(record.get("data")):
            parts.add(f"data[{index}].post", entry.get("post"))
            group = words(mapped(entry.get("group")).get("name")) or words(entry.get("group")) or group
            comment = mapped(entry.get("comment"))
            if comment:
                kind = "comment"
                parts.add(f"data[{index}].comment.comment", comment.get("comment"))
                group = words(comment.get("group")) or group
                author = self._author(words(comment.get("author")))
                time = time or comment.get("timestamp")
            elif words(entry.get("comment")):
                kind = "comment"
                parts.add(f"data[{index}].comment", entry["comment"])
        for outer, attachment in listed(record.get("attachments")):
            for inner, entry in listed(attachment.get("data")):
                attached(f"attachments[{outer}].data[{inner}]", entry, parts, theirs, media)
        if parts or media:
            yield self._made(number, parts, kind, time, media, group=group, author=author, record=record)
        elif theirs:
            yield self._made(number, theirs, "reshare", time, (), group=group, author=author, record=record)
        if parts.odd:
            yield self._member.error("the text is no text", record=number)

    def _labels(self, number: int, record: dict[str, Any]) -> Iterator[Item]:
        found = labelled(record["label_values"], _HOSTS)
        media = [media for _, item in listed(record.get("media")) if (media := media_of(item))] + found.media
        for index, item in listed(record.get("media")):
            found.parts.add(f"media[{index}].description", item.get("description"))
        if found.parts or media:
            time = record.get("timestamp") or found.time
            edit = PurePosixPath(self._member.name).name.startswith("edits_")
            yield self._made(
                number, found.parts, self._kind, time, media, record=record, permalink=found.permalink, edit=edit
            )

    def _album(self, number: int, record: dict[str, Any]) -> Iterator[Item]:
        parts = Parts()
        parts.add("name", record.get("name"))
        parts.add("description", record.get("description"))
        if parts:
            yield self._made(number, parts, "post", record.get("last_modified_timestamp"), (), record=record)
        for index, photo in listed(record.get("photos")):
            yield from self._photo(number, photo, f"photos[{index}].")

    def _photo(self, number: int, photo: dict[str, Any], where: str) -> Iterator[Item]:
        parts, media = Parts(), media_of(photo)
        if media is not None and media.kind == "video":
            parts.add(f"{where}title", photo.get("title"))
        parts.add(f"{where}description", photo.get("description"))
        time = photo.get("creation_timestamp")
        if parts or media is not None:
            shown = () if media is None else (media,)
            field = parts.field or f"{where}uri"
            yield self._made(number, parts, self._kind, time, shown, record=photo, field=field)
        for index, comment in listed(photo.get("comments")):
            # Most comments under a picture are other people's; whose export it is, is judged.
            if comment.get("author") == self._account.author.name and words(comment.get("comment")):
                own = Parts()
                own.add(f"{where}comments[{index}].comment", comment["comment"])
                yield self._made(number, own, "comment", comment.get("timestamp"), (), record={})

    def _made(
        self,
        number: int,
        parts: Parts,
        kind: Kind,
        time: Any,
        media: Sequence[Media],
        *,
        record: Mapping[str, Any],
        group: str | None = None,
        author: Author | None = None,
        permalink: str | None = None,
        edit: bool = False,
        field: str | None = None,
    ) -> Post:
        known = str(record["fbid"]) if isinstance(record.get("fbid"), str | int) else None
        return make_post(
            self._member,
            self._options,
            parts.text,
            platform=Facebook.platform,
            record=number,
            field=parts.field or field,
            kind=kind,
            author=author or self._account.known,
            media=media,
            group=group,
            # One post may have been edited several times, and stands in another file as it was.
            id=f"{known}#edit-{time}" if known and edit else known,
            time=moment(time),
            permalink=permalink,
        )

    def _author(self, name: str | None) -> Author:
        """Who wrote a comment: the account, or a page in whose name its owner wrote."""
        known = self._account.known
        if name is None or name == known.name:
            return known
        return Author(name=name) if known.name else replace(known, name=name)


def _group(title: Any) -> str | None:
    """The group that the sentence over a post names, where it is English."""
    found = _GROUP.search(title) if isinstance(title, str) else None
    return found["group"] if found else None
