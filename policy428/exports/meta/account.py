"""Whose export it is: name, handle and profile text for every post, the registered e-mail for one post alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from policy428.errors import InputError
from policy428.exports import Options
from policy428.exports.jsonstream import repaired, value
from policy428.exports.meta import root_of
from policy428.exports.meta.labels import plain
from policy428.exports.meta.parts import listed, mapped, words
from policy428.exports.posting import make_post
from policy428.exports.tree import Member
from policy428.post import Author, Post

_ARCHIVE = re.compile(r"(?:facebook|instagram|meta)-([^/]{1,80}?)-\d[\d._-]{3,20}")
_PART = re.compile(r"[ _.-]{0,3}(?:part|teil|parte|partie)?[ _.-]{0,3}\(?\d{1,3}\)?(?=\.zip|\.tar|\.tgz|/|\Z)")
_EMAIL = re.compile(r"[^\s@<>,;]{1,64}@[^\s@<>,;]{1,255}\.[^\s@<>,;]{2,63}")
_HANDLES = frozenset(
    (
        *("username", "user name", "nombre de usuario", "nom d’utilisateur", "nom d'utilisateur", "nom de profil"),
        *("benutzername", "nome de usuário", "nome utente", "gebruikersnaam", "användarnamn", "brugernavn"),
        *("brukernavn", "nazwa użytkownika", "kullanıcı adı", "имя пользователя", "ユーザーネーム", "사용자 이름"),
        *("用户名", "用戶名稱", "tên người dùng", "magaca isticmaalaha"),
    )
)
_NAMES = frozenset(
    (
        *("name", "full name", "nombre", "nombre completo", "nom", "nom complet", "nome", "nome completo", "naam"),
        *("namn", "navn", "imię i nazwisko", "ad", "имя", "名前", "이름", "姓名", "名字", "名稱", "tên", "magaca"),
    )
)
_BIOS = frozenset(
    (
        *("bio", "biography", "biografía", "presentación", "biographie", "steckbrief", "biografia", "biografie"),
        *("presentation", "biyografi", "биография", "о себе", "自己紹介", "소개", "个人简介", "個人簡介", "tiểu sử"),
    )
)


@dataclass(frozen=True, slots=True)
class Account:
    """An account.

    Attributes:
        author: its name, handle and bio.
        emails: the addresses it is registered with.
        work: what its owner says to work as, a line each.
    """

    author: Author = field(default_factory=Author)
    emails: tuple[str, ...] = ()
    work: tuple[str, ...] = ()

    @property
    def known(self) -> Author:
        """The author of a post: what people see of the account, work included."""
        bio = "\n".join(text for text in (self.author.bio, *self.work) if text)
        return replace(self.author, bio=bio or None)

    def called(self, handle: str) -> Account:
        """The account under a handle."""
        return replace(self, author=replace(self.author, handle=handle))


NOBODY = Account()


class Accounts:
    """Whose each file of a source is: a folder may hold the exports of several people, or one export in parts.

    Args:
        profiles: the profile files.
        read: reads one; raises InputError where it cannot.
    """

    def __init__(self, profiles: Iterable[Member], read: Callable[[Member], Account] | None = None) -> None:
        self._read = read or read_account
        self._profiles: dict[tuple[str, str], Member] = {}
        for profile in profiles:
            self._profiles.setdefault(_export(profile), profile)
        self._known: dict[tuple[str, str], Account] = {}

    def of(self, member: Member) -> Account:
        """The account whose export `member` is of; nobody where that cannot be told."""
        export = _export(member)
        if export not in self._known:
            self._known[export] = self._account(export)
        return self._known[export]

    def _account(self, export: tuple[str, str]) -> Account:
        profile = self._profiles.get(export)
        if profile is None:
            # Of the parts of an export one holds the profile; another person's export is not of the same name.
            parts = [known for other, known in self._profiles.items() if _called(other) == _called(export)]
            if len(parts) != 1:
                return NOBODY
            profile = parts[0]
        try:
            return self._read(profile)
        except InputError:
            return NOBODY


def _export(member: Member) -> tuple[str, str]:
    return member.source, root_of(member)


def _called(export: tuple[str, str]) -> str:
    """What the parts of one export are all called: the name of its owner, or the path without the part's number."""
    path = "/".join(export).replace("\\", "/").casefold()
    found = _ARCHIVE.search(path)
    return found[1] if found else _PART.sub("", path)


