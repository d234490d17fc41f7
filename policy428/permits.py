"""The register of permissions and consents: who may use what, granted by whom, from when to when.

A permission claimed in a post is no record of one. A line of the register counts when its kind fits, its subject
fits, somebody granted it, and it is in force on the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from policy428.errors import ConfigError, Place
from policy428.rosters import plain
from policy428.section import Section
from policy428.table import Row, read_table
from policy428.yamlfile import read

COLUMNS = {
    "who": ("subject", "name", "person", "student", "employee", "group", "account", "holder", "to whom"),
    "what": ("kind", "type", "permission", "consent", "for"),
    "scope": ("use", "limits", "where", "purpose", "notes"),
    "granted_by": ("by", "granted by", "approved by", "signed by", "authorized by"),
    "from": ("start", "since", "granted", "granted on", "date", "signed", "valid from"),
    "to": ("end", "until", "expires", "through", "valid to", "valid until", "expiry"),
}
_YAML_KEYS = ("who", "what", "scope", "granted_by", "from", "to")

# What a register's words permit. A consent to photographs is none to publish a pupil's work.
KINDS: dict[str, tuple[str, ...]] = {
    "logo": ("logo", "crest", "seal", "mascot", "emblem", "wordmark", "letterhead", "branding", "artwork"),
    "photo": ("photo", "picture", "image", "portrait", "face", "likeness", "media", "yearbook photo"),
    "video": ("video", "film", "recording", "stream", "livestream", "likeness", "media"),
    "audio": ("audio", "voice", "recording", "podcast", "media"),
    "work": ("work", "schoolwork", "essay", "writing", "poem", "drawing", "project", "student art"),
    "data": ("data", "record", "records", "grades", "directory", "information"),
    "profile": ("profile", "page", "account", "site", "official", "official site", "official page"),
    "speak": ("speak", "spokesperson", "statement", "press", "on behalf", "designee"),
    "copyright": ("copyright", "licence", "license", "reprint"),
}
# Other names by which a rule may ask.
_SAME = {"image": "photo", "picture": "photo", "official": "profile", "recording": "video", "consent": "photo"}
EVERYBODY = frozenset({"", "*", "all", "everyone", "everybody", "any", "anyone", "all students", "all staff"})


@dataclass(frozen=True, slots=True)
class Permit:
    """One line of the register. `who` is kept out of its `repr`."""

    who: str = field(repr=False)
    kinds: frozenset[str]
    what: str
    scope: str = ""
    granted_by: str = ""
    start: date | None = None
    end: date | None = None
    place: Place = field(default_factory=Place)

    def in_force(self, on: date) -> bool:
        """Whether the day `on` lies within the permit's dates, both included."""
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)

    def covers(self, subject: str | None) -> bool:
        """Whether the permit is for `subject`, or for everybody."""
        who = plain(self.who)
        if who in EVERYBODY or self.who.strip() == "*":
            return True
        return subject is not None and _same(who, plain(subject))


@dataclass(frozen=True, slots=True)
class Ruling:
    """The register's answer: the permit that counts, or None, and the reason in plain words without names."""

    permit: Permit | None
    reason: str

    def __bool__(self) -> bool:
        return self.permit is not None


class Permits:
    """The whole register.

    Args:
        permits: its lines.
    """

    def __init__(self, permits: Iterable[Permit] = ()) -> None:
        self.permits = tuple(permits)

    @classmethod
    def load(cls, paths: Iterable[Path]) -> Permits:
        """Reads registers, CSV or YAML by their suffix.

        Raises:
            ConfigError: a file cannot be read; a line names no kind that is known, or a date that is none.
        """
        return cls([permit for path in paths for permit in _read(path)])

    def __len__(self) -> int:
        return len(self.permits)

    def allows(self, kind: str, subject: str | None, on: date) -> Permit | None:
        """The permit of that kind for `subject` in force on the day, or None; see `ruling` for the reason."""
        return self.ruling(kind, subject, on).permit

    def ruling(self, kind: str, subject: str | None, on: date) -> Ruling:
        """Whether the register permits `kind` for `subject` on the day `on`, and why.

        Args:
            kind: logo, photo, video, audio, work, data, profile, speak, copyright, or another name of one.
            subject: the person, group or account; None asks for a permit given to everybody.
            on: the day.
        """
        kind = _SAME.get(kind.lower(), kind.lower())
        mine = [permit for permit in self.permits if permit.covers(subject)]
        right = [permit for permit in mine if kind in permit.kinds]
        for permit in right:
            if permit.granted_by and permit.in_force(on):
                until = f" until {permit.end}" if permit.end else ""
                return Ruling(permit, f"a permission for {permit.what} is recorded, in force{until} ({permit.place})")
        return Ruling(None, _refusal(kind, mine, right, on))


