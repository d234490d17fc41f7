"""The shipped model files: a manifest with the hash of each, checked whenever one is read."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from policy428.errors import ModelError

FORMAT = 1
MANIFEST = "meaning.json"
HINT = "reinstall policy428"


class Store:
    """The folder of shipped models.

    Args:
        folder: where the manifest and its files lie.

    Raises:
        ModelError: the manifest cannot be read, or is of another version.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self.manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise ModelError(f"the meaning model in {folder} cannot be read", hint=HINT) from error
        if self.manifest.get("format") != FORMAT:
            raise ModelError(f"the meaning model in {folder} is of another version", hint=HINT)

    def read(self, name: str) -> bytes:
        """The bytes of a file of the manifest.

        Raises:
            ModelError: the file is missing or not the one that was shipped.
        """
        path = self.folder / name
        try:
            data = path.read_bytes()
        except OSError as error:
            raise ModelError(f"the model file {path} is missing", hint=HINT) from error
        if hashlib.sha256(data).hexdigest() != self.manifest["files"].get(name):
            raise ModelError(f"the model file {path} is not the one that was shipped", hint=HINT)
        return data
