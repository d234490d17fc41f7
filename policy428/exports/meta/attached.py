"""What hangs on a Facebook post: pictures, polls, notes, events, things for sale, and what is shared of others."""

from __future__ import annotations

from typing import Any

from policy428.exports.meta.media import media_of
from policy428.exports.meta.parts import Parts, listed, mapped
from policy428.post import Media


def attached(where: str, entry: dict[str, Any], parts: Parts, theirs: Parts, media: list[Media]) -> None:
    """Sorts what is attached to a post: own words, other people's, pictures."""
    picture = entry.get("media")
    if isinstance(picture, dict):
        found = media_of(picture)
        if found is not None:
            media.append(found)
            if found.kind == "video":
                parts.add(f"{where}.media.title", picture.get("title"))
        parts.add(f"{where}.media.description", picture.get("description"))
    for key, fields in (
        ("poll", ("question",)),
        ("note", ("title", "text")),
        ("life_event", ("title", "description")),
        ("for_sale_item", ("title", "description")),
    ):
        inner = mapped(entry.get(key))
        for field in fields:
            parts.add(f"{where}.{key}.{field}", inner.get(field))
        for shown in ("media", "photos"):
            media += [shot for _, item in listed(inner.get(shown)) if (shot := media_of(item)) is not None]
    for index, option in listed(mapped(entry.get("poll")).get("options")):
        parts.add(f"{where}.poll.options[{index}].option", option.get("option"))
    # What a share shows of what is shared: its headline, its words.
    theirs.add(f"{where}.text", entry.get("text"))
    theirs.add(f"{where}.external_context.name", mapped(entry.get("external_context")).get("name"))
    theirs.add(f"{where}.event.name", mapped(entry.get("event")).get("name"))
    if not theirs:
        theirs.add(f"{where}.external_context.url", mapped(entry.get("external_context")).get("url"))
