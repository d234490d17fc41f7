"""What is kept of a finding: all but where its post stands, since posts alike share one verdict."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policy428.locate import seen_from
from policy428.post import Post
from policy428.reports.finding import Finding, post_title

_OF_A_POST = ("path", "post", "fingerprint")


@dataclass(frozen=True, slots=True)
class Kept:
    """A finding without its post.

    Attributes:
        record: its JSON object, masked, without what belongs to the post (`path`, `post`, `fingerprint`).
        family: the rule family.
        excerpt: number, text and underline of its lines, masked.
        quote: the words it stands on, masked.
        reasons: what spoke for it, masked.
        mark: tells it from the post's other findings; holds nothing private.
    """

    record: Mapping[str, Any]
    family: str
    excerpt: tuple[tuple[str, str, str], ...]
    quote: str
    reasons: tuple[str, ...]
    mark: str


def keep(finding: Finding, mark: str) -> Kept:
    """`finding` without its post."""
    record = {name: value for name, value in finding.record.items() if name not in _OF_A_POST}
    return Kept(record, finding.family, finding.excerpt, finding.quote, finding.reasons, mark)


def finding_of(kept: Kept, post: Post) -> Finding:
    """`kept` as the finding of `post`, whose text is not needed.

    Its record says where in an export the post stood (`source`), and its fingerprint goes by the post's own name where
    it has one, so that the same finding is known again in a newer export.
    """
    line, column = kept.record["line"], kept.record["column"]
    record: dict[str, Any] = {}
    for name, value in kept.record.items():
        if name == "line":
            record |= {"path": post.source.path, "post": post_name(post)}
        record[name] = value
    record["fingerprint"] = _fingerprint(kept.mark, post)
    record["source"] = origin_of(post)
    if "fix" in record:
        record["fix"] = record.pop("fix")  # last, as in a record of `check`
    path = post.source.file
    at = post.source.line or post.source.record
    return Finding(
        record=record,
        family=kept.family,
        place=f"{path}:{at or line}:{column}",
        title=f"{post_title(post)}, {line}:{column}" if at else f"{path}:{line}:{column}",
        excerpt=kept.excerpt,
        quote=kept.quote,
        reasons=kept.reasons,
        origin={name: value for name, value in record["source"].items() if value is not None},
    )


def origin_of(post: Post) -> dict[str, Any]:
    """Where in an export a post stood; every part is there, None where it is not known."""
    source = post.source
    return {
        "platform": source.platform,
        "kind": source.kind,
        "member": source.member,
        "record": source.record,
        "field": source.field,
        "permalink": post.permalink,
        "time": post.time,
    }


def post_name(post: Post) -> str | None:
    """The post's id, or the number of its record where it has none."""
    source = post.source
    number = f"record {source.record}" if source.record else f"line {source.line}" if source.line else None
    return post.id or number


def to_row(kept: Kept) -> tuple[str, ...]:
    """Columns `clause` to `mark` of the table of findings."""
    record = kept.record
    return (
        record["clause"],
        record["severity"],
        kept.family,
        json.dumps(record, ensure_ascii=False),
        json.dumps(kept.excerpt, ensure_ascii=False),
        kept.quote,
        json.dumps(kept.reasons, ensure_ascii=False),
        kept.mark,
    )


def from_row(family: str, record: str, excerpt: str, quote: str, reasons: str, mark: str) -> Kept:
    """The finding of a row, from column `family` on."""
    lines = tuple((number, text, marks) for number, text, marks in json.loads(excerpt))
    return Kept(json.loads(record), family, lines, quote, tuple(json.loads(reasons)), mark)


def _fingerprint(mark: str, post: Post) -> str:
    source = post.source
    if post.id or post.permalink:
        # Archives are renamed and their members renumbered; a platform's own name for a post stays.
        name = (
            source.platform or seen_from(Path.cwd(), source.path),
            post.id or post.permalink or "",
            source.field or "",
        )
    else:
        number = str(source.record or source.line or "")
        name = (
            source.platform or seen_from(Path.cwd(), source.path),
            post.time or f"{source.member}\0{number}",
            source.field or "",
        )
    return hashlib.blake2b("\0".join((*name, mark)).encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
