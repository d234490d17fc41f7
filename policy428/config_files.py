"""The files of a configuration: which one applies to a draft, what it inherits, and where each value stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policy428.errors import ConfigError, Place
from policy428.table import read_text
from policy428.yamlfile import KeyPath, YamlFile, read

NAMES = ("policy428.yaml", "policy428.yml", ".policy428.yaml")
PYPROJECT = "pyproject.toml"
TOOL = "policy428"
MAX_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Layer:
    """One configuration file: its keys, and the folder that its relative paths count from."""

    file: YamlFile
    folder: Path


def find(start: Path) -> Path | None:
    """The configuration file nearest to `start`, a draft or a folder: beside it, or in a folder above."""
    start = start.absolute()
    for folder in (start, *start.parents):
        for name in NAMES:
            if (folder / name).is_file():
                return folder / name
        pyproject = folder / PYPROJECT
        if pyproject.is_file() and f"tool.{TOOL}" in pyproject.read_text("utf-8", errors="replace"):
            return pyproject
    return None


def layers(path: Path) -> list[Layer]:
    """The file `path` and all that it inherits from by `extends`, nearest first.

    Raises:
        ConfigError: a file is missing or wrong, or they inherit from each other in a circle.
    """
    return list(_chain(path, ()))


def _chain(path: Path, trail: tuple[Path, ...], place: Place | None = None) -> Iterator[Layer]:
    resolved = path.resolve()
    if resolved in trail:
        names = " → ".join(item.name for item in (*trail[trail.index(resolved) :], resolved))
        raise ConfigError(f"“extends” goes round in a circle: {names}", place=place)
    if len(trail) >= MAX_CHAIN:
        raise ConfigError(f"“extends” is more than {MAX_CHAIN} files deep", place=place)
    if place is not None and not path.is_file():
        raise ConfigError(f"“extends” names a file that is not there: {path}", place=place)
    file = read_toml(path) if path.suffix == ".toml" else read(path, ConfigError)
    yield Layer(file, path.parent)
    data = file.data
    extends = data.get("extends") if isinstance(data, dict) else None
    # Of several, the last one named wins over the others, as later rules usually do.
    for number, parent in reversed(list(enumerate([extends] if isinstance(extends, str) else extends or []))):
        key: KeyPath = ("extends",) if isinstance(extends, str) else ("extends", number)
        if not isinstance(parent, str):
            raise ConfigError("“extends” must be a path or a list of paths", place=file.place(key))
        yield from _chain(path.parent / parent, (*trail, resolved), file.place(key))


def read_toml(path: Path) -> YamlFile:
    """The table `tool.policy428` of a pyproject.toml, with the places of its keys.

    Raises:
        ConfigError: the file cannot be read or is not TOML.
    """
    text = read_text(path)
    try:
        data: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        where = re.search(r"line (\d+), column (\d+)", str(problem))
        line, column = (int(where[1]), int(where[2])) if where else (None, None)
        reason = re.sub(r"\s*\(at .*", "", str(problem))
        raise ConfigError(f"not TOML: {reason}", place=Place(str(path), line, column)) from None
    table = data.get("tool", {}).get(TOOL, {})
    return YamlFile(path, table, _toml_places(text))


def _toml_places(text: str) -> dict[KeyPath, tuple[int, int]]:
    """Line and column of each key below `tool.policy428`; the standard parser does not tell them."""
    places: dict[KeyPath, tuple[int, int]] = {}
    table: KeyPath | None = None
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[([^\[\]]{1,200})\]", line)
        if header:
            parts = _dotted(header[1])
            table = tuple(parts[2:]) if parts[:2] == ["tool", TOOL] else None
            if table is not None:
                places[table] = (number, 1)
            continue
        entry = re.match(r"(\s*)((?:[\w.-]|\"[^\"]*\")+)\s*=", line)
        if entry and table is not None:
            places[(*table, *_dotted(entry[2]))] = (number, len(entry[1]) + 1)
    return places


def _dotted(key: str) -> list[str]:
    return [part[0] or part[1] for part in re.findall(r"\"([^\"]*)\"|([\w-]+)", key)]
