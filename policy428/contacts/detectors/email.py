"""E-mail addresses, plain or disguised: "at/dot" in words and brackets, spaced out, broken over lines, described.

Any at sign, written or spoken, is a candidate; the domain after it and the local part before it decide. The
profile's own mail domains are known in advance and so may be disguised further than others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from policy428.contacts.contact import Contact, Owner
from policy428.contacts.owner import judge_owner
from policy428.contacts.scan import Scan
from policy428.contacts.words import word_set

RANK = 90

_OPEN, _CLOSE = r"[\[({<|_*-]", r"[\])}>|_*-]"
_AT = re.compile(
    rf"\s{{0,2}}{_OPEN}\s{{0,2}}(?i:at|@|a|arroba|at ?sign)\s{{0,2}}{_CLOSE}\s{{0,2}}"
    r"|(?:&\#0{0,3}64;|&\#x0{0,2}40;|&commat;|%40)"
    r"|\s{0,3}@\s{0,3}"
    r"|\s{1,3}(?i:at|arroba)(?:[ -](?i:sign|symbol))?\s{1,3}"
)
_DOT = (
    rf"(?:\s{{0,2}}{_OPEN}\s{{0,2}}(?i:dot|punto|\.)\s{{0,2}}{_CLOSE}\s{{0,2}}|\s{{1,3}}(?i:dot|punto|point)\s{{1,3}}"
    r"|\s{0,2}\.\s{0,2}|&\#0{0,3}46;|%2[Ee])"
)
_LABEL = r"[A-Za-z0-9][A-Za-z0-9-]{0,40}"
_PLAIN_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL}){{1,6}}")
_LOOSE_DOMAIN = re.compile(rf"{_LABEL}(?:{_DOT}{_LABEL}){{1,6}}")
_LABELS = re.compile(rf"{_LABEL}")
_SPOKEN_DOT = re.compile(r"(?i)\b(?:dot|punto|point)\b|[\[({<]\s{0,2}\.\s{0,2}[\])}>]")

_LOCAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+'-]{0,63}$|[A-Za-z0-9]$")
_LOCAL_DOTTED = re.compile(rf"[A-Za-z0-9_+-]{{1,30}}(?:{_DOT}[A-Za-z0-9_+-]{{1,30}}){{1,3}}$")
_LOCAL_SPACED = re.compile(r"(?<!\S)(?:[A-Za-z0-9._+-]\s){2,40}[A-Za-z0-9._+-]?$")
_LOCAL_INITIAL = re.compile(r"(?<!\S)[A-Za-z]\.?\s[A-Za-z][a-z'-]{2,20}$")
_DESCRIBED = re.compile(
    r"(?i)(?:(?:my|the|your|her|his|their)\s{1,2})?"
    r"(?:\b(?:first|last|middle|maiden|sur|full|same|user)[\s-]{0,2}(?:initial|name|letter|handle)s?\b"
    r"(?:[\s,.+&-]{0,3}(?:then|and|plus|dot|of|my|the|no spaces?|all one word|as here|here)?[\s,.+&-]{0,3})){1,4}"
    r"(?:then\s|the\s){0,2}$"
)
_JOINED = re.compile(
    r"(?i)\b(?:first|last|maiden)\s?(?:initial|name)|\binitial|\bbefore the\b|\bafter the\b|\bthe at\b|\bat sign\b|"
    r"\bformula\b|\b(?:same|usual) (?:name|handle|as)\b|\badd\b|\bplus\b|\bfollowed by\b|\bstick\b|\btack\b|\bput\b|"
    r"\bthen\b"
)
_ASKS = re.compile(
    r"(?i)\b(?:e-?mails?|mail|write|reach|contact|send|address|addy|correo|escr[ií]b\w+|rsvp|to|login|paypal|"
    r"orders?|inbox)\b"
)
# Words that stand before "at example.org" without being a mailbox.
_WEB = re.compile(r"(?:https?://|www\.)\S*$|/\S*$")


def worth(scan: Scan) -> bool:
    """An at sign, an entity or escape of it, or one of the profile's domains written some other way."""
    return (
        scan.mentions("@", "%40", "&#", "&commat")
        or _SPOKEN.search(scan.low) is not None
        or _FENCED.search(scan.low) is not None
        or any(_has_domain(scan.low, domain) for domain in scan.published.email_domains)
    )


# The check of what stands before comes second, so that the search can skip from "at" to "at".
_SPOKEN = re.compile(
    r"at(?<![a-z0-9]at)(?: sign)?[\])}> ]{1,4}[a-z0-9-]{1,40} ?(?:\.|[\[({<. ]{0,2}(?:dot|punto|point)\b)|arroba"
)
_FENCED = re.compile(r"[\[({<] ?(?:at|a|arroba) ?[\])}>]")


