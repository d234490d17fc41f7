"""Numbers spelled out: "five oh seven, double five", "nine oh six six", "four, twenty-two, seventeen"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = {"zero": "0", "oh": "0", "o": "0", "nought": "0", "one": "1", "two": "2", "three": "3", "four": "4",
           "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9"}  # fmt: skip
_TEENS = {"ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15",
          "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19"}  # fmt: skip
_TENS = {"twenty": "2", "thirty": "3", "forty": "4", "fifty": "5", "sixty": "6", "seventy": "7", "eighty": "8",
         "ninety": "9"}  # fmt: skip
_TIMES = {"double": 2, "triple": 3}
_WORD = (
    r"(?:zero|oh|nought|one|two|three|four(?:teen|ty)?|five|six(?:teen|ty)?|seven(?:teen|ty)?|eight(?:een|y)?"
    r"|nine(?:teen|ty)?|ten|eleven|twelve|thirteen|thirty|fifteen|fifty|twenty|forty|double|triple|hundred)"
)
_RUN = re.compile(rf"(?i)\b(?:\d{{1,4}}[\s,.-]{{1,3}})?{_WORD}(?:[\s,.–-]{{1,3}}(?:{_WORD}|o|\d{{1,4}})\b){{1,13}}")
_PART = re.compile(r"\d+|[a-z]+")
# Two number words side by side, or one beside digits; most texts have neither.
_GATE = re.compile(
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|teen|ty)\b[\s,.-]{1,3}"
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|ten|eleven|twel|thir|fif|twen|for|\d)"
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A number in words: its digits, its groups as commas split them, and its place."""

    digits: str
    groups: tuple[str, ...]
    start: int
    end: int


def spoken_numbers(text: str, low: str) -> tuple[Spoken, ...]:
    """Runs of three or more digits that `text` (`low` in lower case) spells out at least in part."""
    if _GATE.search(low) is None:
        return ()
    found = []
    for run in _RUN.finditer(text):
        groups = [_digits(part) for part in re.split(r"[,.]", run.group())]
        groups = [group for group in groups if group]
        digits = "".join(groups)
        if len(digits) >= 3:
            found.append(Spoken(digits, tuple(groups), run.start(), run.end()))
    return tuple(found)


def _digits(phrase: str) -> str:
    digits: list[str] = []
    times, tens = 1, ""
    for part in _PART.findall(phrase.lower()):
        if part in _TIMES:
            times = _TIMES[part]
            continue
        if part in _TENS:
            if tens:
                digits.append(tens + "0")
            tens = _TENS[part]
            continue
        if part == "hundred":
            digits.append("00")
            continue
        value = _DIGITS.get(part) or _TEENS.get(part) or (part if part.isdigit() else "")
        if tens:
            if len(value) == 1 and value != "0":
                value, tens = tens + value, ""
            else:
                value, tens = tens + "0" + value, ""
        digits.append(value * times)
        times = 1
    if tens:
        digits.append(tens + "0")
    return "".join(digits)
