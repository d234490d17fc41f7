"""Whose a contact is, by the words around it: the author's, somebody else's, or a public office's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from policy428.contacts.contact import Owner
from policy428.contacts.scan import Scan
from policy428.contacts.words import either, word_list, word_set

_KIND = (
    r"(?:cells?|cell ?phones?|phones?|mobiles?|land ?lines?|numbers?|nos?\.?|digits|address|e-?mails?|mail|inbox|"
    r"house|"
    r"home|place|"
    r"apartment|apt|socials?|ssn|birthdays?|b-?days?|dob|licen[cs]e|card|visa|account|iban|passport|whatsapp|line|ip|"
    r"pass ?words?|pw|login|code|pin)"
)
_WAYS = (
    r"(?:call|text|txt|ring|phone|dial|reach|message|msg|dm|pm|contact|e-?mail|write|mail|whatsapp|holler at|"
    r"buzz|ping|send|venmo|paypal|zelle|hit|tell|lmk|reply|snap)"
)

_MINE = re.compile(
    rf"\b(?:my|mine|our|ours)\b(?:\s+[\w'/-]+){{0,4}}?\s+{_KIND}\b"
    rf"|\b(?:my|our)\b(?=\s+(?:own\s+)?{_KIND}\b)"
    r"|\b(?:at ours|our place|we moved|we've moved|we live|we're at|yours truly|m[aá]nden?me|ll[aá]men?me|"
    r"escr[ií]b[ae]n?me|text(?:o|éame))\b"
    rf"|\b{_WAYS}\b(?:\s*(?:or|and|/|&)\s*{_WAYS})?\s+(?:it\s+to\s+)?(?:me|us)\b"
    r"|(?<![.\w])(?:me|us|i'?m|we'?re|i live|we live|i am|find me|this is me|mi (?:cel|n[uú]mero|whatsapp|correo|"
    r"tel))\b(?=[^.!?]{0,14}$)"
)
_THEIRS = re.compile(
    rf"\b(?:his|her|hers|their|theirs)\b(?:\s+[\w'/-]+){{0,4}}?\s+{_KIND}\b"
    rf"|\b(?:his|her|their|he|she)\b(?=[^.!?]{{0,24}}$)"
    rf"|\b{_WAYS}\s+(?:him|her|them)\b"
    r"|\b(?:he|she|they)\s+(?:is|was|lives?|stays?|moved|resides|are|reads?|answers?)\b|\b(?:he|she|they)'(?:s|re)\b"
    rf"|\b(?!(?:driver|operator|today|tonight|that|it|there|here|what|let|who|where)'s)[a-z][\w-]{{1,20}}(?:'s|"
    rf"s')\s+(?:(?:own|personal|private|home|new|direct|work|real|old|family)\s+)?{_KIND}\b"
    r"|\b(?:the|that|a) (?:private|personal|home) (?:one|number|cell|phone|e-?mail|address|mail)\b|\bat home\b"
    r"|\bbelongs? to\b"
)
# An imperative with nobody named ("call or text", "ring", "questions?") asks for the author.
_CALL = re.compile(
    rf"(?:^|[.!?,;:\n(]\s*|\b(?:please|pls|to|just|or|and|can|interested|evenings)\s+){_WAYS}"
    rf"(?:\s*(?:or|and|/|&)\s*{_WAYS})?\b(?=(?:\s+(?:at|on|to|if\b[^.!?]{{0,30}}|me|us|anytime|evenings))?[\s:,@-]*$)"
)
_NAME = re.compile(
    r"(?P<title>\b(?:Mr|Mrs|Ms|Mx|Miss|Dr|Coach|Principal|Officer|Nurse|Pastor|Sgt|Prof|Uncle|Aunt|Judge)\.?\s+)?"
    r"(?P<name>[A-Z][a-zA-Z'-]+(?:\s+(?:[A-Z][a-zA-Z'-]+|[A-Z]\.?)){0,3})"
    r"(?:\s+the\s+[a-z]+(?:\s+[a-z]+)?|\s+at\s+home|\s*\([^()]{0,30}\))?[\s,:;-]{0,4}(?:\s*(?:at|on|is|@|lives at|"
    r"in|=)\s*)?$"
)
_WORD = re.compile(r"[\w'-]+")
# "Questions call Nancy", "RSVP to Pam": whoever announces something names whom to ask.
_ASK = re.compile(
    r"\b(?:questions?|contact|rsvp|sign ?-?up|info|register|tickets|interested|to order|"
    r"orders?)\b[^.!?\n]{0,24}[?!]?[^.!?\n]{0,12}$"
)
_AFTER_MINE = re.compile(
    r"[\s,.(!-]{0,3}(?:(?:that'?s|which is|is|=)?\s*(?:mine|me\b|my (?:own|cell|phone|number))|(?:or\s)?(?:call|"
    r"text)\b|"
    r"(?:and|to|just)\s(?:text|call|message) me|any ?time|any hour|evenings|after \d|leave a message|ask for me|"
    r"any questions)"
)
_AFTER_THEIRS = re.compile(
    r"[\s,.(-]{0,3}(?:that'?s|which is|is)\s*(?:his|hers|her|their|your)\b|.{0,20}\b(?:he|she|they)(?:'s|'ll| )"
)


@cache
def _business() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{either(word_list('business-words'))})\b")


def judge_owner(scan: Scan, start: int, end: int, *, reach: int = 90) -> tuple[Owner, str]:
    """The owner by the words within `reach` characters before `text[start:end]` and just after it, and why.

    The cue nearest to the contact wins; a name right before it counts as a cue.
    """
    sentence = scan.sentence(start, end, reach)
    before = scan.low[sentence.start : start]
    cues = list(_cues(before))
    named = _named(scan, sentence.start, start)
    if named is not None:
        cues.append(named)
    if cues:
        _, owner, why = max(cues)
        return owner, why
    after = scan.low[end : min(sentence.end, end + 40)]
    if after and (found := _business().search(after[:28])):
        return "published", f"“{found.group()}” after it"
    if _AFTER_MINE.match(after):
        return "author", "said to be the author's own"
    if _AFTER_THEIRS.match(after):
        return "other", "said to be somebody else's"
    previous = scan.low[max(0, sentence.start - 40) : sentence.start]
    if re.search(r"\b(?:we moved|we've moved|new address|our new place|i moved)\b", previous):
        return "author", "the author's move told before it"
    signed = _signature(scan, start)
    if signed:
        return "author", signed
    return "unknown", ""


def _cues(before: str) -> Iterator[tuple[int, Owner, str]]:
    for found in _MINE.finditer(before):
        yield found.end(), "author", f"“{found.group().strip()}” before it"
    for found in _CALL.finditer(before):
        yield found.end(), "author", f"“{found.group().strip(' .,;:!?(')}” before it"
    for found in _THEIRS.finditer(before):
        yield found.end(), "other", f"“{found.group().strip()}” before it"
    for found in _business().finditer(before):
        yield found.end(), "published", f"“{found.group().strip()}” before it"


def _named(scan: Scan, begin: int, start: int) -> tuple[int, Owner, str] | None:
    """A person's name right before the contact: the author's, or somebody else's."""
    found = _NAME.search(scan.text, max(begin, start - 60), start)
    if found is None:
        return None
    words = [word.lower() for word in _WORD.findall(found.group("name"))]
    while words and words[0] in word_set("not-names"):
        words.pop(0)
    if not words or words[-1] in word_set("not-names") or words[-1] in word_set("street-suffixes"):
        return None
    if _business().search(found.group("name").lower()) or any(word in scan.published.towns for word in words):
        return None
    # The author's own name, or part of it, is a signature.
    own = set(_WORD.findall((scan.author.name or "").lower()))
    position = found.end("name") - begin
    if own and set(words) <= own:
        return position, "author", "the author's name before it"
    if found.group("title") is None and _ASK.search(scan.low, max(0, found.start() - 40), found.start()):
        return position, "published", "the person named to be asked"
    return position, "other", "a name before it"


def _signature(scan: Scan, start: int) -> str:
    name = (scan.author.name or "").strip().lower()
    if name and name in scan.low[max(0, start - 200) : start].split("\n\n", 1)[-1]:
        return "the author's name above it"
    return ""
