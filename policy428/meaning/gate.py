"""Whether a post is worth asking the encoder about: the encoder costs three times what all rules together do.

A few cheap signs are added up with weights from `models/meaning.json`, learned by `python -m training.judging`: how
loud the linear model is, and who speaks of what. Only what stands on meaning alone waits for this; where a rule holds
and the judge is in doubt, the encoder is asked in any case.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from policy428.meaning import clipped, sigmoid

if TYPE_CHECKING:
    from policy428.document import Document

# A post of so many words is neither long nor short.
USUAL_WORDS = 25
LEAST_WORDS = 3


def gate_signs(document: Document) -> dict[str, float]:
    """What is weighed: `loudest` and `second`, the highest log-odds of the linear model; `clauses`, how many clauses it
    expects; `length`, of the post against a usual one; who the author is, the District, and the role.
    """
    heard = sorted((clipped(value) for value in document.hearing.linear.values()), reverse=True)
    employee = document.author.employee
    return {
        "loudest": heard[0],
        "second": heard[1],
        "clauses": sum(sigmoid(value) for value in heard),
        "length": math.log(max(len(document.tokens), LEAST_WORDS) / USUAL_WORDS),
        "refers": float(document.refers),
        "employee": float(employee),
        "employee-refers": float(employee and document.refers),
        "classroom": float(document.post.role == "classroom"),
        "official": float(document.post.role == "official"),
    }


def worth_hearing(document: Document) -> bool:
    """Whether the encoder may hear in `document` what neither rules nor words tell."""
    return opens(document.context.ears.judge["gate"], gate_signs(document))


def opens(gate: Mapping[str, float], signs: Mapping[str, float]) -> bool:
    """Whether `signs` with the weights of `gate` come through."""
    return gate["bias"] + sum(gate[name] * value for name, value in signs.items()) >= gate["least"]