def _has_domain(low: str, domain: str) -> bool:
    if domain in low or domain[::-1] in low:
        return True
    first, second, *_ = [*domain.split("."), ""]
    return bool(second) and second in low and re.search(rf"\b{re.escape(first)}\b", low) is not None


def find(scan: Scan) -> Iterator[Contact]:
    """Addresses at at signs, then the profile's domains that stand without one."""
    for at in _AT.finditer(scan.text):
        contact = _at(scan, at)
        if contact is not None:
            yield contact
    for domain in scan.published.email_domains:
        yield from _described(scan, domain)
        yield from _backwards(scan, domain)


def _at(scan: Scan, at: re.Match[str]) -> Contact | None:
    mark = at.group().strip()
    spoken = mark.lower() in ("at", "arroba", "at sign", "at symbol")
    plain_at = at.group() == "@"
    domain = _domain(scan, at.end())
    if domain is None:
        return None
    name, end, broken = domain
    ours = next((d for d in scan.published.email_domains if name == d or name.endswith("." + d)), None)
    dotted = broken and _SPOKEN_DOT.search(scan.text, at.end(), end) is not None
    if (
        _WEB.search(scan.text, max(0, at.start() - 60), at.start())
        and "mailto" not in scan.low[max(0, at.start() - 60) : at.start()]
    ):
        return None
    local = _local(scan, at, spoken=spoken)
    if local is None:
        return None
    user, start, how = local
    if (
        spoken
        and how == "word"
        and not _mailbox(scan, user, start, sure=dotted or (ours is not None and broken), ours=ours is not None)
    ):
        return None
    if mark == "@" and not plain_at and user in word_set("not-mailboxes"):
        return None
    disguises = [
        *(["the at sign spelled or fenced"] if not plain_at and mark != "@" else []),
        *(["spaced or broken up"] if (mark == "@" and not plain_at) or how == "spaced" else []),
        *(["the domain spelled out"] if broken else []),
        *(["the name described"] if how == "described" else []),
    ]
    if scan.disguised(start, end):
        disguises.append("look-alike or invisible characters")
    value = f"{user}@{name}"
    owner, why = _owner(scan, start, end, value, described=how == "described")
    evidence = tuple(
        e for e in (*(disguises or ["an e-mail address"]), "the District's domain" if ours else "", why) if e
    )
    return scan.contact(
        "email", start, end, value, owner=owner, evidence=evidence, detail="district" if ours else "outside"
    )


def _domain(scan: Scan, start: int) -> tuple[str, int, bool] | None:
    """The domain that starts at `start`: its plain form, its end, and whether it was broken up or spelled out."""
    for domain in scan.published.email_domains:
        found = _disguised_domain(domain).match(scan.text, start)
        if found:
            sub = "".join(c for c in (found.group("sub") or "").lower() if c.isalnum() or c in ".-").strip(".")
            plain_form = found.group().lower() == f"{sub}.{domain}".lstrip(".")
            return (f"{sub}.{domain}" if sub else domain), found.end(), not plain_form
    found = _PLAIN_DOMAIN.match(scan.text, start)
    if found:
        labels = found.group().lower().rstrip("-").split(".")
        while len(labels) > 1 and not _tld(".".join(labels)):
            labels.pop()
        if len(labels) > 1:
            return ".".join(labels), start + len(".".join(labels)), False
    found = _LOOSE_DOMAIN.match(scan.text, start)
    if found:
        ends = [m.end() for m in _LABELS.finditer(scan.text, start, found.end())]
        labels = [m.group().lower() for m in _LABELS.finditer(scan.text, start, found.end())]
        kept = [(label, end) for label, end in zip(labels, ends, strict=True) if label not in ("dot", "punto", "point")]
        while len(kept) > 1 and not _tld("." + kept[-1][0]):
            kept.pop()
        # "Meet @ Target. Us two" is no address: a domain with spaces needs its dots spelled or fenced.
        if len(kept) > 1 and _SPOKEN_DOT.search(scan.text, start, kept[-1][1]):
            return ".".join(label for label, _ in kept), kept[-1][1], True
    return None


def _tld(domain: str) -> bool:
    return domain.rsplit(".", 1)[-1] in word_set("mail-endings")


@lru_cache(maxsize=32)
def _disguised_domain(domain: str) -> re.Pattern[str]:
    """`domain` with its dots spelled, fenced or left out, its letters spaced, and perhaps a label before it."""
    gap = rf"(?:{_DOT}|[\s,/_-]{{1,3}}|\s?[•·*]\s?)"
    # `k12` may be spaced as "k 12"; a letter may be followed by one space.
    labels = [r"\s?".join(re.escape(char) for char in label) for label in domain.split(".")]
    return re.compile(rf"(?i)(?P<sub>[a-z][a-z0-9-]{{1,20}}{_DOT})?{gap.join(labels)}(?![A-Za-z0-9-])")


