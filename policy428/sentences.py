"""Sentences and paragraphs found without a language model, in published prose and in hurried lower-case posts alike."""

from __future__ import annotations

import re

from policy428.mapped import Span

_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_EMOJI = r"[\u203c\u2049\u231a\u231b\u23e9-\u23fa\u2600-\u27bf\u2b00-\u2bff\U0001F000-\U0001FAFF]"
# A place where a sentence may end: end marks with closing quotes and emoji after them, or emoji, or a line break.
_END = re.compile(
    rf"""
    (?P<stop>[.!?…]{{1,40}}["'”’)\]]{{0,3}}(?:[ ]?{_EMOJI}[\uFE0F\u200D]?){{0,20}}) (?=\s|$)
  | (?P<glued>(?<=[a-z][a-z])[.!?](?=[A-Z][a-z]))
  | (?P<emoji>(?:{_EMOJI}[\uFE0F\u200D]{{0,2}}[ ]?){{1,40}}) (?=\s|(?<=\s)|$)
  | (?P<line>\n)
    """,
    re.VERBOSE,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Abbreviations that seldom end a sentence: titles, places, months, school and Latin shorthand.
_NEVER_LAST = _words(
    "mr mrs ms mx dr prof rev fr sr st ste mt ft hon gov sen rep pres supt asst assoc dept sgt cpl capt lt col gen maj "
    "vs v no nos vol pp fig approx est tel ext e.g i.e cf al ca "
    "jan feb mar apr jun jul aug sept sep oct nov dec "
    "mme mlle bros gr"
)
# Abbreviations that may also end one; the next word decides.
_PERHAPS_LAST = _words("a.m p.m am pm etc jr inc co corp ltd ave rd blvd ln hwy min mins hr hrs lb lbs oz u.s")
_LIST_ITEM = re.compile(r"\s*(?:[-*•–—▪◦‣·+]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
_LAST_WORD = re.compile(r"[\w.'’-]{1,30}$")
# A lone letter after one of these is a name of a thing ("plan B."), after any other word somebody's initial.
_LETTERED = _words(
    "plan plans vitamin grade option hepatitis section type part point a an the got get gets room question group team "
    "hall division class row gate wing building pod track side exhibit item step"
)
_DIGITS = re.compile(r"\s*\d")


def paragraphs(text: str) -> tuple[Span, ...]:
    """Runs of text between blank lines, without the white space around them."""
    found = []
    start = 0
    for blank in _BLANK_LINE.finditer(text):
        found.append(_trimmed(text, start, blank.start()))
        start = blank.end()
    found.append(_trimmed(text, start, len(text)))
    return tuple(span for span in found if span)


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of `text`, in order, without the white space around them; together they hold every word."""
    found = []
    start = 0
    for mark in _END.finditer(text):
        if mark.start() < start or not _ends(text, start, mark):
            continue
        span = _trimmed(text, start, mark.end())
        if span:
            found.append(span)
        start = mark.end()
    last = _trimmed(text, start, len(text))
    if last:
        found.append(last)
    return tuple(found)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _ends(text: str, start: int, mark: re.Match[str]) -> bool:
    """Whether the mark really ends the sentence that began at `start`."""
    kind = mark.lastgroup
    if kind == "line":
        return _line_ends(text, start, mark.end())
    if kind == "glued":
        return True
    after = text[mark.end() :].lstrip(" \t")[:1]
    if kind == "emoji":
        # A single picture before a lower-case word may stand for a word ("my 🐶 snores"); two or more close a thought.
        return not after.islower() or len(re.findall(_EMOJI, mark.group())) > 1
    stop = mark.group()
    if after.islower() and stop[-1] in "\"'”’":  # "Really?" and left
        return False
    if stop.rstrip("\"'”’)]") != ".":
        # "?!" and the like end a sentence even before a lower-case word; dots that trail off do only before a capital.
        return not (stop[0] in ".…" and after.islower())
    return _dot_ends(text, start, mark.start(), after, mark.end())


def _dot_ends(text: str, start: int, dot: int, after: str, end: int) -> bool:
    """Whether a single full stop at `dot` ends a sentence rather than an abbreviation, an initial or a list number."""
    before = _LAST_WORD.search(text, max(start, dot - 30), dot)
    if before is None:
        return True
    word = before.group().lower().strip("'’")
    if word in _NEVER_LAST:
        return bool(word == "no" and not _DIGITS.match(text, end))
    if word in _PERHAPS_LAST:
        return not after or after in '\n"“(' or after.isupper()
    if word.isdigit() and before.start() == start:  # "1. Bring a lunch"
        return False
    if len(word) == 1 and word.isalpha():
        return _initial_ends(text, before.start(), after)
    if re.fullmatch(r"(?:[a-z]\.)+[a-z]", word):  # "D.A.R.E.", "U.S."
        return after.isupper()
    return True


def _initial_ends(text: str, place: int, after: str) -> bool:
    """Whether the stop after a lone letter ends the sentence: never in "J. K. Rowling", perhaps in "plan B."."""
    if not text[place].isupper():
        return True
    if after.islower():
        return False
    before = text[max(0, place - 24) : place].split()
    previous = before[-1].lower() if before else ""
    return not after or previous in _LETTERED or (text[place] == "I" and previous.isalpha() and before[-1].islower())


def _line_ends(text: str, start: int, after: int) -> bool:
    """Whether a line break ends a sentence: yes, unless the next line plainly runs on in a hard-wrapped paragraph."""
    rest = text[after : after + 12]
    if not rest.strip() or rest[0] == "\n" or _LIST_ITEM.match(text, after):
        return True
    line = text[text.rfind("\n", 0, after - 1) + 1 : after - 1]
    return not (rest.lstrip()[:1].islower() and len(line) >= 50 and line.rstrip()[-1:] not in ":!?.")
