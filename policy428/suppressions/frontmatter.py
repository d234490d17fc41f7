"""Suppressions written into front matter of YAML, with all else in it left as it was written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yaml.nodes import MappingNode

_OWN, _IGNORE = "policy428", "ignore"


def with_names(text: str, end: int, names: Sequence[str], reason: str) -> str | None:
    """`text` whose front matter, which ends at `end`, suppresses `names`; None where it cannot be told how."""
    from policy428.markup.builder import ProseBuilder
    from policy428.markup.frontmatter import split

    if not end or not text.startswith("---"):
        return None
    values, _ = split(text, ProseBuilder())
    own = values.get(_OWN)
    known = own.get(_IGNORE) if isinstance(own, dict) else None
    lines = text[:end].splitlines(keepends=True)
    line = "\r\n" if lines[0].endswith("\r\n") else "\n"
    if own is None and _OWN not in values:
        at, written = len(lines) - 1, [f"{_OWN}:", f"  {_IGNORE}:", *_pairs(names, reason, "    ")]
    elif isinstance(known, dict) and known and not set(names) & set(known):
        place = _last_line("".join(lines[1:-1]))
        if place is None:
            return None
        at, written = place[0] + 2, _pairs(names, reason, " " * place[1])
    else:
        return None
    new = "".join([*lines[:at], *(item + line for item in written), *lines[at:]]) + text[end:]
    wanted = {**(known or {}), **dict.fromkeys(names, reason)}
    made = split(new, ProseBuilder())[0].get(_OWN)
    return new if isinstance(made, dict) and made.get(_IGNORE) == wanted else None


def _pairs(names: Sequence[str], reason: str, indent: str) -> list[str]:
    return [f"{indent}{name}: {json.dumps(reason, ensure_ascii=False)}" for name in names]


def _last_line(block: str) -> tuple[int, int] | None:
    """Line and indent of the last suppression of a block of YAML; None where they are not a line each."""
    import yaml

    try:
        own = _value(yaml.compose(block, Loader=yaml.SafeLoader), _OWN)
        known = _value(own, _IGNORE)
    except yaml.YAMLError:
        return None
    if known is None or known.flow_style or not known.value:
        return None
    key, value = known.value[-1]
    if value.end_mark.line != key.start_mark.line:
        return None
    return key.start_mark.line, key.start_mark.column


def _value(node: object, name: str) -> MappingNode | None:
    import yaml

    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        return None
    found = next((value for key, value in node.value if key.value == name), None)
    return found if isinstance(found, yaml.MappingNode) else None
