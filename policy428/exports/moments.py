"""Times as exports write them, as ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

_ZONE = re.compile(r"\s*(?:UTC|GMT|Z)$", re.IGNORECASE)
_FRACTION = re.compile(r"(:\d\d)[.,](\d{1,6})\d{0,9}")
_LONGEST = 64


def moment(value: Any, *, utc: bool = False) -> str | None:
    """`value` as ISO 8601, or None where it cannot be read as a time.

    Args:
        value: seconds since 1970, a date, or a text: ISO 8601 with a blank or a `T`, a zone's name `UTC` after it, or
            the form of e-mails (RFC 5322).
        utc: a text that names no zone is in UTC.
    """
    try:
        found = _read(value)
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return None
    if found is None:
        return None
    if isinstance(found, datetime):
        if utc and found.tzinfo is None:
            found = found.replace(tzinfo=UTC)
        found = found.replace(microsecond=0)
    return found.isoformat()


def _read(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str):
        text = value.strip()
        if not text or len(text) > _LONGEST or text.startswith("0000") or " -0001 " in text:
            return None
        if re.fullmatch(r"\d{9,11}(?:\.\d{1,9})?", text):
            return datetime.fromtimestamp(float(text), UTC)
        return _written(text)
    seconds = float(value)
    return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else None


def _written(text: str) -> date:
    bare, named = _ZONE.subn("", text)
    if (bare[:4].isdigit() and bare[4:5] in ("-", "/")) or bare[:8].isdigit():
        bare = _FRACTION.sub(r"\1.\2", bare.replace("/", "-"))
        if len(bare) <= 10:
            return date.fromisoformat(bare)
        found = datetime.fromisoformat(bare)
        return found.replace(tzinfo=UTC) if named and found.tzinfo is None else found
    return parsedate_to_datetime(text)
