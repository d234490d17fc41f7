"""What a post means, by two trained ears: a linear model over n-grams, and a small encoder.

Both are data made by `python -m training` and loaded on first use. The linear model hears every post; whether the
encoder is worth asking is told by `gate`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from policy428.errors import ModelError
from policy428.folding import fold
from policy428.meaning.encoder import Encoder, Heard
from policy428.meaning.linear import LinearModel
from policy428.meaning.neighbours import Neighbours
from policy428.meaning.rendering import Rendered, render
from policy428.meaning.store import Store
from policy428.resources import data_folder

__all__ = ["Ears", "Heard", "Hearing", "Rendered", "clipped", "render", "sigmoid"]

CLIP = 5.0


class Ears:
    """The shipped models, each loaded when first asked; one for a whole run.

    Args:
        folder: where the models lie; those shipped with the package unless told.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder

    @cached_property
    def store(self) -> Store:
        """The files.

        Raises:
            ModelError: they are missing, or not those that were shipped.
        """
        try:
            return Store(self.folder or data_folder("models"))
        except FileNotFoundError as error:
            raise ModelError("the meaning models are missing", hint="reinstall policy428") from error

    @cached_property
    def linear(self) -> LinearModel:
        """The linear model."""
        return LinearModel(self.store)

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder."""
        return Encoder(self.store)

    @cached_property
    def neighbours(self) -> Neighbours:
        """The labelled posts."""
        return Neighbours(self.store)

    @cached_property
    def judge(self) -> dict[str, Any]:
        """Weights and thresholds of the judge, by clause."""
        found: dict[str, Any] = self.store.manifest["judge"]
        return found


class Hearing:
    """One post as the models hear it; each is asked at most once.

    Args:
        rendered: the post in the models' wording.
        ears: the models.
        facts: gives what rules know of the post, for the encoder; not asked before it is.
    """

    def __init__(self, rendered: Rendered, ears: Ears, facts: Callable[[], str] = str) -> None:
        self.rendered = rendered
        self.ears = ears
        self._facts = facts
        self._parts: dict[str, Hearing] = {}

    def part(self, text: str) -> Hearing:
        """A part of the post, `text`, heard by itself in the same surroundings.

        One sentence in a long post weighs little in the whole; what stands around it is heard again alone.
        """
        folded = fold(text).text
        if len(folded) >= len(self.rendered.text):
            return self
        known = self._parts.get(folded)
        if known is None:
            rendered = Rendered(folded, self.rendered.context, self.rendered.role)
            known = self._parts[folded] = Hearing(rendered, self.ears, lambda: self.facts)
        return known

    @cached_property
    def linear(self) -> dict[str, float]:
        """Log-odds of each clause by the linear model."""
        return self.ears.linear.log_odds(self.rendered)

    @cached_property
    def facts(self) -> str:
        """What rules know of the post."""
        return self._facts()

    @cached_property
    def heard(self) -> Heard:
        """What the encoder hears."""
        return self.ears.encoder.hear(self.rendered.told(self.facts))

    def probability(self, clause: str) -> float:
        """The calibrated probability of `clause` by the two together, on meaning alone; asks the encoder."""
        weights = self.ears.judge["meaning"][clause]
        odds = weights["bias"] + weights["linear"] * clipped(self.linear[clause])
        return sigmoid(odds + weights["encoder"] * clipped(self.heard.log_odds[clause]))


def clipped(log_odds: float) -> float:
    """Log-odds within bounds: beyond them a model is sure, and how sure says no more."""
    return max(-CLIP, min(CLIP, log_odds))


def sigmoid(x: float) -> float:
    """The probability whose log-odds are `x`."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))
