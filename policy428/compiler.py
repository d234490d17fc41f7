"""Turns the conditions of a rule file into condition trees, and says where one is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any as Anything

from policy428.conditions import SCOPES, All, Any, Condition, Count, Leaf, Near, Not, Score, Within
from policy428.errors import RuleError, did_you_mean
from policy428.kept import shipped
from policy428.lexicon import Lexicon
from policy428.matchers import Field, Matcher, matchers
from policy428.phrases import PhraseError
from policy428.regexsafety import PatternError
from policy428.yamlfile import KeyPath, YamlFile

COMBINATORS = ("all", "any", "none", "within", "near", "count", "score", "missing", "is")
# Fields that tell nothing of what is looked for to somebody who does not read patterns.
_UNTOLD = ("as", "in", "pattern", "on")
_NEAR = {"words": "integer", "of": "conditions", "ordered": "boolean"}
_COUNT = {"least": "integer", "most": "integer", "of": "conditions"}
_SCORE = {"least": "number", "of": "conditions"}


class Compiler:
    """Compiles the conditions of one rule set; equal leaves are shared, so that each is matched once a document.

    Args:
        lexicon: the word lists.
        definitions: named conditions for `is`, each with the file and key path where it stands.
    """

    def __init__(self, lexicon: Lexicon, definitions: Mapping[str, tuple[YamlFile, KeyPath]] | None = None) -> None:
        self.lexicon = lexicon
        self._definitions = dict(definitions or {})
        self._compiled: dict[str, Condition] = {}
        self._open: list[str] = []
        self._leaves: dict[str, Leaf] = {}
        self.captures: set[str] = set()
        self._captured: dict[str, set[str]] = {}

    def condition(self, file: YamlFile, keys: KeyPath) -> Condition:
        """The condition at `keys` of `file`.

        Raises:
            RuleError: it is not well formed.
        """
        spec = _at(file, keys)
        if not isinstance(spec, dict) or not spec:
            raise RuleError("a condition is a mapping, as in “words: profanity”", place=file.place(keys))
        known = {*COMBINATORS, *matchers()}
        for key in spec:
            if key not in known:
                raise RuleError(
                    f"unknown condition “{key}”", place=file.place((*keys, key)), hint=did_you_mean(str(key), known)
                )
        parts = [part for key in spec if key not in {"within", "none"} for part in self._part(str(key), file, keys)]
        barred = self._conditions(file, (*keys, "none")) if "none" in spec else []
        inner: Condition = parts[0] if len(parts) == 1 and not barred else All(parts, barred)
        return self._scoped(spec["within"], inner, file, keys) if "within" in spec else inner

    def _part(self, key: str, file: YamlFile, keys: KeyPath) -> Sequence[Condition]:
        here = (*keys, key)
        if key == "all":
            return self._conditions(file, here)
        if key == "any":
            return [Any(self._conditions(file, here))]
        if key == "missing":
            why = f"looked for and not found: {_in_words(_at(file, here))}"
            return [Not(Within("post", self.condition(file, here)), why)]
        if key == "is":
            return [self._named(file, here)]
        if key == "near":
            given = self._options(file, here, _NEAR)
            return [Near(given.get("words", 5), self._conditions(file, (*here, "of")), given.get("ordered", False))]
        if key == "count":
            given = self._options(file, here, _COUNT)
            return [Count(given.get("least", 1), given.get("most"), self._conditions(file, (*here, "of")))]
        if key == "score":
            return [self._score(file, here)]
        return [self._leaf(key, file, here)]

    def _scoped(self, scope: Anything, inner: Condition, file: YamlFile, keys: KeyPath) -> Condition:
        if scope in SCOPES:
            return Within(scope, inner)
        words = str(scope).removesuffix(" words")
        if words.isdigit():
            if isinstance(inner, All) and len(inner.children) > 1:
                near: Condition = Near(int(words), inner.children)
                return All([near], inner.barred) if inner.barred else near
            raise RuleError("“within: N words” needs several conditions in “all”", place=file.place((*keys, "within")))
        raise RuleError(
            f"unknown scope “{scope}”",
            place=file.place((*keys, "within")),
            hint=f"one of: {', '.join(SCOPES)}, or a number of words as in “8 words”",
        )

    def _conditions(self, file: YamlFile, keys: KeyPath) -> list[Condition]:
        items = _at(file, keys)
        if not isinstance(items, list) or not items:
            raise RuleError(f"“{keys[-1]}” is a list of conditions", place=file.place(keys))
        return [self.condition(file, (*keys, index)) for index in range(len(items))]

    def _score(self, file: YamlFile, keys: KeyPath) -> Condition:
        given = self._options(file, keys, _SCORE)
        signs = []
        for index, item in enumerate(_at(file, (*keys, "of"))):
            here = (*keys, "of", index)
            points = item.pop("points", 1) if isinstance(item, dict) else None
            if not isinstance(points, int | float) or isinstance(points, bool):
                raise RuleError("a sign is a condition with “points”, a number", place=file.place(here))
            signs.append((float(points), self.condition(file, here)))
            item["points"] = points
        return Score(float(given["least"]), signs)

    def _options(self, file: YamlFile, keys: KeyPath, known: Mapping[str, str]) -> dict[str, Anything]:
        given = _at(file, keys)
        if not isinstance(given, dict):
            raise RuleError(f"“{keys[-1]}” takes {', '.join(known)}", place=file.place(keys))
        for key, value in given.items():
            if key not in known:
                raise RuleError(
                    f"unknown field “{key}”", place=file.place((*keys, key)), hint=did_you_mean(str(key), known)
                )
            kind = known[key]
            fits = {"integer": int, "number": (int, float), "boolean": bool, "conditions": list}[kind]
            if not isinstance(value, fits) or (kind != "boolean" and isinstance(value, bool)):  # type: ignore[arg-type]
                raise RuleError(f"“{key}” must be of kind {kind}", place=file.place((*keys, key)))
        for key in ("of", "least") if known is _SCORE else ("of",):
            if key not in given:
                raise RuleError(f"“{keys[-1]}” needs “{key}”", place=file.place(keys))
        return given

    def _named(self, file: YamlFile, keys: KeyPath) -> Condition:
        name = str(_at(file, keys))
        if name not in self._definitions:
            raise RuleError(
                f"unknown definition “{name}”", place=file.place(keys), hint=did_you_mean(name, self._definitions)
            )
        if name in self._open:
            raise RuleError(f"the definition “{name}” refers to itself", place=file.place(keys))
        if name not in self._compiled:
            self._open.append(name)
            outer, self.captures = self.captures, set()
            self._compiled[name] = self.condition(*self._definitions[name])
            self._captured[name], self.captures = self.captures, outer
            self._open.pop()
        self.captures |= self._captured[name]
        return self._compiled[name]

    def _leaf(self, kind: str, file: YamlFile, keys: KeyPath) -> Leaf:
        matcher = matchers()[kind]
        given = self._given(matcher, file, keys)
        if "as" in given:
            self.captures.add(given["as"])
        key = json.dumps([kind, given], sort_keys=True, default=str)
        if key not in self._leaves:
            self.lexicon.of_package = shipped(file.path)
            try:
                self._leaves[key] = Leaf(matcher(given, self.lexicon), matcher.cost)
            except PhraseError as problem:
                raise RuleError(str(problem), place=file.place(keys)) from problem
            except PatternError as problem:
                raise RuleError(f"a pattern: {problem}", place=file.place(keys)) from problem
            except ValueError as problem:
                raise RuleError(str(problem), place=file.place(keys)) from problem
        return self._leaves[key]

    def _given(self, matcher: type[Matcher], file: YamlFile, keys: KeyPath) -> dict[str, Anything]:
        value = _at(file, keys)
        fields = matcher.fields
        if value is True:
            value = {}
        elif not isinstance(value, dict):
            value = {matcher.short: value}
        given: dict[str, Anything] = {}
        for key, item in value.items():
            if key not in fields:
                raise RuleError(
                    f"unknown field “{key}” of “{matcher.name}”",
                    place=file.place((*keys, key)),
                    hint=did_you_mean(str(key), fields),
                )
            given[key] = self._value(fields[key], key, item, file, (*keys, key))
        for key, field in fields.items():
            if field.required and key not in given:
                raise RuleError(f"“{matcher.name}” needs “{key}”", place=file.place(keys))
        return given

    def _value(self, field: Field, key: str, value: Anything, file: YamlFile, keys: KeyPath) -> Anything:
        if field.kind == "any":
            return value
        if field.kind in {"string", "integer", "number", "boolean"}:
            kind = {"string": str, "integer": int, "number": int | float, "boolean": bool}[field.kind]
            if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
                raise _wrong_kind(field, key, file, keys)
            values = [value]
        else:
            values = value if isinstance(value, list) else [value]
            if not values or not all(isinstance(item, str | int) for item in values):
                raise _wrong_kind(field, key, file, keys)
            value = values = [str(item) for item in values]
        for item in values if field.choices else ():
            if item not in field.choices:
                raise RuleError(
                    f"unknown value “{item}” of “{key}”",
                    place=file.place(keys),
                    hint=did_you_mean(str(item), field.choices),
                )
        if field.kind == "lists":
            for name in map(str, values):
                self._check_list(name, file, keys)
        return value

    def _check_list(self, name: str, file: YamlFile, keys: KeyPath) -> None:
        if name not in self.lexicon:
            raise RuleError(
                f"unknown word list “{name}”", place=file.place(keys), hint=did_you_mean(name, self.lexicon.names)
            )


def _wrong_kind(field: Field, key: str, file: YamlFile, keys: KeyPath) -> RuleError:
    return RuleError(f"“{key}” must be of kind {field.kind}", place=file.place(keys))


def _in_words(spec: Anything) -> str:
    """A condition in a few words, `district (web)`, for telling what was looked for."""
    if isinstance(spec, list):
        return ", or ".join(_in_words(item) for item in spec)
    if not isinstance(spec, dict):
        return str(spec)
    told = []
    for key, value in spec.items():
        if key in COMBINATORS:
            told.append(_in_words(value))
            continue
        values = value.items() if isinstance(value, dict) else [("", value)]
        shown = [", ".join(map(str, v)) if isinstance(v, list) else str(v) for k, v in values if k not in _UNTOLD]
        told.append(f"{key} ({'; '.join(shown)})" if shown and value is not True else key)
    return " with ".join(told)


def _at(file: YamlFile, keys: KeyPath) -> Anything:
    value = file.data
    for key in keys:
        value = value[key]
    return value