def _local(scan: Scan, at: re.Match[str], *, spoken: bool) -> tuple[str, int, str] | None:
    """What stands before the at sign: the name, its start, and how it is written."""
    text, end = scan.text, at.start()
    left = max(0, end - 80)
    found = _DESCRIBED.search(text, left, end)
    if found:
        return "*", found.start(), "described"
    found = _LOCAL_SPACED.search(text, left, end)
    if found and len(found.group().split()) >= 3:
        return "".join(found.group().split()).lower(), found.start(), "spaced"
    found = _LOCAL_DOTTED.search(text, left, end)
    if found and (_SPOKEN_DOT.search(found.group()) or not re.search(r"\s", found.group())):
        name = re.sub(
            r"[^a-z0-9.+_-]",
            "",
            re.sub(r"(?i)[\s\[({<]{1,3}(?:dot|punto|point)[\s\])}>]{1,3}", ".", found.group()).lower(),
        )
        return name, found.start(), "dotted"
    if at.group() != "@":
        found = _LOCAL_INITIAL.search(text, left, end)
        if found and found.group()[0].lower() not in "ai":
            return re.sub(r"[\s.]", "", found.group().lower()), found.start(), "initial"
    found = _LOCAL.search(text, left, end)
    if found:
        name = found.group().lower().lstrip("'")
        return name, found.end() - len(name), "word"
    return None


def _mailbox(scan: Scan, user: str, start: int, *, sure: bool, ours: bool) -> bool:
    """Whether the word before a spoken "at" can be a mailbox rather than a word of the sentence."""
    if user in word_set("not-mailboxes") or not re.search(r"[a-z]", user):
        return False
    if sure or re.search(r"[\d._+]", user):
        return True
    if user in word_set("common-words"):
        return False
    asked = _ASKS.search(scan.before(start, 60)) is not None
    return asked or (ours and scan.text[start].islower() and len(user) >= 4)


def _owner(scan: Scan, start: int, end: int, value: str, *, described: bool) -> tuple[Owner, str]:
    if value in scan.published.emails:
        return "published", "the profile publishes it"
    email = (scan.author.email or "").strip().lower()
    if value == email:
        return "author", "the author's registered address"
    user = value.split("@")[0]
    if described and "my" in scan.low[start : start + 4]:
        return "author", "“my” before it"
    names = re.findall(r"[a-z]+", (scan.author.name or "").lower())
    if len(names) >= 2 and user.split("+")[0].strip("0123456789") in (
        names[0][0] + names[-1],
        ".".join((names[0], names[-1])),
        names[0] + names[-1],
    ):
        return "author", "made of the author's name"
    if user.split("+")[0] in word_set("shared-mailboxes"):
        return "published", "a shared mailbox"
    return judge_owner(scan, start, end)


def _described(scan: Scan, domain: str) -> Iterator[Contact]:
    """A mail domain of the profile in a sentence that says how to make an address of it."""
    pattern = _disguised_domain(domain)
    for found in pattern.finditer(scan.text):
        before = scan.text[max(0, found.start() - 4) : found.start()]
        if (
            "/" in before
            or re.search(r"(?i)www\.$", before)
            or scan.low[max(0, found.start() - 8) : found.start()].endswith(("://", "www."))
        ):
            continue
        sentence = scan.sentence(found.start(), found.end(), 160)
        around = scan.text[sentence.start : found.start()]
        after = scan.text[found.end() : sentence.end]
        told = _JOINED.search(around) or re.match(
            r"(?i)[\s,]{1,3}(?:with|after|to|and) (?:my|her|his|their|the)\b.{0,20}\bname", after
        )
        if not told:
            continue
        with_at = before.rstrip().endswith("@")
        how_to = re.search(
            r"(?i)\b(?:first|last|maiden)\s?(?:initial|name)|\binitial|\bthe at\b|\bat sign\b|\b(?:before|"
            r"after) the (?:at|@)|\bformula\b|\bthen (?:at\b|@)|@[\s\"\',]{1,3}then\b",
            around + after,
        )
        if not (how_to or (with_at and re.search(r"(?i)\bname\b|\bhandle\b|\bsame\b", around + after))):
            continue
        start = found.start() - (1 if with_at else 0)
        owner: Owner = "author" if re.search(r"(?i)\b(?:my|me|mine)\b", around + after) else "unknown"
        yield scan.contact(
            "email",
            start,
            found.end(),
            f"*@{domain}",
            owner=owner,
            evidence=("the address is described", "the District's domain"),
            detail="district",
        )


def _backwards(scan: Scan, domain: str) -> Iterator[Contact]:
    """An address written from right to left."""
    reverse = re.compile(rf"(?<![\w.]){re.escape(domain[::-1])}(?:\.[a-z0-9-]{{1,20}})?@([a-z0-9._+-]{{1,40}})")
    for found in reverse.finditer(scan.low):
        value = found.group()[::-1]
        yield scan.contact(
            "email",
            found.start(),
            found.end(),
            value,
            evidence=("written backwards", "the District's domain"),
            detail="district",
        )
