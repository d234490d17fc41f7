"""Feeds: RSS 0.9 to 2.0, RSS 1.0 (RDF), Atom 0.3 and 1.0, podcasts among them.

Elements go by their local names, in a stream, rather than through feedparser, which holds a feed whole and keeps one
summary of an entry: an iTunes summary or the description of a picture takes the place of the entry's own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from policy428.errors import InputError
from policy428.exports import Options, register
from policy428.exports.moments import moment
from policy428.exports.posting import joined, make_post
from policy428.exports.tree import Member, Tree, suffix
from policy428.exports.xmlstream import child, child_text, elements, head_of, inner_markup, local, parent_name, text
from policy428.post import Author, Kind, Media
from policy428.readers import Item
from policy428.readers.draft import media_kind

_ROOT = re.compile(rb"<(?:rss\b|(?:\w{1,20}:)?RDF\b|(?:\w{1,20}:)?(?:feed|entry)\b[^>]{0,2000}[Aa]tom)")
_SUFFIXES = (".xml", ".rss", ".atom", ".rdf", "")
_ITEMS = frozenset({"item", "entry"})
_FEEDS = frozenset({"channel", "feed"})
_ABOUT = frozenset({"title", "description", "subtitle", "tagline", "summary", "author", "owner", "managingeditor"})
_STRAY = re.compile(r"<(?![A-Za-z/!][^<>]{0,2000}>)")
_PERSON = re.compile(r"\A\s*([^\s()<>@]{1,64}@[^\s()<>@]{1,255})\s*(?:\(([^()]{0,200})\))?\s*\Z")
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_MOST_ADDRESSES = 10_000


@dataclass(slots=True)
class _Feed:
    """What is said of a feed before its first entry."""

    texts: dict[str, str] = field(default_factory=dict)
    author: Author = field(default_factory=Author)
    told: bool = False
    addresses: set[str] = field(default_factory=set)

    @property
    def bio(self) -> str | None:
        texts = [self.texts[name] for name in ("description", "subtitle", "tagline") if name in self.texts]
        return html.unescape(joined(*texts)) or None


@register
class Feeds:
    """A feed of posts."""

    name: ClassVar[str] = "feed"
    title: ClassVar[str] = "RSS and Atom feeds"
    platform: ClassVar[str] = "feed"
    rank: ClassVar[int] = 50

    def claims(self, tree: Tree) -> Sequence[Member]:
        return [member for member in tree if suffix(member) in _SUFFIXES and _ROOT.search(head_of(member))]

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        for member in members:
            yield from _read(member, options)


def _wanted(element: Any) -> bool:
    name = local(element)
    return name in _ITEMS or (name in _ABOUT and parent_name(element) in _FEEDS)


def _read(member: Member, options: Options) -> Iterator[Item]:
    feed = _Feed()
    number = 0
    for element in elements(member, _wanted):
        if isinstance(element, InputError):
            yield element
            continue
        name = local(element)
        if name not in _ITEMS:
            _about(feed, name, element)
        elif parent_name(element) not in _ITEMS:
            number += 1
            yield from _profile(member, options, feed)
            yield from _entry(member, options, element, feed, number)
    yield from _profile(member, options, feed)


def _about(feed: _Feed, name: str, element: Any) -> None:
    if name in ("author", "owner", "managingeditor"):
        found = _person(element)
        feed.author = Author(feed.author.name or found.name, feed.author.email or found.email)
    else:
        feed.texts.setdefault(name, text(element).strip())


def _profile(member: Member, options: Options, feed: _Feed) -> Iterator[Item]:
    """The feed's own title and description, and the address that its owner gives; once, before the entries."""
    if feed.told:
        return
    feed.told = True
    texts = list(dict.fromkeys(value for value in feed.texts.values() if value))
    if texts or feed.author.email:
        feed.addresses.add((feed.author.email or "").lower())
        yield make_post(
            member,
            options,
            joined(*texts),
            platform=Feeds.platform,
            kind="profile",
            field="+".join(name for name, value in feed.texts.items() if value) or "author",
            markup="html",
            author=feed.author,
        )


