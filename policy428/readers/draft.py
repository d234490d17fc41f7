"""One draft as one post: its text as written, and the fields that its front matter holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import PurePath
from typing import Any

from policy428.errors import InputError, Place
from policy428.markup import Markup, parse
from policy428.markup.frontmatter import leads
from policy428.post import Author, Media, Post, Source
from policy428.post import Markup as Kind
from policy428.readers import Given, Item

_VIDEO = frozenset({".mp4", ".mov", ".webm", ".m4v", ".avi", ".mkv"})
_AUDIO = frozenset({".mp3", ".m4a", ".wav", ".ogg", ".flac", ".aac"})


def media_kind(path: str) -> str:
    """`image`, `video` or `audio`, by the suffix of a media file's name."""
    suffix = PurePath(path.split("?", 1)[0].split("#", 1)[0]).suffix.lower()
    return "video" if suffix in _VIDEO else "audio" if suffix in _AUDIO else "image"


def read_draft(text: str, path: str, given: Given, markup: Kind) -> Item:
    """The post that a draft file's `text` is, or what is wrong with its front matter."""
    parsed = parse(text, markup) if markup != "text" or leads(text) else None
    record: dict[str, Any] = {"text": text}
    try:
        if parsed is not None:
            record |= _fields(parsed.front_matter)
        return make_post(record, given, Source(path), markup, parsed)
    except InputError as error:
        return InputError(error.message, place=Place(path), hint=error.hint)


def make_post(
    record: Mapping[str, Any], given: Given, source: Source, markup: Kind = "text", parsed: Markup | None = None
) -> Post:
    """A post of `record`, with what is `given` where the record is silent.

    Raises:
        InputError: a field is wrong.
    """
    known: dict[str, Any] = {"markup": markup, "authorized": given.authorized}
    if given.role is not None:
        known["role"] = given.role
    if given.group is not None:
        known["group"] = given.group
    post = Post.from_mapping(record, source=source, **known)
    shown = tuple(Media(path=src, kind=media_kind(src)) for src in parsed.images) if parsed is not None else ()
    return replace(post, author=_author(post.author, given.author), media=(*(post.media or given.media), *shown))


def _author(own: Author, given: Author) -> Author:
    return Author(
        name=own.name or given.name,
        email=own.email or given.email,
        handle=own.handle or given.handle,
        bio=own.bio or given.bio,
    )


def _fields(front: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a post that front matter holds, in the shapes that people write them in."""
    fields: dict[str, Any] = {key: front[key] for key in ("role", "media", "authorized") if key in front}
    author = front.get("author")
    if isinstance(author, list):
        author = ", ".join(item for item in author if isinstance(item, str)) or None
    if author is not None:
        fields["author"] = author
    if isinstance(fields.get("media"), str):
        fields["media"] = [fields["media"]]
    if front.get("group") is not None:
        fields["group"] = str(front["group"])
    moment = front.get("time", front.get("date"))
    if isinstance(moment, date):
        fields["time"] = moment.isoformat()
    elif isinstance(moment, str):
        fields["time"] = moment
    if isinstance(front.get("permalink"), str):
        fields["permalink"] = front["permalink"]
    fields["ignore"] = ignored(front)
    return fields


def ignored(front: Mapping[str, Any]) -> Any:
    """What front matter suppresses, `policy428: {ignore: {IV.D: why}}`, as a post's field `ignore`.

    Raises:
        InputError: there is something else under `policy428`.
    """
    own = front.get("policy428") or {}
    if not isinstance(own, Mapping) or not own.keys() <= {"ignore"}:
        raise InputError("“policy428” in front matter holds “ignore” alone", hint="policy428: {ignore: {IV.D: why}}")
    return own.get("ignore")
