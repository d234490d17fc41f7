"""XML of exports as a stream of elements: broken, mislabelled and hostile files included.

Two things stand between a file and the parser. Its bytes are made UTF-8 text, whatever it claims to be. And outside of
CDATA every `&` that is not one of XML's own five entities or a number is written as `&amp;`: no entity that a file
defines is ever expanded, names of HTML (`&nbsp;`) reach the reader of the text as they are, and a bare `&` does not
break the rest. lxml (libxml2) then recovers from what else is wrong, with its limits on depth and size in force.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from policy428.errors import InputError
from policy428.exports.decoding import encoding
from policy428.exports.tree import Member

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHUNK = 64 * 1024
_JUNK = 64 * 1024
"""Bytes that are passed over before the first tag: warnings that a server wrote into the file."""

_START = re.compile(r"<(?:\?xml|!DOCTYPE|!--|rss\b|feed\b|rdf:RDF\b)", re.IGNORECASE)
_DECLARATION = re.compile(r"\A<\?xml[^>]{0,300}\?>")
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9._-]{1,40})""")
_BYTES = re.compile(r"iso8859|cp\d|windows|koi8|gb|big5|euc|shift_jis|mac")
_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)")
_NUMBER = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,6})|(\d{1,7}));")
_INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PREFIX = re.compile(r"<(/?)[A-Za-z][A-Za-z0-9]{0,20}:(?=[A-Za-z])")
_NAMESPACE = re.compile(r"""\sxmlns(?::[\w.-]{1,40})?="[^"]*\"""")
_HEAD = 16 * 1024
_TAIL = 12
"""Longer than any mark that may be cut in two at the end of a piece."""


