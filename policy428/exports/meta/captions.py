"""A post of Instagram or Threads: pictures, and the caption that stands with the post or with its first picture."""

from __future__ import annotations

from typing import Any

from policy428.exports.meta.media import media_of
from policy428.exports.meta.parts import Parts, listed
from policy428.post import Media


def captions(record: dict[str, Any]) -> tuple[Parts, list[Media], Any]:
    """The captions of a post each once, its pictures and videos, and its time in seconds since 1970.

    A record without `media` is a picture itself: so stories are listed.
    """
    parts = Parts()
    media: list[Media] = []
    parts.add("title", record.get("title"))
    parts.add("description", record.get("description"))
    time = record.get("creation_timestamp") or record.get("taken_at_timestamp")
    if "media" not in record and (alone := media_of(record)) is not None:
        media.append(alone)
    for index, item in listed(record.get("media")):
        parts.add(f"media[{index}].title", item.get("title"))
        parts.add(f"media[{index}].description", item.get("description"))
        if (found := media_of(item)) is not None:
            media.append(found)
        time = time or item.get("creation_timestamp") or item.get("taken_at_timestamp")
    return parts, media, time
