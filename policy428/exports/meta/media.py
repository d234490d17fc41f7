"""Pictures and videos as Meta lists them: where the file lies, what the camera wrote into it."""

from __future__ import annotations

from typing import Any

from policy428.exports.meta.parts import listed, mapped, words
from policy428.post import Media
from policy428.readers.draft import media_kind


def media_of(value: dict[str, Any]) -> Media | None:
    """The picture or video of an object with `uri` and `media_metadata`; None where it has no file."""
    uri = value.get("uri")
    if not isinstance(uri, str) or not uri:
        return None
    metadata = mapped(value.get("media_metadata"))
    kind = media_kind(uri)
    if kind == "image" and "video_metadata" in metadata and "photo_metadata" not in metadata:
        kind = "video"
    alt = words(value.get("alt_text")) or words(value.get("accessibility_caption"))
    return Media(path=uri, alt=alt, kind=kind, position=positioned(metadata))


def positioned(metadata: dict[str, Any]) -> bool:
    """Whether what the camera wrote holds a latitude and a longitude. Both zero stand for neither."""
    for part in metadata.values():
        for _, exif in listed(mapped(part).get("exif_data")):
            latitude, longitude = exif.get("latitude"), exif.get("longitude")
            if _number(latitude) and _number(longitude) and (latitude or longitude):
                return True
    return False


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
