"""Column maps: which column of a table, or which path of a record, is which field of a post."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from policy428.errors import InputError, did_you_mean
from policy428.exports import Options
from policy428.exports.clock import wall_time
from policy428.exports.tree import Member
from policy428.post import Author, Kind, Media, Post

FIELDS = ("text", "title_text", "also", "time", "media", "alt", "comment", "id", "group", "author", "permalink")
_URLS = re.compile(r"[\s,;|]+(?=https?://)")
_NAMES = re.compile(r"\s*(?:\|\||[,;|\n])\s*")

Bound = Mapping[str, Sequence[str]]
"""Field of a post -> the columns of one table that hold it."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """How one tool lays out its table.

    A column is written as its header; case, blanks and `_` do not count, `*` stands for anything, `A | B` takes the
    first that is there. In a list every column is used. Without a header columns are numbered from 1.

    Attributes:
        name: of the tool; the platform of its posts.
        title: for people.
        columns: field of a post -> columns. Beside the fields of `Post`: `title_text`, a title that stands before the
            text; `also`, more that is published and stands after it; `comment`, a first comment, a post of its own.
        kind: what its posts are.
        rank: its place among formats that claim the same member.
        header: the first row names the columns.
        known_by: columns by which the table is recognised.
        known_by_time: the column of a table without a header that holds a time of day in every row.
        without: a table with one of these columns is another's.
        alone: only a table that is given by itself, not one inside an export.
        split: field -> what parts several of them in one cell.
    """

    name: str
    title: str
    columns: Mapping[str, tuple[str, ...]]
    kind: Kind = "draft"
    rank: int = 20
    header: bool = True
    known_by: tuple[str, ...] = ()
    known_by_time: int | None = None
    without: tuple[str, ...] = ()
    alone: bool = False
    split: Mapping[str, str] = field(default_factory=dict)

    def bind(self, header: Sequence[str]) -> Bound:
        """The columns of a table with `header` by field; fields that it does not hold are left out."""
        bound = {key: _columns(specs, header) for key, specs in self.columns.items()}
        return {key: columns for key, columns in bound.items() if columns}

    def fits(self, header: Sequence[str]) -> bool:
        """Whether a table with `header` is one of this tool."""
        known = bool(self.known_by) and all(_columns((spec,), header) for spec in self.known_by)
        return known and not _columns(self.without, header) and bool(_columns(self.columns["text"], header))


def column_map(name: str, data: Mapping[str, Any]) -> ColumnMap:
    """The map that the plain data of a YAML file describes.

    Raises:
        InputError: it has a key that nobody knows, or no column for the text.
    """
    known = (*FIELDS, "title", "kind", "rank", "header", "known_by", "known_by_time", "without", "alone", "split")
    for key in data:
        if key not in known:
            raise InputError(f"the column map “{name}” has no field “{key}”", hint=did_you_mean(str(key), known))
    if not data.get("text"):
        raise InputError(f"the column map “{name}” names no column for the text", hint="write text: NAME")
    facts = {key: data[key] for key in ("kind", "rank", "header", "known_by_time", "alone", "split") if key in data}
    facts |= {key: _several(data[key]) for key in ("known_by", "without") if key in data}
    columns = {key: _several(data[key]) for key in FIELDS if key in data}
    return ColumnMap(name, str(data.get("title", name)), columns, **facts)


def posts(
    columns: ColumnMap,
    bound: Bound,
    member: Member,
    number: int,
    cells: Mapping[str, Any],
    options: Options,
    *,
    day_first: bool = False,
) -> Iterator[Post]:
    """The post of one row or record, then its first comments; nothing where all of them are blank."""
    found = {key: [cells.get(column) for column in names] for key, names in bound.items()}
    texts = {
        key: _texts(found.get(key, ()), columns.split.get(key)) for key in ("title_text", "text", "also", "comment")
    }
    title = [text for text in texts["title_text"] if text not in texts["text"]]
    body = "\n\n".join(dict.fromkeys([*title, *texts["text"], *texts["also"]]))
    media = _media(found.get("media", ()), _alts(found.get("alt", ()), columns.split.get("alt")))
    given = options.given
    author = Author(name=_first(found.get("author")))
    name = _first(found.get("id"))
    source = member.place(number, platform=columns.name, kind=columns.kind)
    post = Post(
        text=body,
        role=given.role or "personal",
        author=Author(author.name or given.author.name, given.author.email, given.author.handle, given.author.bio),
        media=media or given.media,
        group=_first(found.get("group")) or given.group,
        authorized=given.authorized,
        id=name,
        time=_time(found.get("time", ()), day_first),
        permalink=_first(found.get("permalink")),
        source=replace(source, field=_used(bound, found, ("title_text", "text", "also"))),
    )
    if body or media:
        yield post
    for count, comment in enumerate(texts["comment"], 1):
        yield replace(
            post,
            text=comment,
            media=(),
            id=f"{name}#comment{count if count > 1 else ''}" if name else None,
            source=replace(source, kind="comment", field=_used(bound, found, ("comment",))),
        )


def _columns(specs: Sequence[str], header: Sequence[str]) -> list[str]:
    """The columns of `header` that `specs` name, each once."""
    found: dict[str, None] = {}
    for spec in specs:
        for one in spec.split(" | "):
            fitting = [name for name in header if _pattern(one).fullmatch(_plain(name))]
            if fitting:
                found.update(dict.fromkeys(fitting))
                break
    return list(found)


@cache
def _pattern(spec: str) -> re.Pattern[str]:
    return re.compile("[^\n]*".join(map(re.escape, _plain(spec).split("*"))))


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").split())


def _several(value: Any) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)


def _texts(values: Sequence[Any], split: str | None) -> list[str]:
    texts = [text for value in values for text in _strings(value)]
    if split:
        texts = [part.strip() for text in texts for part in text.split(split)]
    return [text for text in texts if text.strip()]


def _strings(value: Any) -> list[str]:
    """The strings that a cell holds; those of a list, where a record has one."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list | tuple):
        return [text for item in value for text in _strings(item)]
    if value is None or isinstance(value, bool | Mapping):
        return []
    return [str(value)]