def local(element: Any) -> str:
    """An element's name without its namespace or prefix, in lower case; `` for comments and instructions."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def text(element: Any) -> str:
    """All text in an element, as written."""
    return "".join(element.itertext())


def parent_name(element: Any) -> str:
    """The local name of the element around `element`; `` at the root."""
    parent = element.getparent()
    return "" if parent is None else local(parent)


def inner_markup(element: Any) -> str:
    """What stands inside `element` as HTML, its elements without their namespaces."""
    from lxml import etree

    parts = [html.escape(element.text or "", quote=False)]
    for inner in element:
        parts.append(etree.tostring(inner, encoding="unicode", method="html"))
    return _NAMESPACE.sub("", _PREFIX.sub(r"<\1", "".join(parts)))


def head_of(member: Member) -> bytes:
    """The first bytes of a member, those of UTF-16 without their zeros, to look for the names of elements."""
    return member.head(_HEAD).replace(b"\0", b"")


def child(element: Any, *names: str) -> Any:
    """The first child that has one of the local `names`, those named first preferred; or None."""
    for name in names:
        for inner in element:
            if local(inner) == name:
                return inner
    return None


def child_text(element: Any, *names: str) -> str:
    """The text of `child`, without white space around it; `` where there is none."""
    found = child(element, *names)
    return "" if found is None else text(found).strip()


def elements(member: Member, wanted: Callable[[Any], bool]) -> Iterator[_Element | InputError]:
    """The elements for which `wanted` holds, each when it ends; an `InputError` where the file breaks.

    An element is emptied once the caller asks for the next one, and elements between that nobody wants are emptied as
    they pass at the top (children of the root and its first child), so that memory does not grow with the file. What
    an element that is not closed holds is given too.
    """
    from lxml import etree

    source = _Source(member, 4 * member.bounds.record_bytes)
    context = etree.iterparse(
        source,
        events=("start", "end"),
        recover=True,
        huge_tree=False,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    depth = 0
    inside = 0
    try:
        for event, element in context:
            if event == "start":
                depth += 1
                inside += wanted(element)
                continue
            depth -= 1
            if wanted(element):
                inside -= 1
                yield element
                source.since = 0
                _forget(element, within=inside > 0)
            elif not inside and depth > 1:
                # Kept while a wanted element around it is open.
                _forget(element)
                source.since = 0
    except etree.XMLSyntaxError as error:
        yield member.error(_told(error.msg or "", error.lineno), hint="what stands before it was read")
        return
    if source.problem is not None:
        yield source.problem
        return
    first = next((entry for entry in context.error_log if entry.level >= etree.ErrorLevels.FATAL), None)
    if first is not None:
        yield member.error(_told(first.message, first.line), hint="what could be made out was read; export it anew")


def _told(message: str, line: int | None) -> str:
    """What is wrong, without names or texts of the file in it."""
    early = any(words in message for words in ("Premature end", "Extra content", "not finished"))
    kind = "ends too early" if early else "is not well formed"
    if "Excessive depth" in message or "too deep" in message.lower():
        kind = "is nested too deeply"
    elif "amplification" in message or ("entity" in message.lower() and "loop" in message):
        kind = "multiplies its own entities"
    elif "huge" in message.lower() or "too long" in message.lower():
        kind = "holds a text that is too long"
    elif "Document is empty" in message or "Start tag expected" in message:
        kind = "holds no XML"
    return f"the XML {kind}" + (f" at line {line}" if line else "")


def _forget(element: Any, *, within: bool = False) -> None:
    """Empties an element and takes those before it out of the tree: all, or `within` another its namesakes alone."""
    name = local(element)
    element.clear()
    parent = element.getparent()
    if parent is None:
        return
    while (before := element.getprevious()) is not None and (not within or local(before) == name):
        parent.remove(before)


class _Source:
    """A member's bytes as UTF-8 that libxml2 reads; keeps what went wrong while reading instead of raising it."""

    def __init__(self, member: Member, limit: int) -> None:
        self.problem: InputError | None = None
        self.since = 0
        """Bytes handed on since an element was last done with."""
        self._member = member
        self._limit = limit
        self._texts: Iterator[str] = self._clean(member)
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes, about `size` of them; empty at the end."""
        while not self._rest:
            piece = next(self._texts, None)
            if piece is None:
                return b""
            self._rest = piece.encode("utf-8", "replace")
        if size < 0:
            size = len(self._rest)
        part, self._rest = self._rest[:size], self._rest[size:]
        self.since += len(part)
        if self.since > self._limit:
            self.problem = self._member.error(f"an entry is longer than {self._limit:,} bytes; the rest is not read")
            self._rest, self._texts = b"", iter(())
            return b""
        return part

    def _clean(self, member: Member) -> Iterator[str]:
        held, in_cdata, begun = "", False, False
        for piece in self._decoded(member):
            held += piece
            if not begun:
                found = _START.search(held)
                if found is None and len(held) < _JUNK:
                    continue
                # The declaration may name another encoding than what is handed on.
                held = _DECLARATION.sub("", held[found.start() if found else 0 :])
                begun = True
            done, held, in_cdata = _escape(held, in_cdata, last=False)
            yield done
        yield _escape(held, in_cdata, last=True)[0]

    def _decoded(self, member: Member) -> Iterator[str]:
        try:
            with member.open() as stream:
                head = stream.read(_CHUNK)
                decoder = codecs.getincrementaldecoder(_encoding(head))("policy428-windows")
                yield decoder.decode(head).removeprefix("\ufeff")
                while chunk := stream.read(_CHUNK):
                    yield decoder.decode(chunk)
                yield decoder.decode(b"", final=True)
        except InputError as problem:
            self.problem = problem


def _encoding(head: bytes) -> str:
    """By the file's mark, else as it declares itself."""
    found = encoding(head)
    declared = _ENCODING.search(head) if found == "utf-8" else None
    if declared is None:
        return found
    try:
        name = codecs.lookup(declared.group(1).decode("ascii")).name
    except LookupError:
        return "utf-8"
    if name == "iso8859-1":
        return "cp1252"  # as browsers read it
    return name if _BYTES.match(name) else "utf-8"


def _escape(source: str, in_cdata: bool, *, last: bool) -> tuple[str, str, bool]:
    """`source` with bare `&` escaped outside of CDATA, what is left for the next call, and whether CDATA is open."""
    cut = len(source) if last else _cut(source)
    source, rest = source[:cut], source[cut:]
    source = _INVALID.sub("", source)
    parts: list[str] = []
    at = 0
    while at < len(source):
        end = source.find("]]>" if in_cdata else "<![CDATA[", at)
        part = source[at:] if end < 0 else source[at:end]
        parts.append(part if in_cdata else _NUMBER.sub(_valid, _BARE.sub("&amp;", part)))
        if end < 0:
            break
        mark = 3 if in_cdata else 9
        parts.append(source[end : end + mark])
        at = end + mark
        in_cdata = not in_cdata
    return "".join(parts), rest, in_cdata


def _cut(source: str) -> int:
    """Where `source` can be cut so that no mark (`<![CDATA[`, `]]>`, a reference) is cut in two."""
    first = max(len(source) - _TAIL, 0)
    cut = next((at for at in range(first, len(source)) if source[at] in "<&]"), len(source))
    while cut > max(first - 2, 0) and source[cut - 1] == "]":
        cut -= 1
    return cut


def _valid(found: re.Match[str]) -> str:
    """A reference by number, or nothing where XML does not allow its character."""
    code = int(found.group(1), 16) if found.group(1) else int(found.group(2))
    allowed = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    return found.group() if allowed else ""
