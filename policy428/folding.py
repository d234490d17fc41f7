r"""Text folded for comparison: one case, plain letters, nothing invisible, with every character's place remembered.

Folding makes `Ｆｏｏ`, `𝐟𝐨𝐨`, `fo\u200bo`, `fóo` and `fοо` (Greek and Cyrillic letters) read `foo`. Words of another
script stay what they are: a look-alike letter is only replaced in a word that mixes scripts, or in a word made of
nothing but look-alikes when no other word of the text is honestly written in that script.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from policy428.kept import kept
from policy428.mapped import MappedText

# Blocks of marks that are put onto any letter; marks that belong to one script (Devanagari, Arabic) are left alone.
_MARKS = ((0x0300, 0x036F), (0x0483, 0x0489), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F))
_SELECTORS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
# Letters that draw nothing although Unicode calls them letters or symbols.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5")
_STRAIGHT = {
    **dict.fromkeys("‘’‚‛′`´ʹʻʼʽˈ＇", "'"),
    **dict.fromkeys("“”„‟″«»〝〞＂", '"'),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－⁃", "-"),
    **dict.fromkeys("™©®℠", None),
}
# Letters whose plain form Unicode does not give by decomposition nor by their name.
_PLAIN = {
    **{"æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ß": "ss", "ı": "i"},
    **{"ŋ": "n", "ĸ": "k", "ʃ": "s", "ɡ": "g", "ɑ": "a"},
}
_NAME = re.compile(r"LATIN (?:SMALL LETTER|CAPITAL LETTER|LETTER SMALL CAPITAL) ([A-Z])(?: WITH .{1,60})?$")
# White letters on a dark ground, which compatibility normalisation leaves alone.
_BADGES = ((0x1F150, 0x1F169), (0x1F170, 0x1F189))
_WORD = re.compile(r"[^\W\d_]+")


def fold(text: str) -> MappedText:
    """`text` in lower case and plain letters, mapped onto `text`.

    White space and line breaks stay one for one. A removed mark belongs to the letter before it; other invisible
    characters belong to none.
    """
    if text.isascii():
        size = len(text)
        return MappedText(text.lower(), tuple(range(size)), tuple(range(1, size + 1)))
    pieces = [_fold_char(char) for char in text]
    if any(_foreign(char) for char in text if char > "\u02ff"):
        _fold_look_alikes(text, pieces)
    starts: list[int] = []
    ends: list[int] = []
    for place, piece in enumerate(pieces):
        if len(piece) == 1:
            starts.append(place)
            ends.append(place + 1)
        elif piece:
            starts.extend([place] * len(piece))
            ends.extend([place + 1] * len(piece))
        elif ends and ends[-1] == place and _is_mark(text[place]):
            ends[-1] = place + 1
    return MappedText("".join(pieces), tuple(starts), tuple(ends))


@cache
def _fold_char(char: str) -> str:
    """The folded form of one character on its own; empty when it is dropped."""
    if char < "\x80":
        return char.lower()
    if char.isspace():
        return char if unicodedata.category(char) in ("Zl", "Zp", "Cc") else " "
    if char in _STRAIGHT:
        return _STRAIGHT[char] or char
    code = ord(char)
    if char in _BLANK or _is_mark(char) or unicodedata.category(char) == "Cf":
        return ""
    for low, high in _BADGES:
        if low <= code <= high:
            return chr(ord("a") + code - low)
    compatible = unicodedata.normalize("NFKC", char)
    if compatible.startswith(" "):  # a spacing accent: not white space, and not a mark either
        return char
    return "".join(_plain_letter(part) for part in compatible.casefold() if not _is_mark(part))


def _plain_letter(char: str) -> str:
    if char < "\x80":
        return char
    if char in _STRAIGHT:
        return _STRAIGHT[char] or char
    if char in _PLAIN:
        return _PLAIN[char]
    base = unicodedata.normalize("NFD", char)[0]
    if base < "\x80":
        return base.lower()
    named = _NAME.match(unicodedata.name(char, ""))
    return named[1].lower() if named else char


def _within(char: str, blocks: tuple[tuple[int, int], ...]) -> bool:
    code = ord(char)
    return any(low <= code <= high for low, high in blocks)


def _is_mark(char: str) -> bool:
    return char > "\u02ff" and (_within(char, _MARKS) or _within(char, _SELECTORS))


@cache
def _foreign(char: str) -> bool:
    """A letter of another script than Latin which could pass for a Latin one somewhere."""
    return char.isalpha() and not _fold_char(char).isascii() and _script(char) not in ("LATIN", "CJK", "HIRAGANA")


@cache
def _script(char: str) -> str:
    return unicodedata.name(char, "?").partition(" ")[0]


def _fold_look_alikes(text: str, pieces: list[str]) -> None:
    """Replaces look-alikes of Latin letters in `pieces` where the word shows that a Latin letter is meant."""
    pure: list[tuple[str, range]] = []
    honest: set[str] = set()
    for word in _WORD.finditer(_without_marks(text)):
        places = range(word.start(), word.end())
        scripts = {"LATIN" if pieces[p].isascii() else _script(text[p]) for p in places if pieces[p]}
        if scripts <= {"LATIN"}:
            continue
        if "LATIN" in scripts or len(scripts) > 1:
            for place in places:
                pieces[place] = _twin(text[place]) or pieces[place]
        elif all(_confusable_cased(text[p]) for p in places if pieces[p]):
            pure.append((scripts.pop(), places))
        else:
            honest |= scripts
    for script, places in pure:
        if script not in honest and len(places) > 1:
            for place in places:
                pieces[place] = _twin(text[place]) or pieces[place]


def _without_marks(text: str) -> str:
    """`text` at the same length, with invisible characters between letters turned into a letter so that words hold."""
    return "".join("ǀ" if char > "\x7f" and not _fold_char(char) else char for char in text)


# Look-alikes by shape that Unicode's confusables leave out because the likeness is rough; people use them all the same.
_ROUGH = dict(
    zip(
        "квмнтгпиьяцшзбαβγεηικμνορστυχω",
        "kbmhtrnubruwebabyenikuvopotuxw",
        strict=True,
    )
)


@cache
def _twin(char: str) -> str | None:
    """The Latin letter that `char` looks like, or None."""
    plain = _fold_char(char)
    if plain.isascii():
        return plain or None
    return _confusable_cased(char) or _ROUGH.get(plain)


def _confusable_cased(char: str) -> str | None:
    return _confusable(char) or _confusable(_fold_char(char))


def _confusable(char: str) -> str | None:
    return _confusables().get(char)


@cache
def _confusables() -> dict[str, str]:
    """The Latin letter that each character looks like to Unicode, read when a letter of another script first asks.

    The package's modules would load the same file, and a network client besides.
    """
    import json
    from importlib.util import find_spec

    spec = find_spec("confusable_homoglyphs")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("confusable_homoglyphs is not installed; reinstall policy428")
    data = (Path(spec.submodule_search_locations[0]) / "confusables.json").read_bytes()
    found: dict[str, str] | None = kept.find("confusables", data)
    if found is None:
        found = {}
        for char, twins in json.loads(data).items():
            letters = [str(twin["c"]) for twin in twins]
            letter = next((one for one in letters if len(one) == 1 and one.isascii() and one.isalpha()), None)
            if letter is not None:
                found[char] = letter.lower()
        kept.add("confusables", data, found)
    return found
