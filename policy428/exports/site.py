"""Sites made from text files: Hugo, Jekyll, Eleventy and their like; and folders of Markdown drafts.

A page is Markdown or HTML with front matter (YAML, TOML or JSON), which may say that it is a draft, when and by whom
it was written, and what its picture shows. Markdown without front matter is a draft too; HTML without it is read only
where it is the whole source, since the archives of many platforms are made of such pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any, ClassVar

from policy428.errors import InputError
from policy428.exports import Options, register
from policy428.exports.decoding import encoding
from policy428.exports.moments import moment
from policy428.exports.posting import joined, make_post
from policy428.exports.tree import Member, Tree, suffix
from policy428.post import ROLES, Author, Kind, Markup, Media, Post, check_ignore
from policy428.readers import Item
from policy428.readers.draft import ignored, media_kind

_MARKUP: Mapping[str, Markup] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mdx": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".njk": "html",
    ".liquid": "html",
    ".txt": "text",
    ".text": "text",
}
_MACHINERY = frozenset(
    (
        *("_data", "_includes", "_layouts", "_sass", "_site", "archetypes", "layouts", "node_modules", "themes"),
        *("vendor", "site-packages", "__pycache__"),
    )
)
"""Folders that hold templates, programs, or the site as it was built."""

_ABOUT = frozenset({"readme", "license", "licence", "changelog", "contributing", "code_of_conduct", "security"})
_DRAFTS = frozenset({"_drafts", "drafts"})
_UNPUBLISHED = frozenset({"draft", "pending", "future", "private", "scheduled", "unpublished"})
_TIMES = ("date", "publishdate", "publish_date", "pubdate", "published", "time", "created", "lastmod", "updated")
_PICTURES = ("image", "images", "cover", "featured_image", "featuredimage", "thumbnail", "header", "hero", "media")
_ALTS = ("alt", "image_alt", "imagealt", "featured_image_alt", "cover_alt", "thumbnail_alt", "image_caption", "caption")
_ADDRESSES = ("path", "src", "url", "image", "feature")
_WORDS = ("alt", "title", "caption", "image_description")
_SHOWN = re.compile(
    r"!\[[^\[\]]{0,500}\]\([ \t]{0,20}<?([^()\s<>]{1,1000})"
    r"|<(?:img|video|audio|source)\b[^<>]{0,1000}?\ssrc=[\"']?([^\"'\s<>]{1,1000})",
    re.IGNORECASE,
)
_DATED = re.compile(r"\A(\d{4}-\d{2}-\d{2})-")


@register
class Site:
    """A folder of pages."""

    name: ClassVar[str] = "site"
    title: ClassVar[str] = "Markdown and HTML with front matter (Hugo, Jekyll, Eleventy)"
    platform: ClassVar[str] = "site"
    rank: ClassVar[int] = 50

    def claims(self, tree: Tree) -> Sequence[Member]:
        return [member for member in tree if suffix(member) in _MARKUP and _fits(member)]

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        for member in members:
            try:
                yield _page(member, options)
            except InputError as error:
                yield error


def _fits(member: Member) -> bool:
    path = PurePosixPath(member.name.lower())
    if member.alone:
        return True
    if _MACHINERY.intersection(path.parts[:-1]):
        return False
    head = member.head()
    front = head.removeprefix(b"\xef\xbb\xbf").startswith((b"---\n", b"---\r", b"--- ", b"+++\n", b"+++\r", b"+++ "))
    return front or (_MARKUP[path.suffix] == "markdown" and path.stem not in _ABOUT)


def _page(member: Member, options: Options) -> Item:
    """The page that a member is.

    Raises:
        InputError: it cannot be read.
    """
    from policy428.markup.builder import ProseBuilder
    from policy428.markup.frontmatter import split

    data = member.whole()
    found = encoding(data)
    if found == "utf-8" and 0 in data[:65536]:
        raise member.error("a binary file", hint="give a text file")
    text = data.decode(found, "policy428-windows")
    markup = _MARKUP.get(suffix(member), "text")
    values, _ = split(text, ProseBuilder())
    front = {str(key).lower(): value for key, value in values.items()}
    post = make_post(
        member,
        options,
        text,
        platform=Site.platform,
        kind=_kind(member, front),
        markup=markup,
        author=Author(_author(front.get("author", front.get("authors")))),
        media=(*_pictures(front), *_shown(text)),
        group=_text(front.get("group")) or None,
        time=_time(member, front),
        permalink=_permalink(front),
    )
    return _claimed(post, front)


def _claimed(post: Post, front: Mapping[str, Any]) -> Item:
    """`post` with the role and the leave to speak that its front matter claims."""
    role, authorized = front.get("role"), front.get("authorized")
    if role in ROLES:
        post = replace(post, role=role)
    if "policy428" in front:
        post = replace(post, ignore=check_ignore(ignored(front)))
    return replace(post, authorized=authorized) if isinstance(authorized, bool) else post


def _kind(member: Member, front: Mapping[str, Any]) -> Kind:
    folders = PurePosixPath(member.name.lower()).parts[:-1]
    if _DRAFTS.intersection(folders) or _is(front.get("draft"), True) or _is(front.get("published"), False):
        return "draft"
    status = front.get("status")
    return "draft" if isinstance(status, str) and status.lower() in _UNPUBLISHED else "post"


def _is(value: object, wanted: bool) -> bool:
    return value is wanted or (isinstance(value, str) and value.lower() == str(wanted).lower())


def _author(value: object) -> str | None:
    names = [_name(item) for item in (value[:20] if isinstance(value, list) else [value])]
    return ", ".join(name for name in names if name.strip()) or None


def _name(value: object) -> str:
    return _text(value.get("name") or value.get("display_name")) if isinstance(value, dict) else _text(value)


def _time(member: Member, front: Mapping[str, Any]) -> str | None:
    for key in _TIMES:
        value = front.get(key)
        if isinstance(value, str | date) and (found := moment(value)):
            return found
    dated = _DATED.match(PurePosixPath(member.name).name)
    return moment(dated.group(1)) if dated else None


def _permalink(front: Mapping[str, Any]) -> str | None:
    for key in ("canonical_url", "canonicalurl", "permalink", "url"):
        value = front.get(key)
        # Patterns (`/:year/:title/`) are no address.
        if isinstance(value, str) and (value.startswith("http") or (value.startswith("/") and ":" not in value)):
            return value
    return None


def _pictures(front: Mapping[str, Any]) -> tuple[Media, ...]:
    """The pictures that front matter names, each with what stands for it and under it."""
    beside = joined(*(_text(front.get(key)) for key in _ALTS))
    found: list[Media] = []
    for key in _PICTURES:
        value = front.get(key)
        for item in value[:100] if isinstance(value, list) else [value]:
            if isinstance(item, str) and item.strip():
                found.append(Media(item, None, media_kind(item)))
            elif isinstance(item, dict):
                address = next(
                    filter(None, (_text(item.get(k)) for k in ("path", "src", "url", "image", "feature"))), ""
                )
                alt = joined(*(_text(item.get(k)) for k in ("alt", "title", "caption", "image_description")))
                if address or alt:
                    found.append(Media(address, alt or None, media_kind(address)))
    if beside:
        first = found[0] if found else Media()
        found[:1] = [Media(first.path, joined(first.alt, beside), first.kind)]
    return tuple(found)


def _shown(text: str) -> tuple[Media, ...]:
    """The pictures, videos and sounds that a page shows; their alternative texts are read with the page."""
    found = (match.group(1) or match.group(2) for match in _SHOWN.finditer(text))
    return tuple(Media(address, kind=media_kind(address)) for address in dict.fromkeys(found))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
