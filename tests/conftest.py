"""Shared fixtures: one packaged linter for the whole run, and small lexicons made on the spot."""

from collections.abc import Callable
from pathlib import Path

import pytest

from policy428.linter import Linter


@pytest.fixture(scope="session")
def linter() -> Linter:
    return Linter()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    def writer(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return writer
