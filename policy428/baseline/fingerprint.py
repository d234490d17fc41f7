"""What a baseline knows a finding by, before it is hashed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policy428.locate import seen_from
from policy428.violation import Violation


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A finding in words that may be private.

    Attributes:
        file: the file it is in, as seen from the baseline's folder; of an export the platform.
        rule: the rule.
        mark: the rest that tells it from others in the file: the post's name, and the words.
    """

    file: str
    rule: str
    mark: str


def of_violation(violation: Violation, folder: Path) -> Fingerprint:
    """That of a finding in a draft; `folder` is the one that the baseline lies in."""
    file = seen_from(folder, violation.source.path)
    return Fingerprint(file, violation.rule, f"{violation.post or ''}\0{violation.mark}")


def of_record(record: Mapping[str, Any], folder: Path) -> Fingerprint:
    """That of a finding of a scan, by its record; its own fingerprint goes by the platform's name for the post.

    Archives are renamed from one export to the next, so that of a platform's export the platform counts as the file.
    """
    platform = (record.get("source") or {}).get("platform")
    return Fingerprint(platform or seen_from(folder, record["path"]), record["rule"], record["fingerprint"])
