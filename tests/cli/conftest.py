"""A linter that commands share, since making one costs a second; only its configuration is each command's own."""

import copy
from collections.abc import Callable

import pytest

from policy428.config import Config
from policy428.linter import Linter
from policy428.rule import META


@pytest.fixture
def shared(linter: Linter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run with the shared linter; configurations with lists, packs or people of their own need another."""
    monkeypatch.setattr("policy428.linter.Linter", _maker(linter))


def _maker(linter: Linter) -> Callable[[Config], Linter]:
    def make(config: Config) -> Linter:
        made = copy.copy(linter)
        made.config = config.fitted(linter.ruleset, linter.context.lexicon.names)
        chosen = linter.ruleset.selected(config.select, config.ignore)
        made.rules = tuple(rule for rule in chosen if rule.clause != META)
        made.own_rules = tuple(rule for rule in chosen if rule.clause == META)
        return made

    return make
