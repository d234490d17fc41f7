"""Passwords and logins in prose: "pw: ...", "the wifi password got changed and its ...", "login is name / word".

The candidate is the word in a password's place. After a plain "is" it must look like one (digits, signs, mixed case,
quotation marks) or at least not be a word of ordinary talk about passwords.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy428.contacts.contact import Contact, Owner
from policy428.contacts.scan import Scan
from policy428.contacts.words import word_set

RANK = 45

_NOUN = (
    r"(?:pass ?words?|pass ?codes?|pass ?phrases?|passwd|pwd|pws?|p/w|psw|pass[ -]?ku|pass|contrase[nñ]a|clave|"
    r"net(?:work)? key|wi-?fi key|security key|host key)"
)
_LINK = (
    r"(?:\s{0,2}[:=→>]{1,2}\s{0,2}|\s{1,2}(?:is|was|are|es|waa|yog|stays|remains|=)\s{1,2}|['’]s\s{1,2}|"
    r"\s{1,2}(?:is|was)\s{1,2}(?:still|now|just|always)\s{1,2})"
)
_DIRECT = re.compile(
    rf"\b{_NOUN}(?:\s{{1,2}}(?:for|to|on|at)\s[^.!?\n:=]{{1,40}}?)?{_LINK}(?:(?:still|now|just|always|set to|"
    rf"the word|currently|literally)\s{{1,2}}){{0,2}}"
)
_CLOSE = re.compile(rf"\b{_NOUN}\s{{1,2}}")
_CHANGED = re.compile(
    rf"\b{_NOUN}\b[^.!?\n]{{0,50}}?\b(?:(?:changed|reset|switched|updated|set) to|(?:its|it's|it is|and is|now|"
    rf"new one'?s?(?: is)?))\s{{1,2}}(?:now\s|just\s|still\s)?"
)
_WIFI = re.compile(r"\b(?:wi-?fi|network|internet|ssid|hotspot)\b")
_LOGIN = re.compile(
    r"\b(?:log-?ins?|log(?:ged)? ?-?in|logging in|sign(?:ed)? ?-?in|sign on|user ?names?|(?<!@)user|accounts?|acct|"
    r"use mine|use ours|my netflix|creds|credentials|hop on|come in on|piggyback|everybody use|same account|seat)\b|"
    r"\bwi-?fi\b"
)
# A pair "name / word" or "name and word".
_PAIR = re.compile(
    r"(?<![\w/@.])(?P<user>[A-Za-z][\w.@-]{1,30})\s{0,2}(?P<sep>/|\||:|,|\band(?: then)?\b|→|"
    r"\bpw\b)\s{0,2}(?P<word>[^\s/,;|\"“”]{5,40})(?![\w/])"
)
_SLASHED = re.compile(r"(?<![\w/@.])(?P<user>[a-z0-9][\w.-]{2,24})\s/\s(?P<word>[A-Z][\w@#$%^&*+=!-]{6,24})(?![\w/])")
_VALUE = re.compile(r"[\"'“‘*`]{0,2}(?P<value>[^\s\"“”`,;]{3,40})")
_QUOTED = re.compile(r"[\"'“‘`*]{1,2}(?P<value>[^\"“”`*\n]{3,40}?)[\"'”’`*]{1,2}(?![\w])")
_ADVICE = re.compile(
    r"\b(?:don'?t use|never use|do not use|avoid|instead of|such as|for example|e\.g\.|like|rather than|not|"
    r"isn't)\b[^.!?\n]{0,20}$"
)
_PUBLIC_PLACE = re.compile(
    r"\b(?:cafe|café|coffee|caribou|starbucks|restaurant|hotel|motel|airport|library|diner|bakery|brewery|bookstore)\b"
)


def worth(scan: Scan) -> bool:
    """A word for a password, a login or a network."""
    return scan.mentions(*_WORDS) and _GATE.search(scan.low) is not None


_WORDS = (
    *("pass", "pw", "p/w", "psw", "log", "sign", "user", "acc", "mine", "ours", "netflix"),
    *("cred", "hop on", "come in", "wi-fi", "wifi", "piggy", "contrase", "clave", "key", "seat", " / "),
)
_GATE = re.compile(rf"\b{_NOUN}\b|{_LOGIN.pattern}|\bwi-?fi\b|\s/\s")


def find(scan: Scan) -> Iterator[Contact]:
    """Passwords after their noun, then name-and-password pairs, then a password alone beside a network."""
    low = scan.low
    seen: list[tuple[int, int]] = []
    for pattern, sure in ((_DIRECT, True), (_CHANGED, False), (_CLOSE, False)):
        for cue in pattern.finditer(low):
            span = _value(scan, cue.end(), sure=sure and pattern is _DIRECT, strict=pattern is not _DIRECT)
            if (
                span
                and not _ADVICE.search(scan.before(cue.start(), 40))
                and span not in seen
                and not _public(scan, cue.start())
            ):
                seen.append(span)
                yield _contact(scan, *span, f"the word after “{' '.join(cue.group().split())[:40]}”")
    for start, end, why in _pairs(scan):
        if not any(start < e and b < end for b, e in seen):
            seen.append((start, end))
            yield _contact(scan, start, end, why)
    for cue in _WIFI.finditer(low):
        sentence = scan.sentence(cue.start(), cue.end(), 120)
        if any(sentence.start <= start < sentence.end + 80 for start, _ in seen) or _public(scan, cue.start()):
            continue
        for found in re.finditer(
            r"(?<![\w@#/.-])[A-Za-z][^\s,;:\"“”()/]{5,30}", scan.text[sentence.start : min(len(low), sentence.end + 60)]
        ):
            word = found.group().rstrip(".?)'")
            if _made_strongly(word):
                start = sentence.start + found.start()
                seen.append((start, start + len(word)))
                yield _contact(scan, start, start + len(word), f"a made-up word beside “{cue.group()}”")
                break


_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?")


def _pairs(scan: Scan) -> Iterator[tuple[int, int, str]]:
    """A name and a password side by side, after a word for logging in; or by their looks alone around a slash."""
    for cue in _LOGIN.finditer(scan.low):
        if _public(scan, cue.start()):
            continue
        place, limit = cue.end(), min(len(scan.low), cue.end() + 130)
        while (pair := _PAIR.search(scan.text, place, limit)) is not None:
            place = pair.start() + 1
            word = _trim(pair.group("word"))
            sure = pair.group("sep") in "/|"
            if _paired(word, sure=sure) and pair.group("user").lower() not in word_set("not-passwords"):
                # An address as the name is an e-mail contact of its own.
                start = pair.start("word" if "@" in pair.group("user") else "user")
                yield start, pair.start("word") + len(word), f"a name and a password after “{cue.group()}”"
                break
    for pair in _SLASHED.finditer(scan.text):
        if _made_strongly(pair.group("word")) and not pair.group("user")[0].isupper():
            yield pair.start(), pair.end(), "a name and a password around a slash"


def _paired(word: str, *, sure: bool) -> bool:
    """Whether the second of a pair is a password; without a slash between them it needs a digit or a sign inside."""
    if re.match(r"https?:|www\.|\d|[#@]", word) or "@" in word[1:-4] or not looks_made(word):
        return False
    bare = word.rstrip("!?'s")
    return sure or re.search(r"\d|[#$%&*+=^~!_](?=\w)", bare) is not None


def _trim(word: str) -> str:
    """`word` without the marks that end a sentence; a final exclamation mark may belong to a password."""
    word = word.rstrip(".?)'\"")
    return word if looks_made(word) else word.rstrip("!")


def _value(scan: Scan, start: int, *, sure: bool, strict: bool) -> tuple[int, int] | None:
    quoted = _QUOTED.match(scan.text, start)
    if quoted and not strict and len(quoted.group("value").split()) <= 4:
        return quoted.start("value"), quoted.end("value")
    found = _VALUE.match(scan.text, start)
    if found is None:
        return None
    raw = found.group("value")
    word = raw.rstrip(".?)'\"”’*") if not raw.endswith("...") else raw.rstrip(".")
    word = word.rstrip("!") if word.rstrip("!").isalpha() else word
    if (
        len(word) < 3
        or word.lower().strip("!'’") in word_set("not-passwords")
        or re.match(r"https?:|www\.|@\w|#\w+$", word)
    ):
        return None
    if looks_made(word):
        return found.start("value"), found.start("value") + len(word)
    if strict or not sure or not re.fullmatch(r"[\w-]{4,30}", word) or word.lower().endswith(("ing", "ed", "ly")):
        return None
    # A plain word counts when the sentence ends with it: "the password is tetonka."
    rest = scan.text[found.start("value") + len(word) : found.start("value") + len(word) + 12]
    if re.match(r"\s{0,2}(?:$|[.!?,;)\n]|(?:all|one|lol|haha|no|with|till|until|and|in|then|but|for)\b)", rest):
        return found.start("value"), found.start("value") + len(word)
    return None


def looks_made(word: str) -> bool:
    """Whether a word mixes letters with digits or signs, or case, as made-up passwords do."""
    bare = word.rstrip("!?.")
    if (
        _DATE.fullmatch(bare)
        or re.fullmatch(r"\d{1,2}(?::\d\d)?(?:am|pm|st|nd|rd|th|s|ish)?", bare.lower())
        or re.fullmatch(r"(?:k|grade|gr|rm|room|bus|mca)-?\d{1,3}", bare.lower())
    ):
        return False
    letters, digits = bool(re.search(r"[A-Za-z]", word)), bool(re.search(r"\d", word))
    signs = bool(re.search(r"[#$%&*+=@!^~_?](?=[\w#$%&*+=@^~_])", word))
    camel = re.search(r"[a-z][A-Z]|[A-Z]{2}[a-z]{3}", word) is not None
    return (
        len(word) >= 4 and ((letters and digits) or (letters and signs) or (camel and len(word) >= 8))
    ) or re.fullmatch(r"\d{4,12}[#*]?", bare) is not None


def _made_strongly(word: str) -> bool:
    """A password by its looks alone: letters, at least two digits at the end, and a capital or a sign."""
    return (
        len(word) >= 8
        and re.search(r"[A-Za-z]{3}", word) is not None
        and re.search(r"\d{2,}", word) is not None
        and re.search(r"[A-Z]|[!$%&*+=^~]", word) is not None
        and not re.match(r"(?i)wem|isd|https?|www", word[: 3 if "-" in word else 0] or "x")
    )


def _public(scan: Scan, start: int) -> bool:
    """A café's or library's network, whose password hangs on its wall."""
    sentence = scan.sentence(start, start, 100)
    return _PUBLIC_PLACE.search(scan.low, max(0, sentence.start - 40), sentence.end) is not None


def _contact(scan: Scan, start: int, end: int, why: str) -> Contact:
    before = scan.before(start, 60)
    owner: Owner = (
        "author"
        if re.search(r"\bmy (?:\w+ ){0,3}?(?:password|pw|login|wifi)\b", before) and "school" not in before
        else "unknown"
    )
    return scan.contact("credential", start, end, scan.text[start:end], owner=owner, evidence=(why,), detail="password")
