from importlib.metadata import EntryPoint

import pytest

from policy428 import plugins
from policy428.errors import Policy428Error
from policy428.reports import reports


def test_the_modules_of_a_package_register_their_classes() -> None:
    assert {"concise", "json", "jsonl", "text"} <= set(reports())


def test_an_entry_point_that_cannot_be_loaded_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = EntryPoint("ours", "no_such_package_428:Thing", "policy428.reports")
    monkeypatch.setattr(plugins, "_entry_points", lambda group: [broken])
    with pytest.raises(Policy428Error, match=r"“ours”.*ModuleNotFoundError"):
        list(plugins.offers("policy428.reports"))
