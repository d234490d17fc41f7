"""A text of the profile after what the person wrote."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from policy428.markup import parse
from policy428.violation import Fix

if TYPE_CHECKING:
    from policy428.document import Document

_CLOSING = re.compile(r"[ \t]*</(?:body|html)\s*>", re.IGNORECASE)


def appended(text: str, document: Document) -> Fix | None:
    """The edit that puts `text` in a paragraph of its own at the end of the post.

    None where the post holds it already, or where a reader would not see it there (after code that is not closed).
    """
    text = text.strip()
    post = document.post
    if not text or _flat(text) in _flat(document.prose.text):
        return None
    newline = "\r\n" if "\r\n" in post.text else "\n"
    if post.markup == "html":
        fix = _into_html(html.escape(text, quote=False), post.text, newline, document.markup.body)
    else:
        # White space at the end stays there, so that a file ends as it did.
        end = max(len(post.text.rstrip()), document.markup.body)
        between = newline * 2 if post.text[document.markup.body : end].strip() else ""
        fix = Fix(end, end, between + text)
    after = post.text[: fix.start] + fix.text + post.text[fix.end :]
    return fix if _flat(text) in _flat(parse(after, post.markup).prose.text) else None


def _into_html(text: str, source: str, newline: str, body: int) -> Fix:
    closing = _CLOSING.search(source, body)
    if closing is not None:
        return Fix(closing.start(), closing.start(), f"<p>{text}</p>{newline}")
    end = max(len(source.rstrip()), body)
    return Fix(end, end, f"{newline if source[body:end].strip() else ''}<p>{text}</p>")


def _flat(text: str) -> str:
    return " ".join(text.lower().split())
