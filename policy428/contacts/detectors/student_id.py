"""Numbers by which a school knows a pupil or an employee: student, lunch, MARSS and badge numbers beside a cue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy428.contacts.contact import Contact
from policy428.contacts.owner import judge_owner
from policy428.contacts.scan import Scan

RANK = 65

_NOUN = r"(?:number|numbers|no|nos|num|id|ids|i\.d\.|pin|pins|code|codes|#s?)"
_CUE = re.compile(
    rf"\b(?:student|pupil|lunch|meal|cafeteria|marss|sis|keypad|employee|staff|badge|locker|library|medicaid|pmap|"
    rf"medical assistance|case|ssid)(?:'s)?[ -]?(?:account |card |login )?{_NOUN}(?!\w)"
    r"|\bstudent ?#|\blunch ?#|\bmarss\b|\bsid\b|\bid ?(?:#|number|no\.)|\bn[uú]mero de (?:estudiante|almuerzo)\b"
)
_NUMBER = re.compile(r"(?<![\w$/.:-])(?<!#)#?(\d{4,13})(?![\w/%]|[.:-]\d)")
_LIST_ITEM = re.compile(r"[A-Za-z'.-]{2,20}\s{0,2}[:=(-]?\s{0,2}#?(\d{4,13})(?![\w/%]|[.:-]\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")


def worth(scan: Scan) -> bool:
    """Digits and a word for such a number."""
    return scan.has_digit and _CUE.search(scan.low) is not None


def find(scan: Scan) -> Iterator[Contact]:
    """The number right after a cue, and further ones of the same length in a list it heads."""
    seen: set[int] = set()
    for cue in _CUE.finditer(scan.low):
        strong = re.match(r"(?:student|pupil|lunch|meal|marss|sid|cafeteria)", cue.group()) is not None
        first = _first(scan, cue.end(), strong=strong)
        if first is None:
            continue
        numbers = [first]
        if cue.group().endswith("s") or re.match(r"[^.!?\n]{0,80}?:", scan.low[cue.end() : cue.end() + 90]):
            size = len(first.group(1))
            numbers += [
                m for m in _LIST_ITEM.finditer(scan.text, first.end(), first.end() + 400) if len(m.group(1)) == size
            ]
        for number in numbers:
            if number.start(1) in seen:
                continue
            seen.add(number.start(1))
            owner, why = judge_owner(scan, number.start(1), number.end(1))
            evidence = tuple(filter(None, (f"a number beside “{cue.group().strip()}”", why)))
            yield scan.contact(
                "student-id",
                number.start(1),
                number.end(1),
                number.group(1),
                owner="unknown" if owner == "published" else owner,
                evidence=evidence,
            )


def _first(scan: Scan, start: int, *, strong: bool) -> re.Match[str] | None:
    sentence_end = scan.sentence(start, start, 140).end
    for found in _NUMBER.finditer(scan.text, start, min(sentence_end, start + (140 if strong else 24))):
        digits = found.group(1)
        if len(digits) == 4 and _YEAR.fullmatch(digits) and not re.match(r"\s{0,2}(?:is|:|=|#)", scan.low[start:]):
            continue
        if not strong and len(digits) < 5:
            continue
        return found
    return None
