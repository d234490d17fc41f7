"""Hooks of mkdocs: the pages of the repository that lie outside docs/ join the site, and links lead to them.

In the repository every link is a path between files. On the site, one that leads to a page leads there, and one that
leads to any other file becomes plain text, for the file is not on the site.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
JOINED = {
    "CHANGELOG.md": "project/changelog.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "corpus/README.md": "project/corpus.md",
    "examples/README.md": "project/examples.md",
}
"""Pages outside docs/, and where they stand on the site. README.md is the repository's face; the site has its own."""
_LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^()\s]+)\)")
_CODE = re.compile(r"(^```.*?^```|^(?: {4}|\t).*?$)", re.DOTALL | re.MULTILINE)
_CELL = re.compile(r"<td[^>]*>.*?</td>", re.DOTALL)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Leaves out of the navigation what is not there."""
    config.nav = _there(config.nav)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages from outside docs/."""
    for source, place in JOINED.items():
        files.append(File.generated(config, place, content=(ROOT / source).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Turns links between files of the repository into links between pages of the site."""
    origins = {place: ROOT / source for source, place in JOINED.items()}
    origin = origins.get(page.file.src_uri, DOCS / page.file.src_uri)

    def turned(found: re.Match[str]) -> str:
        text, link = found[1], found[2]
        if re.match(r"[a-z]+:|#", link):
            return found[0]
        path, _, anchor = link.partition("#")
        place = _place((origin.parent / path).resolve(), files)
        if place is None:
            return text
        there = os.path.relpath(place, Path(page.file.src_uri).parent).replace(os.sep, "/")
        return f"[{text}]({there}{f'#{anchor}' if anchor else ''})"

    parts = _CODE.split(markdown)
    return "".join(part if number % 2 else _LINK.sub(turned, part) for number, part in enumerate(parts))


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """A bar in the code of a table is written with a backslash, which GitHub leaves out and this Markdown shows."""
    return _CELL.sub(lambda cell: cell[0].replace("\\|", "|"), html)


def _place(target: Path, files: Files) -> str | None:
    """Where on the site a file of the repository stands."""
    if target == ROOT / "README.md":
        return "index.md"
    if target.is_relative_to(DOCS):
        name = target.relative_to(DOCS).as_posix()
        return name if files.get_file_from_path(name) is not None else None
    return JOINED.get(target.relative_to(ROOT).as_posix()) if target.is_relative_to(ROOT) else None


def _there(nav: Any) -> Any:
    if isinstance(nav, list):
        return [item for item in map(_there, nav) if item]
    if isinstance(nav, dict):
        return {name: kept for name, item in nav.items() if (kept := _there(item))}
    return nav if nav in JOINED.values() or (DOCS / str(nav)).is_file() else None
