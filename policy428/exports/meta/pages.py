"""The HTML that Meta exports: a page of blocks, each with a sentence, the content and a time in local words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from policy428.errors import InputError
from policy428.exports.meta.dates import spoken
from policy428.exports.meta.parts import Parts
from policy428.exports.tree import Member
from policy428.post import Media
from policy428.readers.draft import media_kind

if TYPE_CHECKING:
    from lxml.etree import _Element

BLOCK = "_a6-g"
_BLOCKS = frozenset({"div", "p", "li", "tr", "h2", "section"})
_SKIPPED = frozenset({"table", "img", "video", "audio", "script", "style", "footer", "ul"})
_LATITUDE = re.compile(r"lati?tud|breiten?grad|breedtegr|szeroko|широта|緯度|纬度|위도|vĩ độ|latitudine", re.IGNORECASE)
_DATE = re.compile(r"(?=.{0,60}\b\d{4}\b).{0,60}\b\d{1,2}:\d{2}(?::\d{2})?.{0,12}", re.DOTALL)
_SPACE = re.compile(r"\s+")
_EDGE = "\0"
_EDGES = re.compile(f" ?{_EDGE}[ {_EDGE}]*")
_MOST = 4 * 2**20
"""Elements of one block beyond which the page is given up: it is no list of posts."""


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
    return b"<" in head[:200] and BLOCK.encode() in head


def blocks(member: Member) -> Iterator[tuple[int, Block] | InputError]:
    """The blocks of a page with their numbers from 1, streamed; an `InputError` for what cannot be read."""
    from lxml import etree

    number = depth = size = 0
    try:
        with member.open() as stream:
            parsed: Any = etree.iterparse(
                stream, events=("start", "end"), html=True, encoding="utf-8", remove_comments=True, recover=True
            )
            for event, element in parsed:
                inside = BLOCK in _classes(element)
                if event == "start":
                    depth += inside
                    size += 1
                    if size > _MOST:
                        raise member.error("a part of the page is larger than the limit", record=number + 1)
                    continue
                if inside:
                    depth -= 1
                    if depth == 0:
                        number += 1
                        yield number, _block(element)
                if depth == 0:
                    size = 0
                    _forget(element)
    except etree.LxmlError:
        yield member.error(f"the page is broken after block {number:,}; the rest is not read")
    except InputError as error:
        yield error


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


def _forget(element: _Element) -> None:
    """Frees what was read: the element's content, and its brothers before it."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _classes(element: _Element) -> list[str]:
    return (element.get("class") or "").split() if isinstance(element.tag, str) else []


def _block(element: _Element) -> Block:
    found = Block()
    cells: list[_Element] = []
    bodies: list[_Element] = []
    for inner in element.iter():
        classes = _classes(inner)
        if inner.tag == "h2" and found.title is None:
            found.title = _text(inner) or None
        elif "_a6-h" in classes and any("_a6-p" in _classes(outer) for outer in inner.iterancestors()):
            bodies.append(inner)
        if "_a72d" in classes or ("_a6-o" in classes and found.time is None):
            found.time = _text(inner) or found.time
        if "_2pin" in classes and not any(_inside(inner, cell) for cell in cells):
            cells.append(inner)
        path = _local(inner) if inner.tag in ("img", "video", "a") else None
        if path is not None and all(media.path != path for media in found.media):
            found.media.append(Media(path=path, kind=media_kind(path)))
    if not cells:
        cells = [inner for inner in element.iter() if "_a6-p" in _classes(inner)][:1]
    for index, cell in enumerate(bodies or cells):
        text = _text(cell)
        if _DATE.fullmatch(text):
            if spoken(found.time) is None:
                found.time = text
        elif text != found.title:
            # What is all one link is what was shared, not what was said about it.
            where = found.theirs if _linked(cell) else found.parts
            where.add(f"cell[{index}]", text)
    if found.media and any(_LATITUDE.search(_text(row)) for row in element.iter("td")):
        found.media[-1] = replace(found.media[-1], position=True)
    return found


def _inside(inner: _Element, outer: _Element) -> bool:
    return any(parent is outer for parent in inner.iterancestors())


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
    text = _EDGES.sub("\n", "".join(pieces).strip(f" {_EDGE}"))
    return "\n".join(line.strip() for line in text.split("\n")).strip()
