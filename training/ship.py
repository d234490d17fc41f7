"""Writes the files that are shipped: plain arrays, an ONNX graph, a vocabulary, and a manifest with their hashes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from benchmarks.scoring import CLAUSES
from policy428.meaning.linear import RARITY_STEP
from policy428.meaning.store import FORMAT
from training.finetune import Recipe
from training.graph import build
from training.linear import Linear
from training.network import Encoder, package_folder
from training.posts import OUTPUTS, Floats, Labelled
from training.tokens import kept, vocabulary


def ship(
    folder: Path,
    linear: Linear,
    encoder: Encoder,
    recipe: Recipe,
    posts: Labelled,
) -> dict[str, int]:
    """Writes everything to `folder` and gives the size of each file in bytes; the judge is fitted afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    scale = np.maximum(np.abs(linear.weights).max(0), 1e-8) / 127
    every = vocabulary(package_folder(recipe.package))
    words = [every[i] for i in kept(package_folder(recipe.package))]
    files = {
        "linear.bin": np.rint(linear.weights / scale).astype(np.int8).tobytes(),
        "rarity.bin": np.rint(linear.rarity / RARITY_STEP).astype(np.uint8).tobytes(),
        "encoder.onnx": build(encoder),
        "head.bin": encoder.head.weight.detach().numpy().astype(np.float32).tobytes(),
        "vocabulary.txt": "\n".join(words).encode("utf-8") + b"\n",
    }
    manifest = {
        "format": FORMAT,
        "clauses": CLAUSES,
        "outputs": OUTPUTS,
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
        "linear": {"scale": _plain(scale), "bias": _plain(linear.bias)},
        "recipe": asdict(recipe),
        "posts": len(posts),
    }
    files["meaning.json"] = (json.dumps(manifest, indent=1) + "\n").encode("utf-8")
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return {name: len(data) for name, data in files.items()}


def _plain(values: Floats) -> list[float]:
    return [round(float(value), 7) for value in values]
