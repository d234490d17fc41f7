"""The linter: reads a post with the rules, lists and profile of a configuration and answers with violations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from policy428.context import Context
from policy428.document import Document
from policy428.engine import propose
from policy428.judge import Candidate, distinct, judge, on_meaning
from policy428.lexicon import Lexicon
from policy428.locate import violations
from policy428.plugins import installed_packs
from policy428.post import Post
from policy428.resources import data_folder
from policy428.rule import META, Rule
from policy428.ruleset import RuleSet, load
from policy428.suppressions.rules import CLAUSE as OWN_CLAUSE
from policy428.suppressions.rules import RULES as OWN
from policy428.violation import Violation

if TYPE_CHECKING:
    from policy428.config import Config


class Linter:
    """Checks posts against the rules in force.

    Args:
        config: the configuration; the packaged profile and rules when None.
        today: the day permits must be in force on; today unless told.
        judged: weigh what the rules propose; False reports every proposal, with the rule's own confidence.

    Raises:
        Policy428Error: the configuration, a rule file, a word list, a roster or a permit register is wrong.
    """

    def __init__(self, config: Config | None = None, *, today: date | None = None, judged: bool = True) -> None:
        from policy428.config import Config
        from policy428.language import LanguageModel
        from policy428.meaning import Ears

        self.config = config or Config.packaged()
        self.judged = judged
        packs = [Path(pack) for pack in (*self.config.packs, *installed_packs())]
        lexicon = Lexicon(
            [data_folder("wordlists"), *(p / "wordlists" for p in packs if (p / "wordlists").is_dir())],
            extra=self.config.extra_words,
            allowed=self.config.allowed_words,
        )
        folders = [data_folder("rules"), *(pack / "rules" if (pack / "rules").is_dir() else pack for pack in packs)]
        loaded = load(folders, lexicon)
        self.ruleset: RuleSet = RuleSet((*loaded.rules, *OWN), (*loaded.clauses.values(), OWN_CLAUSE))
        self.config = self.config.fitted(self.ruleset, lexicon.names)
        self.context = Context(
            profile=self.config.profile,
            rosters=self.config.rosters,
            permits=self.config.permits,
            lexicon=lexicon,
            language=LanguageModel(self.config.language_model),
            ears=Ears(),
            today=today or date.today(),
            not_people=frozenset(name.lower() for name in self.config.not_people),
            people_roles={name.lower(): role for name, role in self.config.people_roles.items()},
        )
        chosen = self.ruleset.selected(self.config.select, self.config.ignore)
        self.rules: tuple[Rule, ...] = tuple(rule for rule in chosen if rule.clause != META)
        self.own_rules: tuple[Rule, ...] = tuple(rule for rule in chosen if rule.clause == META)

    def document(self, post: Post) -> Document:
        """`post` as a document with its layers, for looking into what the linter sees."""
        return Document(post, self.context)

    def candidates(self, document: Document, *, exhaustive: bool = False) -> list[Candidate]:
        """What the rules propose, unjudged, with the severities of the configuration."""
        proposed = propose(self.rules, document, exhaustive=exhaustive)
        return [self._configured(c) for c in proposed if not self._allowed(c)]

    def check(self, post: Post) -> list[Violation]:
        """The violations of one post, in the order of its text; an empty list for a clean one."""
        return self.check_document(self.document(post))

    def check_document(
        self, document: Document, *, leave_out: Callable[[Candidate], bool] | None = None
    ) -> list[Violation]:
        """`check` of a post that is a document already, for callers that need its layers too; without the candidates
        that `leave_out` is true of.
        """
        proposed = self.candidates(document)
        if leave_out is not None:
            proposed = [candidate for candidate in proposed if not leave_out(candidate)]
        kept = judge(proposed, document) if self.judged else distinct(proposed)
        found = violations(kept, document)
        return [violation for violation in found if violation.confidence >= self.config.least_sure(violation.rule)]

    def check_all(self, posts: Iterable[Post]) -> Iterator[tuple[Post, list[Violation]]]:
        """Each post with its violations, in order."""
        for post in posts:
            yield post, self.check(post)

    def _allowed(self, candidate: Candidate) -> bool:
        """Whether the words it stands on are ones that the configuration lets this rule pass over.

        What stands on a sentence's meaning is passed over where the sentence holds such words.
        """
        words = {_plain(word) for word in self.config.allowed_in(candidate.rule.name)}
        if not words:
            return False
        said = {_plain(item.text) for item in candidate.match.evidence}
        if on_meaning(candidate):
            return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in words for text in said)
        return not words.isdisjoint(said)

    def _configured(self, candidate: Candidate) -> Candidate:
        severity = self.config.severity_of(candidate.rule.name)
        if severity is None:
            return candidate
        return Candidate(candidate.rule, candidate.match, severity, candidate.confidence)


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
