"""From what was written to what is read: prose without markup, with exact offsets, and the links and tags in it.

`text` is kept as it is. `markdown` and `html` lose their markup: code, link targets, tags, comments and emphasis
marks go; link text and alternative text stay; entities become the characters they stand for. Front matter is not
prose, but for the values that a reader of the page sees (title, description, summary).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from policy428.mapped import MappedText, Span
from policy428.markup.tags import Link, Tag, bare_links, handles, hashtags
from policy428.post import Markup as Kind

__all__ = ["Link", "Markup", "Tag", "parse"]


@dataclass(frozen=True, slots=True)
class Markup:
    """What markup analysis found. All offsets but the map's own are places in `prose.text`.

    Attributes:
        prose: what a reader reads, mapped onto the source.
        links: link texts and bare addresses with their targets, in order.
        handles: `@names`.
        hashtags: `#tags`.
        front_matter: the YAML mapping before the text; empty without one.
        images: addresses of the pictures, videos and sounds that the text shows.
        comments: where in the source comments stand (`<!-- ... -->`), in order.
        body: where in the source the text after the front matter starts.
    """

    prose: MappedText
    links: tuple[Link, ...] = ()
    handles: tuple[Tag, ...] = ()
    hashtags: tuple[Tag, ...] = ()
    front_matter: Mapping[str, Any] = field(default_factory=dict)
    images: tuple[str, ...] = ()
    comments: tuple[Span, ...] = ()
    body: int = 0


def parse(source: str, markup: Kind = "text", *, written: int | None = None) -> Markup:
    """Splits `source` into prose and markup.

    Args:
        source: a post as written.
        markup: how it is written.
        written: how many characters of `source` are written so; what follows is plain (alternative texts that are
            kept beside a post). None for all of it.
    """
    from policy428.markup.frontmatter import leads

    if markup == "text" and not leads(source):
        prose = MappedText.identity(source)
        return Markup(prose, bare_links(source), handles(source), hashtags(source))
    if "\r" in source:
        unix = MappedText.from_pieces(
            ("\n" if found.group()[0] == "\r" else found.group(), found.start(), found.end())
            for found in re.finditer(r"\r\n?|[^\r]+", source)
        )
        after = None if written is None else bisect_left(unix.starts, written)
        inner = _parse(unix.text, markup, after)
        comments = tuple(unix.origin(comment.start, comment.end) for comment in inner.comments)
        body = unix.origin(inner.body, inner.body).start
        return replace(inner, prose=inner.prose.onto(unix), comments=comments, body=body)
    return _parse(source, markup, written)


def _parse(source: str, markup: Kind, written: int | None) -> Markup:
    """`parse` for a source whose lines end with a newline alone."""
    from policy428.markup.builder import ProseBuilder
    from policy428.markup.frontmatter import split

    body = source[:written]
    builder = ProseBuilder()
    front, start = split(body, builder)
    if start:
        builder.separate("\n\n")
    if markup == "markdown":
        from policy428.markup.markdown import read_markdown

        read_markdown(body[start:], start, builder)
    elif markup == "html":
        from policy428.markup.html import read_html

        read_html(body[start:], start, builder)
    else:
        builder.add(body[start:], start)
    builder.add(source[len(body) :], len(body))
    prose = builder.mapped()
    return Markup(
        prose=prose,
        links=bare_links(prose.text, builder.links),
        handles=handles(prose.text),
        hashtags=hashtags(prose.text),
        front_matter=front,
        images=tuple(dict.fromkeys(builder.images)),
        comments=tuple(builder.comments),
        body=start,
    )