def _first(values: Sequence[Any] | None) -> str | None:
    for value in values or ():
        for text in _strings(value):
            if text.strip():
                return text.strip()
    return None


def _time(values: Sequence[Any], day_first: bool) -> str | None:
    parts = [text.strip() for value in values for text in _strings(value) if text.strip()]
    return wall_time(" ".join(parts), day_first=day_first)


def _alts(values: Sequence[Any], split: str | None) -> list[str]:
    """Alternative texts by the number of their picture; a blank one keeps its place."""
    alts = [text for value in values for text in (_strings(value) or [""])]
    return [part.strip() for alt in alts for part in alt.split(split)] if split else [alt.strip() for alt in alts]


def _media(values: Sequence[Any], alts: Sequence[str]) -> tuple[Media, ...]:
    """The media that cells hold, each with its alternative text."""
    if len(values) == len(alts) > 1:
        # A column for each picture and one for its text: a blank one in between keeps the others in their places.
        return tuple(item for value, alt in zip(values, alts, strict=True) for item in _media([value], [alt]))
    found = [item for value in values for item in _items(value)]
    for number, alt in enumerate(alts):
        if alt and number < len(found):
            found[number] = replace(found[number], alt=alt)
        elif alt:
            found.append(Media(alt=alt))
    return tuple(found)


def _items(value: Any) -> Iterator[Media]:
    """The media of one cell: addresses or file names; in a record also objects."""
    from policy428.readers.draft import media_kind

    for item in value if isinstance(value, list | tuple) else (value,):
        if isinstance(item, Mapping):
            path = _string_at(item, ("path", "url", "src", "uri")) or ""
            yield Media(path, _string_at(item, ("alt", "alt_text", "description")), media_kind(path))
        else:
            for text in _strings(item):
                yield from (Media(path, None, media_kind(path)) for path in _parts(text))


def _string_at(item: Mapping[str, Any], keys: Sequence[str]) -> str | None:
    return next((item[key] for key in keys if isinstance(item.get(key), str)), None)


def _parts(text: str) -> list[str]:
    pattern = _URLS if "://" in text else _NAMES
    return [part for part in pattern.split(text.strip()) if part]


def _used(bound: Bound, found: Mapping[str, Sequence[Any]], keys: Sequence[str]) -> str:
    names = [
        name
        for key in keys
        for name, value in zip(bound.get(key, ()), found.get(key, ()), strict=True)
        if _first([value]) is not None
    ]
    return "+".join(names) or "+".join(bound.get("text", ()))
