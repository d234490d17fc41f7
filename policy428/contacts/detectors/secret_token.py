"""Keys that programs use: by their makers' prefixes, by form (JWT, private keys, user:password@host) or beside a cue.

Prefixes as their makers document them: Amazon AKIA/ASIA, GitHub ghp_/gho_/ghs_/github_pat_, GitLab glpat-, Slack
xox?-, Google AIza, OpenAI and others sk-, Stripe sk_live_/pk_live_, SendGrid SG., npm npm_, PyPI pypi-.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import log2

from policy428.contacts.contact import Contact
from policy428.contacts.scan import Scan

RANK = 95

_KNOWN = re.compile(
    r"(?<![A-Za-z0-9_-])(?:(?:AKIA|ASIA)[A-Z0-9]{12,20}|gh[pousr]_[A-Za-z0-9]{16,255}|"
    r"github_pat_[A-Za-z0-9_]{20,255}|glpat-[A-Za-z0-9_-]{16,64}|"
    r"xox[abeprs]-[A-Za-z0-9-]{10,200}|AIza[A-Za-z0-9_-]{30,40}|(?:sk|pk|rk)[-_](?:live|test|proj|"
    r"ant)[-_][A-Za-z0-9_-]{8,200}|sk-[A-Za-z0-9_-]{16,200}|"
    r"SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}|npm_[A-Za-z0-9]{30,40}|pypi-[A-Za-z0-9_-]{30,200}|"
    r"ya29\.[A-Za-z0-9_-]{20,200}|"
    r"eyJ[A-Za-z0-9_-]{8,2000}\.eyJ[A-Za-z0-9_-]{8,4000}(?:\.[A-Za-z0-9_-]{0,2000})?)"
)
_PRIVATE = re.compile(r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----")
_IN_URL = re.compile(r"\b[a-z][a-z0-9+.-]{1,12}://([^\s:/@]{1,64}:[^\s:/@]{3,64})@[\w.-]{3,80}")
_CUE = re.compile(
    r"(?i)\b(?:api[ _-]?(?:key|token|secret)|secret[ _-]?key|access[ _-]?(?:key|token)|auth[ _-]?token|"
    r"client[ _-]?secret|bearer|token|webhook|secret|credentials?)\b[\"']?\s{0,2}(?:is|=|:|=>)?\s{0,2}[\"']?"
    r"([A-Za-z0-9_\-+/=.]{12,200})"
)
_LICENCE = re.compile(r"(?<![\w-])[A-Z0-9]{3,8}(?:-[A-Z0-9]{3,8}){2,6}(?![\w-])")
_LICENCE_CUE = re.compile(r"\b(?:licen[cs]e|product key|serial|activation|key|unlock)\b")


def worth(scan: Scan) -> bool:
    """A long word with a digit, or a private key's header."""
    return ("-----BEGIN" in scan.text or scan.has_digit) and _LONG.search(scan.text) is not None


_LONG = re.compile(r"[A-Za-z0-9_\-+/=.@]{12}")


def find(scan: Scan) -> Iterator[Contact]:
    """Known forms, then long words of high entropy beside a cue, then licence keys."""
    for pattern, why in (
        (_KNOWN, "a key in its maker's form"),
        (_PRIVATE, "a private key"),
        (_IN_URL, "a name and password in an address"),
    ):
        for found in pattern.finditer(scan.text):
            group = 1 if pattern is _IN_URL else 0
            yield _contact(scan, found.start(group), found.end(group), why, "token")
    for found in _CUE.finditer(scan.text):
        word = found.group(1).rstrip(".")
        if re.search(r"\d", word) and re.search(r"[A-Za-z]", word) and entropy(word) >= 3.0:
            yield _contact(
                scan,
                found.start(1),
                found.start(1) + len(word),
                "a random-looking word beside a word for a key",
                "token",
            )
    for found in _LICENCE.finditer(scan.text):
        body = found.group()
        mixed = sum(bool(re.search(r"\d", part)) and bool(re.search(r"[A-Z]", part)) for part in body.split("-"))
        if (
            mixed >= 2
            and _LICENCE_CUE.search(scan.before(found.start(), 60))
            and not re.search(r"\b(?:tracking|order|invoice|model|serial number)\b", scan.before(found.start(), 40))
        ):
            yield _contact(scan, found.start(), found.end(), "a licence key", "license-key")


def entropy(word: str) -> float:
    """Bits a character, by the frequencies of the characters of `word`."""
    size = len(word)
    return -sum(count / size * log2(count / size) for count in (word.count(char) for char in set(word)))


def _contact(scan: Scan, start: int, end: int, why: str, detail: str) -> Contact:
    return scan.contact("credential", start, end, scan.text[start:end], evidence=(why,), detail=detail)
