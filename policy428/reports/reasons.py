"""Why a finding is made, in plain words: what each condition held on, and how it was weighed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from policy428.violation import Evidence, Violation

_LONGEST = 80


def reasons(violation: Violation, mask: Callable[[str], str]) -> Iterator[str]:
    """A line for each piece of evidence, and a last one with the confidence and what spoke for and against.

    `mask` hides what the report must not show; every line has gone through it.
    """
    weighed = "on what the post means, and on nothing else"
    for item in violation.evidence:
        if item.leaf == "judge":
            weighed = item.why
        elif item.text.strip():
            yield f"“{_shortened(mask(item.text))}” ({item.leaf}){_because(item, mask)}"
        else:
            yield f"{item.leaf}{_because(item, mask)}"
    yield f"confidence {violation.confidence:.2f}: {weighed}"


def _because(item: Evidence, mask: Callable[[str], str]) -> str:
    if not item.why:
        return ""
    why = mask(item.why)
    if item.private and mask(item.text) != item.text:
        # The reason for a name tells its parts apart, “Tove” and “Ibsen”, which the mask knows only together.
        parts = set(re.findall(r"\w+", item.text))
        why = re.sub(
            r"\w+", lambda word: f"{word[0][0]}." if word[0] in parts and word[0][0].isupper() else word[0], why
        )
    return f": {why}"


def _shortened(text: str) -> str:
    """`text` on one line and at most so long; shortened after masking, which goes by whole words."""
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
