"""What is measured on the public sets: this linter, and other people's tools where they are installed.

A system of spans answers a text with typed half-open ranges. A system of flags answers it with a few named variants of
itself (rules alone, say), each with the families that it reports; nothing reported is an empty set.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from benchmarks.voices import NAMES, VOICES, ask
from policy428 import Linter, Post

if TYPE_CHECKING:
    from policy428.language import LanguageModel

Spans = list[tuple[str, int, int]]
Flagged = dict[str, frozenset[str]]

OURS = "policy428"
SPACY = "spaCy small model"
PRESIDIO = "Presidio"
BETTER = "better-profanity"
ALT = "alt-profanity-check"

# Importable module of each peer, and the score below which a peer's own documentation lets a result go.
PEERS = {PRESIDIO: "presidio_analyzer", BETTER: "better_profanity", ALT: "profanity_check"}
PRESIDIO_LEAST = 0.4

# Our kinds of contact by the names that Presidio gave to its types.
TYPES = {
    "phone": "PHONE_NUMBER",
    "address": "STREET_ADDRESS",
    "card": "CREDIT_CARD",
    "email": "EMAIL_ADDRESS",
    "ssn": "US_SSN",
    "iban": "IBAN_CODE",
    "drivers-license": "US_DRIVER_LICENSE",
}
PERSON = "PERSON"


def missing() -> list[str]:
    """The peers that are not installed."""
    return [name for name, module in PEERS.items() if find_spec(module) is None]


@cache
def _linter(*select: str) -> Linter:
    linter = Linter()
    linter.rules = linter.ruleset.selected(list(select), [])
    return linter


@cache
def _model() -> LanguageModel:
    from policy428.language import LanguageModel

    return LanguageModel()


@cache
def _analyzer() -> Any:
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    # Presidio reads domains with a library that would fetch a list from the net; the list it carries will do.
    domains: Any = import_module("tldextract.tldextract")
    domains.TLD_EXTRACTOR = domains.TLDExtract(suffix_list_urls=(), cache_dir=None)
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    from policy428.language import DEFAULT_MODEL

    models = [{"lang_code": "en", "model_name": DEFAULT_MODEL}]
    engine = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models}).create_engine()
    return AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])


def ours_spans(texts: Sequence[str]) -> list[Spans]:
    """People by name and contacts, as the rules see them; no rule is asked."""
    answers = []
    for text in texts:
        document = _linter("IV.E").document(Post(text))
        people = [(PERSON, p.start, p.end) for p in document.people if p.kind == "name"]
        contacts = [(TYPES[c.type], c.start, c.end) for c in document.contacts if c.type in TYPES]
        spans = ((kind, document.prose.origin(start, end)) for kind, start, end in people + contacts)
        answers.append([(kind, span.start, span.end) for kind, span in spans])
    return answers


def spacy_spans(texts: Sequence[str]) -> list[Spans]:
    """People by the language model that the linter itself listens to."""
    return [[(e.label, e.start, e.end) for e in _model().entities(text) if e.label == PERSON] for text in texts]


def presidio_spans(texts: Sequence[str]) -> list[Spans]:
    """Presidio with all its recognisers for English, over the same language model."""
    found = (_analyzer().analyze(text, language="en", score_threshold=PRESIDIO_LEAST) for text in texts)
    return [[(r.entity_type, r.start, r.end) for r in results] for results in found]


def ours_flags(texts: Sequence[str]) -> list[Flagged]:
    """Findings of IV.B, as a personal post of nobody in particular."""
    linter = _linter("IV.B")
    answers = []
    for text in texts:
        voices = ask(linter, Post(text), VOICES, ["IV.B"])
        answers.append({NAMES[v]: frozenset(f.split("/", 1)[1] for f in a.families) for v, a in voices.items()})
    return answers


def better_flags(texts: Sequence[str]) -> list[Flagged]:
    """better-profanity with its own list."""
    from better_profanity import profanity

    return [{BETTER: frozenset(["any"] if profanity.contains_profanity(text) else [])} for text in texts]


def alt_flags(texts: Sequence[str]) -> list[Flagged]:
    """alt-profanity-check, its linear model at its own threshold."""
    from profanity_check import predict

    return [{ALT: frozenset(["any"] if flagged else [])} for flagged in predict(list(texts))]


SPANS: dict[str, Callable[[Sequence[str]], list[Spans]]] = {
    OURS: ours_spans,
    SPACY: spacy_spans,
    PRESIDIO: presidio_spans,
}
FLAGS: dict[str, Callable[[Sequence[str]], list[Flagged]]] = {OURS: ours_flags, BETTER: better_flags, ALT: alt_flags}


def spans_of(names: Sequence[str], peers: bool) -> dict[str, Callable[[Sequence[str]], list[Spans]]]:
    """Those of the systems of spans called `names` that can be asked here."""
    return {name: SPANS[name] for name in names if _usable(name, peers)}


def flags_of(peers: bool) -> dict[str, Callable[[Sequence[str]], list[Flagged]]]:
    """The systems of flags that can be asked here."""
    return {name: system for name, system in FLAGS.items() if _usable(name, peers)}


def _usable(name: str, peers: bool) -> bool:
    return name not in PEERS or (peers and find_spec(PEERS[name]) is not None)
