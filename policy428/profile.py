"""A school district as the linter knows it: names, schools, towns, mascots, addresses, and what only looks like it.

A profile is data. The packaged one describes the district whose policy gave the tool its name; another district
writes its own file of the same shape (`policy428 init`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from policy428.errors import ConfigError, did_you_mean
from policy428.plugins import installed_packs
from policy428.resources import data_folder
from policy428.rule import META
from policy428.section import Section
from policy428.yamlfile import YamlFile, read

PACKAGED = "district-2143"

_LISTS = (
    "names",
    "aliases",
    "towns",
    "places",
    "lakes",
    "teams",
    "mascots",
    "hashtags",
    "programs",
    "common_programs",
    "opponents",
    "email_domains",
    "web_domains",
    "phones",
    "addresses",
    "emails",
    "official_accounts",
    "designees",
    "logo_words",
)
_TEXTS = ("id", "name", "policy", "homepage", "disclaimer")
_KEYS = (*_TEXTS, *_LISTS, "citations", "schools", "look_alikes")


@dataclass(frozen=True, slots=True)
class School:
    """A school, office or building of the District."""

    name: str
    aliases: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    phone: str = ""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Something that shares a word with the District and is not it.

    Attributes:
        of: words of the profile that it is mistaken for ("Bucs", "Waterville").
        phrases: wordings that hold such a word ("Elysian Fields"); only that mention is set aside.
        beside: words that, anywhere in the same post, show the other thing is meant ("Tampa", "Maine").
    """

    of: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A district. Compared by identity, so that what is compiled from it can be kept beside it.

    Attributes:
        id: short name, `district-2143`.
        name: full name, for messages.
        policy: number of its social-media policy, `428`.
        citations: clause to citation text, where it is not `Policy {policy} § {clause}`.
        names: full names; matched in any case.
        aliases: short names and acronyms; in capitals, or in lower case as whole words.
        schools: schools, offices and buildings.
        towns: towns served; a town alone is a weak reference.
        places: further neighbourhoods' names, such as trails and counties; never a reference by themselves.
        lakes: lakes, for telling place names from people.
        teams: team names that hold no alias ("Bucs volleyball").
        mascots: nicknames in a school sense ("Buccaneers", "Bucs", "Go Bucs").
        hashtags: without `#`.
        programs: programs whose name is the District's own.
        common_programs: programs that other districts have too; weak by themselves.
        opponents: other schools met in sports; not the District.
        email_domains, web_domains: without `@` and `www.`.
        phones, addresses, emails: published ones of offices and shared mailboxes.
        homepage: address of the web site.
        official_accounts: handles and pages of the District, `@wem...` or addresses.
        designees: people or titles who may speak for the District.
        look_alikes: what shares a word with the District and is not it.
        disclaimer: wording to suggest.
        logo_words: names of its logo, crest, seal and mascot art.
        path: file it came from.
    """

    id: str
    name: str
    policy: str = "428"
    citations: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    schools: tuple[School, ...] = ()
    towns: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    lakes: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    mascots: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    common_programs: tuple[str, ...] = ()
    opponents: tuple[str, ...] = ()
    email_domains: tuple[str, ...] = ()
    web_domains: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    homepage: str = ""
    official_accounts: tuple[str, ...] = ()
    designees: tuple[str, ...] = ()
    look_alikes: tuple[LookAlike, ...] = ()
    disclaimer: str = "The views here are my own and not those of my employer."
    logo_words: tuple[str, ...] = ()
    path: str = ""

    def citation(self, clause: str) -> str:
        """How a clause is cited: the profile's own wording, or `Policy 428 § IV.B`."""
        if clause == META:
            return "suppressions of policy428"
        return self.citations.get(clause) or f"Policy {self.policy} § {clause}"

    @property
    def published_phones(self) -> tuple[str, ...]:
        """All published telephone numbers, those of schools included."""
        return tuple(dict.fromkeys((*self.phones, *(school.phone for school in self.schools if school.phone))))


def load(path: Path | str) -> Profile:
    """Reads a profile.

    Raises:
        ConfigError: the file cannot be read or is wrong, with its line and column.
    """
    return from_yaml(read(Path(path), ConfigError))


def from_yaml(file: YamlFile) -> Profile:
    """The profile in a parsed file; see `load`."""
    top = Section(file)
    top.check_keys(_KEYS)
    top.required("name")
    values: dict[str, Any] = {name: top.string(name) for name in _TEXTS if name in top}
    values.setdefault("id", file.path.stem)
    values.update({name: top.strings(name) for name in _LISTS})
    return Profile(
        **values,
        citations=top.table("citations"),
        schools=tuple(_school(part) for part in top.sections("schools")),
        look_alikes=tuple(_look_alike(part) for part in top.sections("look_alikes")),
        path=str(file.path),
    )


@cache
def packaged(name: str = PACKAGED) -> Profile:
    """A profile shipped with the package or with an installed pack, read once a process.

    Raises:
        ConfigError: there is no such profile.
    """
    shipped = data_folder("profiles") / f"{name}.yaml"
    if name == PACKAGED and shipped.is_file():
        return load(shipped)
    files = _packaged_files()
    if name not in files:
        raise ConfigError(f"there is no packaged profile “{name}”", hint=did_you_mean(name, files))
    return load(files[name])


def packaged_names() -> tuple[str, ...]:
    """Names of the profiles shipped with the package and with installed packs."""
    return tuple(sorted(_packaged_files()))


def _packaged_files() -> dict[str, Path]:
    """Profiles by name; of two of one name the package's own, so that no pack changes what a name has always meant."""
    folders = [*(pack / "profiles" for pack in installed_packs()), data_folder("profiles")]
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.yaml"))}


def _school(part: Section) -> School:
    part.check_keys(("name", "aliases", "towns", "phone"))
    return School(part.required("name"), part.strings("aliases"), part.strings("towns"), part.string("phone"))


def _look_alike(part: Section) -> LookAlike:
    part.check_keys(("of", "phrases", "beside"))
    return LookAlike(part.strings("of"), part.strings("phrases"), part.strings("beside"))
