"""The configuration in force: profile, rosters, permits, and which rules apply how; each value with its origin.

It is merged from a file, what that file extends, and the command line; the nearest value wins. Lists replace each
other whole, mappings are joined key by key. With no file the packaged profile and all rules apply.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from policy428.config_files import Layer, find, layers
from policy428.errors import ConfigError, Place, RuleError, did_you_mean
from policy428.people.person import ROLES as PERSON_ROLES
from policy428.permits import Permits
from policy428.post import ROLES, Role
from policy428.profile import PACKAGED, Profile, from_yaml, load, packaged, packaged_names
from policy428.readers.drafts import Limits
from policy428.rosters import Rosters
from policy428.rule import begins
from policy428.section import Section
from policy428.suppressions.beside import ByPath, fits
from policy428.violation import SEVERITIES, Severity
from policy428.yamlfile import YamlFile

if TYPE_CHECKING:
    from policy428.ruleset import RuleSet

DEFAULT = "default"
COMMAND_LINE = "command line"
ANY = "*"
# A key of `allow` that names a rule, clause or section begins with a section's number; all others name word lists.
_SECTION = re.compile(r"[IVXLC]+(?:\.|$)")


@dataclass(frozen=True)
class Config:
    """A configuration.

    Attributes:
        profile_source: a packaged profile's name, a path, or an inline profile.
        student_files, staff_files, permit_files: rosters and permit registers.
        policy_file: the district's own copy of its policy, which `explain` quotes.
        policy_clauses: how that copy numbers a clause, where it does so otherwise: `IV.E` is its `V.C`.
        select, ignore: rule name prefixes.
        severities: severity by rule name prefix.
        least_confidence: what is less sure is left out, by rule name prefix, or `*` for all.
        fail_on: least severity that makes the exit status 1.
        packs: folders of further rules and lists.
        extra_words: entries added to word lists, by list.
        allowed_words: words that never count, by list, or `*` for all.
        allowed_by_rule: words that never count, by rule name prefix.
        not_people: names that are nobody's.
        people_roles: the role of certain names.
        language_model: name of a spaCy pipeline, or `auto`.
        limits: bounds on what is read.
        suppress: what is let stand in drafts, by path pattern, relative to the file that says so.
        require_reason: a suppression without a reason hides nothing.
        roles_by_path: role of drafts by path pattern, relative to the file that says so.
        origins: where each value was set, by dotted key: a file's place, `command line`, or `default`.
        path: the nearest file, None without one.
    """

    profile_source: str | Path | Profile = PACKAGED
    student_files: tuple[Path, ...] = ()
    staff_files: tuple[Path, ...] = ()
    permit_files: tuple[Path, ...] = ()
    policy_file: Path | None = None
    policy_clauses: Mapping[str, str] = field(default_factory=dict)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    least_confidence: Mapping[str, float] = field(default_factory=dict)
    fail_on: Severity = "warning"
    packs: tuple[Path, ...] = ()
    extra_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    allowed_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    allowed_by_rule: dict[str, tuple[str, ...]] = field(default_factory=dict)
    not_people: tuple[str, ...] = ()
    people_roles: Mapping[str, str] = field(default_factory=dict)
    language_model: str = "auto"
    limits: Limits = field(default_factory=Limits)
    suppress: tuple[ByPath, ...] = ()
    require_reason: bool = True
    roles_by_path: tuple[tuple[Path, str, Role], ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)
    path: Path | None = None

    @classmethod
    def packaged(cls) -> Config:
        """The configuration without any file."""
        return cls()

    @classmethod
    def load(cls, path: Path | str) -> Config:
        """The configuration of one file and what it extends.

        Raises:
            ConfigError: a file is missing or wrong; with file, line, column, and the nearest valid key.
        """
        path = Path(path)
        if not path.is_file():
            raise ConfigError("there is no such configuration file", place=Place(str(path)))
        return _build(path, layers(path))

    @classmethod
    def near(cls, path: Path | str) -> Config:
        """The configuration that applies to the draft or folder `path`, by the nearest file upward."""
        found = find(Path(path))
        return cls.load(found) if found is not None else cls.packaged()

    @cached_property
    def profile(self) -> Profile:
        """The district's profile."""
        if isinstance(self.profile_source, Profile):
            return self.profile_source
        return load(self.profile_source) if isinstance(self.profile_source, Path) else packaged(self.profile_source)

    @cached_property
    def rosters(self) -> Rosters:
        """Students and staff."""
        return Rosters.load(students=self.student_files, staff=self.staff_files)

    @cached_property
    def permits(self) -> Permits:
        """The register of permissions and consents."""
        return Permits.load(self.permit_files)

    def severity_of(self, rule: str) -> Severity | None:
        """The severity configured for `rule` by its longest prefix, or None."""
        fitting = [prefix for prefix in self.severities if begins(rule, prefix)]
        return self.severities[max(fitting, key=len)] if fitting else None

    def least_sure(self, rule: str) -> float:
        """The confidence, 0 to 1, below which a finding of `rule` is left out, by its longest prefix."""
        fitting = [prefix for prefix in self.least_confidence if begins(rule, prefix)]
        return self.least_confidence[max(fitting, key=len)] if fitting else self.least_confidence.get(ANY, 0.0)

    def allowed_in(self, rule: str) -> tuple[str, ...]:
        """Words that never count for `rule`."""
        return tuple(word for prefix, words in self.allowed_by_rule.items() if begins(rule, prefix) for word in words)

    def fitted(self, rules: RuleSet, lists: Collection[str]) -> Config:
        """A copy fitted to the `rules` and word `lists` there are: each name is one of theirs, and what is said of a
        family of rules is said of each of them.

        Raises:
            ConfigError: a severity, word or suppression is for a rule, clause or list that there is not, or a
                suppression lacks the reason that it needs.
        """
        for entry in self.suppress:
            if self.require_reason and not entry.reason:
                raise ConfigError("a suppression needs “reason”", place=entry.place, hint="or require_reason: false")
            for name in entry.rules:
                try:
                    rules.matching(name)
                except RuleError as error:
                    raise ConfigError(error.message, place=entry.place, hint=error.hint) from None
        for values in ("extra_words", "allowed_words"):
            for name in getattr(self, values):
                if name not in lists and name != ANY:
                    place = Place(self.origin(f"{values}.{name}"))
                    raise ConfigError(f"there is no word list “{name}”", place=place, hint=did_you_mean(name, lists))
        return replace(
            self,
            severities=self._fitted("severities", rules),
            least_confidence=self._fitted("least_confidence", rules),
            allowed_by_rule=self._fitted("allowed_by_rule", rules),
        )

    def _fitted(self, values: str, rules: RuleSet) -> dict[str, Any]:
        given: Mapping[str, Any] = getattr(self, values)
        fitted = dict(given)
        for prefix in sorted(set(given) - {ANY}, key=len):
            try:
                matching = rules.matching(prefix)
            except RuleError as error:
                place = Place(self.origin(f"{values}.{prefix}"))
                raise ConfigError(error.message, place=place, hint=error.hint) from None
            fitted.update(
                (rule.name, given[prefix])
                for rule in matching
                if not begins(rule.name, prefix) and rule.name not in given
            )
        return fitted

    def role_of(self, path: Path) -> Role | None:
        """The role configured for drafts at `path`, or None; the first pattern that fits counts."""
        return next((role for folder, pattern, role in self.roles_by_path if fits(path, folder, pattern)), None)

    def with_options(self, **values: Any) -> Config:
        """A copy with values from the command line; those that are None or empty change nothing."""
        given = {name: value for name, value in values.items() if value is not None and value != ()}
        origins = {**self.origins, **dict.fromkeys(given, COMMAND_LINE)}
        return replace(self, **given, origins=origins)

    def origin(self, key: str) -> str:
        """Where the value of `key` (dotted) was set."""
        return self.origins.get(key, DEFAULT)


