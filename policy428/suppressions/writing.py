"""Writes suppressions into drafts, so that what is found today is let stand with a reason.

A change is taken only where the draft, read again, says the same to its readers and is built of the same blocks.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policy428.errors import InputError, Place
from policy428.post import Markup
from policy428.rule import META
from policy428.suppressions.files import write_whole

if TYPE_CHECKING:
    from policy428.violation import Violation

_MARKUPS: Mapping[str, Markup] = {"markdown": "markdown", "html": "html", "text": "text"}
"""How drafts are written, by the name of their reader."""


def add(path: str, found: Sequence[Violation], reason: str) -> tuple[int, str]:
    """Suppresses `found`, violations of the draft or drafts in the file at `path`.

    Returns:
        How many findings were suppressed, and what a person should know of those that were not; empty for nothing.

    Raises:
        InputError: the file cannot be read or written.
    """
    from policy428.readers import reader_for

    wanted = [violation for violation in found if violation.clause != META]
    if not wanted:
        return 0, ""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", place=Place(path)) from None
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    try:
        text = data[len(mark) :].decode("utf-8")
    except UnicodeDecodeError:
        return 0, "is not UTF-8, and is left as it is"
    name = reader_for(path).name
    if name == "jsonl":
        from policy428.suppressions.records import with_fields

        new, count = with_fields(text, wanted, reason)
    elif name in _MARKUPS:
        from policy428.suppressions.drafts import with_suppressions

        new, count = with_suppressions(text, _MARKUPS[name], wanted, reason)
    else:
        return 0, "is of a kind that holds no suppressions; “suppress” in the configuration does"
    if new != text:
        write_whole(Path(path), mark + new.encode("utf-8"))
    if count == len(wanted):
        return count, ""
    if name == "text":
        return count, "is plain text, which holds no comments; “suppress” in the configuration does for it"
    return count, "could not take all suppressions; “suppress” in the configuration does for the others"
