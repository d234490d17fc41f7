"""Fine-tunes the encoder on labelled posts."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.scoring import CLAUSES
from policy428.folding import fold
from policy428.meaning.rendering import Rendered
from training.augment import Augmenter
from training.network import PACKAGE, Encoder, package_folder, pretrained
from training.posts import OUTPUTS, Floats, Labelled
from training.tokens import Ints, encode, padded

# How many numbers a post and a reason are compared by.
EXPLAINED = 128


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the encoder is trained; `explain` is the weight of telling posts by the reasons given for their labels."""

    package: str = PACKAGE
    epochs: float = 4.0
    batch: int = 16
    rate: float = 8e-5
    head_rate: float = 2e-3
    decay: float = 0.01
    layer_decay: float = 1.0
    warmup: float = 0.06
    dropout: float = 0.1
    head_dropout: float = 0.1
    smoothing: float = 0.0
    rdrop: float = 0.0
    average: float = 0.99
    family_weight: float = 0.3
    explain: float = 0.1
    positive_weight: float = 1.0
    swap_names: float = 0.4
    typos: float = 0.0
    freeze_words: bool = False
    threads: int = 1
    seed: int = 428


def train(posts: Labelled, recipe: Recipe, *, soft: Floats | None = None) -> Encoder:
    """An encoder trained on `posts`; `soft` holds a teacher's probabilities to be learned beside the labels."""
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    torch.use_deterministic_algorithms(True)
    torch.utils.deterministic.fill_uninitialized_memory = False  # type: ignore[attr-defined]
    rng = np.random.default_rng(recipe.seed)
    model = pretrained(len(OUTPUTS), dropout=recipe.dropout, head_dropout=recipe.head_dropout, package=recipe.package)
    if recipe.freeze_words:
        model.words.weight.requires_grad_(False)
    folder = package_folder(recipe.package)
    reasons = encode([Rendered(fold(case.why).text, "", "personal") for case in posts.cases], folder)
    aside = nn.Linear(2 * model.config["hidden_size"], EXPLAINED, bias=False)
    groups = [
        *_parameters(model, recipe),
        {"params": list(aside.parameters()), "lr": recipe.head_rate, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, fused=True)
    per_epoch = math.ceil(len(posts) / recipe.batch)
    steps = int(per_epoch * recipe.epochs)
    warm = max(1, int(steps * recipe.warmup))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))
    )
    augmenter = Augmenter(recipe.swap_names, recipe.typos, rng)
    mean = [p.detach().clone() for p in model.parameters()] if recipe.average else []
    model.train()
    step, started, lost = 0, time.monotonic(), 0.0
    while step < steps:
        pairs = zip(posts.posts, posts.facts, strict=True)
        items = encode([augmenter.change(post, facts) for post, facts in pairs], folder)
        for rows in _batches([len(ids) for ids, _ in items], recipe.batch, rng):
            if step >= steps:
                break
            ids, kinds = (torch.from_numpy(a) for a in padded([items[i] for i in rows]))
            targets = torch.from_numpy(posts.targets[rows])
            if soft is not None:
                targets = (targets + torch.from_numpy(soft[rows])) / 2
            loss, seen = _loss(model, ids, kinds, targets, torch.from_numpy(posts.mask[rows]), recipe)
            if recipe.explain:
                loss = loss + recipe.explain * _unexplained(model, aside, seen, [reasons[i] for i in rows])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            lost += loss.item()
            if mean and step > steps * 0.5:
                keep = min(recipe.average, 1 - 1 / (step - steps * 0.5 + 1))
                for old, new in zip(mean, model.parameters(), strict=True):
                    old.lerp_(new.detach(), 1 - keep)
            if step % 50 == 0:
                spent = time.monotonic() - started
                print(f"  step {step}/{steps} loss {lost / 50:.4f} {spent:.0f} s", file=sys.stderr, flush=True)  # noqa: T201
                lost = 0.0
    if mean:
        with torch.no_grad():
            for old, new in zip(mean, model.parameters(), strict=True):
                new.copy_(old)
    return model.eval()


def predict(model: Encoder, posts: Labelled, package: str = PACKAGE) -> Floats:
    """Log-odds for each output, a row a post."""
    pairs = zip(posts.rendered, posts.facts, strict=True)
    items = encode([rendered.told(facts) for rendered, facts in pairs], package_folder(package))
    order = sorted(range(len(items)), key=lambda i: len(items[i][0]))
    result = np.zeros((len(items), len(OUTPUTS)), np.float32)
    model.eval()
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        for at in range(0, len(order), 64):
            rows = order[at : at + 64]
            ids, kinds = (torch.from_numpy(a) for a in padded([items[i] for i in rows]))
            result[rows] = model(ids, kinds).float().numpy()
    return result


