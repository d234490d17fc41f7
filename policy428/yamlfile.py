"""YAML read with places: plain Python data, and the line and column where each value stands.

Parsed by libyaml's C code, so that a profile of a few hundred lines costs milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policy428.errors import ConfigError, Place, Policy428Error

MAX_BYTES = 4_000_000
MAX_NODES = 400_000

Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class YamlFile:
    """One parsed file.

    Attributes:
        path: as it was given.
        data: plain dicts, lists and scalars.
        places: `(line, column)` from 1 of the value at each key path; for a mapping's entry, of its key.
    """

    path: str
    data: Any
    places: dict[Key, tuple[int, int]]

    def place(self, key: Key = ()) -> Place:
        """Where the value at `key` stands, or its nearest ancestor."""
        while key and key not in self.places:
            key = key[:-1]
        line, column = self.places.get(key, (1, 1))
        return Place(self.path, line, column)


def read_yaml(path: Path, error: type[Policy428Error] = ConfigError) -> YamlFile:
    """Reads and parses the UTF-8 file `path`.

    Raises:
        Policy428Error: of the class `error`; the file is missing, too large, not UTF-8 or not plain YAML.
    """
    try:
        raw = path.read_bytes()
    except OSError as problem:
        raise error(f"cannot be read: {problem.strerror or problem}", place=Place(str(path))) from None
    if len(raw) > MAX_BYTES:
        raise error(f"is larger than {MAX_BYTES:,} bytes", place=Place(str(path)))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise error(f"is not UTF-8 (byte {problem.start})", place=Place(str(path))) from None
    return parse_yaml(text, str(path), error)


def parse_yaml(text: str, path: str = "<text>", error: type[Policy428Error] = ConfigError) -> YamlFile:
    """Parses YAML from a string; see `read_yaml`."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        root = loader.get_single_node()
        places: dict[Key, tuple[int, int]] = {(): (1, 1)}
        data = None if root is None else _Builder(loader, path, error, places).build(root, ())
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
        raise error(f"is not valid YAML: {problem.problem or 'syntax error'}", place=place) from None
    except (yaml.YAMLError, ValueError) as problem:
        reason = str(problem).splitlines()[0]
        raise error(f"is not valid YAML: {reason}", place=Place(path)) from None
    except RecursionError:
        raise error("is nested too deeply", place=Place(path)) from None
    finally:
        loader.dispose()
    return YamlFile(path, data, places)


class _Builder:
    """Turns libyaml's nodes into data, noting places; refuses repeated keys, odd tags and alias bombs."""

    def __init__(self, loader: Any, path: str, error: type[Policy428Error], places: dict[Key, tuple[int, int]]) -> None:
        self.loader = loader
        self.path = path
        self.error = error
        self.places = places
        self.count = 0

    def build(self, node: Any, key: Key) -> Any:
        self.count += 1
        if self.count > MAX_NODES:
            raise self.error(f"holds more than {MAX_NODES:,} values", place=Place(self.path))
        if node.id == "scalar":
            return node.value if node.tag == "tag:yaml.org,2002:str" else self.loader.construct_object(node)
        places = self.places
        if node.id == "sequence":
            items = []
            for number, child in enumerate(node.value):
                mark = child.start_mark
                places[(*key, number)] = (mark.line + 1, mark.column + 1)
                items.append(self.build(child, (*key, number)))
            return items
        mapping: dict[Any, Any] = {}
        for name_node, child in node.value:
            mark = name_node.start_mark
            place = (mark.line + 1, mark.column + 1)
            if name_node.id != "scalar":
                raise self.error("a key must be a plain word", place=Place(self.path, *place))
            name = name_node.value
            if name in mapping:
                raise self.error(f"“{name}” is given twice", place=Place(self.path, *place))
            places[(*key, name)] = place
            mapping[name] = self.build(child, (*key, name))
        return mapping
