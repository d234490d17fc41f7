"""The HTML that Meta exports: a page of blocks, each with a sentence, the content and a time in local words.

The names of the classes mean nothing, and have stayed the same for years: one set until 2020, another since.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from policy428.errors import InputError
from policy428.exports.decoding import text
from policy428.exports.meta.dates import spoken
from policy428.exports.meta.parts import Parts
from policy428.exports.tree import Member
from policy428.post import Media
from policy428.readers.draft import media_kind

if TYPE_CHECKING:
    from lxml.etree import HTMLParser, _Element

BLOCKS = frozenset({"_a6-g", "_2lej"})
_CONTENT = frozenset({"_a6-p", "_2let"})
_TIMES = frozenset({"_a6-o", "_2lem"})
_BLOCKS = frozenset({"div", "p", "li", "tr", "h2", "section"})
_SKIPPED = frozenset({"table", "img", "video", "audio", "script", "style", "footer", "ul"})
_LATITUDE = re.compile(r"lati?tud|breiten?grad|breedtegr|szeroko|широта|緯度|纬度|위도|vĩ độ|latitudine", re.IGNORECASE)
_DATE = re.compile(r"(?=.{0,60}\b\d{4}\b).{0,60}\b\d{1,2}:\d{2}(?::\d{2})?.{0,12}", re.DOTALL)
_SPACE = re.compile(r"\s+")
_EDGE = "\0"
_EDGES = re.compile(f" ?{_EDGE}[ {_EDGE}]*")
_START = re.compile(r'<(?:section|div)\s(?:[^<>]{0,200}\s)?class="(?:[^"<>]{0,200}\s)?(?:_a6-g|_2lej)[\s"]')
_OPENING = 700
"""Longer than the beginning of a tag that `_START` finds."""

_CHUNK = 2**16
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass(slots=True)
class Block:
    """One block of a page.

    Attributes:
        title: the sentence over it; Instagram puts the caption there.
        parts: the texts of its cells.
        theirs: what a shared link shows.
        media: pictures and videos.
        time: as it is written.
    """

    title: str | None = None
    parts: Parts = field(default_factory=Parts)
    theirs: Parts = field(default_factory=Parts)
    media: list[Media] = field(default_factory=list)
    time: str | None = None


def is_page(member: Member) -> bool:
    """Whether a member is such a page; the styles before its first block are long."""
    head = member.head(2**18)
    return b"<" in head[:200] and any(name.encode() in head for name in BLOCKS)


def blocks(member: Member) -> Iterator[tuple[int, Block] | InputError]:
    """The blocks of a page with their numbers from 1, streamed; an `InputError` for what cannot be read.

    Each block is parsed by itself: a parser of whole pages keeps all that it was fed.
    """
    number = 0
    try:
        for markup in _parted(member):
            number += 1
            if markup is None:
                limit = member.bounds.record_bytes
                yield member.error(f"larger than {limit:,} characters, the limit for a block", record=number)
            elif (element := _parsed(markup)) is not None:
                yield number, _block(element)
    except InputError as error:
        yield error


def _parted(member: Member) -> Iterator[str | None]:
    """The markup of each block up to the next; None for one that is larger than the bound."""
    held, begun, large, scan = "", False, False, 0
    with text(member) as stream:
        while data := stream.read(_CHUNK):
            held += data
            last = 0
            for found in _START.finditer(held, scan):
                if begun:
                    yield None if large else held[last : found.start()]
                last, begun, large = found.start(), True, False
            held = held[last:] if begun else held[-_OPENING:]
            if len(held) > member.bounds.record_bytes:
                held, large = held[-_OPENING:], True
            # A tag may be cut in two; the one that begins the block is not found again.
            scan = max(1, len(held) - _OPENING)
    if begun:
        yield None if large else held


def _parsed(markup: str) -> _Element | None:
    from lxml import etree

    try:
        return etree.fromstring(_UNWRITABLE.sub(" ", markup), _parser())
    except (etree.LxmlError, ValueError):
        return None


@cache
def _parser() -> HTMLParser:
    from lxml import etree

    return etree.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, collect_ids=False)


def rows_of(member: Member) -> list[tuple[str, str]]:
    """The label and the value of each row of the tables of a page that is bounded by its nature.

    Raises:
        InputError: it cannot be read.
    """
    from lxml import etree, html

    try:
        page = html.document_fromstring(member.whole(), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        raise member.error("the page is broken") from None
    found = []
    for row in page.iter("tr"):
        cells = [_text(cell) for cell in row.iter("td")]
        if len(cells) == 1:
            # One cell holds the label, and the value in an element of its own.
            label, _, value = cells[0].partition("\n")
            cells = [label, value]
        if len(cells) == 2:
            found.append((cells[0], cells[1]))
    return found


def _classes(element: _Element) -> list[str]:
    return (element.get("class") or "").split() if isinstance(element.tag, str) else []


def _block(element: _Element) -> Block:
    found = Block()
    cells: list[_Element] = []
    bodies: list[_Element] = []
    shown: dict[str, Media] = {}
    for inner in element.iter():
        classes = _classes(inner)
        if found.title is None and (inner.tag == "h2" or "_2lek" in classes):
            found.title = _text(inner) or None
        elif "_a6-h" in classes and any("_a6-p" in _classes(outer) for outer in inner.iterancestors("div")):
            bodies.append(inner)
        if "_a72d" in classes or (found.time is None and not _TIMES.isdisjoint(classes)):
            found.time = _text(inner) or found.time
        if "_2pin" in classes and not any("_2pin" in _classes(outer) for outer in inner.iterancestors("div")):
            cells.append(inner)
        path = _local(inner) if inner.tag in ("img", "video", "a") else None
        if path is not None:
            shown.setdefault(path, Media(path=path, kind=media_kind(path)))
    found.media = list(shown.values())
    if not cells:
        cells = [inner for inner in element.iter() if not _CONTENT.isdisjoint(_classes(inner))][:1]
    for index, cell in enumerate(bodies or cells):
        said = _text(cell)
        if _DATE.fullmatch(said):
            if spoken(found.time) is None:
                found.time = said
        elif said != found.title:
            # What is all one link is what was shared, not what was said about it.
            where = found.theirs if _linked(cell) else found.parts
            where.add(f"cell[{index}]", said)
    if found.media and any(_LATITUDE.search(_text(row)) for row in element.iter("td")):
        found.media[-1] = replace(found.media[-1], position=True)
    return found


def _linked(cell: _Element) -> bool:
    """Whether all words of a cell stand in links that lead out."""
    links = [link for link in cell.iter("a") if (link.get("href") or "").startswith("http")]
    said = "".join(_text(cell).split())
    return bool(links) and said == "".join("".join(_text(link).split()) for link in links)


def _local(element: _Element) -> str | None:
    """The file in the export that an element shows."""
    path = element.get("src") or element.get("href")
    if not path or "://" in path or path.startswith(("#", "data:", "mailto:")) or path.endswith((".html", ".htm")):
        return None
    return path if "/" in path and "." in path.rpartition("/")[2] and "icons/" not in path else None


def _text(element: _Element) -> str:
    """The words of an element, a line for each block in it, tables and lists of reactions left out."""
    pieces: list[str] = []
    # A stack of what is left to say: pages may be nested deeper than calls may be.
    stack: list[_Element | str] = [element]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            pieces.append(item)
            continue
        if item is not element and item.tail:
            stack.append(_SPACE.sub(" ", item.tail))
        if not isinstance(item.tag, str) or (item.tag in _SKIPPED and item is not element):
            continue
        if item.tag == "br":
            pieces.append("\n")
            continue
        if item.tag in _BLOCKS:
            pieces.append(_EDGE)
            stack.append(_EDGE)
        stack.extend(reversed(list(item)))
        if item.text:
            pieces.append(_SPACE.sub(" ", item.text))
    said = _EDGES.sub("\n", "".join(pieces).strip(f" {_EDGE}"))
    return "\n".join(line.strip() for line in said.split("\n")).strip()
