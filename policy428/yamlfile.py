"""YAML read with the C loader, each value with the line and column where it stands, so that mistakes can be placed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policy428.errors import Place, Policy428Error
from policy428.kept import kept, shipped

_MAX_BYTES = 4_000_000
_MAX_DEPTH = 60
_MAX_VALUES = 400_000  # references to earlier parts of a file can multiply without bound

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A parsed file: its plain data, and where each key path stands (line and column from 1)."""

    path: Path
    data: Any
    places: dict[KeyPath, tuple[int, int]]

    def place(self, keys: KeyPath) -> Place:
        """The place of the value at `keys`, or of the nearest one that encloses it."""
        for length in range(len(keys), -1, -1):
            found = self.places.get(keys[:length])
            if found is not None:
                return Place(str(self.path), *found)
        return Place(str(self.path))


def read(path: Path, error: type[Policy428Error]) -> YamlFile:
    """Reads one YAML document.

    Raises:
        error: the file is missing, too large, not UTF-8 or not YAML; or a key stands twice.
    """
    try:
        raw = path.read_bytes()
    except OSError as problem:
        raise error(f"cannot be read: {problem.strerror or problem}", place=Place(str(path))) from problem
    if len(raw) > _MAX_BYTES:
        raise error(f"larger than {_MAX_BYTES:,} bytes, the limit for a YAML file", place=Place(str(path)))
    found = kept.find("yaml", raw) if shipped(path) else None
    if found is not None:
        return YamlFile(path, *found)
    file = _parse(path, raw, error)
    if shipped(path):
        kept.add("yaml", raw, (file.data, file.places))
    return file


def _parse(path: Path, raw: bytes, error: type[Policy428Error]) -> YamlFile:
    import yaml

    places: dict[KeyPath, tuple[int, int]] = {}
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(raw.decode("utf-8-sig"))
        try:
            node = loader.get_single_node()
            data = None if node is None else _build(loader, node, (), places, path, error)
        finally:
            loader.dispose()
    except UnicodeDecodeError as problem:
        raise error(f"not UTF-8 at byte {problem.start}", place=Place(str(path)), hint="save it as UTF-8") from problem
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        place = Place(str(path), mark.line + 1, mark.column + 1) if mark else Place(str(path))
        raise error(f"not YAML: {problem.problem or 'unreadable'}", place=place) from problem
    except yaml.YAMLError as problem:
        raise error("not YAML: it holds a character YAML does not allow", place=Place(str(path))) from problem
    return YamlFile(path, data, places)


def _build(
    loader: Any,
    node: Any,
    keys: KeyPath,
    places: dict[KeyPath, tuple[int, int]],
    path: Path,
    error: type[Policy428Error],
) -> Any:
    mark = node.start_mark
    places[keys] = (mark.line + 1, mark.column + 1)
    if len(places) > _MAX_VALUES:
        raise error(f"holds more than {_MAX_VALUES:,} values", place=Place(str(path)))
    if len(keys) > _MAX_DEPTH:
        raise error(f"nested deeper than {_MAX_DEPTH} levels", place=Place(str(path), mark.line + 1, mark.column + 1))
    if node.id == "sequence":
        return [_build(loader, item, (*keys, i), places, path, error) for i, item in enumerate(node.value)]
    if node.id == "mapping":
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = loader.construct_object(key_node)
            if isinstance(key, bool):  # YAML 1.1 reads on/off/yes/no as booleans
                key = key_node.value
            place = Place(str(path), key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if not isinstance(key, str | int):
                raise error("a key must be a plain word", place=place)
            if key in result:
                raise error(f"the key “{key}” stands twice", place=place)
            result[key] = _build(loader, value_node, (*keys, key), places, path, error)
            places[(*keys, key)] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        return result
    return loader.construct_object(node)
