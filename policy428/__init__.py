"""policy428: tells a school employee, before they post, which clause of the social-media policy a draft would break.

>>> from policy428 import Linter, Post
>>> [v.clause for v in Linter().check(Post(text="What a damn mess."))]
['IV.B']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policy428.config import Config
    from policy428.document import Document
    from policy428.errors import Policy428Error
    from policy428.linter import Linter
    from policy428.post import Author, Media, Post
    from policy428.violation import Evidence, Violation

__all__ = ["Author", "Config", "Document", "Evidence", "Linter", "Media", "Policy428Error", "Post", "Violation"]

_HOME = {
    "Author": "post",
    "Config": "config",
    "Document": "document",
    "Evidence": "violation",
    "Linter": "linter",
    "Media": "post",
    "Policy428Error": "errors",
    "Post": "post",
    "Violation": "violation",
}


def __getattr__(name: str) -> Any:
    """Imports a public name on first use, so that `import policy428` costs next to nothing."""
    if name in _HOME:
        return getattr(import_module(f"policy428.{_HOME[name]}"), name)
    raise AttributeError(f"module “policy428” has no attribute “{name}”")
