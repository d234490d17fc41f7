"""Text without typographic disguise but with its case: what numbers and addresses are looked for in.

Folding for word lists lowers case and joins words; passwords and names need their case, so this is a lighter step:
fullwidth and mathematical letters become plain ones, invisible characters and combining overlays go, letters of
another script that only look Latin become Latin inside a word that also has Latin letters, digits or an at sign.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from policy428.mapped import MappedText

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_MIXED = re.compile(r"[^\s]*[^\x00-\x7f\s][^\s]*")
_LATIN = re.compile(r"[A-Za-z0-9@]")

# Letters of Cyrillic, Greek and Armenian that are drawn like Latin ones (Unicode's confusables data, UTS 39).
_LOOKS = dict(
    zip(
        "аеорсухіјѕԁһԛԝАВЕКМНОРСТУХІЈЅԚԜοανρυικτχΑΒΕΖΗΙΚΜΝΟΡΤΥΧոսցհ",
        "aeopcyxijsdhqwABEKMHOPCTYXIJSQWoavpuiktxABEZHIKMNOPTYXnugh",
        strict=True,
    )
)
_QUOTES = {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-", "‒": "-", "–": "-",
           "—": "-", "−": "-", "∙": ".", "‧": ".", "。": ".", "➔": ">", "→": ">"}  # fmt: skip


@lru_cache(maxsize=4096)
def _plain_char(char: str) -> str:
    if char in _QUOTES:
        return _QUOTES[char]
    if char.isspace():
        return " " if char not in "\u2028\u2029\x85" else "\n"
    category = unicodedata.category(char)
    if category in ("Cf", "Me") or "\ufe00" <= char <= "\ufe0f" or "\u0334" <= char <= "\u0338":
        return ""
    folded = unicodedata.normalize("NFKC", char)
    # An expansion such as "½" to "1⁄2" or "㎏" helps nobody here and would join digits to it.
    return folded if len(folded) == 1 else char


def plain(text: str) -> MappedText | None:
    """`text` undisguised and mapped onto itself, or None when it is plain as it stands."""
    if text.isascii():
        return None
    changes = {m.start(): _plain_char(m.group()) for m in _NOT_ASCII.finditer(text)}
    for word in _MIXED.finditer(text):
        if not _LATIN.search(word.group()):
            continue
        for place in range(word.start(), word.end()):
            look = _LOOKS.get(changes.get(place, text[place]))
            if look is not None:
                changes[place] = look
    if all(text[place] == char for place, char in changes.items()):
        return None
    pieces: list[tuple[str, int, int]] = []
    last = 0
    for place in sorted(changes):
        if changes[place] == text[place]:
            continue
        pieces.append((text[last:place], last, place))
        pieces.append((changes[place], place, place + 1))
        last = place + 1
    pieces.append((text[last:], last, len(text)))
    return MappedText.from_pieces(pieces)
