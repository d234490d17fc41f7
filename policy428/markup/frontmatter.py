"""Front matter before the text: YAML between two `---` lines, TOML between two `+++` lines, or a JSON object.

Positions matter here (a title is published and so is prose), hence PyYAML's node tree rather than a library that
only returns the values; in TOML and JSON the values are looked for behind their keys.
"""

from __future__ import annotations

import json
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

_OPENING = re.compile(r"\A(?:---|\+\+\+)[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_CLOSING_TOML = re.compile(r"^\+\+\+[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_AFTER_JSON = re.compile(r"[ \t]*(?:\r?\n|\Z)")
_KEY = {"toml": r"^[ \t]{0,40}[\"']?%s[\"']?[ \t]{0,40}=[ \t]{0,40}", "json": r"\"%s\"[ \t]{0,40}:\s{0,40}"}


def leads(source: str) -> bool:
    """Whether `source` may start with front matter between lines; cheap."""
    return source.startswith(("---", "+++")) and _OPENING.match(source) is not None


def split(source: str, builder: ProseBuilder) -> tuple[Mapping[str, Any], int]:
    """The front matter of `source` and where the text after it starts; ({}, 0) without one.

    The values of SHOWN keys are added to `builder`, each as a paragraph. A block that is not a mapping is text.
    """
    if source.startswith("{"):
        return _split_json(source, builder)
    opening = _OPENING.match(source)
    if opening is None:
        return {}, 0
    toml = source.startswith("+")
    closing = (_CLOSING_TOML if toml else _CLOSING).search(source, opening.end(), opening.end() + LIMIT)
    if closing is None:
        return {}, 0
    block = source[opening.end() : closing.start()]
    try:
        if toml:
            import tomllib

            values = tomllib.loads(block.replace("\r\n", "\n"))
            _add_values(values, block, "toml", opening.end(), builder)
            return values, closing.end()
        values, shown = _load(block)
    except (ValueError, RecursionError):
        return {}, 0
    for node in shown:
        builder.separate("\n\n")
        _add_scalar(node, block, opening.end(), builder)
    return values, closing.end()


def _split_json(source: str, builder: ProseBuilder) -> tuple[Mapping[str, Any], int]:
    try:
        values, end = json.JSONDecoder().raw_decode(source[:LIMIT])
    except (ValueError, RecursionError):
        return {}, 0
    after = _AFTER_JSON.match(source, end)
    if not isinstance(values, dict) or after is None:
        return {}, 0
    _add_values(values, source[:end], "json", 0, builder)
    return values, after.end()


def _add_values(values: Mapping[str, Any], block: str, kind: str, base: int, builder: ProseBuilder) -> None:
    """Adds the values of SHOWN keys of a block of TOML or JSON, in the order of their places."""
    found: list[tuple[int, str]] = []
    for key, value in values.items():
        if isinstance(value, str) and value.strip() and key.lower() in SHOWN:
            written = re.search(_KEY[kind] % re.escape(key), block, re.MULTILINE)
            found.append((written.end() if written else 0, value.strip()))
    for start, value in sorted(found):
        builder.separate("\n\n")
        builder.add_places(value, align(value, block, start, len(block), base))


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
