"""A post seen through layers, each computed on first use and once; cheap layers never wait for dear ones.

Offsets: `source` is the post's text followed by the alt texts of its media, each after a blank line. `prose` is
`source` without markup. Every other layer counts in `prose.text`; `to_source` maps a span back to `source`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from policy428.mapped import MappedText, Span
from policy428.post import Post

if TYPE_CHECKING:
    from policy428.author import AuthorFacts
    from policy428.contacts import Contact
    from policy428.context import Context
    from policy428.district import Reference
    from policy428.language import Parsed
    from policy428.lexicon import Hit
    from policy428.markup import Markup
    from policy428.meaning import Hearing
    from policy428.people import Person
    from policy428.phraseset import View
    from policy428.tokens import Token

GAP = "\n\n"


class Document:
    """One post and its layers.

    Args:
        post: the post.
        context: the District, rosters, permits and language model to read it with.
    """

    def __init__(self, post: Post, context: Context) -> None:
        self.post = post
        self.context = context
        self._hits: dict[str, tuple[Hit, ...]] = {}

    @cached_property
    def source(self) -> str:
        """The post's text and, after it, the alt text of each of its media."""
        alts = [media.alt for media in self.post.media if media.alt]
        return GAP.join([self.post.text, *alts])

    @cached_property
    def markup(self) -> Markup:
        """Prose, links, handles, hashtags and front matter of the post."""
        from policy428.markup import parse

        return parse(self.source, self.post.markup, written=len(self.post.text))

    @property
    def prose(self) -> MappedText:
        """`source` without markup."""
        return self.markup.prose

    @cached_property
    def folded(self) -> MappedText:
        """Prose folded for comparison (case, compatibility, look-alikes, invisible characters)."""
        from policy428.folding import fold

        return fold(self.prose.text)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Words of the prose, folded; hashtags and camel case split."""
        from policy428.tokens import tokenize

        return tokenize(self)

    @cached_property
    def view(self) -> View:
        """The words as phrases see them: each with the number of its sentence."""
        from policy428.phraseset import look

        return look(self.tokens, self.sentences)

    def hits(self, name: str) -> tuple[Hit, ...]:
        """The entries of the word list `name` in the prose; found once."""
        known = self._hits.get(name)
        if known is None:
            known = self._hits[name] = self.context.lexicon.find(name, self)
        return known

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Runs of prose between blank lines."""
        from policy428.sentences import paragraphs

        return paragraphs(self.prose.text)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences of the prose, found without a language model."""
        from policy428.sentences import sentences

        return sentences(self.prose.text)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """References to the District, in the sense of clauses.md."""
        from policy428.district import find_references

        return find_references(self)

    @cached_property
    def refers(self) -> bool:
        """Whether the post refers to the District; a town's name alone does not."""
        return any(not reference.weak for reference in self.references)

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """People named or singled out."""
        from policy428.people import find_people

        return find_people(self)

    @cached_property
    def contacts(self) -> tuple[Contact, ...]:
        """Addresses, numbers, identifiers and credentials."""
        from policy428.contacts import find_contacts

        return find_contacts(self.prose.text, profile=self.context.profile, author=self.post.author)

    @cached_property
    def language(self) -> Parsed:
        """What the language model sees; the only layer that loads spaCy."""
        return self.context.language.parse(self.prose.text)

    @cached_property
    def hearing(self) -> Hearing:
        """The post as the trained models hear it."""
        from policy428.meaning import Hearing, render
        from policy428.meaning.facts import facts

        return Hearing(render(self.post), self.context.ears, lambda: facts(self))

    @cached_property
    def worth_hearing(self) -> bool:
        """Whether the encoder is worth asking about the post where no rule holds."""
        from policy428.meaning.gate import worth_hearing

        return worth_hearing(self)

    def around(self, span: Span) -> str:
        """The prose of the sentence that `span` begins in, with the sentence before it and the one after."""
        number = self.sentence_of(span.start)
        near = self.sentences[max(0, number - 1) : number + 2]
        return self.prose.text[near[0].start : near[-1].end] if near else self.prose.text

    def sentence_heard(self, heard: Span) -> Span:
        """The sentence of the prose that shares most with `heard`, a range of the post's folded text."""
        from policy428.folding import fold

        source = fold(self.post.text).origin(heard.start, heard.end)

        def shared(sentence: Span) -> int:
            there = self.to_source(sentence)
            return min(there.end, source.end) - max(there.start, source.start)

        return max(self.sentences, key=shared, default=Span(0, 0))

    @cached_property
    def author(self) -> AuthorFacts:
        """What is known of the author: an employee or not, in which position, and why."""
        from policy428.author import author_facts

        return author_facts(self)

    @cached_property
    def bio(self) -> Document | None:
        """The author's profile text as a document of its own, or None."""
        return self.aside(self.post.author.bio)

    @cached_property
    def group(self) -> Document | None:
        """The group's name as a document of its own, or None."""
        return self.aside(self.post.group)

    def aside(self, text: str | None) -> Document | None:
        """`text` as a document of its own, read with the same context; None for empty text."""
        return Document(Post(text=text), self.context) if text and text.strip() else None

    def alt_number(self, offset: int) -> int:
        """The number, from 1, of the attachment whose alt text holds the offset of `source`; 0 for none."""
        end = len(self.post.text)
        for number, media in enumerate(self.post.media, 1):
            if media.alt:
                start = end + len(GAP)
                end = start + len(media.alt)
                if start <= offset <= end:
                    return number
        return 0

    def sentence_of(self, offset: int) -> int:
        """The number of the sentence that the prose offset lies in or after."""
        from bisect import bisect_right

        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def to_source(self, span: Span) -> Span:
        """The range of `source` that the prose range `span` came from."""
        return self.prose.origin(span.start, span.end)