Part = Callable[[Section, Layer], Any]


def _build(path: Path, chain: list[Layer]) -> Config:
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for layer in chain:
        top = Section(layer.file)
        top.check_keys(("extends", *_PARTS))
        for key in top.data:
            if key == "extends" or key not in top:
                continue
            for name, value in _PARTS[key](top, layer).items():
                _merge(values, origins, name, value, lambda *keys, layer=layer, key=key: layer.file.place((key, *keys)))
    return Config(**values, origins=origins, path=path)


def _merge(values: dict[str, Any], origins: dict[str, str], name: str, value: Any, place: Any) -> None:
    """Takes a value of a farther file over unless a nearer one has set it; mappings key by key."""
    if isinstance(value, dict):
        known = values.setdefault(name, {})
        for key, item in value.items():
            if key not in known:
                known[key] = item
                origins[f"{name}.{key}"] = str(place(key))
    elif name in ("roles_by_path", "suppress"):
        values[name] = (*values.get(name, ()), *value)
        origins.setdefault(name, str(place()))
    elif name not in values:
        values[name] = value
        origins[name] = str(place())


def _profile(top: Section, layer: Layer) -> dict[str, Any]:
    value = top.data["profile"]
    if isinstance(value, dict):
        inner = top.section("profile")
        places = {key[1:]: at for key, at in layer.file.places.items() if key[:1] == ("profile",)}
        return {"profile_source": from_yaml(YamlFile(layer.file.path, inner.data, places))}
    name = top.string("profile")
    if name in packaged_names():
        return {"profile_source": name}
    path = layer.folder / name
    if not path.is_file():
        message = f"names neither a file nor a packaged profile: {name}"
        raise top.wrong(message, "profile", hint=did_you_mean(name, packaged_names()))
    return {"profile_source": path}


