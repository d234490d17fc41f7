"""The texts of one record, gathered with the fields they stood in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_SHOWN = 8
_MENTION = re.compile(r"@\[\d{1,25}:\d{1,10}:([^\[\]]{1,200})\]")


class Parts:
    """What a person wrote in one record: each text once, with where it stood.

    People and pages that were tagged, `@[123:2048:Nora]`, stand by their name, as readers saw them.

    Attributes:
        odd: a field that should hold text holds something else.
    """

    def __init__(self) -> None:
        self._parts: list[tuple[str, str]] = []
        self._seen = {""}
        self.odd = False

    def add(self, field: str, value: Any) -> None:
        """Adds `value`, unless it is blank or stands in another field already."""
        if not isinstance(value, str):
            self.odd |= value is not None
        elif value.strip() not in self._seen:
            self._seen.add(value.strip())
            self._parts.append((field, _MENTION.sub(r"\1", value) if "@[" in value else value))

    def __bool__(self) -> bool:
        return bool(self._parts)

    @property
    def text(self) -> str:
        """The texts as one, a blank line between."""
        return "\n\n".join(text for _, text in self._parts)

    @property
    def field(self) -> str | None:
        """Where they stood, `title+text`; None where there is none."""
        fields = [field for field, _ in self._parts]
        return "+".join(fields[:_SHOWN] + ["…"] * (len(fields) > _SHOWN)) or None


def listed(value: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of `value` with their index: of a list without its stray values, of an object alone, of null none."""
    if isinstance(value, dict):
        yield 0, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, dict):
                yield index, item


def mapped(value: Any) -> dict[str, Any]:
    """`value` if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def words(value: Any) -> str | None:
    """`value` if it is a text that is not blank."""
    return value if isinstance(value, str) and value.strip() else None


def unfolded(record: dict[str, Any], known: frozenset[str]) -> list[dict[str, Any]]:
    """The records in a `record` that has none of the `known` fields: an object around lists, whose key nobody knows."""
    if not known.isdisjoint(record):
        return [record]
    return [item for value in record.values() for _, item in listed(value) if not known.isdisjoint(item)]
