"""Mastodon and its kin: the archive (`outbox.json` with `actor.json`), objects of ActivityStreams, and API answers.

The text is HTML and stays so; a content warning, a title and the choices of a poll are the author's words as well.
Posts to named people alone are private messages. Facts: the ActivityStreams vocabulary, Mastodon's account archive and
its API (see examples/exports/mastodon/README.md).
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
    title: ClassVar[str] = "Mastodon archive, ActivityStreams objects or API answers"
    platform: ClassVar[str] = "mastodon"
    rank: ClassVar[int] = 10

    def claims(self, tree: Tree) -> Sequence[Member]:
        return [member for member in tree if _holds(member)]

    def aside(self, tree: Tree) -> Sequence[Member]:
        """The lists of an archive that hold addresses alone."""
        return tree.ending("likes.json", "bookmarks.json")

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        for member in members:
            holds = _holds(member)
            if holds == "statuses":
                yield from _statuses(member, options)
            else:
                yield from _activities(member, options, _owner(tree, member) if holds == "outbox" else NOBODY)


def _holds(member: Member) -> str | None:
    """What a member holds: an `outbox`, an `object` alone, `statuses` of the API; None for all else."""
    if suffix(member) not in (".json", ".as2", ".jsonld"):
        return None
    head = member.head()
    if b'"spoiler_text"' in head and b'"created_at"' in head:
        return "statuses"
    if not any(hint in head for hint in _HINTS):
        return None
    kind = _top_type(member, head)
    if kind in _COLLECTIONS:
        # Likes and bookmarks are collections too, of addresses alone; so is an outbox of boosts of nobody.
        first = _ITEMS.search(head)
        named = PurePosixPath(member.name).name.lower().startswith("outbox")
        return "outbox" if named or (first is not None and first.group(1) == b"{") else None
    return "object" if kind in _WRITTEN | _ACTORS | _ACTIVITIES else None


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
            return _type(whole)
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
        kind = _type(record)
        changed = record.get("object") if kind == "Update" else None
        described = record if kind in _ACTORS else changed
        if isinstance(described, Mapping) and _type(described) in _ACTORS:
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
    kind = _type(record)
    if kind in _WRITTEN:
        return _note(member, options, number, record, record, owner, "")
    if kind not in _ACTIVITIES:
        return None
    inner = record.get("object")
    if isinstance(inner, Mapping) and _type(inner) in _WRITTEN | {""}:
        return _note(member, options, number, record, inner, owner, "object.")
    if kind != "Announce":
        return None if isinstance(inner, Mapping) else member.error("the activity has no object", record=number)
    address = _address(inner)
    return make_post(
        member,
        options,
        "",
        platform="mastodon",
        record=number,
        field="object",
        kind="reshare",
        author=_writer(owner, record),
        id=_text(record, "id"),
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
        words = _text(note, key)
        # Other servers write the whole text into the summary as well.
        if words and words.strip() and not (_type(note) in ("Image", "Audio") and key == "name"):
            # A title and a content warning are plain text; where a server wrote HTML, it stays.
            parts.append(words if "</" in words else f"<p>{html.escape(words, quote=False)}</p>")
            fields.append(key)
    content = _text(note, "content")
    if content is None:
        spoken = _maps(note.get("contentMap"))
        content = "\n".join(dict.fromkeys(v for one in spoken for v in one.values() if isinstance(v, str)))
    if content or not fields:
        parts.append(content)
        fields.append("content")
    choices = [_text(choice, "name") for key in ("oneOf", "anyOf") for choice in _maps(note.get(key))]
    if any(choices):
        parts.append("<ul>" + "".join(f"<li>{html.escape(c, quote=False)}</li>" for c in choices if c) + "</ul>")
        fields.append("oneOf" if note.get("oneOf") else "anyOf")
    reshared = _type(record) == "Announce"
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
        id=_text(record if reshared else note, "id") or _text(record, "id"),
        time=moment((record if reshared else note).get("published") or record.get("published"), utc=True),
        permalink=_address(note.get("url")) or _page(note.get("id")),
    )


def _kind(note: Mapping[str, Any], record: Mapping[str, Any]) -> Kind:
    addressed = [to for entry in (note, record) for key in ("to", "cc", "audience") for to in _strings(entry.get(key))]
    if addressed and not any(to in _PUBLIC or to.rstrip("/").endswith("followers") for to in addressed):
        return "message"
    if any(note.get(key) for key in ("quote", "quoteUrl", "quoteUri", "_misskey_quote")):
        return "quote"
    answered = note.get("inReplyTo")
    if not answered:
        return "post"
    own = _address(note.get("attributedTo")) or _address(record.get("actor"))
    # An answer to oneself goes on with a thread.
    return "post" if own and (_address(answered) or "").startswith(f"{own}/") else "comment"


def _attachments(note: Mapping[str, Any]) -> Iterator[Media]:
    seen: set[str] = set()
    for entry in _maps(note.get("attachment")):
        kind = _type(entry)
        declared = (_text(entry, "mediaType") or kind).lower()
        if kind not in ("Document", "Image", "Video", "Audio"):
            continue
        path = _address(entry.get("url")) or _text(entry, "href") or ""
        seen.add(path)
        sort = next((sort for sort in ("video", "audio") if declared.startswith(sort)), "image")
        yield Media(path=path, alt=_text(entry, "name") or _text(entry, "summary"), kind=sort)
    for picture in _each(note.get("image")):
        shown = _address(picture)
        if shown and shown not in seen:
            yield Media(path=shown, alt=_text(picture, "name") if isinstance(picture, Mapping) else None)


def _profile(member: Member, options: Options, number: int, actor: Mapping[str, Any]) -> Post:
    author = _actor(actor)
    return make_post(
        member,
        options,
        _told(actor),
        platform="mastodon",
        record=number,
        field="summary+attachment" if _maps(actor.get("attachment")) else "summary",
        kind="profile",
        markup="html",
        author=author,
        id=_text(actor, "id"),
        permalink=_address(actor.get("url")) or _page(actor.get("id")),
    )


def _actor(actor: Mapping[str, Any]) -> Author:
    address = _address(actor.get("url")) or _text(actor, "id") or ""
    handle = _text(actor, "preferredUsername")
    try:
        host = urlsplit(address).hostname if address.startswith("http") else None
    except ValueError:
        host = None
    told = _told(actor)
    return Author(
        name=_text(actor, "name") or _text(actor, "displayName"),
        handle=f"{handle}@{host}" if handle and host else handle,
        bio=(parse(told, "html").prose.text.strip() or None) if told else None,
    )


def _told(actor: Mapping[str, Any]) -> str:
    """What an account says of itself: its text, and the lines that it made up beside."""
    parts = [_text(actor, "summary") or ""]
    for line in _maps(actor.get("attachment")):
        if _type(line) == "PropertyValue":
            name, said = _text(line, "name") or "", _text(line, "value") or ""
            parts.append(f"<p>{html.escape(name, quote=False)}: {said}</p>")
    return "\n".join(part for part in parts if part)


def _writer(owner: Author, *entries: Mapping[str, Any]) -> Author:
    """Who wrote it: whose archive it is, or what the activity or the object says, the fullest of it."""
    found = [owner]
    for entry in entries:
        for key in ("actor", "attributedTo", "author"):
            for said in _each(entry.get(key)):
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


# The API


def _statuses(member: Member, options: Options) -> Iterator[Item]:
    for item in records(member, "statuses"):
        if isinstance(item, InputError):
            yield item
            continue
        number, status = item
        if not isinstance(status.get("content"), str):
            yield member.error("the status has no content", record=number)
        elif status.get("visibility") != "direct" or options.messages:
            yield _status(member, options, number, status)


def _status(member: Member, options: Options, number: int, status: Mapping[str, Any]) -> Post:
    boosted = status.get("reblog")
    shown = boosted if isinstance(boosted, Mapping) else status
    path = "reblog." if shown is boosted else ""
    warning, content = _text(shown, "spoiler_text"), _text(shown, "content") or ""
    account = status.get("account")
    choices = [_text(choice, "title") for poll in _maps(shown.get("poll")) for choice in _maps(poll.get("options"))]
    parts = [f"<p>{html.escape(warning, quote=False)}</p>" if warning else "", content]
    if any(choices):
        parts.append("<ul>" + "".join(f"<li>{html.escape(c, quote=False)}</li>" for c in choices if c) + "</ul>")
    kind: Kind = "post"
    if status.get("visibility") == "direct":
        kind = "message"
    elif shown is boosted:
        kind = "reshare"
    elif status.get("quote") or status.get("quote_id"):
        kind = "quote"
    elif status.get("in_reply_to_id"):
        own = account.get("id") if isinstance(account, Mapping) else None
        kind = "post" if own is not None and status.get("in_reply_to_account_id") == own else "comment"
    return make_post(
        member,
        options,
        "\n".join(part for part in parts if part),
        platform="mastodon",
        record=number,
        field=path + ("spoiler_text+content" if warning else "content"),
        kind=kind,
        markup="html",
        author=_account(account),
        media=[
            Media(
                path=_text(entry, "url") or "",
                alt=_text(entry, "description"),
                kind="video"
                if entry.get("type") in ("video", "gifv")
                else "audio"
                if entry.get("type") == "audio"
                else "image",
            )
            for entry in _maps(shown.get("media_attachments"))
        ],
        id=str(status.get("id") or "") or None,
        time=moment(status.get("created_at"), utc=True),
        permalink=_text(shown, "url") or _page(shown.get("uri")),
    )


def _account(account: Any) -> Author:
    if not isinstance(account, Mapping):
        return NOBODY
    note = _text(account, "note")
    return Author(
        name=_text(account, "display_name"),
        handle=_text(account, "acct") or _text(account, "username"),
        bio=(parse(note, "html").prose.text.strip() or None) if note else None,
    )


# Values of many shapes


def _type(entry: Mapping[str, Any]) -> str:
    kind = entry.get("type") or entry.get("@type")
    kind = next((one for one in kind if isinstance(one, str)), "") if isinstance(kind, list) else kind
    return kind if isinstance(kind, str) else ""


def _text(entry: Mapping[str, Any], key: str) -> str | None:
    found = entry.get(key)
    return found if isinstance(found, str) and found else None


def _each(entry: Any) -> list[Any]:
    return entry if isinstance(entry, list) else [] if entry is None else [entry]


def _maps(entry: Any) -> list[Mapping[str, Any]]:
    return [one for one in _each(entry) if isinstance(one, Mapping)]


def _strings(entry: Any) -> list[str]:
    return [one for one in _each(entry) if isinstance(one, str)]


def _address(entry: Any) -> str | None:
    """The address that a string, a link or an object stands for, the first of several."""
    for one in _each(entry):
        found = (_text(one, "href") or _text(one, "url") or _text(one, "id")) if isinstance(one, Mapping) else one
        if isinstance(found, str) and found:
            return found
    return None


def _page(entry: Any) -> str | None:
    return entry if isinstance(entry, str) and entry.startswith("http") else None
