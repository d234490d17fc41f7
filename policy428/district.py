"""References to the District in a post: its name, schools, mascot, programs, addresses, people, or "our school".

What is looked for comes from the profile and from the word lists `own-school` and `school-words`; the code knows only
the kinds of sign there are and when one is too weak to stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from policy428.gazetteer import Found, Gazetteer, Name, words_of
from policy428.profile import Profile
from policy428.resources import data_folder

if TYPE_CHECKING:
    from policy428.document import Document

ReferenceKind = Literal[
    "name", "alias", "school", "mascot", "program", "team", "town", "email", "web", "hashtag", "person", "own"
]

# Words between a town and a school word: "the school over in Waterville", "Morristown's new building".
_TOWN_REACH = 2
_SMALL_WORDS = frozenset({"in", "at", "of", "over", "up", "down", "out", "the", "here", "new", "old", "public", "for"})


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference to the District.

    Attributes:
        text: as written.
        start, end: offsets in the document's prose.
        kind: what sort of sign it is.
        why: in plain words, for evidence.
        weak: it does not refer to the District by itself, given what is known of the author: a town's name alone, a
            program that other districts have too, "our school" from an unknown author.
    """

    text: str
    start: int
    end: int
    kind: ReferenceKind
    why: str
    weak: bool = False


def find_references(document: Document) -> tuple[Reference, ...]:
    """All references in the document's prose, in order of place, none overlapping another."""
    found = [*_named(document), *_own(document)]
    return _apart(found)


def named_references(document: Document) -> tuple[Reference, ...]:
    """The references that need not know who writes: all but "our school"."""
    return _apart(_finder(document.context.profile).find(document))


def names_district(tag: str, profile: Profile) -> bool:
    """Whether a hashtag or handle, given without its sign, is named for the District."""
    return _finder(profile).tags.names_district(tag)


def _named(document: Document) -> Iterator[Reference]:
    for reference in _finder(document.context.profile).find(document):
        if reference.weak and reference.kind == "program" and document.author.district:
            reference = replace(reference, weak=False)
        yield reference
    yield from _people(document)


_WHY = {
    "name": "a name of the District",
    "alias": "a short name of the District",
    "school": "a school or office of the District",
    "mascot": "the District's nickname",
    "program": "a program of the District",
    "team": "a team of the District",
    "common": "a program that the District has, and others too",
    "town": "a town of the District, which alone says little",
}


