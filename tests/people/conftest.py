"""A way to ask for the people of a text, with the packaged lists, profile and language model."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from policy428.document import Document
from policy428.language import Entity, LanguageModel
from policy428.linter import Linter
from policy428.people import Person, find_people
from policy428.post import Author, Post
from policy428.rosters import Entry, Rosters

Ask = Callable[..., tuple[Person, ...]]


class NoModel(LanguageModel):
    """Fails the test when the language model is asked."""

    def entities(self, text: str) -> tuple[Entity, ...]:
        raise AssertionError("the language model was asked")


@pytest.fixture
def people(linter: Linter) -> Ask:
    """people(text, deep=..., bio=..., role=..., rosters=..., not_people=..., people_roles=...)"""

    def ask(text: str, *, deep: bool = False, roster: tuple[Entry, ...] = (), **fields: Any) -> tuple[Person, ...]:
        changes: dict[str, Any] = {"rosters": Rosters(roster)}
        for name in ("not_people", "people_roles"):
            if name in fields:
                changes[name] = fields.pop(name)
        if not deep:
            changes["language"] = NoModel()
        author = Author(name=fields.pop("name", None), bio=fields.pop("bio", None), handle=fields.pop("handle", None))
        post = Post(text=text, author=author, **fields)
        return find_people(Document(post, replace(linter.context, **changes)), deep=deep)

    return ask


@pytest.fixture
def names(people: Ask) -> Callable[..., list[str]]:
    """The texts of the people named in a text."""

    def ask(text: str, **fields: Any) -> list[str]:
        return [person.text for person in people(text, **fields) if person.kind == "name"]

    return ask
