"""What reports must not show: identifiers and credentials always, other people's names and numbers outside a terminal.

Masking works on the words themselves, so that a number that a rule quotes in its message, matches in its span, or
merely has beside it in the excerpt, is masked alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from policy428.circumstances import REFERENCE, REGISTER
from policy428.document import Document
from policy428.mapped import Span
from policy428.reports import Checked, Look
from policy428.reports.names import initials, possible_names
from policy428.suppressions.comments import names_a_rule
from policy428.violation import Violation

IDENTIFIERS = frozenset(
    {"ssn", "card", "iban", "drivers-license", "passport", "student-id", "birth-date", "credential", "ip"}
)
"""Types of contact that no report shows; the others (e-mail, telephone, address) are masked where names are."""

# Leaves whose private evidence is a person's name.
_OF_NAMES = frozenset({"person", REFERENCE, REGISTER})
_STAR = "*"
_KEPT = 4
_DIGITS = re.compile(r"(?<![\d.])\d(?:[ .()-]{0,2}\d){6,18}(?!\d)")


@dataclass(frozen=True, slots=True)
class Edit:
    """A range of text and what a report shows in its stead."""

    start: int
    end: int
    shown: str


class Masker:
    """Masks what one post's report shows.

    Args:
        checked: the post and its violations.
        look: where the output goes.
        private: names and numbers of people are masked too; what every format but `text` and `concise` on a terminal
            asks for.
    """

    def __init__(self, checked: Checked, look: Look, *, private: bool) -> None:
        self.shown = look.show_matches
        self.private = private
        self.document = checked.document
        self.texts: Mapping[str, str] = {} if self.shown else _masked_texts(checked, private)
        self._pattern = _any_of(self.texts)

    def edits(self, text: str) -> list[Edit]:
        """The ranges of `text` to mask, in order."""
        if self.shown:
            return []
        found = [Edit(m.start(), m.end(), self.texts[_key(m.group())]) for m in self._matches(text)]
        if self.private:
            taken = [Span(edit.start, edit.end) for edit in found]
            for number in _DIGITS.finditer(text):
                span = Span(number.start(), number.end())
                if self._unpublished(number.group()) and not any(span.overlaps(other) for other in taken):
                    found.append(Edit(span.start, span.end, mask_identifier(number.group())))
        return sorted(found, key=lambda edit: edit.start)

    def mask(self, text: str) -> str:
        """`text` with all that is private masked."""
        return apply(text, self.edits(text))

    def violation(self, violation: Violation) -> Violation:
        """`violation` fit for a record that others may read: message, suggestion and every word of the match masked."""
        if self.shown:
            return violation
        return replace(
            violation,
            message=self.mask(violation.message),
            suggestion=self.mask(violation.suggestion),
            match=self.match(violation.match),
        )

    def match(self, text: str) -> str:
        """A matched text with each word but its first letter starred, and what is private masked its own way."""
        if self.shown:
            return text
        parts, last = [], 0
        for edit in self.edits(text):
            parts += [mask_words(text[last : edit.start]), edit.shown]
            last = edit.end
        return "".join([*parts, mask_words(text[last:])])

    def _matches(self, text: str) -> Iterator[re.Match[str]]:
        return iter(()) if self._pattern is None else self._pattern.finditer(text)

    def _unpublished(self, number: str) -> bool:
        """Whether a long number, whatever it is, is none that the District publishes."""
        return not any(_digits(number).endswith(known) for known in _published(self.document) if known)


def mask_identifier(text: str) -> str:
    """`***-**-7781`: letters and digits starred but for the last four, where at least as many are hidden."""
    places = [place for place, char in enumerate(text) if char.isalnum()]
    kept = set(places[-_KEPT:]) if len(places) > 2 * _KEPT - 1 else set()
    return "".join(_STAR if char.isalnum() and place not in kept else char for place, char in enumerate(text))


def mask_secret(text: str) -> str:
    """Nothing of `text` but that there was something."""
    return _STAR * 6


def mask_email(text: str) -> str:
    """`j***@w***`: first letters of mailbox and host."""
    mailbox, _, host = text.partition("@")
    return f"{mailbox[:1]}***@{host[:1]}***" if host else mask_all(text)


def mask_all(text: str) -> str:
    """Every letter and digit starred; for what may be spelled out letter by letter."""
    return "".join(_STAR if char.isalnum() else char for char in text)


def mask_words(text: str) -> str:
    """`d***`: each word's first letter, the rest starred; of a number nothing is left."""
    return re.sub(r"\w+", lambda m: _starred(m.group()), text)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """`text` with `edits`, which do not overlap, carried out."""
    parts, last = [], 0
    for edit in edits:
        parts += [text[last : edit.start], edit.shown]
        last = edit.end
    return "".join([*parts, text[last:]])


def _starred(word: str) -> str:
    return (_STAR if word[0].isdigit() else word[0]) + _STAR * (len(word) - 1)


def _masked_texts(checked: Checked, private: bool) -> dict[str, str]:
    """Each private text of a post, in the form of `_key`, and what stands in its stead."""
    texts: dict[str, str] = {}
    document = checked.document
    author = document.post.author
    asides = (document.bio, document.group, document.aside(author.name), document.aside(author.email))
    parts = [document, *(part for part in asides if part is not None)]
    if private:
        for violation in checked.everything:
            for item in violation.evidence:
                if item.private:
                    texts[_key(item.text)] = initials(item.text) if item.leaf in _OF_NAMES else _mask("", item.text)
        for part in parts:
            source = part.source
            for span in possible_names(source, document.context.profile):
                name = source[span.start : span.end]
                if not names_a_rule(part, span):
                    texts[_key(name)] = initials(name)
    for part in parts:
        for contact in part.contacts:
            span = part.to_source(Span(contact.start, contact.end))
            written = {contact.text, part.source[span.start : span.end]}
            if contact.type in IDENTIFIERS or (private and contact.owner != "published"):
                texts |= {_key(text): _mask(contact.type, text) for text in written}
    return {text: shown for text, shown in texts.items() if text.strip()}


def _mask(kind: str, text: str) -> str:
    if kind == "credential":
        return mask_secret(text)
    if kind == "email" or (not kind and "@" in text):
        return mask_email(text)
    if kind in ("address", "birth-date"):
        return mask_all(text)
    return mask_identifier(text)


def _key(text: str) -> str:
    return " ".join(text.split()).lower()


def _any_of(texts: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for any of `texts` as whole words, the longest first, whatever white space stands between words."""
    longest = sorted(texts, key=len, reverse=True)
    if not longest:
        return None
    forms = (r"\s+".join(map(re.escape, text.split())) for text in longest)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdecimal())


def _published(document: Document) -> list[str]:
    return [_digits(phone)[-10:] for phone in document.context.profile.published_phones]
