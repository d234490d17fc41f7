"""TikTok's data file: `user_data.json`, and `user_data_tiktok.json` since 2024, whose parts have other names.

Each list lies deep in one large object and is streamed from there; upper and lower case of keys changed over the years,
a list may be null, and “N/A” stands for nothing. Facts: public readers of both layouts (see
examples/exports/tiktok/README.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, ClassVar

from policy428.errors import InputError
from policy428.exports import Options, register
from policy428.exports.jsonstream import records
from policy428.exports.moments import moment
from policy428.exports.posting import NOBODY, joined, make_post
from policy428.exports.tree import Member, Tree, suffix
from policy428.post import Author, Kind, Media
from policy428.readers import Item

_TOP = re.compile(
    rb'^(?:\xef\xbb\xbf)?\s*\{\s*"(?:(?:your )?activity|comments?|posts?|videos?|profile(?: and settings)?|'
    rb"app settings|direct messages?|ads and data|tiktok (?:live|shop|shopping)|likes and favorites|location review|"
    rb"income[\w +]*)"
    rb'"\s*:\s*(?:\{|null)',
    re.IGNORECASE,
)
_PARTS = re.compile(rb'"\w{2,60}(?:List|Map)"|tiktok', re.IGNORECASE)
_PROFILE = (
    "Profile.Profile Information.ProfileMap",
    "Profile And Settings.Profile Info.ProfileMap",
    "Profile And Settings.Profile Information.ProfileMap",
)
_MESSAGES = (
    "Direct Messages.Chat History.ChatHistory",
    "Direct Message.Direct Messages.ChatHistory",
    "Direct Message.Chat History.ChatHistory",
)
_LIVE = ("Tiktok Live.Watch Live History.WatchLiveMap",)
_VIDEO = re.compile(r"/(?:video|photo)/(\d{1,30})")


@dataclass(frozen=True, slots=True)
class _List:
    """A list of what a person wrote.

    Attributes:
        paths: where it may be; of these a file has one.
        texts: the keys of an item that hold words, in the order in which they are read.
        kind: what the words are.
        alt: the key of the picture's or video's description.
    """

    paths: tuple[str, ...]
    texts: tuple[str, ...]
    kind: Kind = "post"
    alt: str | None = None


_POSTED = ("title", "description", "addyourstext")
_LISTS = (
    _List(("Post.Posts.VideoList", "Video.Videos.VideoList", "Posts.VideoList", "Videos.VideoList"), _POSTED,
          alt="alternatetext"),
    _List(("Post.Recently Deleted Posts.PostList", "Post.Recently Deleted Posts.VideoList",
           "Post.Recently Deleted Videos.VideoList", "Video.Recently Deleted Videos.VideoList",
           "Videos.Recently Deleted Videos.VideoList"), _POSTED, alt="alternatetext"),
    _List(("Post.Story.VideoList", "Post.Story.StoryList", "Post.Story.PostList"), _POSTED, "story", "alternatetext"),
    _List(("Comment.Comments.CommentsList", "Comment.CommentsList", "Comments.CommentsList",
           "Activity.Comments.CommentsList"), ("comment",), "comment"),
    _List(("Location Review.Location Reviews.ReviewsList",), ("reviewtext",), "comment"),
    _List(("Tiktok Live.Go Live History.GoLiveList",), ("livetitle",)),
)  # fmt: skip


@register
class TikTok:
    """Captions and comments of TikTok."""

    name: ClassVar[str] = "tiktok"
    title: ClassVar[str] = "TikTok data file"
    platform: ClassVar[str] = "tiktok"
    rank: ClassVar[int] = 10

    def claims(self, tree: Tree) -> Sequence[Member]:
        return [member for member in tree if _is_data(member)]

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        for member in members:
            author, email, found = _account(member)
            if found:
                yield make_post(
                    member,
                    options,
                    author.bio or "",
                    platform="tiktok",
                    record=1,
                    field="ProfileMap.bioDescription",
                    kind="profile",
                    author=replace(author, email=email),
                    permalink=f"https://www.tiktok.com/@{author.handle}" if author.handle else None,
                )
            told: set[str] = set()
            for part in _LISTS:
                for item in _written(member, part, author, options):
                    # A file that is broken is so for every list of it: that is said once.
                    if not isinstance(item, InputError) or item.message not in told:
                        yield item
                    if isinstance(item, InputError):
                        told.add(item.message)
            yield from _live(member, author, options)
            if options.messages:
                yield from _messages(member, author, options)


def _is_data(member: Member) -> bool:
    if suffix(member) != ".json" and not member.alone:
        return False
    head = member.head()
    named = PurePosixPath(member.name).name.lower().startswith("user_data")
    return _TOP.match(head) is not None and (named or _PARTS.search(head) is not None)


def _account(member: Member) -> tuple[Author, str | None, bool]:
    """Whose data it is, the registered e-mail, and whether the file has a profile at all."""
    for item in records(member, *_PROFILE, bare=False):
        if not isinstance(item, InputError):
            profile = _lower(item[1])
            author = Author(
                name=_said(profile, "displayname", "name"),
                handle=_said(profile, "username"),
                bio=_said(profile, "biodescription", "bio"),
            )
            return author, _said(profile, "emailaddress", "email"), True
    return NOBODY, None, False


def _written(member: Member, part: _List, author: Author, options: Options) -> Iterator[Item]:
    for item in records(member, *part.paths, bare=False):
        if isinstance(item, InputError):
            yield item
            continue
        number, record = item
        entry = _lower(record)
        said = {key: text for key in part.texts if (text := _said(entry, key))}
        link = _said(entry, "link", "url") or ""
        video = _VIDEO.search(link[:2000])
        alt = _said(entry, part.alt) if part.alt else None
        place = part.paths[0].rsplit(".", 1)[1]
        media = [Media(path=link, alt=alt, kind="video")] if part.alt and (link or alt) else []
        media += [Media(path=photo)] if (photo := _said(entry, "photo")) else []
        if not said and not media:
            continue
        names = {key.casefold(): key for key in record}
        heard = "+".join(names[key] for key in said or part.texts[:1] if key in names)
        yield make_post(
            member,
            options,
            joined(*said.values()),
            platform="tiktok",
            record=number,
            field=f"{place}[{number - 1}].{heard}".rstrip("."),
            kind=part.kind,
            author=author,
            media=media,
            id=video.group(1) if video and part.alt else None,
            time=moment(_said(entry, "date", "createtime", "livestarttime")),
            permalink=link if video or part.kind == "comment" else None,
        )


def _live(member: Member, author: Author, options: Options) -> Iterator[Item]:
    """Comments and questions under other people's live videos."""
    for item in records(member, *_LIVE, bare=False):
        if isinstance(item, InputError):
            continue
        for live, watched in item[1].items():
            entry = _lower(watched) if isinstance(watched, Mapping) else {}
            for key, text in (("comments", "commentcontent"), ("questions", "questioncontent")):
                asked = entry.get(key)
                for index, one in enumerate(asked if isinstance(asked, list) else ()):
                    said = _lower(one) if isinstance(one, Mapping) else {}
                    words = _said(said, text)
                    if words:
                        yield make_post(
                            member,
                            options,
                            words,
                            platform="tiktok",
                            field=f"WatchLiveMap.{live}.{key.title()}[{index}]",
                            kind="comment",
                            author=author,
                            time=moment(_said(said, "rawtime", "commenttime", "questiontime")),
                        )


def _messages(member: Member, author: Author, options: Options) -> Iterator[Item]:
    """The private messages that the account itself sent."""
    for item in records(member, *_MESSAGES, bare=False):
        if isinstance(item, InputError):
            yield item
            continue
        talks = item[1].values()
        for number, talk in enumerate(talks, 1):
            for index, message in enumerate(talk if isinstance(talk, list) else ()):
                said = _lower(message) if isinstance(message, Mapping) else {}
                words = _said(said, "content")
                if words and (author.handle is None or said.get("from") == author.handle):
                    yield make_post(
                        member,
                        options,
                        words,
                        platform="tiktok",
                        record=number,
                        field=f"ChatHistory[{number - 1}][{index}].Content",
                        kind="message",
                        author=author,
                        time=moment(_said(said, "date")),
                    )


def _lower(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key.casefold(): value for key, value in record.items()}


def _said(entry: Mapping[str, Any], *keys: str) -> str | None:
    """The first of `keys` that says anything."""
    for key in keys:
        value = entry.get(key)
        if isinstance(value, str) and value.strip() and value.strip() != "N/A":
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return None
