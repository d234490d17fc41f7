"""Mastodon and its kin: the archive (`outbox.json` with `actor.json`), and objects of ActivityStreams alone.

The text is HTML and stays so; a content warning, a title and the choices of a poll are the author's words as well.
Posts to named people alone are private messages. Facts: the ActivityStreams vocabulary and Mastodon's account archive
(see examples/exports/mastodon/README.md).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, ClassVar
from urllib.parse import urlsplit

from policy428.errors import InputError
from policy428.exports import Options, register
from policy428.exports.activitystreams import (
    address_of,
    each,
    kind_of,
    listed,
    maps,
    page,
    paragraphs,
    strings,
    text_of,
)
from policy428.exports.jsonstream import records, value
from policy428.exports.moments import moment
from policy428.exports.posting import NOBODY, make_post
from policy428.exports.tree import Member, Tree, suffix
from policy428.markup import parse
from policy428.post import Author, Kind, Media, Post
from policy428.readers import Item

_WRITTEN = frozenset({"Note", "Article", "Question", "Page", "Event", "Video", "Audio", "Image"})
_ACTORS = frozenset({"Person", "Service", "Organization", "Group", "Application"})
_ACTIVITIES = frozenset({"Create", "Announce", "Update"})
_COLLECTIONS = frozenset({"OrderedCollection", "OrderedCollectionPage", "Collection", "CollectionPage"})
_TYPE = re.compile(rb'"type"\s*:\s*"(\w{1,40})"')
_ITEMS = re.compile(rb'"(?:orderedItems|items)"\s*:\s*\[\s*(\{|\])')
_HINTS = (b"activitystreams", b"orderedItems", b'"Create"', b'"Announce"', b'"Note"')
_LOOKED = 2**16
_PUBLIC = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})


@register
class Mastodon:
    """Posts of Mastodon and other servers of the Fediverse."""

    name: ClassVar[str] = "mastodon"
    title: ClassVar[str] = "Mastodon archive or ActivityStreams objects"
    platform: ClassVar[str] = "mastodon"
    rank: ClassVar[int] = 10

    def claims(self, tree: Tree) -> Sequence[Member]:
        return [member for member in tree if _holds(member)]

    def aside(self, tree: Tree) -> Sequence[Member]:
        """The lists of an archive that hold addresses alone."""
        return tree.ending("likes.json", "bookmarks.json")

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        for member in members:
            owner = _owner(tree, member) if _holds(member) == "outbox" else NOBODY
            yield from _activities(member, options, owner)


def _holds(member: Member) -> str | None:
    """What a member holds: an `outbox`, or an `object` alone; None for all else."""
    if suffix(member) not in (".json", ".as2", ".jsonld") and not member.alone:
        return None
    head = member.head()
    if not any(hint in head for hint in _HINTS):
        return None
    kind = _top_type(member, head)
    known = kind in _WRITTEN | _ACTORS | _ACTIVITIES
    if PurePosixPath(member.name).name.lower().startswith("outbox") and (known or kind in _COLLECTIONS):
        return "outbox"
    if kind in _COLLECTIONS:
        # Likes and bookmarks are collections too, of addresses alone.
        first = _ITEMS.search(head)
        return "outbox" if first is not None and first.group(1) == b"{" else None
    return "object" if known else None


def _top_type(member: Member, head: bytes) -> str:
    """The type of a member's outermost object; the first one named, where the member is too large to look whole."""
    if member.size <= _LOOKED:
        try:
            whole = value(member)
        except InputError:
            whole = None
        if isinstance(whole, list):
            whole = next((entry for entry in whole if isinstance(entry, Mapping)), None)
        if isinstance(whole, Mapping):
            return kind_of(whole)
    found = _TYPE.search(head)
    return found.group(1).decode() if found else ""


def _owner(tree: Tree, member: Member) -> Author:
    """Whose outbox it is, by the `actor.json` beside it."""
    folder = PurePosixPath(member.name).parent
    for other in tree.ending("actor.json"):
        if PurePosixPath(other.name).parent == folder:
            try:
                actor = value(other)
            except InputError:
                return NOBODY
            return _actor(actor) if isinstance(actor, Mapping) else NOBODY
    return NOBODY


# ActivityStreams


def _activities(member: Member, options: Options, owner: Author) -> Iterator[Item]:
    for item in records(member, "orderedItems", "items"):
        if isinstance(item, InputError):
            yield item
            continue
        number, record = item
        kind = kind_of(record)
        changed = record.get("object") if kind == "Update" else None
        described = record if kind in _ACTORS else changed
        if isinstance(described, Mapping) and kind_of(described) in _ACTORS:
            yield _profile(member, options, number, described)
            continue
        post = _activity(member, options, number, record, owner)
        if isinstance(post, Post) and post.source.kind == "message" and not options.messages:
            continue
        if post is not None:
            yield post


def _activity(
    member: Member, options: Options, number: int, record: Mapping[str, Any], owner: Author
) -> Post | InputError | None:
    """The post that an activity or an object is; None for what holds no words, a like or a follow."""
    kind = kind_of(record)
    if kind in _WRITTEN:
        return _note(member, options, number, record, record, owner, "")
    if kind not in _ACTIVITIES:
        return None
    inner = record.get("object")
    if isinstance(inner, Mapping) and kind_of(inner) in _WRITTEN | {""}:
        return _note(member, options, number, record, inner, owner, "object.")
    if kind != "Announce":
        return None if isinstance(inner, Mapping) else member.error("the activity has no object", record=number)
    address = address_of(inner)
    return make_post(
        member,
        options,
        "",
        platform="mastodon",
        record=number,
        field="object",
        kind="reshare",
        author=_writer(owner, record),
        id=text_of(record, "id"),
        time=moment(record.get("published"), utc=True),
        permalink=address,
    )


