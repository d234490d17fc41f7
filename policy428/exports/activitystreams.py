"""Values of ActivityStreams, any of which may be one thing, a list of several or an object instead of an address."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import Any


def kind_of(entry: Mapping[str, Any]) -> str:
    """The type of an object, the first of several."""
    kind = entry.get("type") or entry.get("@type")
    kind = next((one for one in kind if isinstance(one, str)), "") if isinstance(kind, list) else kind
    return kind if isinstance(kind, str) else ""


def text_of(entry: Mapping[str, Any], key: str) -> str | None:
    """The text under `key`, or None where it is none or empty."""
    found = entry.get(key)
    return found if isinstance(found, str) and found else None


def each(entry: Any) -> list[Any]:
    """A value as a list: itself, or what it lists."""
    return entry if isinstance(entry, list) else [] if entry is None else [entry]


def maps(entry: Any) -> list[Mapping[str, Any]]:
    """The objects of a value that may be one, a list or neither."""
    return [one for one in each(entry) if isinstance(one, Mapping)]


def strings(entry: Any) -> list[str]:
    """The strings of a value that may be one, a list or neither."""
    return [one for one in each(entry) if isinstance(one, str)]


def address_of(entry: Any) -> str | None:
    """The address that a string, a link or an object stands for, the first of several."""
    for one in each(entry):
        found = (text_of(one, "href") or text_of(one, "url") or text_of(one, "id")) if isinstance(one, Mapping) else one
        if isinstance(found, str) and found:
            return found
    return None


def page(entry: Any) -> str | None:
    """An id that is the address of a page."""
    return entry if isinstance(entry, str) and entry.startswith("http") else None


def paragraphs(*texts: str | None) -> str:
    """Plain texts as paragraphs of HTML; one that is HTML already stays."""
    written = (text for text in texts if text and text.strip())
    return "\n".join(text if "</" in text else f"<p>{html.escape(text, quote=False)}</p>" for text in written)


def listed(choices: Iterable[str | None]) -> str:
    """The choices of a poll as a list of HTML."""
    items = "".join(f"<li>{html.escape(choice, quote=False)}</li>" for choice in choices if choice)
    return f"<ul>{items}</ul>" if items else ""
