"""Articles in an archive of LinkedIn: one HTML page each, a title with its address, two dates, the text."""

from __future__ import annotations

import re

from policy428.exports import Options
from policy428.exports.decoding import text
from policy428.exports.moments import moment
from policy428.exports.posting import make_post
from policy428.exports.tree import Member, suffix
from policy428.post import Author, Post

_PULSE = re.compile(r'<h1[^>]{0,200}>\s{0,20}<a[^>]{0,200}?href="(https?://[^"]{1,1000})"', re.IGNORECASE)
_DATED = re.compile(
    r'<p class="(?P<what>created|published)">[^<\d]{0,40}(?P<when>\d{4}-\d\d-\d\d \d\d:\d\d)?[^<]{0,40}</p>',
    re.IGNORECASE,
)


def is_article(member: Member) -> bool:
    """Whether `member` is the page of an article, by the lines with its dates."""
    if suffix(member) not in (".html", ".htm"):
        return False
    head = member.head(16384)
    return b'<p class="created">' in head and b"linkedin.com/pulse/" in head


def read_article(member: Member, author: Author, options: Options) -> Post:
    """The article; one without the date of its publication is a draft.

    Raises:
        InputError: the page cannot be read, or is larger than a post may be.
    """
    bound = member.bounds.post_bytes
    with text(member) as stream:
        page = stream.read(bound + 1)
    if len(page) > bound:
        raise member.error(f"longer than {bound:,} characters, the limit for a post")
    dates = {found["what"].lower(): moment(found["when"]) for found in _DATED.finditer(page)}
    start = page.lower().find("<h1")
    body = _DATED.sub("", page[max(start, 0) :])
    address = _PULSE.search(body)
    return make_post(
        member,
        options,
        re.sub(r"</(?:body|html)>\s{0,20}", "", body, flags=re.IGNORECASE).strip(),
        platform="linkedin",
        record=1,
        field="h1+div",
        kind="post" if dates.get("published") else "draft",
        markup="html",
        author=author,
        id=address.group(1) if address else None,
        time=dates.get("published") or dates.get("created"),
        permalink=address.group(1) if address else None,
    )
