"""Contexts in which a listed word is innocent: `pussy willow`, `Dick <Name>`, a rooster near `cock`.

The notation is that of phrases, cut down: words with blanks between them, `(one|another)`, a star for the rest of a
word, `_` for any one word, `<#>` for a number and `<Name>` for a capitalised word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from policy428.disguises.forms import DisguiseEntry
from policy428.mapped import Span

# How far a tell-tale word may stand from the word that it explains, in characters to either side.
REACH = 90

_PIECE = re.compile(r"<Name>|<#>|[\w']+|[()|*]|\S")
_GAP = r"[^\w\n!?]{1,3}"
_PIECES = {"<Name>": r"(?-i:[A-Z][a-z][\w'’]{0,30})", "<#>": r"\d[\d.,]{0,12}", "_": r"\w[\w'’]{0,30}"}


def pattern(context: str, cased: frozenset[str] = frozenset()) -> str:
    """The regular expression for one context; it needs IGNORECASE.

    A word of `cased` which the context writes with a capital has to have it (`Dick is`, but not `dick is`).
    """
    made: list[str] = []
    open_gap = False
    before = ""
    for piece in _PIECE.findall(context.replace("’", "'")):
        if piece == "*":
            made.append(r"[\w'’]{0,30}")
            continue
        if piece in ")|":
            made.append(piece)
            open_gap, before = piece == ")", piece
            continue
        if open_gap:
            # Names also run together, `#DickLarson`.
            made.append(_GAP if "<Name>" not in (piece, before) else _GAP.replace("{1", "{0"))
        if piece == "(":
            made.append("(?:")
            open_gap = False
        elif piece in _PIECES:
            made.append(_PIECES[piece])
            open_gap = True
        elif piece.lower() in cased and piece[0].isupper():
            made.append(rf"(?-i:{piece[0]}){re.escape(piece[1:])}")
            open_gap = True
        elif piece[0].isalnum():
            made.append("['’]?".join(re.escape(part) for part in piece.split("'")))
            open_gap = True
        else:
            made.append(re.escape(piece))
        before = piece
    return "".join(made)


def _compiled(contexts: Iterable[str], cased: frozenset[str] = frozenset()) -> re.Pattern[str] | None:
    patterns = sorted({pattern(context, cased) for context in contexts}, key=len, reverse=True)
    if not patterns:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


class Contexts:
    """The innocent contexts of a list and of its entries; each is compiled when first asked for.

    Args:
        innocent: words and phrases that are clean wherever they stand.
    """

    def __init__(self, innocent: Iterable[str]) -> None:
        self._innocent = tuple(innocent)
        self._entries: dict[str, tuple[re.Pattern[str] | None, re.Pattern[str] | None]] = {}

    @cached_property
    def _anywhere(self) -> re.Pattern[str] | None:
        return _compiled(self._innocent)

    def excuses(self, text: str, entry: DisguiseEntry, span: Span) -> bool:
        """Whether the hit at `span` of `text` is innocent where it stands."""
        if _covers(self._anywhere, text, span):
            return True
        if not entry.innocent:
            return False
        around, near = self._of(entry)
        if _covers(around, text, span):
            return True
        return near is not None and near.search(text, max(0, span.start - REACH), span.end + REACH) is not None

    def _of(self, entry: DisguiseEntry) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
        known = self._entries.get(entry.word)
        if known is None:
            spellings = frozenset(form.strip("*~").lower() for form in (entry.word, *entry.inflections))
            own = re.compile("|".join(re.escape(spelling) for spelling in spellings))
            around = [context for context in entry.innocent if own.search(context.lower())]
            near = [context for context in entry.innocent if not own.search(context.lower())]
            known = self._entries[entry.word] = (_compiled(around, spellings), _compiled(near))
        return known


def _covers(contexts: re.Pattern[str] | None, text: str, span: Span) -> bool:
    if contexts is None:
        return False
    low, high = max(0, span.start - REACH), span.end + REACH
    return any(found.start() <= span.start and found.end() >= span.end for found in contexts.finditer(text, low, high))
