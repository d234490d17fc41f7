"""What mending would change, as a unified diff in which private text is masked as in every report."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from policy428.fixing.mending import Mended
from policy428.reports import Checked, Look
from policy428.reports.finding import post_title
from policy428.reports.masking import Masker, mask_all
from policy428.reports.plain import printable

_CONTEXT = 3
_CUT = "\\ No newline at end of file"


def diff(mended: Mended, look: Look) -> Iterator[str]:
    """The lines of the diff, without their ends; none where nothing is changed.

    With `look.show_matches` they are the lines as written, for other programs to apply.
    """
    if not mended.changed:
        return
    old, new = _lines(mended.before.post.text), _lines(mended.after.post.text)
    shown_old, shown_new = _shown(mended.before, look), _shown(mended.after, look)
    title = post_title(mended.before.post)
    title = title if look.show_matches else printable(title)
    yield f"--- {title}"
    yield f"+++ {title}"
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(_CONTEXT):
        first, last = group[0], group[-1]
        yield f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@"
        for kind, i, j, k, m in group:
            if kind == "equal":
                yield from _marked(" ", shown_old[i:j], old[i:j])
                continue
            yield from _marked("-", shown_old[i:j], old[i:j])
            yield from _marked("+", shown_new[k:m], new[k:m])


def _lines(text: str) -> list[str]:
    """Lines with their newlines; other characters that end lines elsewhere do not here, as `patch` has it."""
    lines = text.split("\n")
    return [*(f"{line}\n" for line in lines[:-1]), *([lines[-1]] if lines[-1] else [])]


def _marked(sign: str, shown: list[str], lines: list[str]) -> Iterator[str]:
    for text, line in zip(shown, lines, strict=True):
        yield sign + text
        if not line.endswith("\n"):
            yield _CUT


def _range(start: int, stop: int) -> str:
    length = stop - start
    begin = start + 1 if length else start
    return f"{begin}" if length == 1 else f"{begin},{length}"


def _shown(checked: Checked, look: Look) -> list[str]:
    """The lines of the post as the output may show them."""
    text = checked.post.text
    if look.show_matches:
        return [line.removesuffix("\n") for line in _lines(text)]
    parts, last = [], 0
    for edit in Masker(checked, look, private=not look.terminal).edits(text):
        written = text[edit.start : edit.end]
        # Lines have to stay as many as they are.
        shown = edit.shown if edit.shown.count("\n") == written.count("\n") else mask_all(written)
        parts += [text[last : edit.start], shown]
        last = edit.end
    masked = "".join([*parts, text[last:]])
    return [printable(line.removesuffix("\n").removesuffix("\r")) for line in _lines(masked)]
