"""The scripts of an archive of X: each assigns JSON to a name, `window.YTD.tweets.part0 = [...]`."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from policy428.errors import InputError
from policy428.exports.jsonstream import records
from policy428.exports.posting import NOBODY
from policy428.exports.rewritten import after_equals, rewritten
from policy428.exports.tree import Member, Tree, suffix
from policy428.post import Author

_ASSIGNS = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:window\.)?YTD\.(\w{1,60}?)\.part\d{1,6}\s*=")
_MONTH = re.compile(rb"^(?:\xef\xbb\xbf)?\s*Grailbird\.data\.tweets_\d{4}_\d{2}\s*=")
_JSON = re.compile(rb"^\s*(?:\[\s*)?(?:\{\s*(?:[\"}]|$)|\]|null|$)")


@dataclass(frozen=True, slots=True)
class Account:
    """Whose archive it is."""

    author: Author = NOBODY
    email: str | None = None
    number: str | None = None
    member: Member | None = None
    field: str | None = None


def folders(tree: Tree) -> dict[str, list[tuple[str, Member]]]:
    """The scripts of each archive in `tree`, with what they assign; archives lie in folders of their own."""
    grouped: dict[str, list[tuple[str, Member]]] = {}
    for member in tree:
        if suffix(member) != ".js" and not member.alone:
            continue
        head = member.head()
        found = _ASSIGNS.match(head)
        kind = found.group(1).decode() if found else ""
        path = PurePosixPath(member.name)
        if _MONTH.match(head):
            kind, path = "tweet", path.parent
        elif path.name == "user_details.js":
            kind = "user_details"
        elif path.name == "manifest.js":
            kind = "manifest"
        if kind:
            grouped.setdefault(str(path.parent), []).append((kind, member))
    return grouped


def items(member: Member) -> Iterator[tuple[int, Any] | InputError]:
    """The records that a script assigns, or why it cannot be read."""
    script = rewritten(member, after_equals)
    if not _JSON.match(script.head(256)):
        yield member.error(
            "this is JavaScript, not the JSON that X writes: a formatter has rewritten it",
            hint="use the file as it came in the archive",
        )
        return
    yield from records(script)


def first(folder: Sequence[tuple[str, Member]], kind: str) -> tuple[Member | None, Mapping[str, Any]]:
    """The only record of the script that assigns `kind`, without its wrapper."""
    for found, member in folder:
        if found == kind and member.size < 1 << 20:
            for item in items(member):
                if not isinstance(item, InputError) and isinstance(item[1], Mapping):
                    inner = item[1].get(kind)
                    return member, inner if isinstance(inner, Mapping) else item[1]
    return None, {}


def account_of(folder: Sequence[tuple[str, Member]]) -> Account:
    """The account by `account.js` and `profile.js`, or `user_details.js` of old, or the manifest."""
    holder, account = first(folder, "account")
    described, profile = first(folder, "profile")
    if holder is None and described is None:
        holder, old = first(folder, "user_details")
        author = Author(string(old.get("full_name")), None, string(old.get("screen_name")), string(old.get("bio")))
        return Account(author, None, string(old.get("id")), holder, "bio")
    description = profile.get("description")
    bio = string(description.get("bio")) if isinstance(description, Mapping) else None
    name, handle = string(account.get("accountDisplayName")), string(account.get("username"))
    number = string(account.get("accountId"))
    if handle is None:
        _, manifest = first(folder, "manifest")
        user = manifest.get("userInfo")
        if isinstance(user, Mapping):
            name, handle = name or string(user.get("displayName")), string(user.get("userName"))
            number = number or string(user.get("accountId"))
    spoken = bio and described is not None
    return Account(
        author=Author(name=_plain(name), handle=handle, bio=_plain(bio)),
        email=string(account.get("email")),
        number=number,
        member=described if spoken or holder is None else holder,
        field="profile.description.bio" if spoken else "account.email",
    )


def string(value: Any) -> str | None:
    """A text or a number as text; None for what is neither, and for what is empty."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value) or None


def _plain(value: str | None) -> str | None:
    return html.unescape(value) if value else value
