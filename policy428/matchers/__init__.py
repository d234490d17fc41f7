"""Matchers: the leaves of a rule's conditions, one module each, found by registration.

A matcher is a class with a `name`, a `cost`, the `fields` it takes and a `find`. A module in this package registers
its class with `@register`; another package does so through an entry point in the group `policy428.matchers` that names
the class.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from policy428.conditions import Match
from policy428.mapped import Span
from policy428.plugins import Registry
from policy428.violation import Evidence

if TYPE_CHECKING:
    from policy428.document import Document
    from policy428.lexicon import Lexicon

SECTIONS = ("post", "text", "alt", "bio", "group", "name", "email", "handle", "thread", "path")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a matcher.

    Attributes:
        kind: `string`, `strings`, `integer`, `number`, `boolean`, `lists`, `phrases` or `any`.
        about: what it means.
        choices: the values allowed, when not any.
        required: it must be given.
    """

    kind: str
    about: str
    choices: tuple[str, ...] = ()
    required: bool = False


class Matcher(Protocol):
    """A leaf. `given` is its spec with every field checked; `short` is the field that a bare value fills."""

    name: ClassVar[str]
    cost: ClassVar[int]
    short: ClassVar[str]
    fields: ClassVar[Mapping[str, Field]]

    def __init__(self, given: Mapping[str, Any], lexicon: Lexicon) -> None: ...

    def find(self, document: Document) -> Sequence[Match]:
        """All matches in the document, in order."""


AS = Field("string", "name under which messages show the matched text")
IN = Field("strings", "where to look: the post with its alt texts, or one part around it", SECTIONS)

_registry: Registry[Matcher] = Registry(__name__, "policy428.matchers")
register = _registry.register


@cache
def matchers() -> Mapping[str, type[Matcher]]:
    """All matchers by name: those of this package and those of entry points."""
    return _registry.load()


def sections(document: Document, names: Sequence[str]) -> Iterator[tuple[str, Document]]:
    """The parts of a post to look into, each as a document; `post` is the document itself."""
    post = document.post
    for name in names or ("post",):
        if name in {"post", "text", "alt"}:
            yield name, document
        elif name == "bio":
            if document.bio is not None:
                yield name, document.bio
        elif name == "group":
            if document.group is not None:
                yield name, document.group
        else:
            texts = {
                "name": (post.author.name,),
                "email": (post.author.email,),
                "handle": (post.author.handle,),
                "thread": post.thread,
                "path": tuple(media.path for media in post.media),
            }[name]
            for text in texts:
                aside = document.aside(text)
                if aside is not None:
                    yield name, aside


def inside(document: Document, section: str, span: Span) -> bool:
    """Whether a match at `span` lies in the section asked for: the body of the text or its alt texts."""
    if section in {"text", "alt"}:
        in_text = document.to_source(span).start < len(document.post.text)
        return in_text == (section == "text")
    return True


def made(
    matcher: str,
    section: str,
    document: Document,
    span: Span,
    why: str = "",
    *,
    name: str | None = None,
    private: bool = False,
    text: str | None = None,
) -> Match:
    """A match of `matcher` at `span` of the section's prose; outside the post it carries no span."""
    shown = document.prose.text[span.start : span.end] if text is None else text
    captures = ((name, shown),) if name else ()
    if section in {"post", "text", "alt"}:
        return Match(span, (Evidence(matcher, shown, span.start, span.end, why, private),), captures)
    reason = f"{why} (in the {section})" if why else f"in the {section}"
    return Match(None, (Evidence(matcher, shown, 0, 0, reason, private),), captures)