def save(model: Encoder, path: Path) -> None:
    """Writes the weights as safetensors."""
    from safetensors.torch import save_file

    save_file({name: tensor.contiguous() for name, tensor in model.state_dict().items()}, path)


def restore(paths: Sequence[Path], package: str = PACKAGE) -> Encoder:
    """The encoder that `save` wrote; of several the mean of their weights.

    The mean hears better than either, as long as all began from the same weights (“model soups”, Wortsman and others,
    2022, https://arxiv.org/abs/2203.05482).
    """
    from safetensors.torch import load_file

    model = pretrained(len(OUTPUTS), dropout=0.0, head_dropout=0.0, package=package)
    states = [load_file(path) for path in paths]
    model.load_state_dict({name: sum(state[name] for state in states) / len(states) for name in states[0]})
    return model.eval()


def _loss(
    model: Encoder, ids: Tensor, kinds: Tensor, targets: Tensor, mask: Tensor, recipe: Recipe
) -> tuple[Tensor, Tensor]:
    """The loss of a batch, and its posts as the head sees them."""
    weights = torch.full((len(OUTPUTS),), recipe.family_weight)
    weights[: len(CLAUSES)] = 1.0
    weights = mask * weights * (1 + (recipe.positive_weight - 1) * targets)
    smooth = targets * (1 - recipe.smoothing) + recipe.smoothing * 0.05
    twice = recipe.rdrop > 0
    if twice:
        ids, kinds = torch.cat([ids, ids]), torch.cat([kinds, kinds])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        seen = model.pooled(ids, kinds)
        logits = model.headed(seen)
    logits = logits.float()
    scale = len(targets) * len(CLAUSES)
    if not twice:
        loss = functional.binary_cross_entropy_with_logits(logits, smooth, reduction="none")
        return (loss * weights).sum() / scale, seen
    one, other = logits.chunk(2)
    loss = functional.binary_cross_entropy_with_logits(logits, smooth.repeat(2, 1), reduction="none")
    loss = (loss[: len(one)] + loss[len(one) :]) / 2
    # Symmetric divergence of two Bernoulli answers: difference of the probabilities times that of the log-odds.
    apart = (one.sigmoid() - other.sigmoid()) * (one - other) / 2
    total: Tensor = ((loss + recipe.rdrop * apart) * weights).sum() / scale
    return total, seen[: len(targets)]


def _unexplained(model: Encoder, aside: nn.Linear, seen: Tensor, reasons: list[tuple[Ints, Ints]]) -> Tensor:
    """How badly the posts of a batch are told apart by the reasons given for their labels, and the reasons by posts.

    Posts and reasons are drawn to each other in a space of their own, which is thrown away afterwards, by the loss of
    van den Oord and others, 2018 (https://arxiv.org/abs/1807.03748), at a temperature of 0.07.
    """
    with torch.autocast("cpu", dtype=torch.bfloat16):
        told = model.pooled(*(torch.from_numpy(a) for a in padded(reasons)))
    one, other = (functional.normalize(aside(x.float()), dim=1) for x in (seen, told))
    likeness = one @ other.T / 0.07
    own = torch.arange(len(reasons))
    return (functional.cross_entropy(likeness, own) + functional.cross_entropy(likeness.T, own)) / 2


def _parameters(model: Encoder, recipe: Recipe) -> list[dict[str, object]]:
    """Groups with their learning rates; norms and biases do not decay, lower layers may learn more slowly."""
    depth = len(model.layers)
    found: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith("head"):
            rate = recipe.head_rate
        else:
            level = int(name.split(".")[1]) + 1 if name.startswith("layers") else 0
            rate = recipe.rate * recipe.layer_decay ** (depth - level)
        decay = 0.0 if parameter.ndim < 2 else recipe.decay
        found.setdefault((rate, decay), []).append(parameter)
    return [{"params": members, "lr": rate, "weight_decay": decay} for (rate, decay), members in found.items()]


def _batches(lengths: list[int], size: int, rng: np.random.Generator) -> list[list[int]]:
    """Batches in random order, each of posts of about one length."""
    order = rng.permutation(len(lengths)).tolist()
    batches: list[list[int]] = []
    for at in range(0, len(order), size * 16):
        pool = sorted(order[at : at + size * 16], key=lambda i: lengths[i])
        batches.extend(pool[i : i + size] for i in range(0, len(pool), size))
    return [batches[i] for i in rng.permutation(len(batches))]
