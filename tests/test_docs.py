"""What the documents say is so: links lead somewhere, commands exist, tables match the files."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    page
    for pattern in ("*.md", "docs/**/*.md", "corpus/*.md", ".github/**/*.md", "examples/**/README.md")
    for page in ROOT.glob(pattern)
    if "content" not in page.parts
)
README = (ROOT / "README.md").read_text(encoding="utf-8")


def inline_tokens(page: Path) -> list[Token]:
    tokens = MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))
    return [child for token in tokens for child in token.children or []]


def links(page: Path) -> list[str]:
    return [str(t.attrs["href"]) for t in inline_tokens(page) if t.type == "link_open"]


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ +(.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in links(page):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def command(words: list[str]) -> click.Command | None:
    """The command that `policy428 WORDS` runs, or None; what follows a command's name is its arguments."""
    from policy428.cli import main

    here: click.Command = main
    context = click.Context(main)
    for word in words:
        if not isinstance(here, click.Group):
            break
        found = here.get_command(context, word)
        if found is None:
            return None
        here = found
    return here


def commands() -> list[str]:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    return sorted(set(re.findall(r"(?<!from )\bpolicy428 ([a-z]+(?: [a-z]+\b(?![./]))?)", text)))


@pytest.mark.parametrize("words", commands())
def test_commands_in_the_documents_exist(words: str) -> None:
    assert command(words.split()) is not None


def test_options_in_the_readme_exist() -> None:
    told = [command([name]) for name in ("baseline", "check", "explain", "init", "scan")]
    known = {option for one in told if one is not None for parameter in one.params for option in parameter.opts}
    known.add("--help")
    assert known.issuperset(re.findall(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*", README))


def command_lines(page: Path) -> list[list[str]]:
    """The words of each `policy428 ...` that `page` shows in a block or as inline code."""
    text = page.read_text(encoding="utf-8")
    shown = [
        line
        for token in MarkdownIt("commonmark").enable("table").parse(text)
        for code in ([token] if token.type in ("fence", "code_block") else [])
        for line in code.content.splitlines()
    ]
    shown += [token.content for token in inline_tokens(page) if token.type == "code_inline"]
    lines = (line.split(" #")[0].strip() for line in shown)
    return [shlex.split(line) for line in lines if re.match(r"policy428 [a-z]", line) and "..." not in line]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_options_in_commands_exist(page: Path) -> None:
    unknown = []
    for _, *words in command_lines(page):
        found = command([word for word in words if not word.startswith("-")])
        known = {option for parameter in found.params for option in parameter.opts} if found else set()
        options = {word.partition("=")[0] for word in words if word.startswith("--") and len(word) > 2}
        unknown += sorted(options - known - {"--help", "--version"})
    assert unknown == []


@pytest.mark.slow
def test_the_pages_show_what_the_linter_prints() -> None:
    from docs.refresh import BLOCK, PAGES, refreshed

    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert BLOCK.search(text)
        assert refreshed(text) == text, "run `make readme`"


def test_the_configuration_in_the_readme_is_valid(tmp_path: Path) -> None:
    from policy428.config import Config

    shown = re.search(r"```yaml\n(# policy428.yaml\n.*?)```", README, re.DOTALL)
    assert shown is not None
    (tmp_path / "private").mkdir()
    (tmp_path / "our-rules").mkdir()
    (tmp_path / "our-district.yaml").write_bytes((ROOT / "profiles" / "district-2143.yaml").read_bytes())
    (tmp_path / "private" / "students.csv").write_text("name\nTove Ibsen\n")
    (tmp_path / "our-policy.pdf").write_bytes(b"")
    (tmp_path / "private" / "staff.csv").write_text("name\nKari Moberg\n")
    (tmp_path / "private" / "permits.csv").write_text("who,what,granted_by,from,to\n")
    (tmp_path / "policy428.yaml").write_text(shown[1], encoding="utf-8")

    config = Config.near(tmp_path / "classrooms" / "page.md")

    assert config.role_of(tmp_path / "classrooms" / "page.md") == "classroom"
    assert config.profile.email_domains
    assert config.rosters is not None


def test_the_python_in_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    shown = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert shown is not None
    exec(shown[1], {})
    assert "IV.C" in capsys.readouterr().out


def test_every_file_of_the_corpus_is_described() -> None:
    described = set(re.findall(r"`([a-z-]+)`", (ROOT / "corpus" / "README.md").read_text(encoding="utf-8")))
    assert {path.stem for path in (ROOT / "corpus").glob("*.jsonl")} - described == set()