def _paths(section: Section, name: str, layer: Layer, *, folder: bool = False) -> tuple[Path, ...]:
    paths = []
    for text in section.strings(name):
        path = layer.folder / Path(text).expanduser()
        if not (path.is_dir() if folder else path.is_file()):
            raise section.wrong(f"names a {'folder' if folder else 'file'} that is not there: {text}", name)
        paths.append(path)
    return tuple(paths)


def _rosters(top: Section, layer: Layer) -> dict[str, Any]:
    inner = top.section("rosters")
    inner.check_keys(("students", "staff"))
    found = {"student_files": _paths(inner, "students", layer), "staff_files": _paths(inner, "staff", layer)}
    return {name: paths for name, paths in found.items() if paths}


def _policy_text(top: Section, layer: Layer) -> dict[str, Any]:
    inner, name = top, "policy_text"
    clauses: dict[str, str] = {}
    if isinstance(top.data[name], dict):
        inner, name = top.section(name), "file"
        inner.check_keys(("file", "clauses"))
        clauses = inner.table("clauses")
    paths = _paths(inner, name, layer)
    if len(paths) != 1:
        raise inner.wrong("must name one file", name)
    return {"policy_file": paths[0], "policy_clauses": clauses}


def _severities(top: Section, layer: Layer) -> dict[str, Any]:
    inner = top.section("severities")
    return {"severities": {key: inner.choice(key, SEVERITIES, "") for key in inner.data}}


def _least_confidence(top: Section, layer: Layer) -> dict[str, Any]:
    if not isinstance(top.data["min_confidence"], dict):
        return {"least_confidence": {ANY: top.share("min_confidence", 0.0)}}
    inner = top.section("min_confidence")
    return {"least_confidence": {key: inner.share(key, 0.0) for key in inner.data}}


def _word_lists(top: Section, layer: Layer) -> dict[str, Any]:
    inner = top.section("wordlists")
    return {"extra_words": {key: inner.strings(key) for key in inner.data}}


def _allow(top: Section, layer: Layer) -> dict[str, Any]:
    inner = top.section("allow")
    by_list: dict[str, tuple[str, ...]] = {}
    by_rule: dict[str, tuple[str, ...]] = {}
    for key in inner.data:
        (by_rule if _SECTION.match(key) else by_list)[key] = inner.strings(key)
    return {"allowed_words": by_list, "allowed_by_rule": by_rule}


def _people(top: Section, layer: Layer) -> dict[str, Any]:
    inner = top.section("people")
    return {"people_roles": {key: inner.choice(key, PERSON_ROLES, "") for key in inner.data}}


def _limits(top: Section, layer: Layer) -> dict[str, Any]:
    inner = top.section("limits")
    known = Limits.__dataclass_fields__
    inner.check_keys(tuple(known))
    return {"limits": Limits(**{key: inner.integer(key, 1, least=1) for key in known if key in inner})}


def _roles(top: Section, layer: Layer) -> dict[str, Any]:
    inner = top.section("roles")
    roles = [(layer.folder, pattern, cast(Role, inner.choice(pattern, ROLES, ""))) for pattern in inner.data]
    return {"roles_by_path": tuple(roles)}


def _suppress(top: Section, layer: Layer) -> dict[str, Any]:
    entries = []
    for inner in top.sections("suppress"):
        inner.check_keys(("path", "rules", "reason"))
        rules = tuple(name for name in inner.strings("rules") if name)
        if not rules:
            raise inner.wrong("needs “rules”, the rules or clauses to suppress")
        place = layer.file.place(inner.key)
        reason = " ".join(inner.string("reason").split())
        entries.append(ByPath(layer.folder, inner.required("path"), rules, reason, place))
    return {"suppress": tuple(entries)}


def _list(name: str) -> Part:
    return lambda top, layer: {name: top.strings(name)}


_PARTS: dict[str, Part] = {
    "profile": _profile,
    "rosters": _rosters,
    "permits": lambda top, layer: {"permit_files": _paths(top, "permits", layer)},
    "policy_text": _policy_text,
    "select": _list("select"),
    "ignore": _list("ignore"),
    "severities": _severities,
    "min_confidence": _least_confidence,
    "fail_on": lambda top, layer: {"fail_on": top.choice("fail_on", SEVERITIES, "warning")},
    "packs": lambda top, layer: {"packs": _paths(top, "packs", layer, folder=True)},
    "wordlists": _word_lists,
    "allow": _allow,
    "not_people": _list("not_people"),
    "people": _people,
    "language_model": lambda top, layer: {"language_model": top.string("language_model")},
    "limits": _limits,
    "roles": _roles,
    "suppress": _suppress,
    "require_reason": lambda top, layer: {"require_reason": top.boolean("require_reason", True)},
}