def _entry(member: Member, options: Options, entry: Any, feed: _Feed, number: int) -> Iterator[Item]:
    parts = _parts(entry)
    media = _media(entry)
    author = _author(entry)
    if author.email and author.email.lower() not in feed.addresses and len(feed.addresses) < _MOST_ADDRESSES:
        feed.addresses.add(author.email.lower())
        yield make_post(
            member,
            options,
            "",
            platform=Feeds.platform,
            record=number,
            field="author",
            kind="profile",
            author=Author(author.name, author.email, bio=feed.bio),
        )
    if not parts and not any(part.alt for part in media):
        return
    address, kind = _permalink(entry), _kind(entry)
    yield make_post(
        member,
        options,
        joined(*parts.values()),
        platform=Feeds.platform,
        record=number,
        field="+".join(parts) or "media",
        kind=kind,
        markup="html",
        author=Author(author.name) if kind == "comment" else Author(author.name or feed.author.name, bio=feed.bio),
        media=media,
        id=child_text(entry, "guid", "id")
        or entry.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
        or address,
        time=next(filter(None, (moment(child_text(entry, name)) for name in _TIMES)), None),
        permalink=address,
        others=kind == "comment",
    )


_TIMES = ("pubdate", "published", "issued", "date", "updated", "modified")
_BODIES = ("description", "summary", "subtitle", "encoded", "content")


def _parts(entry: Any) -> dict[str, str]:
    """The texts of an entry as HTML by the names of their elements, title first, none twice."""
    found: list[tuple[str, str]] = []
    for inner in entry:
        name = local(inner)
        if name == "title":
            found.append((name, _title(inner)))
        elif name in _BODIES and not inner.get("url"):
            found.append((name, _body(inner)))
        elif name == "group":
            found.extend((local(part), _body(part)) for part in inner if local(part) in ("title", "description"))
    parts: dict[str, str] = {}
    for name, value in sorted(found, key=lambda part: _order(part[0])):
        if value.strip() and value not in parts.values():
            number = 2
            key = name
            while key in parts:
                key, number = f"{name}[{number}]", number + 1
            parts[key] = value
    return parts


def _order(name: str) -> int:
    return 0 if name == "title" else 1 + _BODIES.index(name)


def _title(element: Any) -> str:
    """A title as HTML: Atom says what it is, in RSS it is a text in which many write markup."""
    words = _body(element) if element.get("type") else text(element)
    return _STRAY.sub("&lt;", words).strip()


def _body(element: Any) -> str:
    kind = element.get("type") or ""
    if kind == "xhtml" or (kind.endswith("+xml") and len(element)) or element.get("mode") == "xml":
        return inner_markup(element)
    words = text(element)
    atom = "Atom" in str(element.tag) or "/atom" in str(element.tag)
    plain = kind in ("text", "plain", "text/plain") or (atom and not kind)
    return html.escape(words, quote=False) if plain else words


def _media(entry: Any) -> tuple[Media, ...]:
    found: dict[str, Media] = {}
    for inner in entry.iter():
        name = local(inner)
        if name == "enclosure" or (name == "link" and inner.get("rel") == "enclosure"):
            address = inner.get("url") or inner.get("href") or ""
        elif name == "content" and inner.get("url"):
            address = inner.get("url") or ""
        else:
            continue
        alt = html.unescape(child_text(inner, "description")) or None
        kind = (inner.get("type") or inner.get("medium") or "").partition("/")[0]
        if alt or (address and address not in found):
            kind = kind if kind in ("image", "video", "audio") else media_kind(address)
            found[address or f"[{len(found)}]"] = Media(address, alt, kind)
    return tuple(found.values())


def _author(entry: Any) -> Author:
    for name in ("author", "creator"):
        found = child(entry, name)
        if found is not None and (person := _person(found)) != Author():
            return person
    return Author()


def _person(element: Any) -> Author:
    name, email = child_text(element, "name"), child_text(element, "email")
    if not name and not email:
        written = text(element).strip()
        matched = _PERSON.match(written)
        name, email = ((matched.group(2) or "").strip(), matched.group(1)) if matched else (written, "")
    return Author(html.unescape(name)[:200] or None, email or None)


def _permalink(entry: Any) -> str | None:
    for inner in entry:
        if local(inner) == "link" and (inner.get("rel") or "alternate") == "alternate":
            address = (inner.get("href") or text(inner)).strip()
            if address:
                return address
    guid = child(entry, "guid")
    if guid is not None and guid.get("isPermaLink") != "false":
        address = text(guid).strip()
        return address if address.startswith("http") else None
    return None


def _kind(entry: Any) -> Kind:
    if child_text(entry, "verb").endswith("share"):
        return "reshare"
    control = child(entry, "control")
    if control is not None and child_text(control, "draft").lower() == "yes":
        return "draft"
    return "comment" if child(entry, "in-reply-to") is not None else "post"
