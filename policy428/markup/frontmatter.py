"""YAML front matter: a mapping between two `---` lines before the text.

Positions matter here (a title is published and so is prose), hence PyYAML's node tree rather than a library that
only returns the values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from policy428.markup.builder import ProseBuilder

if TYPE_CHECKING:
    from yaml.nodes import Node, ScalarNode

LIMIT = 64 * 1024
"""Characters of front matter that are read; a longer block is taken for text."""

SHOWN = ("title", "description", "summary", "excerpt", "subtitle")
"""Keys whose values the readers of a page see."""

_OPENING = re.compile(r"\A---[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)


def leads(source: str) -> bool:
    """Whether `source` may start with front matter; cheap."""
    return source.startswith("---") and _OPENING.match(source) is not None


def split(source: str, builder: ProseBuilder) -> tuple[Mapping[str, Any], int]:
    """The front matter of `source` and where the text after it starts; ({}, 0) without one.

    The values of SHOWN keys are added to `builder`, each as a paragraph. A block that is not a YAML mapping is text.
    """
    opening = _OPENING.match(source)
    if opening is None:
        return {}, 0
    closing = _CLOSING.search(source, opening.end(), opening.end() + LIMIT)
    if closing is None:
        return {}, 0
    block = source[opening.end() : closing.start()]
    try:
        values, shown = _load(block)
    except (ValueError, RecursionError):
        return {}, 0
    for node in shown:
        builder.separate("\n\n")
        _add_scalar(node, block, opening.end(), builder)
    return values, closing.end()


def _load(block: str) -> tuple[dict[str, Any], list[ScalarNode]]:
    import yaml

    try:
        loader = yaml.SafeLoader(block)
        try:
            node: Node | None = loader.get_single_node()
            if node is None:
                return {}, []
            if not isinstance(node, yaml.MappingNode):
                raise ValueError("front matter is not a mapping")
            values = loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        raise ValueError("front matter is not YAML") from error
    shown = [
        value
        for key, value in node.value
        if isinstance(value, yaml.ScalarNode) and isinstance(key.value, str) and key.value.lower() in SHOWN
    ]
    return {str(key): value for key, value in values.items()}, shown


def _add_scalar(node: ScalarNode, block: str, base: int, builder: ProseBuilder) -> None:
    start, end = node.start_mark.index, node.end_mark.index
    raw = block[start:end]
    value = node.value.rstrip()
    if raw == value:
        builder.add(value, base + start)
    elif raw[1:-1] == value:
        builder.add(value, base + start + 1)
    else:
        builder.add_places(value, align(value, block, start, end, base))


def align(text: str, source: str, start: int, end: int, base: int) -> list[int]:
    """For each character of `text` its place in `source[start:end]` plus `base`, both read from left to right.

    A character that is not found in what is left (a folded line, an escape) takes the place of the one before it.
    """
    places = []
    cursor = last = start
    for char in text:
        found = source.find(char, cursor, end)
        if found >= 0 and (char.isspace() or found - cursor < 80):
            last, cursor = found, found + 1
        places.append(base + last)
    return places
