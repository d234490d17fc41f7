"""Codes that let one in: doors, gates, alarms, lockers, copiers, meetings; in digits, in words, as combinations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from policy428.contacts.contact import Contact
from policy428.contacts.scan import Scan
from policy428.contacts.words import either, word_list

RANK = 44

_END = r"(?:\s{0,2}(?:,?\s?(?:and )?then\s)?(?:[#*]|\(?(?:star|pound|hash|asterisk)\)?(?!\w)))"
_CODE = re.compile(
    rf"(?<![\w$/.:#-])(?<!\d )(?P<code>\d(?:[- ]?\d){{2,7}}|"
    rf"\d{{1,2}}(?:\s?[-,]\s?\d{{1,2}}){{2}})(?P<end>{_END})?(?![\w%/]|[.:-]\d|,\d{{3}})"
)
_COMBO = re.compile(
    r"(?<![\w/.$-])(?P<code>\d{1,2}\s?(?:-|,| |left|right|l|r)\s?(?:left|right|l|r)?[ ,]{0,2}\d{1,2}\s?(?:-|,| |"
    r"left|right|l|r)\s?(?:left|right|l|r)?[ ,]{0,2}\d{1,2}(?:\s?(?:left|right|l|r)\b)?)(?![\w/]|-\d)"
)
_NOUN = (
    r"(?:codes?|combo|combos|combination|pin|pins|pin code|pin number|passcode|number|keypad|key pad|alarm|"
    r"access code|opens? (?:on|with)|opens?|unlocks? with)"
)
_VERB = re.compile(
    r"\b(?:punch(?: in)?|press|type(?: in)?|enter|key in|hit|use|dial|nias|marca|buzz|try|put in)\b[^.!?\n]{0,14}$"
)
_HOST = re.compile(r"\b(?:host key|meeting id|meeting|zoom|webinar|teams|google meet|passcode)\b")
_NOT_BEFORE = re.compile(
    r"(?:\b(?:zip|area|dress|promo|coupon|discount|offer|referral|honor|honour|building|fire|electrical|source|qr|"
    r"bar|postal|morse|hour of|"
    r"error|state|penal|criminal|u\.?s\.?|minn\.?|statute|color|colour|country|dial(?:ing)?|gift|checkout|product|"
    r"plu|course|class|join|game|kahoot|quizlet|lego|cheat) (?:code|codes|number)|"
    r"\bcode (?:of|red|blue|yellow)|\$|phone keypad|\b(?:room|rm|bus|route|page|grade|hymn|isd|district|policy|"
    r"section|flight|channel|"
    r"model|ticket|chapter|verse|highway|hwy|score|record))\b[^.!?\n]{0,12}$"
)
_TIME_AFTER = re.compile(
    r"\s{0,2}(?:am|pm|a\.m|p\.m|o'clock|pts?|points?|kids|students|people|tickets|dollars|bucks|lbs?|pounds|ft|feet|"
    r"miles|yards|years?|votes|copies|seats|hours|minutes|days|%)\b"
)
_PUBLIC = re.compile(
    r"\b(?:public|board meeting|listen|livestream|tune in|webinar|join code|class code|kahoot|checkout|promo|"
    r"discount|% off|coupon)\b"
)
_YEAR = re.compile(r"(?:19|20)\d\d$")


@cache
def _cue() -> re.Pattern[str]:
    things = either(word_list("credential-things"))
    return re.compile(
        rf"\b(?:{things})(?:'s)?\s{{1,2}}(?:[\w'-]+\s{{1,2}}){{0,2}}?{_NOUN}\b|\b{_NOUN}\s{{1,2}}(?:for|to|on|at|by|"
        rf"in)\s(?:the\s|our\s|my\s)?(?:[\w'-]+\s){{0,3}}?(?:{things})\b"
        rf"|\b(?:key ?pad|alarm|lock ?box|padlock|combo|combination)\b|\b(?:{things})\b[^.!?\n]{{0,30}}?\b(?:is|"
        rf"still|opens? (?:on|with)|takes|=)\s|\bcode(?:'s| is)\b|\b(?:copier|door|gate|gym|alarm|garage|"
        rf"locker) (?:pin|code|combo)s?\b"
    )


@cache
def _thing() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{either(word_list('credential-things'))})\b")


_WORDS = (
    *("code", "combo", "combi", "pin", "pad", "alarm", "lock", "host"),
    *("open", "door", "gate", "garage", "punch", "copier", "press", "nias", "chain"),
)
_GATE = re.compile(
    r"\b(?:codes?|combos?|combination|pins?|key ?pads?|alarm|locker|lockbox|lock box|padlock|passcode|host key|"
    r"opens?|unlocks?|door|gate|garage|punch|copier|press|nias|chain|lock)\b"
)


def worth(scan: Scan) -> bool:
    """Digits or spelled-out numbers, and a word for a code or a door."""
    return scan.mentions(*_WORDS) and (scan.digits >= 3 or bool(scan.spoken)) and _GATE.search(scan.low) is not None


def find(scan: Scan) -> Iterator[Contact]:
    """Codes with a closing sign, codes after a cue, codes in words, combinations, meeting keys."""
    seen: list[tuple[int, int]] = []
    for found in _CODE.finditer(scan.text):
        why = _reason(scan, found)
        if why:
            seen.append((found.start(), found.end()))
            yield _contact(scan, found.start(), found.end(), found.group("code"), why)
    for number in scan.spoken:
        if 3 <= len(number.digits) <= 8 and _near(scan, number.start, number.end):
            after = re.match(r"\s?,?\s?(?:then\s)?(?:star|pound|hash|off|\#|\*)", scan.low[number.end :])
            end = number.end + (after.end() if after else 0)
            yield _contact(scan, number.start, end, number.digits, "a number in words beside what it opens")
    for found in _COMBO.finditer(scan.low):
        turned = re.search(r"left|right|\d\s?[lr]\b", found.group()) is not None
        cue = re.search(
            r"\b(?:combo|combination|lock|locker|padlock|chain|lockers|safe|shed|dial)\b",
            scan.before(found.start(), 70),
        )
        if (turned or cue) and cue and not any(s < found.end() and found.start() < e for s, e in seen):
            seen.append((found.start(), found.end()))
            yield _contact(
                scan,
                found.start(),
                found.end(),
                re.sub(r"[^\d]+", "-", found.group()).strip("-"),
                "three numbers of a combination",
                "code",
            )
    yield from _meetings(scan)


def _reason(scan: Scan, found: re.Match[str]) -> str:
    """Why a run of digits is a code; empty when it is not."""
    code, before = found.group("code"), scan.before(found.start(), 70)
    digits = re.sub(r"\D", "", code)
    if _NOT_BEFORE.search(before) or _TIME_AFTER.match(scan.low[found.end() : found.end() + 12]):
        return ""
    sentence = scan.sentence(found.start(), found.end(), 140)
    if _PUBLIC.search(scan.low, sentence.start, sentence.end):
        return ""
    if (
        found.group("end")
        and 3 <= len(digits) <= 8
        and not (found.group("end").strip() == "#" and digits == "2143" and not _thing().search(before))
    ):
        near = scan.low[max(0, found.start() - 140) : found.end() + 80]
        if _thing().search(near) or re.search(r"\b(?:code|press|punch|pin|nias|marca)\b", near):
            return "digits with the closing sign of a keypad"
    groups = re.findall(r"\d+", code)
    if len(groups) > 1 and not (
        all(len(g) == 1 for g in groups) or (len(groups) == 3 and all(len(g) <= 2 for g in groups))
    ):
        return ""
    if len(groups) == 3 and max(map(len, groups)) == 2:
        return (
            "three numbers of a combination"
            if re.search(
                r"\b(?:combo|combination|lock|locker|padlock|lockers|combos)\b", scan.before(found.start(), 160)
            )
            else ""
        )
    if len(digits) < 3:
        return ""
    cues = _cue().finditer(scan.low, max(sentence.start, found.start() - 70), found.start())
    cue = max(cues, key=lambda m: m.start(), default=None)
    if cue is not None and _belongs(scan, cue, found.start(), digits):
        return f"digits after “{' '.join(cue.group().split())}”"
    if _TOLD.search(before) and (told := _specific_before(scan, found.start())):
        return f"digits told after “{' '.join(told.split())}”"
    ahead = scan.low[found.end() : min(sentence.end, found.end() + 44)]
    opens = (
        re.match(r"\s(?:to get (?:in|out)|at|on|for|and (?:the|it))\b", ahead) is not None
        and _thing().search(ahead) is not None
    )
    if _VERB.search(before) and len(digits) <= 6 and (_thing().search(before) or "code" in before or opens):
        return "digits to be pressed"
    after = scan.low[found.end() : sentence.end]
    if re.match(r"\s{0,2}(?:is|'s|=|for|opens|gets you in|will|works on|on the)\b[^.!?\n]{0,30}", after) and re.match(
        r"\s{0,2}(?:is|'s|=|opens|gets you|for|on|works on)\s(?:the\s)?[^.!?\n]{0,24}\b(?:code|pin|combo|"
        r"combination|keypad|alarm)\b",
        after,
    ):
        return "digits said to be a code"
    return ""


_SPECIFIC = re.compile(
    r"code|pin|combo|combination|keypad|key pad|alarm|lock ?box|passcode|opens?|unlock|copier|padlock"
)
_APART = re.compile(r"\b(?:since|in|year|until|by|before|after|room|page|ext|extension|call|text|for \$?)\s?$")


_TOLD = re.compile(r"\b(?:it'?s|it is|still|that'?s|now)\s(?:now\s|still\s|just\s|only\s){0,2}$")


def _specific_before(scan: Scan, start: int) -> str:
    """The cue for a code within the sentences just before `start`, or an empty string."""
    cues = [cue.group() for cue in _cue().finditer(scan.low, max(0, start - 130), start)]
    return next((cue for cue in reversed(cues) if _SPECIFIC.search(cue)), "")


def _belongs(scan: Scan, cue: re.Match[str], start: int, digits: str) -> bool:
    """Whether digits at `start` are what the cue before them speaks of."""
    between = scan.low[cue.end() : start]
    specific = _SPECIFIC.search(cue.group()) is not None
    if len(between) > (46 if specific else 8) or _APART.search(between):
        return False
    year = len(digits) == 4 and _YEAR.match(digits) is not None
    return not year or (specific and not re.search(r"\b(?:in|since|of|for|until|class)\b", between))


_OTHERWISE = re.compile(
    r"\b(?:cell|phone|call|text|number is|social|score|won|lost|record)\b.{0,36}$"
    r"|\b(?:hymn|page|jersey|grades?|rooms?|bus|route)\s{0,2}(?:no\.|number|is)?\s{0,2}$"
)


def _near(scan: Scan, start: int, end: int) -> bool:
    before, after = scan.before(start, 90), scan.after(end, 24)
    # "her cell, five oh seven ..." and "room two one four": what a spelled-out number usually is.
    if _OTHERWISE.search(before):
        return False
    return (
        _cue().search(before) is not None
        or bool(re.search(r"\b(?:code|combo|pin|keypad|punch (?:mine )?in|copier|alarm|press)\b", before))
        or (
            re.match(r"\s?,?\s?(?:then\s)?(?:star|pound|hash|off)\b", after) is not None
            and _thing().search(before) is not None
        )
    )


def _meetings(scan: Scan) -> Iterator[Contact]:
    if not _HOST.search(scan.low):
        return
    for found in re.finditer(r"\b(?:host key|passcode|pass code)\s{0,2}(?:is|:|=)?\s{0,2}(\w{4,12})\b", scan.low):
        word = scan.text[found.start(1) : found.end(1)]
        if re.search(r"\d", word):
            sentence = scan.sentence(found.start(), found.end(), 140)
            if not _PUBLIC.search(scan.low, sentence.start, sentence.end):
                yield _contact(
                    scan, found.start(1), found.end(1), word, f"the word after “{found.group().split()[0]}”", "meeting"
                )


def _contact(scan: Scan, start: int, end: int, value: str, why: str, detail: str = "code") -> Contact:
    return scan.contact("credential", start, end, value, evidence=(why,), detail=detail)
