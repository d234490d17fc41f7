"""The JSON Schema (draft 2020-12) of rule files, made from the matchers there are, third parties' included."""

from __future__ import annotations

from typing import Any

from policy428.conditions import SCOPES
from policy428.fixing.rule import APPENDED
from policy428.matchers import Field, Matcher, matchers
from policy428.post import ROLES
from policy428.rule import REFERENCE_NEEDS
from policy428.violation import SEVERITIES

_TEXT = {"type": "string", "minLength": 1}
_TEXTS = {"type": "array", "items": {"type": "string"}}
_CONDITION = {"$ref": "#/$defs/condition"}
_CONDITIONS = {"type": "array", "items": _CONDITION, "minItems": 1}


def rule_schema() -> dict[str, Any]:
    """The schema that every rule file meets."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "policy428 rule file",
        "type": "object",
        "additionalProperties": False,
        "required": ["clause", "title", "rules"],
        "properties": {
            "clause": _TEXT,
            "title": _TEXT,
            "asks": _TEXT,
            "about": _TEXT,
            "see": _TEXTS,
            "defaults": {"type": "object", "additionalProperties": False, "properties": _shared()},
            "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}},
        },
        "$defs": {"rule": _rule(), "condition": _condition(), "example": _example()},
    }


def _shared() -> dict[str, Any]:
    return {
        "family": _TEXT,
        "severity": {"enum": list(SEVERITIES)},
        "confidence": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
        "roles": {"type": "array", "items": {"enum": list(ROLES)}},
        "reference": {"enum": list(REFERENCE_NEEDS)},
        "employee": {"type": "boolean"},
        "authorized": {"type": "boolean"},
        "once": {"type": "boolean"},
        "suggestion": _TEXT,
        "see": _TEXTS,
    }


def _rule() -> dict[str, Any]:
    examples = {"type": "array", "items": {"$ref": "#/$defs/example"}}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["id", "message", "find"],
        "properties": {
            "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
            "title": _TEXT,
            "about": _TEXT,
            "message": _TEXT,
            **_shared(),
            "find": _CONDITION,
            "unless": _CONDITION,
            "fix": _fix(),
            "examples": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"breaks": examples, "keeps": examples},
            },
        },
    }


def _fix() -> dict[str, Any]:
    capture = {**_TEXT, "description": "the name of a capture"}
    lead = {**_TEXTS, "description": "words that go with it where they stand right before it"}
    listed = {"replace": capture, "from": {**_TEXT, "description": "a word list with “instead”"}}
    return {
        "description": "A safe edit that mends the finding.",
        "anyOf": [
            _options({"remove": capture, "lead": lead}, "remove"),
            _options({"replace": capture, "with": {"type": "string"}}, "replace", "with"),
            _options(listed, "replace", "from"),
            _options({"mask": capture}, "mask"),
            _options({"append": {"enum": list(APPENDED)}}, "append"),
        ],
    }


def _example() -> dict[str, Any]:
    post = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
    return {"anyOf": [{"type": "string"}, post]}


def _condition() -> dict[str, Any]:
    near = {"words": {"type": "integer"}, "of": _CONDITIONS, "ordered": {"type": "boolean"}}
    count = {"least": {"type": "integer"}, "most": {"type": "integer"}, "of": _CONDITIONS}
    score = {"least": {"type": "number"}, "of": {"type": "array", "items": {"$ref": "#/$defs/condition"}}}
    return {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "properties": {
            "all": _CONDITIONS,
            "any": _CONDITIONS,
            "none": _CONDITIONS,
            "within": {"anyOf": [{"enum": list(SCOPES)}, {"type": "string", "pattern": "^[0-9]+ words$"}]},
            "near": _options(near, "of"),
            "count": _options(count, "of"),
            "score": _options(score, "of", "least"),
            "missing": _CONDITION,
            "is": _TEXT,
            "points": {"type": "number", "description": "only for a sign inside “score”"},
            **{name: _leaf(matcher) for name, matcher in matchers().items()},
        },
    }


def _options(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": list(required), "properties": properties}


def _leaf(matcher: type[Matcher]) -> dict[str, Any]:
    fields = {name: _field(field) for name, field in matcher.fields.items()}
    required = [name for name, field in matcher.fields.items() if field.required]
    forms = [_options(fields, *required), _field(matcher.fields[matcher.short])]
    if not required:
        forms.append({"const": True})
    return {"description": " ".join((matcher.__doc__ or "").split()), "anyOf": forms}


def _field(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {"description": field.about}
    if field.kind == "any":
        return described
    if field.kind in {"integer", "number", "boolean"}:
        return {**described, "type": field.kind}
    one: dict[str, Any] = {"enum": list(field.choices)} if field.choices else {"type": ["string", "integer"]}
    if field.kind == "string":
        return {**described, **one}
    return {**described, "anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}
