"""WordPress eXtended RSS (WXR): posts, pages, attachments and comments of a WordPress site.

The layout is what wp-admin/includes/export.php of WordPress writes; its namespaces carry a version, so elements go by
their local names. Unpublished posts (draft, pending, future, private) are drafts. What WordPress itself keeps as posts
(menus, style sheets, templates) is passed over, and so are comments marked as spam, which nobody ever saw.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from policy428.errors import InputError
from policy428.exports import Options, register
from policy428.exports.moments import moment
from policy428.exports.posting import joined, make_post
from policy428.exports.tree import Member, Tree, suffix
from policy428.exports.xmlstream import child, child_text, elements, head_of, local, parent_name, text
from policy428.post import Author, Kind, Media
from policy428.readers import Item
from policy428.readers.draft import media_kind

_MARKS = (b"wordpress.org/export/", b"WordPress eXtended RSS", b"<wp:wxr_version")
_UNPUBLISHED = frozenset({"draft", "pending", "future", "private", "auto-draft"})
_MACHINE_TYPES = frozenset(
    (
        *("nav_menu_item", "custom_css", "customize_changeset", "oembed_cache", "user_request", "wp_global_styles"),
        *("wp_template", "wp_template_part", "wp_navigation", "wp_font_family", "wp_font_face", "acf-field"),
        *("acf-field-group", "scheduled-action"),
    )
)
_ALT = "_wp_attachment_image_alt"
_CHANNEL = frozenset({"title", "description"})


@dataclass(slots=True)
class _Site:
    """What is said of the site before its first item."""

    title: str = ""
    description: str = ""
    authors: dict[str, Author] = field(default_factory=dict)
    told: bool = False


@register
class WordPress:
    """A WordPress site's export."""

    name: ClassVar[str] = "wordpress"
    title: ClassVar[str] = "WordPress export (WXR)"
    platform: ClassVar[str] = "wordpress"
    rank: ClassVar[int] = 10

    def claims(self, tree: Tree) -> Sequence[Member]:
        return [member for member in tree if suffix(member) in (".xml", ".wxr", ".rss", "") and _fits(member)]

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        for member in members:
            yield from _read(member, options)


def _fits(member: Member) -> bool:
    head = head_of(member)
    return b"<" in head and any(mark in head for mark in _MARKS)


def _wanted(element: Any) -> bool:
    name = local(element)
    if name in ("item", "comment", "wp_author", "author"):
        return name != "author" or parent_name(element) == "channel"
    return name in _CHANNEL and parent_name(element) == "channel"


def _read(member: Member, options: Options) -> Iterator[Item]:
    site = _Site()
    number = 1
    written = False  # the post of the item that is open
    for element in elements(member, _wanted):
        if isinstance(element, InputError):
            yield element
            continue
        name = local(element)
        if name in ("author", "wp_author"):
            yield from _account(member, options, element, site)
        elif name in _CHANNEL:
            if not (site.title if name == "title" else site.description):
                setattr(site, name, html.unescape(text(element)).strip())
        elif name == "comment":
            item = element.getparent()
            if item is None or local(item) != "item":
                continue
            if not written:
                yield from _post(member, options, item, site, number)
                written = True
            yield from _comment(member, options, item, element, number)
        else:
            if not written:
                yield from _post(member, options, element, site, number)
            number, written = number + 1, False


def _account(member: Member, options: Options, element: Any, site: _Site) -> Iterator[Item]:
    """The account that an author writes with: once, with the address it is registered with."""
    login = child_text(element, "author_login")
    known = Author(
        name=child_text(element, "author_display_name") or None, handle=login or None, bio=site.description or None
    )
    email = child_text(element, "author_email")
    if login in site.authors or not (login or email):
        return
    site.authors[login] = known
    yield make_post(
        member,
        options,
        "",
        platform=WordPress.platform,
        kind="profile",
        field="wp:author",
        author=Author(known.name, email or None, known.handle, known.bio),
        id=f"author:{login}" if login else None,
    )


