"""What is told of clauses and rules, gathered as plain data; how it looks is for others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from policy428.errors import ConfigError, Place, did_you_mean
from policy428.linter import Linter
from policy428.policytext import Paragraph, PolicyText
from policy428.rule import Clause, Example, Rule


@dataclass(frozen=True, slots=True)
class Shown:
    """An example: the text of a post, and in plain words what stands around it."""

    text: str
    around: str = ""


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A rule; `terms` says when it applies, as the end of a sentence that begins with the severity."""

    name: str
    title: str
    clause: str
    clause_title: str
    citation: str
    severity: str
    terms: str
    about: str
    message: str
    suggestion: str
    breaks: tuple[Shown, ...]
    keeps: tuple[Shown, ...]
    see: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClauseEntry:
    """A clause: in plain words, in the policy's own where there is a copy of it, and its rules.

    `policy` holds the policy's own words; where a copy is configured and lacks the clause, `lacking` says so.
    """

    name: str
    title: str
    citation: str
    asks: str
    about: str
    see: tuple[str, ...]
    rules: tuple[RuleEntry, ...]
    policy: tuple[Paragraph, ...] = ()
    lacking: str = ""


def policy_of(linter: Linter) -> PolicyText | None:
    """The district's own copy of its policy, where the configuration names one.

    Raises:
        ConfigError: it cannot be read or cut, or its clauses are said to be those of a clause that there is not.
    """
    path = linter.config.policy_file
    for clause in linter.config.policy_clauses:
        if clause not in linter.ruleset.clauses:
            place = Place(linter.config.origin(f"policy_clauses.{clause}"))
            hint = did_you_mean(clause, linter.ruleset.clauses)
            raise ConfigError(f"“policy_text” names an unknown clause “{clause}”", place=place, hint=hint)
    return PolicyText.load(path) if path is not None else None


def named(linter: Linter, name: str, policy: PolicyText | None) -> list[ClauseEntry | RuleEntry]:
    """What `name` names: a clause, a rule, or the clauses of a section with the rules of a family.

    Raises:
        RuleError: it names nothing.
    """
    rules = linter.ruleset.matching(name)
    clauses = {clause.lower(): clause for clause in linter.ruleset.clauses}
    exact = [rule for rule in rules if rule.name.lower() == name.lower()]
    if name.lower() in clauses:
        return [_clause(linter, linter.ruleset.clauses[clauses[name.lower()]], rules, policy)]
    if exact or len(rules) == 1:
        return [_rule(linter, (exact or list(rules))[0])]
    if "-" in name:
        return [_rule(linter, rule) for rule in rules]
    return list(_clauses(linter, rules, policy))


def everything(linter: Linter, policy: PolicyText | None) -> list[ClauseEntry]:
    """Every clause with the rules in force, in the policy's order."""
    return list(_clauses(linter, linter.rules, policy))


def _clauses(linter: Linter, rules: Iterable[Rule], policy: PolicyText | None) -> Iterator[ClauseEntry]:
    by_clause: dict[str, list[Rule]] = {}
    for rule in rules:
        by_clause.setdefault(rule.clause, []).append(rule)
    for clause, its in by_clause.items():
        yield _clause(linter, linter.ruleset.clauses[clause], its, policy)


def _clause(linter: Linter, clause: Clause, rules: Iterable[Rule], policy: PolicyText | None) -> ClauseEntry:
    there = linter.config.policy_clauses.get(clause.name, clause.name)
    words = policy.clause(there) if policy is not None else ()
    return ClauseEntry(
        name=clause.name,
        title=clause.title,
        citation=linter.context.profile.citation(clause.name),
        asks=plain(clause.asks),
        about=clause.about,
        see=clause.see,
        rules=tuple(_rule(linter, rule) for rule in rules),
        policy=words,
        lacking=f"{policy.path.name} has no clause {there}" if policy is not None and not words else "",
    )


def _rule(linter: Linter, rule: Rule) -> RuleEntry:
    return RuleEntry(
        name=rule.name,
        title=rule.title,
        clause=rule.clause,
        clause_title=linter.ruleset.clauses[rule.clause].title,
        citation=linter.context.profile.citation(rule.clause),
        severity=linter.config.severity_of(rule.name) or rule.severity,
        terms=f"applies to {', '.join(sorted(rule.roles))} posts{_terms(rule)}",
        about=plain(rule.about),
        message=plain(rule.message),
        suggestion=plain(rule.suggestion),
        breaks=tuple(_shown(example) for example in rule.examples if example.breaks),
        keeps=tuple(_shown(example) for example in rule.examples if not example.breaks),
        see=rule.see,
    )


def _terms(rule: Rule) -> str:
    terms = {
        "required": "; only where the post refers to the District",
        "lowers": "; one severity lower where the post does not refer to the District",
        "ignored": "",
    }[rule.reference]
    marked = {True: "; only posts marked as authorized", False: "; only posts not marked as authorized", None: ""}
    return terms + ("; only of an author known as an employee" if rule.employee else "") + marked[rule.authorized]


def _shown(example: Example) -> Shown:
    post = example.post
    author = post.get("author")
    told = [f"{post['role']} post"] if "role" in post else []
    if isinstance(author, Mapping):
        told += [f"{_AUTHOR.get(name, name)}: {value}" for name, value in author.items() if value]
    told += [f"group: {post['group']}"] if post.get("group") else []
    told += [_attached(media) for media in post.get("media") or ()]
    told += ["authorized"] if post.get("authorized") else []
    return Shown(plain(str(post["text"])), "; ".join(told))


_AUTHOR = {"bio": "profile", "email": "account's address"}


def _attached(media: Any) -> str:
    if not isinstance(media, Mapping):
        return f"attached: {media}"
    described = f", “{media['alt']}”" if media.get("alt") else ""
    return f"attached: {media.get('path') or media.get('kind') or 'a picture'}{described}"


def plain(text: str) -> str:
    """`text` on one line."""
    return " ".join(text.split())
