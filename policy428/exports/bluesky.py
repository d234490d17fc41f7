"""Bluesky: a repository as a CAR file, and what its API answers as JSON (feeds, threads, single posts and records).

A CAR file is a row of blocks, each with its content's address before it; records are DAG-CBOR. It is read block by
block, twice: first the tree of keys, which alone knows a record's name, then the records. Facts: the CAR v1 and AT
Protocol repository specifications, and the lexicons `app.bsky.*` (see examples/exports/bluesky/README.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from policy428.errors import InputError
from policy428.exports import Options, register
from policy428.exports.carfile import blocks, is_car
from policy428.exports.jsonstream import lines, records
from policy428.exports.moments import moment
from policy428.exports.posting import NOBODY, joined, make_post
from policy428.exports.tree import Member, Tree, suffix
from policy428.post import Author, Kind, Media, Post
from policy428.readers import Item

_POST = "app.bsky.feed.post"
_REPOST = "app.bsky.feed.repost"
_PROFILE = "app.bsky.actor.profile"
_NAMED = {"app.bsky.graph.list": "name", "app.bsky.feed.generator": "displayName", "app.bsky.graph.starterpack": "name"}
"""Records besides posts that hold words of their author's own, and which field is their title."""
_JSON = frozenset({".json", ".jsonl", ".ndjson"})
_HINTS = (_POST.encode(), _PROFILE.encode(), b"app.bsky.feed.defs#", b'"at://')


@register
class Bluesky:
    """Posts of Bluesky."""

    name: ClassVar[str] = "bluesky"
    title: ClassVar[str] = "Bluesky repository (CAR) or API answers"
    platform: ClassVar[str] = "bluesky"
    rank: ClassVar[int] = 10

    def claims(self, tree: Tree) -> Sequence[Member]:
        return [member for member in tree if _is_car(member) or _is_json(member)]

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        for member in members:
            yield from _repository(member, options) if _is_car(member) else _answers(member, options)


def _is_car(member: Member) -> bool:
    # Most members of an export are media; none of those is looked into.
    return (suffix(member) in (".car", ".bin", "") or member.alone) and is_car(member)


def _is_json(member: Member) -> bool:
    if suffix(member) not in _JSON and not member.alone:
        return False
    head = member.head()
    return b"app.bsky." in head and any(hint in head for hint in _HINTS)


# A repository


class _Index:
    """What the first reading of a repository finds out: whose it is, and the keys of its records."""

    def __init__(self) -> None:
        self.did: str | None = None
        self.author = NOBODY
        self.keys: dict[bytes, str] = {}

    def take(self, block: Any) -> None:
        if not isinstance(block, Mapping):
            return
        if isinstance(block.get("did"), str) and "data" in block:
            self.did = block["did"]
        elif block.get("$type") == _PROFILE:
            self.author = Author(name=_text(block, "displayName"), bio=_text(block, "description"))
        elif isinstance(block.get("e"), list):
            self._take_keys(block["e"])

    def _take_keys(self, entries: list[Any]) -> None:
        """The keys of one node of the tree, each written as what differs from the key before it."""
        key = b""
        for entry in entries:
            if not isinstance(entry, Mapping):
                continue
            shared, rest, value = entry.get("p"), entry.get("k"), entry.get("v")
            if not isinstance(shared, int) or not isinstance(rest, bytes) or not isinstance(value, bytes):
                continue
            key = key[:shared] + rest
            if key.startswith(b"app.bsky.") and not key.startswith((b"app.bsky.graph.follow", b"app.bsky.feed.like")):
                self.keys[value] = key.decode("utf-8", "replace")


def _written(cid: bytes) -> str | None:
    """A block's identifier as text; None where it is broken."""
    from libipld import encode_cid

    try:
        return str(encode_cid(cid))
    except ValueError:
        return None


def _repository(member: Member, options: Options) -> Iterator[Item]:
    index = _Index()
    for block in blocks(member):
        if not isinstance(block, InputError):
            index.take(block[2])
    for block in blocks(member):
        if isinstance(block, InputError):
            yield block
            continue
        number, cid, value = block
        if isinstance(value, Mapping) and isinstance(value.get("$type"), str):
            name = index.keys.get(cid)
            if name is None:
                uri, own = None, _written(cid)
            else:
                uri = own = f"at://{index.did}/{name}" if index.did else name
            post = _record(member, options, number, value, own, uri, index.author, index.did, "")
            if post is not None:
                yield post


# What the API answers


