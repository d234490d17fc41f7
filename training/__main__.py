"""The command line of the training: `python -m training all`, or one step of it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict, fields, replace
from pathlib import Path

# Big blocks of memory are kept instead of being handed back and asked for anew at each step: a third of the time.
ALLOCATOR = {
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": "100000000000",
    "MALLOC_TOP_PAD_": "268435456",
}
STEPS = {
    "folds": "part the posts into folds that keep near-duplicates together",
    "linear": "out-of-fold answers of the linear model",
    "fold": "train the encoder without one fold and answer that fold",
    "oof": "out-of-fold answers of linear model and encoder, and of the two together",
    "encoder": "train the encoder on every trainable post",
    "ship": "write the files that are shipped",
    "all": "folds, oof, encoder and ship",
}


def main(arguments: list[str] | None = None) -> None:
    """Runs one step, or all."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of labelled posts")
    parser.add_argument("--extra", type=Path, action="append", default=[], help="more labelled posts to learn from")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="folder for what is made on the way")
    parser.add_argument("--models", type=Path, default=Path("models"), help="folder for what is shipped")
    parser.add_argument(
        "--also",
        type=Path,
        action="append",
        default=[],
        help="with “ship”: another encoder.safetensors to be averaged in",
    )
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--alarms", type=float, default=0.04, help="share of clean posts that may be alarmed")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="change the encoder's recipe")
    parser.add_argument("--resume", action="store_true", help="with “all”: keep what an earlier run has done")
    parser.add_argument("step", choices=STEPS, help="; ".join(f"{name}: {text}" for name, text in STEPS.items()))
    parser.add_argument("number", type=int, nargs="?", default=0, help="which fold, for the step “fold”")
    given = parser.parse_args(arguments)
    if any(os.environ.get(name) != value for name, value in ALLOCATOR.items()):
        words = sys.argv[1:] if arguments is None else arguments
        os.execve(sys.executable, [sys.executable, "-m", "training", *words], {**os.environ, **ALLOCATOR})
    from training.finetune import Recipe
    from training.pipeline import Pipeline

    kinds = {field.name: type(getattr(Recipe(), field.name)) for field in fields(Recipe)}
    changes = {}
    for pair in given.set:
        name, _, value = pair.partition("=")
        if name not in kinds:
            parser.error(f"the recipe has no “{name}”; it has {', '.join(kinds)}")
        changes[name] = kinds[name](json.loads(value)) if kinds[name] is not str else value
    recipe = replace(Recipe(), **changes)
    given.work.mkdir(parents=True, exist_ok=True)
    (given.work / "recipe.json").write_text(json.dumps(asdict(recipe), indent=1) + "\n")
    command = ["--corpus", str(given.corpus), "--work", str(given.work), "--folds", str(given.folds)]
    command += [f"--extra={path}" for path in given.extra] + [f"--set={pair}" for pair in given.set]
    pipeline = Pipeline(
        given.corpus, given.extra, given.work, given.models, given.folds, given.alarms, recipe, command, given.also
    )
    if given.step == "all":
        if not given.resume:
            pipeline.clear()
        for step in ("oof", "encoder", "ship"):
            getattr(pipeline, step)()
    elif given.step == "fold":
        pipeline.fold(given.number)
    elif given.step == "folds":
        print(f"{len(pipeline.parts)} posts in {given.folds} folds")  # noqa: T201
    else:
        getattr(pipeline, given.step)()


if __name__ == "__main__":
    main()