def _refusal(kind: str, mine: list[Permit], right: list[Permit], on: date) -> str:
    for permit in right:
        if not permit.granted_by:
            return f"the recorded permission for {permit.what} names nobody who granted it ({permit.place})"
        if permit.end is not None and permit.end < on:
            return f"the recorded permission for {permit.what} expired on {permit.end} ({permit.place})"
        return f"the recorded permission for {permit.what} begins only on {permit.start} ({permit.place})"
    if mine:
        kinds = ", ".join(sorted({permit.what for permit in mine}))
        return f"the recorded permission is for {kinds}, not for {kind}"
    return f"no permission for {kind} is recorded"


def kinds_of(what: str) -> frozenset[str]:
    """The kinds that the words of a register's line permit."""
    words = re.findall(r"\w+", what.lower())
    singular = {word.removesuffix("s") for word in words} | set(words) | {" ".join(words)}
    return frozenset(kind for kind, names in KINDS.items() if singular & {kind, *names})


def _same(who: str, subject: str) -> bool:
    if who == subject:
        return True
    mine, theirs = who.split(), subject.split()
    # "Tyler B" on one side stands for "Tyler Brandt" on the other; "@wem_ffa" for its plain name.
    if len(mine) > 1 and len(theirs) > 1 and mine[0] == theirs[0]:
        last, other = mine[-1], theirs[-1]
        return (len(last) == 1 or len(other) == 1) and last[0] == other[0]
    return who.replace(" ", "") == subject.replace(" ", "")


def _read(path: Path) -> Iterator[Permit]:
    if path.suffix.lower() in {".yaml", ".yml"}:
        yield from _read_yaml(path)
        return
    for row in read_table(path, COLUMNS, [("who",), ("what",)]):
        yield _permit(
            who=row.get("who"),
            what=row.get("what"),
            scope=row.get("scope"),
            granted_by=row.get("granted_by"),
            start=_day(row, "from"),
            end=_day(row, "to"),
            place=row.place,
        )


def _read_yaml(path: Path) -> Iterator[Permit]:
    file = read(path, ConfigError)
    if isinstance(file.data, list):
        sections = [Section(file, (number,)) for number in range(len(file.data))]
    else:
        top = Section(file)
        top.check_keys(("permits",))
        sections = list(top.sections("permits"))
    for part in sections:
        part.check_keys(_YAML_KEYS)
        yield _permit(
            who=part.string("who"),
            what=" ".join(part.strings("what")),
            scope=part.string("scope"),
            granted_by=part.string("granted_by"),
            start=part.day("from"),
            end=part.day("to"),
            place=file.place(part.key),
        )


def _permit(
    *, who: str, what: str, scope: str, granted_by: str, start: date | None, end: date | None, place: Place
) -> Permit:
    kinds = kinds_of(what)
    if not kinds:
        raise ConfigError(
            "the line does not say what is permitted", place=place, hint=f"name one of: {', '.join(sorted(KINDS))}"
        )
    if not who:
        raise ConfigError("the line does not say for whom", place=place, hint="a name, or * for everybody")
    if start and end and end < start:
        raise ConfigError("the permission ends before it begins", place=place)
    return Permit(who, kinds, what, scope, granted_by, start, end, place)


def _day(row: Row, name: str) -> date | None:
    """A date as offices write it: 2026-09-01, or 9/1/2026."""
    text = row.get(name)
    if not text:
        return None
    american = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    try:
        if american:
            month, day, year = (int(part) for part in american.groups())
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"“{name}” is not a date", place=row.place, hint="write 2026-09-01 or 9/1/2026") from None
