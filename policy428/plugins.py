"""Matchers, readers, reports and packs: what modules of this package and other installed packages offer."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from policy428.errors import Policy428Error

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint, EntryPoints

_GROUP = re.compile(rb"^\s*\[\s*policy428\.", re.MULTILINE)
_T = TypeVar("_T")
_C = TypeVar("_C", bound=type)


class Registry(Generic[_T]):
    """Classes by their `name`: those that the modules of `package` register, and those of entry points.

    Args:
        package: name of the package.
        group: entry points of this group name classes of other packages; one of a name known here replaces ours.
    """

    def __init__(self, package: str, group: str) -> None:
        self.package = package
        self.group = group
        self._classes: dict[str, type[_T]] = {}

    def register(self, kind: _C) -> _C:
        """Class decorator: makes a class known by its `name`."""
        self._classes[kind.name] = kind  # type: ignore[attr-defined]
        return kind

    def one(self, name: str) -> type[_T] | None:
        """The class called `name`, without importing the others where a module of that name holds it."""
        if not any(True for _ in _entry_points(self.group)) and name in modules(importlib.import_module(self.package)):
            importlib.import_module(f"{self.package}.{name}")
            if name in self._classes:
                return self._classes[name]
        return self.load().get(name)

    def load(self) -> dict[str, type[_T]]:
        """All classes by name, in the order of their names."""
        for name in modules(importlib.import_module(self.package)):
            importlib.import_module(f"{self.package}.{name}")
        return dict(sorted({**self._classes, **{kind.name: kind for kind in offers(self.group)}}.items()))


def modules(package: ModuleType) -> list[str]:
    """The names of the public modules in `package`, sorted."""
    return sorted(module.name for module in pkgutil.iter_modules(package.__path__) if not module.name.startswith("_"))


def offers(group: str) -> Iterator[Any]:
    """What the entry points of `group` name, in the order of their names.

    Raises:
        Policy428Error: one cannot be loaded.
    """
    for point in sorted(_entry_points(group), key=lambda point: point.name):
        try:
            offered = point.load()
        except Exception as error:
            package = f" of the package “{point.dist.name}”" if point.dist is not None else ""
            message = f"the entry point “{point.name}”{package} in “{group}” cannot be loaded: {type(error).__name__}"
            raise Policy428Error(message, hint="mend or remove the package") from error
        yield offered


def installed_packs() -> tuple[Path, ...]:
    """Folders of the packs (rules, word lists, profiles) that other installed packages offer through the entry point
    group `policy428.packs`.
    """
    return tuple(Path(next(iter(module.__path__))) for module in offers("policy428.packs"))


def _entry_points(group: str) -> Iterable[EntryPoint]:
    return _by_group().select(group=group) if _offered() else ()


@cache
def _offered() -> bool:
    """Whether any installed package may offer something to this one; true where that cannot be told at a glance.

    Most often none does, and then the machinery of metadata need not be imported.
    """
    for entry in sys.path:
        folder = Path(entry or ".")
        if folder.is_file():
            return True  # packages inside an archive
        for pattern in ("*.dist-info/entry_points.txt", "*.egg-info/entry_points.txt", "EGG-INFO/entry_points.txt"):
            try:
                if any(_GROUP.search(file.read_bytes()) for file in folder.glob(pattern)):
                    return True
            except OSError:
                return True
    return any(hasattr(finder, "find_distributions") for finder in sys.meta_path if finder is not PathFinder)


@cache
def _by_group() -> EntryPoints:
    # Asked for one group at a time, the metadata of every installed package would be read anew each time.
    from importlib.metadata import EntryPoints, distributions

    return EntryPoints(point for package in distributions() for point in package.entry_points)
