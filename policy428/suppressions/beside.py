"""Suppressions that stand beside a post's text: in its front matter or record, and in the configuration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from policy428.errors import Place
from policy428.mapped import Span
from policy428.suppressions.suppression import NOWHERE, Suppression

if TYPE_CHECKING:
    from policy428.config import Config
    from policy428.document import Document
    from policy428.post import Post, Source


@dataclass(frozen=True, slots=True)
class ByPath:
    """An entry of `suppress` in a configuration.

    Attributes:
        folder: the folder that its pattern counts from.
        pattern: which drafts, `archive/**`.
        rules: rules, clauses or beginnings of names.
        reason: why.
        place: where it stands.
    """

    folder: Path
    pattern: str
    rules: tuple[str, ...]
    reason: str = ""
    place: Place = field(default=Place(), compare=False)

    def fits(self, path: Path) -> bool:
        """Whether it is about the draft at `path`."""
        return fits(path, self.folder, self.pattern)


def fits(path: Path, folder: Path, pattern: str) -> bool:
    """Whether `path` lies in `folder` and is one that `pattern` names there; `**/` may stand for no folder at all."""
    path, folder = path.absolute(), folder.absolute()
    if not path.is_relative_to(folder):
        return False
    inside = path.relative_to(folder).as_posix()
    return fnmatchcase(inside, pattern) or fnmatchcase(inside, pattern.replace("**/", ""))


def in_record(document: Document) -> Iterator[Suppression]:
    """Those of front matter, or of the field `ignore` of a record; they hold for the whole post."""
    post = document.post
    front = "policy428" in document.markup.front_matter if post.ignore and post.source.line is None else False
    for name, reason in post.ignore:
        if front:
            yield Suppression(name, reason, "front matter", _written(post, name))
        else:
            yield Suppression(name, reason, "record")


def in_configuration(config: Config, source: Source) -> Iterator[Suppression]:
    """Those that the configuration has for drafts where this one lies."""
    for entry in applying(config, source):
        for name in entry.rules:
            yield Suppression(name, entry.reason, "configuration")


def applying(config: Config, source: Source) -> list[ByPath]:
    """The entries of the configuration about a draft; inside a folder or archive its member counts as a path in it."""
    if not config.suppress:
        return []
    path = Path(source.path) / source.member if source.member else Path(source.path)
    return [entry for entry in config.suppress if entry.fits(path)]


def _written(post: Post, name: str) -> Span:
    """Where front matter names a suppression."""
    from policy428.markup.builder import ProseBuilder
    from policy428.markup.frontmatter import split

    _, end = split(post.text, ProseBuilder())
    found = re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w.-])").search(post.text, 0, end)
    return Span(*found.span()) if found else NOWHERE
