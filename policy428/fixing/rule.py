"""What a rule says of the edit that mends it: `fix: {remove: address}`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from policy428.errors import RuleError, did_you_mean
from policy428.yamlfile import KeyPath, YamlFile

if TYPE_CHECKING:
    from policy428.lexicon import Lexicon

Kind = Literal["remove", "replace", "mask", "append"]
KINDS: tuple[Kind, ...] = ("remove", "replace", "mask", "append")
APPENDED = ("disclaimer",)
"""What can be appended: texts of the profile."""

_BESIDE = {"remove": ("lead",), "replace": ("with", "from"), "mask": (), "append": ()}


@dataclass(frozen=True, slots=True)
class FixRule:
    """How a rule's findings are mended.

    Attributes:
        kind: what is done.
        what: the capture that it is done to; for `append`, the text of the profile.
        text: what a `replace` puts there.
        instead: milder words by the word they stand for, for a `replace` from a list; None with a `text`.
        lead: words that are removed with it where they stand right before it.
    """

    kind: Kind
    what: str
    text: str = ""
    instead: Mapping[str, str] | None = field(default=None, hash=False)
    lead: tuple[str, ...] = ()


def read_fix(file: YamlFile, keys: KeyPath, captures: Iterable[str], lexicon: Lexicon) -> FixRule:
    """The `fix` at `keys` of a rule file.

    Raises:
        RuleError: it is not well formed; says where.
    """
    given = file.data
    for key in keys:
        given = given[key]
    kinds = [kind for kind in KINDS if isinstance(given, dict) and kind in given]
    if len(kinds) != 1:
        raise RuleError(f"“fix” is one of {', '.join(KINDS)}, as in “remove: address”", place=file.place(keys))
    kind = kinds[0]
    known = (kind, *_BESIDE[kind])
    for key in given:
        if key not in known:
            hint = did_you_mean(str(key), known)
            raise RuleError(f"unknown field “{key}” of “{kind}”", place=file.place((*keys, key)), hint=hint)
    what = given[kind]
    choices = APPENDED if kind == "append" else tuple(captures)
    if what not in choices:
        hint = did_you_mean(str(what), choices) or "add “as:” to a condition"
        problem = f"there is no “{what}” to append" if kind == "append" else f"no condition captures “{what}”"
        raise RuleError(problem, place=file.place((*keys, kind)), hint=hint)
    if kind == "replace":
        return _replacement(file, keys, given, str(what), lexicon)
    lead = given.get("lead", [])
    if not isinstance(lead, list) or not all(isinstance(word, str) and word for word in lead):
        raise RuleError("“lead” is a list of words", place=file.place((*keys, "lead")))
    return FixRule(kind, str(what), lead=tuple(lead))


def _replacement(file: YamlFile, keys: KeyPath, given: Mapping[str, Any], what: str, lexicon: Lexicon) -> FixRule:
    if ("with" in given) == ("from" in given):
        raise RuleError("“replace” needs either “with”, a text, or “from”, a word list", place=file.place(keys))
    if "with" in given:
        if not isinstance(given["with"], str):
            raise RuleError("“with” is a text", place=file.place((*keys, "with")))
        return FixRule("replace", what, text=given["with"])
    name, place = str(given["from"]), file.place((*keys, "from"))
    if name not in lexicon:
        raise RuleError(f"unknown word list “{name}”", place=place, hint=did_you_mean(name, lexicon.names))
    instead = lexicon.get(name).instead
    if not instead:
        raise RuleError(f"the list “{name}” has no “instead”, its milder words", place=place)
    return FixRule("replace", what, instead=instead)
