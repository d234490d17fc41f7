"""Reads rule files into rules, and selects among them by name.

A rule file holds one clause; a pack (a folder, or a package named by an entry point in the group `policy428.packs`)
holds `rules/` and `wordlists/`. `definitions.yaml` in a rules folder names conditions that rules share through `is`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from policy428.compiler import Compiler
from policy428.conditions import Within
from policy428.errors import Place, RuleError, did_you_mean
from policy428.fixing.rule import read_fix
from policy428.lexicon import Lexicon
from policy428.post import ROLES
from policy428.rule import REFERENCE_NEEDS, Clause, Example, Rule
from policy428.violation import SEVERITIES
from policy428.yamlfile import KeyPath, YamlFile, read

DEFINITIONS = "definitions.yaml"
_FILE_KEYS = ("clause", "title", "asks", "about", "see", "defaults", "rules")
_DEFAULT_KEYS = (
    "family",
    "severity",
    "confidence",
    "roles",
    "reference",
    "employee",
    "authorized",
    "once",
    "suggestion",
    "see",
)
_RULE_KEYS = (
    "id", "family", "title", "about", "severity", "confidence", "message", "suggestion", "see", "roles", "reference",
    "employee", "authorized", "once", "find", "unless", "fix", "examples",
)  # fmt: skip
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CAPTURE = re.compile(r"\{(\w+)\}")


class RuleSet:
    """All rules in force and the clauses they belong to."""

    def __init__(self, rules: Sequence[Rule], clauses: Sequence[Clause]) -> None:
        self.rules = tuple(sorted(rules, key=lambda rule: rule.name))
        self.clauses = {clause.name: clause for clause in clauses}

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that `--select` and `explain` know: clauses, families under their clause, and rules."""
        return tuple(sorted({*self.clauses, *(name for rule in self.rules for name in (rule.kind, rule.name))}))

    def matching(self, prefix: str) -> tuple[Rule, ...]:
        """The rules that `prefix` names: a section (`IV`), a clause, a family, a rule, or the beginning of a name.

        Raises:
            RuleError: it names none.
        """
        found = tuple(rule for rule in self.rules if rule.named(prefix))
        if not found:
            known = self.names if "-" in prefix else self.clauses
            raise RuleError(f"unknown rule or clause “{prefix}”", hint=did_you_mean(prefix.strip(), known))
        return found

    def selected(self, select: Iterable[str], ignore: Iterable[str]) -> tuple[Rule, ...]:
        """The rules that `select` names (all when empty) less those that `ignore` names; the longer prefix wins."""
        chosen = {rule.name: 0 for rule in self.rules} if not (wanted := list(select)) else {}
        for prefix in wanted:
            for rule in self.matching(prefix):
                chosen[rule.name] = max(chosen.get(rule.name, 0), len(prefix))
        for prefix in ignore:
            for rule in self.matching(prefix):
                if chosen.get(rule.name, -1) <= len(prefix):
                    chosen.pop(rule.name, None)
        return tuple(rule for rule in self.rules if rule.name in chosen)


def load(folders: Sequence[Path], lexicon: Lexicon) -> RuleSet:
    """Reads every rule file of `folders`.

    Raises:
        RuleError: a file is wrong; says where and how to mend it.
    """
    # By stem, so that of IV-B.yaml and IV-B-acts.yaml the former introduces the clause.
    files = [
        read(path, RuleError)
        for folder in folders
        for path in sorted(folder.glob("*.y*ml"), key=lambda path: path.stem)
    ]
    definitions = {
        str(name): (file, (name,)) for file in files if file.path.name == DEFINITIONS for name in _mapping(file, ())
    }
    compiler = Compiler(lexicon, definitions)
    rules: dict[str, Rule] = {}
    clauses: list[Clause] = []
    for file in files:
        if file.path.name == DEFINITIONS:
            for name, (at, keys) in definitions.items():
                if at is file:
                    compiler.condition(at, keys)
                    compiler.captures.clear()
                    del name
            continue
        clause, found = _read_clause(file, compiler)
        if clause.name not in {known.name for known in clauses}:
            clauses.append(clause)
        for rule in found:
            if rule.name in rules:
                raise RuleError(f"the rule “{rule.name}” stands twice", place=file.place(()))
            rules[rule.name] = rule
    return RuleSet(list(rules.values()), clauses)


def _read_clause(file: YamlFile, compiler: Compiler) -> tuple[Clause, list[Rule]]:
    data = _mapping(file, ())
    _known(file, (), _FILE_KEYS)
    name, title = _text(file, ("clause",)), _text(file, ("title",))
    see = _strings(file, ("see",), data.get("see", []))
    clause = Clause(name, title, str(data.get("asks", "")).strip(), see, str(data.get("about", "")).strip())
    if not isinstance(data.get("rules"), list):
        raise RuleError("a rule file needs “rules”, a list", place=file.place(()))
    if "defaults" in data:
        _mapping(file, ("defaults",))
        _known(file, ("defaults",), _DEFAULT_KEYS)
    return clause, [_read_rule(file, i, clause, compiler) for i in range(len(data["rules"]))]


