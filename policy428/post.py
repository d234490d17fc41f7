"""A post: the text to be published and what is known around it. Plain data; nothing here knows formats or rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from policy428.errors import InputError, did_you_mean

Role = Literal["personal", "classroom", "official"]
ROLES: tuple[Role, ...] = ("personal", "classroom", "official")
MEDIA_KINDS = ("image", "video", "audio")
Markup = Literal["text", "markdown", "html"]
Kind = Literal["post", "comment", "story", "draft", "reshare", "quote", "profile", "message"]
KINDS: tuple[Kind, ...] = ("post", "comment", "story", "draft", "reshare", "quote", "profile", "message")
"""What a text is in an export: `profile` is an account's own text (bio), `message` a private one."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who publishes: display name, e-mail the account is registered with, handle and profile text."""

    name: str | None = None
    email: str | None = None
    handle: str | None = None
    bio: str | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, video or sound attached to a post; the file itself is never opened.

    Attributes:
        path: its name or address.
        alt: the text that stands for it.
        kind: one of MEDIA_KINDS.
        position: it carries the place where it was taken, as coordinates; never which.
    """

    path: str = ""
    alt: str | None = None
    kind: str = "image"
    position: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where a post came from.

    Attributes:
        path: file, folder or archive, as it was named.
        line: 1-based line of the post's record in a file of several.
        member: file inside the folder or archive.
        record: 1-based number of the post's record in the file or member.
        field: where in the record the text stood, `data[0].post`.
        platform: the service that the post was exported from, `facebook`.
        kind: what the post is in it.
    """

    path: str = "<text>"
    line: int | None = None
    member: str | None = None
    record: int | None = None
    field: str | None = None
    platform: str | None = None
    kind: Kind = "post"

    @property
    def file(self) -> str:
        """The file that the post stood in, `export.zip!posts/1.json` inside an archive or folder."""
        return f"{self.path}!{self.member}" if self.member else self.path


@dataclass(frozen=True, slots=True)
class Post:
    """One post.

    Attributes:
        text: what will be published, exactly as written, markup and front matter included.
        role: `personal` (section IV), `classroom` (III.A-C) or `official` (III.D).
        author: who publishes.
        media: attached pictures, videos and sounds.
        group: the group or page it goes to.
        authorized: the Superintendent or designee authorized the author to speak.
        id: the post's name in a file of several.
        time: when it was or will be published, ISO 8601.
        permalink: its address.
        markup: how `text` is written; decides what counts as prose.
        thread: earlier posts by the same author in this thread, oldest first.
        ignore: rules and clauses whose findings are suppressed in it, each with the reason, which may be lacking.
        source: where it was read.
    """

    text: str
    role: Role = "personal"
    author: Author = field(default_factory=Author)
    media: tuple[Media, ...] = ()
    group: str | None = None
    authorized: bool = False
    id: str | None = None
    time: str | None = None
    permalink: str | None = None
    markup: Markup = "text"
    thread: tuple[str, ...] = ()
    ignore: tuple[tuple[str, str], ...] = ()
    source: Source = field(default_factory=Source)

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any], *, source: Source | None = None, **defaults: Any) -> Post:
        """Builds a post from a record with the fields of the attributes above.

        Unknown keys are let be, since labelled cases and other systems carry more. `defaults` stand in for fields
        that the record lacks.

        Raises:
            InputError: `text` is missing, or a field has the wrong type or value.
        """
        if not isinstance(data, Mapping):
            raise InputError("a post must be a JSON object", hint='write {"text": "..."}')
        text = data.get("text")
        if not isinstance(text, str):
            raise InputError("the post has no “text” of type string", hint='write {"text": "..."}')
        values: dict[str, Any] = {**defaults, "text": text}
        role = data.get("role")
        if role is not None:
            values["role"] = check_role(role)
        if data.get("author") is not None:
            values["author"] = _author(data["author"])
        if data.get("media") is not None:
            values["media"] = _media(data["media"])
        for key in ("group", "time", "permalink"):
            if data.get(key) is not None:
                values[key] = _string(key, data[key])
        if data.get("id") is not None:
            if not isinstance(data["id"], str | int):
                raise InputError("“id” must be a string or a number")
            values["id"] = str(data["id"])
        if data.get("authorized") is not None:
            if not isinstance(data["authorized"], bool):
                raise InputError("“authorized” must be true or false")
            values["authorized"] = data["authorized"]
        if data.get("thread") is not None:
            thread = data["thread"]
            if not isinstance(thread, list) or not all(isinstance(item, str) for item in thread):
                raise InputError("“thread” must be a list of strings, oldest first")
            values["thread"] = tuple(thread)
        values["ignore"] = check_ignore(data.get("ignore"))
        if source is not None:
            values["source"] = source
        return cls(**values)


def check_role(role: object) -> Role:
    """`role` if it is one of ROLES.

    Raises:
        InputError: it is not.
    """
    if role not in ROLES:
        raise InputError(f"unknown role “{role}”", hint=did_you_mean(str(role), ROLES))
    return role


def check_ignore(value: object) -> tuple[tuple[str, str], ...]:
    """The rules that a record asks to suppress, with their reasons; names alone, one or several, have none.

    Raises:
        InputError: it is neither an object of names and reasons, nor names.
    """
    if not value:
        return ()
    if isinstance(value, str | list):
        value = dict.fromkeys([value] if isinstance(value, str) else map(str, value))
    if not isinstance(value, Mapping) or not all(isinstance(reason, str | None) for reason in value.values()):
        raise InputError("“ignore” must be an object of rules with reasons", hint='{"IV.B-profanity": "a quotation"}')
    return tuple((str(name).strip(), " ".join((reason or "").split())) for name, reason in value.items())


def _string(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise InputError(f"“{key}” must be a string")
    return value


def _author(value: object) -> Author:
    if isinstance(value, str):
        return Author(name=value)
    if not isinstance(value, Mapping):
        raise InputError("“author” must be an object with name, email, handle or bio")
    known = ("name", "email", "handle", "bio")
    return Author(**{key: _string(f"author.{key}", value[key]) for key in known if value.get(key) is not None})


def _media(value: object) -> tuple[Media, ...]:
    if not isinstance(value, list):
        raise InputError("“media” must be a list of objects with path, alt and kind")
    items = []
    for number, item in enumerate(value):
        if isinstance(item, str):
            items.append(Media(path=item))
            continue
        if not isinstance(item, Mapping):
            raise InputError(f"“media[{number}]” must be an object with path, alt and kind")
        kind = item.get("kind") or "image"
        if kind not in MEDIA_KINDS:
            raise InputError(f"unknown media kind “{kind}”", hint=did_you_mean(str(kind), MEDIA_KINDS))
        alt = item.get("alt")
        position = item.get("position") or False
        if not isinstance(position, bool):
            raise InputError(f"“media[{number}].position” must be true or false")
        items.append(
            Media(
                path=_string(f"media[{number}].path", item.get("path") or ""),
                alt=None if alt is None else _string(f"media[{number}].alt", alt),
                kind=kind,
                position=position,
            )
        )
    return tuple(items)