def _site(member: Member, options: Options, site: _Site) -> Iterator[Item]:
    """The site's own title and tagline, which every page of it shows; once."""
    if not site.told:
        site.told = True
        words = joined(site.title, site.description)
        if words:
            yield make_post(
                member, options, words, platform=WordPress.platform, kind="profile", field="channel.title+description"
            )


def _post(member: Member, options: Options, item: Any, site: _Site, number: int) -> Iterator[Item]:
    yield from _site(member, options, site)
    kind_of = child_text(item, "post_type") or "post"
    if kind_of in _MACHINE_TYPES:
        return
    status = child_text(item, "status")
    bodies = {"content": "", "excerpt": ""}
    for inner in item:
        if local(inner) == "encoded":
            # Both are called `encoded`; only their namespaces tell them apart.
            bodies["excerpt" if "excerpt" in str(inner.tag) else "content"] = text(inner)
    title = child_text(item, "title")
    parts = {"title": title, "content": bodies["content"], "excerpt": bodies["excerpt"]}
    if kind_of == "attachment":
        parts = {"title": title, "excerpt": bodies["excerpt"], "content": bodies["content"]}  # its caption comes first
    media = _media(item, _meta(item))
    words = joined(*parts.values())
    if not words and not any(part.alt for part in media):
        return
    login = child_text(item, "creator")
    draft = status in _UNPUBLISHED or (kind_of == "revision" and status == "inherit")
    kind: Kind = "draft" if draft else "post"
    yield make_post(
        member,
        options,
        words,
        platform=WordPress.platform,
        record=number,
        field="+".join(name for name, part in parts.items() if part.strip()) or "postmeta",
        kind=kind,
        markup="html",
        author=site.authors.get(login) or Author(handle=login or None, bio=site.description or None),
        media=media,
        id=child_text(item, "post_id", "guid") or None,
        time=_time(child_text(item, "post_date_gmt"), child_text(item, "post_date"), child_text(item, "pubdate")),
        permalink=child_text(item, "link") or None,
    )


def _meta(item: Any) -> Mapping[str, str]:
    found = {}
    for inner in item:
        if local(inner) == "postmeta":
            key = child_text(inner, "meta_key")
            if key == _ALT:
                found[key] = child_text(inner, "meta_value")
    return found


def _media(item: Any, meta: Mapping[str, str]) -> tuple[Media, ...]:
    address = child_text(item, "attachment_url")
    alt = html.unescape(meta.get(_ALT, ""))
    return (Media(address, alt or None, media_kind(address)),) if address or alt else ()


def _comment(member: Member, options: Options, item: Any, element: Any, number: int) -> Iterator[Item]:
    words = text(inner) if (inner := child(element, "comment_content")) is not None else ""
    if not words.strip() or child_text(element, "comment_approved") == "spam":
        return
    # Pings are excerpts of other sites' pages, fetched by machine.
    pinged = child_text(element, "comment_type") in ("pingback", "trackback")
    post, own = child_text(item, "post_id"), child_text(element, "comment_id")
    link = child_text(item, "link")
    yield make_post(
        member,
        options,
        words,
        platform=WordPress.platform,
        record=number,
        field=f"comment[{own}].content" if own.isdigit() and len(own) < 20 else "comment.content",
        kind="reshare" if pinged else "comment",
        markup="html",
        author=Author(name=html.unescape(child_text(element, "comment_author")) or None),
        id=f"{post}#comment-{own}" if own else None,
        time=_time(child_text(element, "comment_date_gmt"), child_text(element, "comment_date")),
        permalink=f"{link}#comment-{own}" if link and own else link or None,
        others=True,
    )


def _time(gmt: str, local_time: str = "", published: str = "") -> str | None:
    return moment(gmt, utc=True) or moment(local_time) or moment(published)