def _read_rule(file: YamlFile, index: int, clause: Clause, compiler: Compiler) -> Rule:
    keys: KeyPath = ("rules", index)
    _mapping(file, keys)
    _known(file, keys, _RULE_KEYS)
    data: dict[str, Any] = {**file.data.get("defaults", {}), **file.data["rules"][index]}
    slug = _text(file, (*keys, "id"))
    if not _SLUG.fullmatch(slug):
        raise RuleError(f"“{slug}” is no rule id", place=file.place((*keys, "id")), hint="lower case and dashes")
    compiler.captures = set()
    if "find" not in data:
        raise RuleError(f"the rule “{slug}” needs “find”", place=file.place(keys))
    find = compiler.condition(file, (*keys, "find"))
    message = _text(file, (*keys, "message"))
    for capture in _CAPTURE.findall(message):
        if capture not in compiler.captures:
            raise RuleError(
                f"the message names {{{capture}}}, which no condition captures",
                place=file.place((*keys, "message")),
                hint=did_you_mean(capture, compiler.captures) or "add “as:” to a condition",
            )
    fix = read_fix(file, (*keys, "fix"), compiler.captures, compiler.lexicon) if "fix" in data else None
    unless = Within("post", compiler.condition(file, (*keys, "unless"))) if "unless" in data else None
    confidence = data.get("confidence", 0.8)
    if not isinstance(confidence, int | float) or not 0 < confidence <= 1:
        raise RuleError("“confidence” lies between 0 and 1", place=file.place((*keys, "confidence")))
    roles = _strings(file, (*keys, "roles"), data.get("roles", list(ROLES)))
    return Rule(
        name=f"{clause.name}-{slug}",
        clause=clause.name,
        slug=slug,
        family=str(data.get("family", slug)),
        title=str(data.get("title", slug.replace("-", " "))),
        severity=_one_of(file, (*keys, "severity"), data.get("severity", "error"), SEVERITIES),
        confidence=float(confidence),
        message=message,
        suggestion=str(data.get("suggestion", "")).strip(),
        see=_strings(file, (*keys, "see"), data.get("see", list(clause.see))),
        about=str(data.get("about", "")).strip(),
        roles=frozenset(_one_of(file, (*keys, "roles"), role, ROLES) for role in roles),
        reference=_one_of(file, (*keys, "reference"), data.get("reference", "ignored"), REFERENCE_NEEDS),
        employee=bool(data.get("employee", False)),
        authorized=data.get("authorized"),
        once=bool(data.get("once", False)),
        find=find,
        unless=unless,
        examples=_examples(file, keys, data.get("examples")),
        path=file.path,
        fix=fix,
    )


def _examples(file: YamlFile, keys: KeyPath, given: Any) -> tuple[Example, ...]:
    here = (*keys, "examples")
    if given is None:
        return ()
    if not isinstance(given, dict) or not set(given) <= {"breaks", "keeps"}:
        raise RuleError("“examples” holds “breaks” and “keeps”", place=file.place(here))
    found = []
    for kind in ("breaks", "keeps"):
        if not isinstance(given.get(kind, []), list):
            raise RuleError(f"“{kind}” is a list of texts or posts", place=file.place((*here, kind)))
        for index, item in enumerate(given.get(kind, [])):
            post = {"text": item} if isinstance(item, str) else item
            place = file.place((*here, kind, index))
            if not isinstance(post, dict) or not isinstance(post.get("text"), str):
                raise RuleError("an example is a text or a post with “text”", place=place)
            found.append(Example(post, kind == "breaks", place))
    return tuple(found)


def _mapping(file: YamlFile, keys: KeyPath) -> dict[Any, Any]:
    value = file.data
    for key in keys:
        value = value[key]
    if not isinstance(value, dict):
        raise RuleError("expected a mapping", place=file.place(keys))
    return value


def _known(file: YamlFile, keys: KeyPath, known: Sequence[str]) -> None:
    for key in _mapping(file, keys):
        if key not in known:
            raise RuleError(
                f"unknown field “{key}”", place=file.place((*keys, key)), hint=did_you_mean(str(key), known)
            )


def _text(file: YamlFile, keys: KeyPath) -> str:
    value = _mapping(file, keys[:-1]).get(keys[-1])
    if not isinstance(value, str) or not value.strip():
        raise RuleError(f"needs “{keys[-1]}”, a text", place=file.place(keys))
    return value.strip()


def _strings(file: YamlFile, keys: KeyPath, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise RuleError(f"“{keys[-1]}” is a list of texts", place=file.place(keys))
    return tuple(value)


def _one_of(file: YamlFile, keys: KeyPath, value: Any, known: Sequence[Any]) -> Any:
    if value not in known:
        raise RuleError(f"unknown {keys[-1]} “{value}”", place=file.place(keys), hint=did_you_mean(str(value), known))
    return value


__all__ = ["DEFINITIONS", "Place", "RuleSet", "load"]
