"""Reading exports through the front door: which format takes what, and what it makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from policy428.errors import InputError
from policy428.exports import Options
from policy428.exports.choose import read
from policy428.post import Post

EXAMPLES = Path(__file__).parents[2] / "examples" / "exports"
SAMPLES = Path(__file__).parents[3] / "shared" / "exports" / "samples"

Row = tuple[str | None, str, str, str | None, str | None]


@dataclass
class Export:
    """What was read of a source."""

    posts: list[Post] = field(default_factory=list)
    errors: list[InputError] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """Of each post its id, kind, text, time and field."""
        return [(post.id, post.source.kind, post.text, post.time, post.source.field) for post in self.posts]

    def of(self, kind: str) -> list[Post]:
        """The posts of one kind."""
        return [post for post in self.posts if post.source.kind == kind]


@pytest.fixture(scope="session")
def read_export() -> Callable[..., Export]:
    """Reads a source with all formats, or the one named `only`."""

    def reading(path: Path | str, only: str | None = None, *, messages: bool = False) -> Export:
        export = Export()
        for item in read([str(path)], Options(messages=messages), [only] if only else None):
            (export.errors if isinstance(item, InputError) else export.posts).append(item)
        return export

    return reading


@pytest.fixture(scope="session")
def examples() -> Path:
    """The folder of small exports in the platforms' layouts."""
    return EXAMPLES


@pytest.fixture(scope="session")
def samples() -> Path:
    """Public samples that nobody here wrote, where they lie beside the checkout."""
    if not SAMPLES.is_dir():
        pytest.skip("the public samples are not beside this checkout")
    return SAMPLES