def _note(
    member: Member,
    options: Options,
    number: int,
    record: Mapping[str, Any],
    note: Mapping[str, Any],
    owner: Author,
    path: str,
) -> Post:
    parts, fields = [], []
    for key in ("name", "title", "summary"):
        words = text_of(note, key)
        # Other servers write the whole text into the summary as well.
        if words and words.strip() and not (kind_of(note) in ("Image", "Audio") and key == "name"):
            # A title and a content warning are plain text; where a server wrote HTML, it stays.
            parts.append(paragraphs(words))
            fields.append(key)
    content = text_of(note, "content")
    if content is None:
        spoken = maps(note.get("contentMap"))
        content = "\n".join(dict.fromkeys(v for one in spoken for v in one.values() if isinstance(v, str)))
    if content or not fields:
        parts.append(content)
        fields.append("content")
    choices = listed(text_of(choice, "name") for key in ("oneOf", "anyOf") for choice in maps(note.get(key)))
    if choices:
        parts.append(choices)
        fields.append("oneOf" if note.get("oneOf") else "anyOf")
    reshared = kind_of(record) == "Announce"
    return make_post(
        member,
        options,
        "\n".join(part for part in parts if part),
        platform="mastodon",
        record=number,
        field=path + "+".join(fields),
        kind="reshare" if reshared else _kind(note, record),
        markup="html",
        author=_writer(owner, record) if reshared else _writer(owner, record, note),
        media=tuple(_attachments(note)),
        id=text_of(record if reshared else note, "id") or text_of(record, "id"),
        time=moment((record if reshared else note).get("published") or record.get("published"), utc=True),
        permalink=address_of(note.get("url")) or page(note.get("id")),
    )


def _kind(note: Mapping[str, Any], record: Mapping[str, Any]) -> Kind:
    addressed = [to for entry in (note, record) for key in ("to", "cc", "audience") for to in strings(entry.get(key))]
    if addressed and not any(to in _PUBLIC or to.rstrip("/").endswith("followers") for to in addressed):
        return "message"
    if any(note.get(key) for key in ("quote", "quoteUrl", "quoteUri", "_misskey_quote")):
        return "quote"
    answered = note.get("inReplyTo")
    if not answered:
        return "post"
    own = address_of(note.get("attributedTo")) or address_of(record.get("actor"))
    # An answer to oneself goes on with a thread.
    return "post" if own and (address_of(answered) or "").startswith(f"{own}/") else "comment"


def _attachments(note: Mapping[str, Any]) -> Iterator[Media]:
    seen: set[str] = set()
    for entry in maps(note.get("attachment")):
        kind = kind_of(entry)
        declared = (text_of(entry, "mediaType") or kind).lower()
        if kind not in ("Document", "Image", "Video", "Audio"):
            continue
        path = address_of(entry.get("url")) or text_of(entry, "href") or ""
        seen.add(path)
        sort = next((sort for sort in ("video", "audio") if declared.startswith(sort)), "image")
        yield Media(path=path, alt=text_of(entry, "name") or text_of(entry, "summary"), kind=sort)
    for picture in each(note.get("image")):
        shown = address_of(picture)
        if shown and shown not in seen:
            yield Media(path=shown, alt=text_of(picture, "name") if isinstance(picture, Mapping) else None)


def _profile(member: Member, options: Options, number: int, actor: Mapping[str, Any]) -> Post:
    author = _actor(actor)
    return make_post(
        member,
        options,
        _told(actor),
        platform="mastodon",
        record=number,
        field="summary+attachment" if maps(actor.get("attachment")) else "summary",
        kind="profile",
        markup="html",
        author=author,
        id=text_of(actor, "id"),
        permalink=address_of(actor.get("url")) or page(actor.get("id")),
    )


def _actor(actor: Mapping[str, Any]) -> Author:
    address = address_of(actor.get("url")) or text_of(actor, "id") or ""
    handle = text_of(actor, "preferredUsername")
    try:
        host = urlsplit(address).hostname if address.startswith("http") else None
    except ValueError:
        host = None
    told = _told(actor)
    return Author(
        name=text_of(actor, "name") or text_of(actor, "displayName"),
        handle=f"{handle}@{host}" if handle and host else handle,
        bio=(parse(told, "html").prose.text.strip() or None) if told else None,
    )


def _told(actor: Mapping[str, Any]) -> str:
    """What an account says of itself: its text, and the lines that it made up beside."""
    parts = [text_of(actor, "summary") or ""]
    for line in maps(actor.get("attachment")):
        if kind_of(line) == "PropertyValue":
            name, said = text_of(line, "name") or "", text_of(line, "value") or ""
            parts.append(f"<p>{html.escape(name, quote=False)}: {said}</p>")
    return "\n".join(part for part in parts if part)


def _writer(owner: Author, *entries: Mapping[str, Any]) -> Author:
    """Who wrote it: whose archive it is, or what the activity or the object says, the fullest of it."""
    found = [owner]
    for entry in entries:
        for key in ("actor", "attributedTo", "author"):
            for said in each(entry.get(key)):
                if isinstance(said, Mapping):
                    found.append(_actor(said))
                elif isinstance(said, str) and said.startswith("http"):
                    found.append(_named(said))
    return next((one for one in found if one.name), next((one for one in found if one != NOBODY), NOBODY))


def _named(address: str) -> Author:
    """The handle that an account's address tells, `https://a.example/users/ola`."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return NOBODY
    name = parts.path.rstrip("/").rsplit("/", 1)[-1].removeprefix("@")
    return Author(handle=f"{name}@{parts.hostname}") if name and parts.hostname else NOBODY