class _Finder:
    """What is compiled from a profile, once."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.names = Gazetteer(_names(profile))
        look_alikes = [(look, phrase) for look in profile.look_alikes for phrase in look.phrases]
        self.not_it = Gazetteer(Name(phrase, "look-alike") for _, phrase in look_alikes)
        self.beside = [
            (frozenset(" ".join(words_of(word)) for word in look.of), Gazetteer(Name(word, "") for word in look.beside))
            for look in profile.look_alikes
            if look.beside
        ]
        self.tags = _Tags(profile)
        domains = [(domain.lower(), "web") for domain in (*profile.web_domains, *profile.email_domains)]
        self.domains = tuple(dict.fromkeys(domain for domain, _ in domains))
        self.accounts = frozenset(account.lower().lstrip("@") for account in profile.official_accounts)

    def find(self, document: Document) -> Iterator[Reference]:
        text = document.prose.text
        tokens = document.tokens
        masked: list[Found] | None = None
        other: set[str] | None = None
        for found in self.names.find(tokens, text):
            if masked is None:
                masked = self.not_it.find(tokens, text)
                other = {word for words, beside in self.beside if beside.find(tokens, text) for word in words}
            if any(mask.start < found.end and found.start < mask.end for mask in masked):
                continue
            if other and self._is_other(found, other):
                continue
            yield self._reference(document, found)
        yield from self._addresses(document)
        yield from self._tagged(document)

    def _is_other(self, found: Found, other: set[str]) -> bool:
        words = words_of(found.name.text)
        return any(word in other for word in words) and found.name.kind in {"mascot", "town", "team", "school"}

    def _reference(self, document: Document, found: Found) -> Reference:
        text = document.prose.text[found.start : found.end]
        kind = found.name.kind
        if kind == "town":
            beside = _school_word(document, found)
            if beside is not None:
                start, end = min(found.start, beside[0]), max(found.end, beside[1])
                return Reference(
                    document.prose.text[start:end], start, end, "school", "a town of the District with a school word"
                )
            return Reference(text, found.start, found.end, "town", _WHY["town"], weak=True)
        if kind == "common":
            return Reference(text, found.start, found.end, "program", _WHY["common"], weak=True)
        return Reference(text, found.start, found.end, kind, _WHY[kind])  # type: ignore[arg-type]

    def _addresses(self, document: Document) -> Iterator[Reference]:
        text = document.prose.text
        lower = text.lower()
        if len(lower) == len(text):
            for domain in self.domains:
                yield from _domain(text, lower, domain)
        for link in document.markup.links:
            target = link.target.lower()
            if any(_is_within(target, domain) for domain in self.domains):
                yield Reference(
                    text[link.start : link.end], link.start, link.end, "web", "a link to the District's site"
                )

    def _tagged(self, document: Document) -> Iterator[Reference]:
        for tag in document.markup.hashtags:
            if self.tags.names_district(tag.text[1:]):
                yield Reference(tag.text, tag.start, tag.end, "hashtag", "a hashtag of the District")
        for handle in document.markup.handles:
            name = handle.text[1:]
            if name.lower() in self.accounts or self.tags.names_district(name):
                yield Reference(handle.text, handle.start, handle.end, "hashtag", "an account named for the District")


@lru_cache(maxsize=8)
def _finder(profile: Profile) -> _Finder:
    return _Finder(profile)


def _names(profile: Profile) -> Iterator[Name]:
    for text in profile.names:
        yield Name(text, "name")
    for school in profile.schools:
        yield from (Name(text, "school") for text in (school.name, *school.aliases))
    for kind, texts in (
        ("program", profile.programs),
        ("team", profile.teams),
        ("mascot", profile.mascots),
        ("alias", profile.aliases),
        ("town", profile.towns),
    ):
        yield from (Name(text, kind) for text in texts)
    for text in profile.common_programs:
        yield Name(text, "common", exact=text.isupper())


class _Tags:
    """Hashtags and handles named for the District: an alias or nickname with school words around it."""

    _PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

    def __init__(self, profile: Profile) -> None:
        self.whole = frozenset(tag.lower() for tag in profile.hashtags)
        stems = {"".join(words_of(name)) for name in (*profile.aliases, *profile.mascots, *profile.names)}
        self.stems = tuple(sorted((stem for stem in stems if len(stem) >= 3), key=len, reverse=True))
        self.capitals = tuple(stem.upper() for stem in self.stems if len(stem) <= 4)

    def names_district(self, tag: str) -> bool:
        lower = tag.lower()
        if lower in self.whole or lower in self.stems:
            return True
        parts = [part for part in re.split(r"[_.\-]|(?<=\D)(?=\d)", lower) if part]
        if any(part in self.stems or part in self.whole for part in parts):
            return True
        if any(part.lower() in self.stems for part in self._PARTS.findall(tag)):
            return True
        if tag.startswith(self.capitals) and not tag.isupper():
            return True
        return any(self._with_school_words(part, stem) for part in parts for stem in self.stems)

    @staticmethod
    def _with_school_words(part: str, stem: str) -> bool:
        if part.startswith(stem):
            return part[len(stem) :] in _tag_words()
        return part.endswith(stem) and part[: -len(stem)] in _tag_words()


@cache
def _tag_words() -> frozenset[str]:
    """Words that people write together with a school's name in a tag, from the list `hashtag-words`."""
    lines = (data_folder("wordlists") / "hashtag-words.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in re.findall(r"\w+", line))


def _domain(text: str, lower: str, domain: str) -> Iterator[Reference]:
    at = lower.find(domain)
    while at >= 0:
        end = at + len(domain)
        before = text[at - 1] if at else " "
        after = text[end] if end < len(text) else " "
        if not after.isalnum() and (not before.isalnum() or before == "@"):
            start = at
            if before == "@":
                while start and (text[start - 1].isalnum() or text[start - 1] in ".+-_%@") and at - start < 80:
                    start -= 1
                yield Reference(text[start:end], start, end, "email", "an e-mail address of the District")
            else:
                yield Reference(text[at:end], at, end, "web", "the District's web address")
        at = lower.find(domain, end)


def _is_within(target: str, domain: str) -> bool:
    host = re.sub(r"^(?:https?://|mailto:)", "", target).split("/")[0].split("?")[0].rsplit("@")[-1].split(":")[0]
    return host == domain or host.endswith(f".{domain}")


def _school_word(document: Document, town: Found) -> tuple[int, int] | None:
    """The range of a school word that makes the town's name a school's: beside it, or before it with "in"."""
    tokens, text = document.tokens, document.prose.text
    for hit in document.hits("school-words"):
        if hit.start >= town.end:
            between = [token for token in tokens[town.last : town.last + 2 + _TOWN_REACH] if token.start < hit.start]
            if (
                len(between) < _TOWN_REACH
                and all(token.text in _SMALL_WORDS - {"in", "at", "of"} for token in between)
                and joined_through(text, town.end, hit.start)
            ):
                return hit.start, hit.end
        elif hit.end <= town.start:
            between = [token for token in tokens[max(0, town.first - 3) : town.first] if token.start >= hit.end]
            if (
                between
                and any(token.text in {"in", "at", "of"} for token in between)
                and all(token.text in _SMALL_WORDS for token in between)
                and joined_through(text, hit.end, town.start)
            ):
                return hit.start, hit.end
    return None


def joined_through(text: str, start: int, end: int) -> bool:
    """Whether no sentence, line or list item ends between the two offsets."""
    return end - start <= 24 and not any(mark in text[start:end] for mark in ".!?;\n,|•")


def _people(document: Document) -> Iterator[Reference]:
    for mention in document.context.rosters.mentions(document.tokens, document.prose.text):
        text = document.prose.text[mention.start : mention.end]
        why = f"a name on the District's {mention.person.kind} roster"
        yield Reference(text, mention.start, mention.end, "person", why, weak=not mention.sure)


def _own(document: Document) -> Iterator[Reference]:
    hits = document.hits("own-school")
    if not hits:
        return
    author = document.author
    about = _about_district(document)
    for hit in hits:
        text = document.prose.text[hit.start : hit.end]
        if author.employee and (hit.strength == "strong" or author.district):
            yield Reference(text, hit.start, hit.end, "own", f"the author's own school or district ({author.why})")
        elif about:
            yield Reference(text, hit.start, hit.end, "own", f"the school or district meant, {about}")
        else:
            why = "perhaps the author's own school or district; nothing says that the author works there"
            yield Reference(text, hit.start, hit.end, "own", why, weak=True)


def _about_district(document: Document) -> str:
    """What around the post says that it is about this District: its group, or an earlier post of the thread."""
    if document.group is not None and any(not reference.weak for reference in named_references(document.group)):
        return "by the name of the group"
    for text in document.post.thread:
        earlier = document.aside(text)
        if earlier is not None and any(not reference.weak for reference in named_references(earlier)):
            return "by an earlier post of the thread"
    return ""


def _apart(found: Iterable[Reference]) -> tuple[Reference, ...]:
    """The references in order, without those that a stronger or longer one covers."""
    kept: list[Reference] = []
    for reference in sorted(found, key=lambda r: (r.weak, r.kind == "own", r.start - r.end)):
        if not any(reference.start < other.end and other.start < reference.end for other in kept):
            kept.append(reference)
    return tuple(sorted(kept, key=lambda r: r.start))
