"""The lines of a policy's text out of a text, Markdown or PDF file, without what runs along the edges of its pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from policy428.errors import ConfigError, Place
from policy428.table import read_text

PDF = ".pdf"
SUFFIXES = (".txt", ".text", ".md", ".markdown", PDF)
MAX_BYTES = 20_000_000
MAX_LINE = 2_000
MAX_PAGES = 500
_EDGE = 3
_PAGE_NUMBER = re.compile(
    r"(?:-\s*)?(?:page\s{1,4})?[0-9]{1,4}(?:\s{0,4}(?:of|/|-)\s{0,4}[0-9]{1,4})?(?:\s*-)?", re.IGNORECASE
)
_CONTENTS = re.compile(r"(?:\.\s?){4,}\s*[0-9]{1,4}$|\t\s*[0-9]{1,4}$")
_MARKDOWN = re.compile(
    r"^\s{0,3}(?:#{1,6}\s{1,4}|>\s{0,4}|[-*+]\s{1,4}(?=[(A-Za-z0-9]{1,6}[.)]))|\*\*|__|\\(?=[.()\[\]_*#])"
)
_LABEL = re.compile(r"(?:[IVX]{1,6}|[A-Za-z]|[0-9]{1,2})[.)](?:\s|$)")


def read_lines(path: Path) -> list[str]:
    """The lines of the policy in `path`; an empty one ends a paragraph.

    Raises:
        ConfigError: the file is of no kind that is known, too large, or cannot be read.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise ConfigError("is no text, Markdown or PDF file", place=Place(str(path)), hint=", ".join(SUFFIXES))
    if path.is_file() and path.stat().st_size > MAX_BYTES:
        raise ConfigError(f"is larger than {MAX_BYTES:,} bytes", place=Place(str(path)))
    if path.suffix.lower() == PDF:
        return without_edges(_pdf_pages(path))
    text = read_text(path)
    if path.suffix.lower() in (".md", ".markdown"):
        text = "\n".join(_MARKDOWN.sub("", line) for line in text.splitlines())
    return without_edges([page.splitlines() for page in text.split("\f")])


def without_edges(pages: Sequence[Sequence[str]]) -> list[str]:
    """The lines of `pages` one after the other, without page numbers, tables of contents, and the lines that stand at
    the top or the bottom of several pages. In a text without pages, what stands there three times is such a line.
    """
    stripped = [_trimmed([" ".join(line.split()) if line.strip() else "" for line in page]) for page in pages]
    if len(pages) > 1:
        edges = Counter(key for page in stripped for key in {_key(line) for line in (*page[:_EDGE], *page[-_EDGE:])})
        running = {key for key, times in edges.items() if times > 1}
    else:
        lines = Counter(_key(line) for page in stripped for line in page if len(line) > 8)
        running = {key for key, times in lines.items() if times > 2}
    kept: list[str] = []
    for page in stripped:
        body = _trimmed([line for line in page if not _runs(line, running)])
        # A page's end is no paragraph's end, unless the next one begins with a capital and this one ended a sentence.
        if kept and body and kept[-1].endswith((".", ":", ";")) and body[0][:1].isupper():
            kept.append("")
        kept += body
    return kept


def _runs(line: str, running: set[str]) -> bool:
    if not line or len(line) > MAX_LINE:
        return False
    if _PAGE_NUMBER.fullmatch(line) or _CONTENTS.search(line):
        return True
    return _key(line) in running and not _LABEL.match(line)


def _key(line: str) -> str:
    """A line by which it is known again on the next page: without its numbers."""
    return re.sub(r"[0-9]+", "#", line.lower())


def _trimmed(lines: list[str]) -> list[str]:
    full = [number for number, line in enumerate(lines) if line]
    return lines[full[0] : full[-1] + 1] if full else []


def _pdf_pages(path: Path) -> list[list[str]]:
    place = Place(str(path))
    try:
        import pypdf
    except ModuleNotFoundError:
        hint = "pip install 'policy428[pdf]', or name a text copy"
        raise ConfigError("a PDF is read by pypdf, which is not installed", place=place, hint=hint) from None
    import logging

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ConfigError("the PDF asks for a password", place=place, hint="save it without one")
        if len(reader.pages) > MAX_PAGES:
            raise ConfigError(f"the PDF has more than {MAX_PAGES} pages", place=place)
        pages = [page.extract_text().splitlines() for page in reader.pages]
    except ConfigError:
        raise
    except OSError as problem:
        raise ConfigError(f"cannot be read: {problem.strerror or problem}", place=place) from None
    except Exception as problem:  # a damaged PDF fails in as many ways as there are parts in it
        raise ConfigError(f"is no PDF that can be read ({type(problem).__name__})", place=place) from None
    if not any(line.strip() for page in pages for line in page):
        raise ConfigError("the PDF holds pictures of pages and no text", place=place, hint="name a text copy")
    return pages