def _answers(member: Member, options: Options) -> Iterator[Item]:
    found = lines(member) if _in_lines(member) else records(member, "feed", "posts", "records", "thread")
    for item in found:
        if isinstance(item, InputError):
            yield item
            continue
        number, value = item
        count = 0
        for post in _walk(member, options, number, value, ""):
            count += 1
            yield post
        if not count and not (isinstance(value, Mapping) and _silent(value)):
            yield member.error("there is no post in this record", record=number)


def _in_lines(member: Member) -> bool:
    if suffix(member) != ".json":
        return True
    first, _, rest = member.head().lstrip().partition(b"\n")
    return first.startswith(b"{") and first.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{")


def _silent(value: Mapping[str, Any]) -> bool:
    """Whether a record is one that never holds words: a like, a follow, a post that is gone."""
    inner = value.get("value")
    kind = str(value.get("$type") or (inner.get("$type") if isinstance(inner, Mapping) else ""))
    return kind.startswith(("app.bsky.", "chat.bsky.")) and not kind.startswith((_POST, "app.bsky.feed.defs#post"))


def _walk(member: Member, options: Options, number: int, value: Any, path: str, level: int = 0) -> Iterator[Post]:
    """The posts in one record of an answer: a post, a post in a feed, a thread with its answers."""
    if not isinstance(value, Mapping) or level > member.bounds.depth:
        return
    if "post" in value and isinstance(value["post"], Mapping):
        yield from _walk(member, options, number, value.get("parent"), f"{path}parent.", level + 1)
        reposted = _reposter(value.get("reason"))
        post = _view(member, options, number, value["post"], f"{path}post.", reposted)
        if post is not None:
            yield post
        replies = value.get("replies")
        for index, reply in enumerate(replies if isinstance(replies, list) else ()):
            yield from _walk(member, options, number, reply, f"{path}replies[{index}].", level + 1)
        return
    for key in ("thread", "feed", "posts", "records"):
        inner = value.get(key)
        for index, entry in enumerate(inner if isinstance(inner, list) else ()):
            yield from _walk(member, options, number, entry, f"{path}{key}[{index}].", level + 1)
        if isinstance(inner, Mapping):
            yield from _walk(member, options, number, inner, f"{path}{key}.", level + 1)
    post = _view(member, options, number, value, path, None)
    if post is not None:
        yield post


@dataclass(frozen=True, slots=True)
class _Repost:
    """Who handed a post on, and when."""

    author: Author
    time: str | None
    uri: str | None


def _reposter(reason: Any) -> _Repost | None:
    if not isinstance(reason, Mapping) or "repost" not in str(reason.get("$type", "")).lower():
        return None
    return _Repost(_person(reason.get("by")), moment(reason.get("indexedAt")), _text(reason, "uri"))


def _view(
    member: Member,
    options: Options,
    number: int,
    view: Mapping[str, Any],
    path: str,
    reposted: _Repost | None,
) -> Post | None:
    """The post that a view, a record with its address, or a bare record is."""
    uri = _text(view, "uri")
    for key in ("record", "value"):
        inner = view.get(key)
        if isinstance(inner, Mapping) and isinstance(inner.get("$type"), str | None):
            record, path = inner, f"{path}{key}."
            break
    else:
        record = view
    if record.get("$type") is None and uri is not None and f"/{_POST}/" in uri:
        record = {**record, "$type": _POST}
    writer = view.get("author")
    author = _person(writer)
    did = _text(writer, "did") if isinstance(writer, Mapping) else None
    if record is not view and moment(record.get("createdAt")) is None:
        record = {**record, "createdAt": view.get("indexedAt")}
    shown = view.get("embed") if record is not view else None
    own = uri if reposted is None else reposted.uri or (f"{uri}#repost" if uri else None)
    return _record(member, options, number, record, own, uri, author, did or _did(uri), path, shown, reposted)


def _person(value: Any) -> Author:
    if not isinstance(value, Mapping):
        return NOBODY
    return Author(_text(value, "displayName"), None, _text(value, "handle"), _text(value, "description"))


# A record


def _record(
    member: Member,
    options: Options,
    number: int,
    record: Mapping[str, Any],
    own: str | None,
    uri: str | None,
    author: Author,
    did: str | None,
    path: str,
    shown: Any = None,
    reposted: _Repost | None = None,
) -> Post | None:
    """The post that a record of the repository is; None for what holds no words of its author."""
    kind = record.get("$type")
    time = moment(record.get("createdAt"), utc=True)
    common: dict[str, Any] = {"platform": "bluesky", "record": number, "id": own}
    if kind == _POST and isinstance(record.get("text"), str):
        media = tuple(_pictures(record.get("embed"), shown))
        return make_post(
            member,
            options,
            record["text"],
            **common,
            field=f"{path}text",
            kind="reshare" if reposted is not None else _kind(record, did),
            author=author if reposted is None else reposted.author,
            media=media,
            time=time if reposted is None else reposted.time or time,
            permalink=_permalink(uri, author),
        )
    if kind == _REPOST:
        subject = record.get("subject")
        address = _text(subject, "uri") if isinstance(subject, Mapping) else None
        link = _permalink(address, NOBODY)
        return make_post(
            member,
            options,
            "",
            **common,
            field=f"{path}subject",
            kind="reshare",
            author=author,
            time=time,
            permalink=link,
        )
    if kind == _PROFILE:
        described = author if author.bio or author.name else _person(record)
        did = did or _text(record, "did")
        return make_post(
            member,
            options,
            _text(record, "description") or "",
            **common,
            field=f"{path}description",
            kind="profile",
            author=described,
            time=time,
            permalink=f"https://bsky.app/profile/{described.handle or did}" if described.handle or did else None,
        )
    if isinstance(kind, str) and kind in _NAMED:
        text = joined(_text(record, _NAMED[kind]), _text(record, "description"))
        if text:
            field = f"{path}{_NAMED[kind]}+description"
            return make_post(member, options, text, **common, field=field, author=author, time=time)
    return None


def _kind(record: Mapping[str, Any], did: str | None) -> Kind:
    embed = record.get("embed")
    if isinstance(embed, Mapping) and str(embed.get("$type", "")).startswith("app.bsky.embed.record"):
        quoted = embed.get("record")
        quoted = quoted.get("record") if isinstance(quoted, Mapping) and "uri" not in quoted else quoted
        if isinstance(quoted, Mapping) and f"/{_POST}/" in str(quoted.get("uri")):
            return "quote"
    reply = record.get("reply")
    parent = reply.get("parent") if isinstance(reply, Mapping) else None
    if not isinstance(parent, Mapping):
        return "comment" if isinstance(reply, Mapping) else "post"
    # An answer to oneself goes on with a thread.
    return "post" if did is not None and _did(_text(parent, "uri")) == did else "comment"


def _pictures(embed: Any, shown: Any) -> Iterator[Media]:
    """The pictures and the video of a record, with their addresses where a view shows them."""
    if not isinstance(embed, Mapping):
        embed = shown
    if not isinstance(embed, Mapping):
        return
    inner = embed.get("media")
    if isinstance(inner, Mapping):
        yield from _pictures(inner, shown.get("media") if isinstance(shown, Mapping) else None)
        return
    images = embed.get("images")
    views = shown.get("images") if isinstance(shown, Mapping) else None
    for index, image in enumerate(images if isinstance(images, list) else ()):
        if isinstance(image, Mapping):
            view = views[index] if isinstance(views, list) and index < len(views) else image
            view = view if isinstance(view, Mapping) else image
            path = _text(view, "fullsize") or _text(view, "thumb") or _blob(image.get("image"))
            yield Media(path=path, alt=_text(image, "alt"))
    if str(embed.get("$type", "")).startswith("app.bsky.embed.video"):
        playlist = _text(shown, "playlist") if isinstance(shown, Mapping) else None
        yield Media(path=playlist or _blob(embed.get("video")), alt=_text(embed, "alt"), kind="video")


def _blob(value: Any) -> str:
    ref = value.get("ref") if isinstance(value, Mapping) else None
    if isinstance(ref, bytes):
        from libipld import encode_cid

        try:
            return str(encode_cid(ref))
        except Exception:
            return ""
    return (_text(ref, "$link") or "") if isinstance(ref, Mapping) else ""


def _permalink(uri: str | None, author: Author) -> str | None:
    """The page of the post at `uri`, `at://did:plc:.../app.bsky.feed.post/3k...`."""
    parts = (uri or "").removeprefix("at://").split("/")
    if uri is None or not uri.startswith("at://") or len(parts) != 3 or parts[1] != _POST:
        return None
    return f"https://bsky.app/profile/{author.handle or parts[0]}/post/{parts[2]}"


def _did(uri: str | None) -> str | None:
    return uri.removeprefix("at://").split("/", 1)[0] if uri and uri.startswith("at://") else None


def _text(value: Mapping[str, Any], key: str) -> str | None:
    found = value.get(key)
    return found if isinstance(found, str) and found else None
