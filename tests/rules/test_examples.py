"""Every rule's own examples, as `policy428 rules test` runs them."""

import pytest

from policy428.linter import Linter
from policy428.resources import data_folder
from policy428.selftest import run

FILES = sorted(data_folder("rules").glob("I*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_examples(path: object, linter: Linter) -> None:
    rules = [rule for rule in linter.ruleset.rules if rule.path == path]
    assert rules
    assert [str(failure) for failure in run(linter, rules)] == []
