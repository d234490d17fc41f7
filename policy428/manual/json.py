"""The manual as JSON, for other programs."""

from __future__ import annotations

import json as library
from collections.abc import Sequence
from dataclasses import asdict

from policy428.manual.entries import ClauseEntry, RuleEntry


def json(entries: Sequence[ClauseEntry | RuleEntry]) -> str:
    """A list of objects, each with its `kind`, `clause` or `rule`, and the fields of its entry."""
    kinds = {ClauseEntry: "clause", RuleEntry: "rule"}
    return library.dumps(
        [{"kind": kinds[type(entry)], **asdict(entry)} for entry in entries], ensure_ascii=False, indent=2
    )