def read_account(member: Member) -> Account:
    """What the profile file `member` says.

    Raises:
        InputError: it cannot be read.
    """
    record = repaired(value(member))
    if not isinstance(record, dict):
        return NOBODY
    for key, inner in record.items():
        if key in ("profile_v2", "profile"):
            return _facebook(mapped(inner))
        if isinstance(inner, list | dict) and ("profile" in key or "personal" in key):
            for _, item in listed(inner):
                fields = item.get("string_map_data")
                if isinstance(fields, dict):
                    return from_labels((name, mapped(entry).get("value")) for name, entry in fields.items())
    if "label_values" in record:
        return from_labels((entry.get("label"), entry.get("value")) for _, entry in listed(record["label_values"]))
    return _old(record)


def profile_posts(member: Member, account: Account, options: Options, *, platform: str) -> Iterator[Post]:
    """The profile as a post, so that its text and its e-mail are judged once; one more for each further address."""
    for number, email in enumerate(account.emails or (None,)):
        yield make_post(
            member,
            options,
            (account.author.bio or "") if number == 0 else "",
            platform=platform,
            record=1,
            field="bio" if number == 0 and account.author.bio else None,
            kind="profile",
            author=replace(account.known, email=email),
        )


def _facebook(profile: Mapping[str, Any]) -> Account:
    name = profile.get("name")
    full = words(name) or words(mapped(name).get("full_name"))
    bio = next(
        (text for key in ("intro_bio", "bio", "about_me", "about", "intro") if (text := _said(profile.get(key)))), None
    )
    handle = words(profile.get("username"))
    emails = profile.get("emails")
    addresses = emails if isinstance(emails, list) else mapped(emails).get("emails")
    work = [
        ", ".join(part for part in (_said(job.get("title")), _said(job.get("employer"))) if part)
        for _, job in listed(profile.get("work_experiences"))
        if not job.get("end_timestamp")
    ]
    return Account(
        Author(name=full, handle=handle, bio=bio), _addresses(addresses), tuple(line for line in work if line)
    )


def _said(value: Any) -> str | None:
    """A text that may be written as an object around it."""
    inner = mapped(value)
    return words(value) or next((text for key in ("name", "text", "value") if (text := words(inner.get(key)))), None)


def from_labels(entries: Iterable[tuple[Any, Any]]) -> Account:
    """The account that labels and their values tell of; an e-mail is known by its shape, whatever its label."""
    found: dict[str, str] = {}
    emails: list[str] = []
    for label, written in entries:
        text = words(written)
        if text is None:
            continue
        for name, known in (("handle", _HANDLES), ("name", _NAMES), ("bio", _BIOS)):
            if plain(label) in known:
                found.setdefault(name, text)
                break
        else:
            emails += text.split()
    return Account(Author(**found), _addresses(emails))


def _old(profile: Mapping[str, Any]) -> Account:
    """The plain object that Instagram wrote until 2019."""
    return Account(
        Author(
            name=words(profile.get("name")), handle=words(profile.get("username")), bio=words(profile.get("biography"))
        ),
        _addresses([profile.get("email")]),
    )


def _addresses(values: Any) -> tuple[str, ...]:
    texts = [item.strip() for item in values if isinstance(item, str)] if isinstance(values, list) else []
    return tuple(dict.fromkeys(text for text in texts if _EMAIL.fullmatch(text)))
