"""Words with letters blotted out: `f**k`, `s***`, `b—ch`, `f🦆ck`, `motherf#@%er`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from policy428.disguises.forms import Form

STARS = "*∗✱✳●•■█×"
_MASK = re.compile(
    rf"""
    (?P<stars>[{STARS}#@%$&^~?!+*]{{1,20}})   # blots, one a letter as a rule
  | (?P<dash>-{{1,12}}|_{{1,12}}|\.{{2,12}})  # strokes and dots
  | (?P<picture>[^\w\s.,;:'"()\[\]/\\-]{{1,4}})
  | (?P<letters>[^\W_]{{1,40}})
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
# Digits beside a blot are letters too (`n*gg3r`).
_DIGITS = str.maketrans("01345", "oieas")
_VOWELS = "aeiou"


class Masks:
    """Finds the word behind a masked one.

    Args:
        forms: spellings to look among, likelier ones first.
    """

    def __init__(self, forms: Iterable[Form]) -> None:
        self._by_first: dict[str, list[Form]] = {}
        for form in forms:
            if len(form.text) > 2 and form.text.isascii() and form.text.isalpha() and not form.acronym:
                self._by_first.setdefault(form.text[0], []).append(form)

    def find(self, chunk: str) -> Form | None:
        """The form that `chunk` blots out, or None.

        `chunk` is folded and without outer punctuation; a long dash is written as two strokes.
        """
        pieces = [(found.lastgroup or "other", found.group()) for found in _MASK.finditer(chunk.translate(_DIGITS))]
        if len(pieces) < 2 or pieces[0][0] != "letters" or any(kind == "other" for kind, _ in pieces):
            return None
        blots = [(kind, piece) for kind, piece in pieces if kind != "letters"]
        if not all(
            _plausible(kind, piece, last=index == len(blots) - 1 and pieces[-1][0] != "letters")
            for index, (kind, piece) in enumerate(blots)
        ):
            return None
        visible = "".join(piece for kind, piece in pieces if kind == "letters")
        hyphen_only = all(piece in "-_" for _, piece in blots)
        for loose in (False, True):
            if loose and (len(visible) < 2 or hyphen_only):
                break
            form = self._fitting(pieces, visible, loose)
            if form is not None:
                return form
        return None

    def _fitting(self, pieces: list[tuple[str, str]], visible: str, loose: bool) -> Form | None:
        size = sum(len(piece) for _, piece in pieces)
        dashed = any(kind == "dash" for kind, _ in pieces)
        candidates = [
            form
            for form in self._by_first.get(visible[0], ())
            if (loose or len(form.text) == size)
            and not (dashed and (size < 3 or len(form.text) < 4 or len(visible) < 2))
            and (form.strong or not (loose or (len(visible) == 1 and len(form.text) > 4)))
        ]
        if candidates:
            wanted = re.compile("".join(_piece(kind, piece, loose) for kind, piece in pieces))
            for form in candidates:
                if wanted.fullmatch(form.text):
                    return form
        return self._inside(pieces) if not loose and len(visible) > 3 else None

    def _inside(self, pieces: list[tuple[str, str]]) -> Form | None:
        """A form that may join other letters, blotted out behind some (`clusterf**k`)."""
        head = pieces[0][1]
        for size in (1, 2, 3):
            rest = [("letters", head[-size:]), *pieces[1:]]
            if size < len(head) and pieces[-1][0] == "letters" and pieces[1][0] == "stars":
                wanted = re.compile("".join(_piece(kind, piece, False) for kind, piece in rest))
                for form in self._by_first.get(head[-size], ()):
                    if form.left and wanted.fullmatch(form.text):
                        return form
        return None


def _plausible(kind: str, piece: str, *, last: bool) -> bool:
    """Whether the run of signs may stand for letters here: a lone `&`, `?` or `!` or a closing stop does not."""
    if kind == "stars":
        if len(piece) == 1:
            return piece in STARS + "#%@$^~!" and not last
        return any(char in STARS + "#%@$" for char in piece)
    if kind == "dash":
        return not last or (len(piece) > 1 and piece[0] != ".")
    return not last


def _piece(kind: str, piece: str, loose: bool) -> str:
    size = len(piece)
    if kind == "letters":
        return re.escape(piece)
    if kind == "dash" and size == 1:
        return f"[{_VOWELS}]"  # a lone stroke is a hyphen as a rule; as a blot it hides a vowel (`sh-t`)
    if kind == "picture":
        return "[a-z]{1,2}" if loose else "[a-z]"
    if loose:
        return f"[a-z]{{{max(1, size - 1)},{size + 2}}}"
    return f"[a-z]{{{size}}}"
