"""A post's habits of writing capitals: what a capital is worth as a sign of a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policy428.people.names import NameLists
from policy428.people.words import NameWord


@dataclass(frozen=True, slots=True)
class Casing:
    """What the post does.

    Attributes:
        lower: it writes everything, heads of sentences too, without capitals.
        shouts: it writes nearly everything in capitals.
        titles: it writes Most Words With A Capital, like a headline.
    """

    lower: bool
    shouts: bool
    titles: bool


def casing_of(words: Sequence[NameWord], lists: NameLists) -> Casing:
    """The habits shown by `words`; short posts are judged by all they have."""
    plain = [word for word in words if word.form in ("cap", "upper", "lower", "mixed")]
    if not plain:
        return Casing(lower=False, shouts=False, titles=False)
    total = len(plain)
    upper = sum(word.form == "upper" for word in plain)
    heads = [word for word in plain if word.opens]
    lower_heads = sum(word.form == "lower" for word in heads)
    common = [word for word in plain if not word.opens and len(word.key) > 3 and word.key in lists.common]
    capped = sum(word.form == "cap" for word in common)
    return Casing(
        lower=bool(heads) and lower_heads * 3 >= len(heads) * 2,
        shouts=total >= 3 and upper * 10 >= total * 7,
        titles=len(common) >= 2 and capped * 10 >= len(common) * 7,
    )
