"""Blogger: the Atom file of “Back up content”, the `feed.atom` of Google Takeout, and the feed that a blog publishes.

The old backup holds settings, templates, pages, posts and comments as entries alike, told apart by a category of the
scheme `http://schemas.google.com/g/2005#kind`, and drafts by `app:draft`. Takeout (since 2025 the backup too) says
`blogger:type` and `blogger:status` instead. An entry with neither is a post: so the public feed writes them.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urljoin

from policy428.errors import InputError
from policy428.exports import Options, register
from policy428.exports.moments import moment
from policy428.exports.posting import joined, make_post
from policy428.exports.tree import Member, Tree, suffix
from policy428.exports.xmlstream import child, child_text, elements, head_of, local, parent_name, text
from policy428.post import Author, Kind
from policy428.readers import Item

_MARKS = (b"tag:blogger.com,1999:blog-", b"tag:blogger.com,1999:user-", b"schemas.google.com/blogger/")
_KIND = "http://schemas.google.com/g/2005#kind"
_WRITTEN = frozenset({"post", "page", "comment"})
_UNPUBLISHED = frozenset({"draft", "scheduled"})
_NOREPLY = "noreply@blogger.com"


@dataclass(slots=True)
class _Blog:
    title: str = ""
    subtitle: str = ""
    address: str = ""
    author: Author | None = None
    told: bool = False


@register
class Blogger:
    """A blog's backup, or its feed."""

    name: ClassVar[str] = "blogger"
    title: ClassVar[str] = "Blogger backup and Takeout"
    platform: ClassVar[str] = "blogger"
    rank: ClassVar[int] = 10

    def claims(self, tree: Tree) -> Sequence[Member]:
        return [member for member in tree if suffix(member) in (".xml", ".atom") and _fits(member)]

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        for member in members:
            yield from _read(member, options)


def _fits(member: Member) -> bool:
    head = head_of(member)
    return b"<feed" in head and any(mark in head for mark in _MARKS)


def _wanted(element: Any) -> bool:
    name = local(element)
    if name == "entry":
        return True
    if name not in ("title", "subtitle", "author", "link"):
        return False
    return parent_name(element) == "feed"


def _read(member: Member, options: Options) -> Iterator[Item]:
    blog = _Blog()
    number = 0
    for element in elements(member, _wanted):
        if isinstance(element, InputError):
            yield element
            continue
        name = local(element)
        if name == "title" or name == "subtitle":
            setattr(blog, name, getattr(blog, name) or text(element).strip())
        elif name == "link":
            if element.get("rel") == "alternate" and not blog.address:
                blog.address = element.get("href") or ""
        elif name == "author":
            blog.author = blog.author or Author(child_text(element, "name") or None, _email(element) or None)
        else:
            number += 1
            yield from _profile(member, options, blog)
            yield from _entry(member, options, element, blog, number)
    yield from _profile(member, options, blog)


def _email(author: Any) -> str:
    email = child_text(author, "email")
    return "" if email.lower() == _NOREPLY else email


def _profile(member: Member, options: Options, blog: _Blog) -> Iterator[Item]:
    """The blog's title and tagline, and the address its owner registered; once, before its entries."""
    words = joined(blog.title, blog.subtitle)
    if not blog.told and (words or blog.author is not None):
        yield make_post(
            member,
            options,
            words,
            platform=Blogger.platform,
            kind="profile",
            field="title+subtitle",
            author=blog.author or Author(),
        )
    blog.told = True


def _entry(member: Member, options: Options, entry: Any, blog: _Blog, number: int) -> Iterator[Item]:
    what = _what(entry)
    status = child_text(entry, "status").lower()
    if what not in _WRITTEN or status.startswith(("spam", "ghost")):
        return
    body = child(entry, "content", "summary")
    content = "" if body is None else text(body)
    if body is not None and body.get("type", "text") == "text" and "<" not in content:
        content = html.escape(content, quote=False)
    # A comment's title is but its first words over again.
    title = "" if what == "comment" else _title(entry)
    described = "" if what == "comment" else html.escape(child_text(entry, "metadescription"), quote=False)
    words = joined(title, content, described)
    if not words:
        return
    control = child(entry, "control")
    draft = status in _UNPUBLISHED or (control is not None and child_text(control, "draft").lower() == "yes")
    kind: Kind = "comment" if what == "comment" else "draft" if draft else "post"
    author = child(entry, "author")
    name = child_text(author, "name") if author is not None else ""
    parts = {"title": title, "content": content, "metaDescription": described}
    yield make_post(
        member,
        options,
        words,
        platform=Blogger.platform,
        record=number,
        field="+".join(part for part, value in parts.items() if value.strip()),
        kind=kind,
        markup="html",
        author=Author(name=name or None, bio=None if what == "comment" else blog.subtitle or None),
        id=child_text(entry, "id") or None,
        time=moment(child_text(entry, "published")) or moment(child_text(entry, "created", "updated")),
        permalink=_permalink(entry, blog),
        others=what == "comment",
    )


def _what(entry: Any) -> str:
    """`post`, `page`, `comment`, or what else an entry is (`settings`, `template`, `layout`)."""
    named = child_text(entry, "type").lower()
    if named:
        return named
    for inner in entry:
        if local(inner) == "category" and inner.get("scheme") == _KIND:
            return str(inner.get("term") or "").rpartition("#")[2].lower()
    return "comment" if child(entry, "in-reply-to") is not None else "post"


def _title(entry: Any) -> str:
    found = child(entry, "title")
    if found is None:
        return ""
    title = text(found).strip()
    return title if found.get("type") in ("html", "xhtml") else html.escape(title, quote=False)


def _permalink(entry: Any, blog: _Blog) -> str | None:
    for inner in entry:
        if local(inner) == "link" and inner.get("rel") == "alternate" and inner.get("href"):
            return str(inner.get("href"))
    path = child_text(entry, "filename")
    return urljoin(blog.address, path) if path and blog.address.startswith("http") else None
