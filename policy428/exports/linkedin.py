"""The archive of LinkedIn: `Shares.csv`, `Comments.csv`, articles and the profile, each in a dialect of its own.

In `Shares.csv` each line's end inside a commentary may be written between quotes of its own, so that a plain CSV reader
gives `"` newline `"`; `Comments.csv` escapes quotes with a backslash. File names may end in the member's number
(`Shares_155814142.csv`), so files are known by their columns. Facts: public archives' layouts and cleaners of them
(see examples/exports/linkedin/README.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import ClassVar
from urllib.parse import unquote

from policy428.errors import InputError
from policy428.exports import Options, register
from policy428.exports.linkedinarticle import is_article, read_article
from policy428.exports.moments import moment
from policy428.exports.posting import NOBODY, joined, make_post
from policy428.exports.rewritten import doubled_quotes, rewritten
from policy428.exports.table import header, rows
from policy428.exports.tree import Member, Tree, suffix
from policy428.post import Author, Media, Post
from policy428.readers import Item

_COLUMNS: Mapping[str, frozenset[str]] = {
    "shares": frozenset({"sharelink", "sharecommentary"}),
    "comments": frozenset({"date", "link", "message"}),
    "messages": frozenset({"conversationid", "from", "content"}),
    "profile": frozenset({"firstname", "lastname", "headline"}),
    "emails": frozenset({"emailaddress", "primary"}),
}
_URN = re.compile(r"urn:li:(?:share|ugcPost|activity|comment):[\w():,%-]{1,200}")
_OTHERS = frozenset(
    (
        "ad_targeting|causes you care about|certifications|company follows|connections|courses|education|"
        "email addresses|endorsement_given_info|endorsement_received_info|events|guide_messages|hashtag_follows|honors|"
        "instantreposts|inferences_about_you|invitations|job applications|job seeker preferences|languages|learning|"
        "learningcoachmessages|learning_coach_messages|learning_role_play_messages|logins|member_follows|messages|"
        "organizations|patents|phonenumbers|phone numbers|positions|private_identity_asset|profile|profile summary|"
        "projects|providers|publications|reactions|receipts|receipts_v2|recommendations_given|recommendations_received|"
        "registration|rich_media|savedjobalerts|saved jobs|saved_items|searchqueries|security challenges|"
        "services marketplace|skills|testscores|verifications|volunteering|votes|whatsapp phone numbers"
    ).split("|")
)
"""Tables of an archive that hold no posts."""
_BROKEN = '"\n"'


@dataclass(frozen=True, slots=True)
class _Account:
    author: Author = NOBODY
    email: str | None = None
    member: Member | None = None
    field: str | None = None


@register
class LinkedIn:
    """Posts and comments of LinkedIn, as its archive holds them."""

    name: ClassVar[str] = "linkedin"
    title: ClassVar[str] = "LinkedIn archive"
    platform: ClassVar[str] = "linkedin"
    rank: ClassVar[int] = 10

    def claims(self, tree: Tree) -> Sequence[Member]:
        claimed = []
        for folder in _folders(tree).values():
            if not any(kind in ("shares", "comments") for kind, _ in folder):
                # A profile or a list of addresses alone may be anybody's; its columns are common words.
                folder = [(kind, member) for kind, member in folder if kind == "profile" and _named(member, "profile")]
            holder = _account(folder).member
            claimed += [
                member
                for kind, member in folder
                if kind in ("shares", "comments") or (holder is not None and member.name == holder.name)
            ]
        return [*claimed, *(member for member in tree if is_article(member))]

    def aside(self, tree: Tree) -> Sequence[Member]:
        """The other tables of an archive: contacts, positions, reactions, logins."""
        folders = {PurePosixPath(member.name).parent for member in self.claims(tree)}
        return [m for m in tree if PurePosixPath(m.name).parent in folders and _stem(m) in _OTHERS]

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        wanted = {member.name for member in members}
        for folder in _folders(tree).values():
            if not any(member.name in wanted for _, member in folder):
                continue
            account = _account(folder)
            for kind, member in folder:
                if account.member is not None and member.name == account.member.name and member.name in wanted:
                    yield _profile(account, member, options)
                elif kind == "shares" and member.name in wanted:
                    yield from _shares(member, account.author, options)
                elif kind == "comments" and member.name in wanted:
                    yield from _comments(member, account.author, options)
                elif kind == "messages" and options.messages:
                    yield from _messages(member, account.author, options)
        author = _writer(tree)
        for member in members:
            if is_article(member):
                try:
                    yield read_article(member, author, options)
                except InputError as error:
                    yield error


def _folders(tree: Tree) -> dict[str, list[tuple[str, Member]]]:
    """The tables of each archive in `tree`, with what they hold."""
    folders: dict[str, list[tuple[str, Member]]] = {}
    for member in tree:
        if (suffix(member) != ".csv" and not member.alone) or not _looks(member.head()):
            continue
        columns = {_key(name) for name in header(member)}
        kind = next((kind for kind, needed in _COLUMNS.items() if needed <= columns), None)
        if kind is None or (kind == "comments" and not _is_comments(member, columns)):
            continue
        path = PurePosixPath(member.name)
        folders.setdefault(str(path.parent), []).append((kind, member))
    return folders


def _looks(head: bytes) -> bool:
    """Whether a table may be LinkedIn's at all, before its header is read."""
    line = head.split(b"\n", 1)[0].lower()
    return any(word in line for word in (b"share", b"message", b"content", b"first name", b"email"))


def _is_comments(member: Member, columns: set[str]) -> bool:
    """`Date,Link,Message` is anybody's: a schedule has the same columns, so the name or a link has to tell."""
    return columns == _COLUMNS["comments"] and (_named(member, "comments") or b"linkedin.com" in member.head())


def _named(member: Member, word: str) -> bool:
    return PurePosixPath(member.name).name.lower().startswith(word)


def _stem(member: Member) -> str:
    """The name of a table without the member's number."""
    return re.sub(r"_\d{4,20}$", "", PurePosixPath(member.name).stem.casefold())


def _account(folder: Sequence[tuple[str, Member]]) -> _Account:
    """The account by `Profile.csv` and `Email Addresses.csv`."""
    author, email, holder, field = Author(), None, None, None
    for kind, member in folder:
        if kind == "profile":
            record = next(_records(rewritten(member, doubled_quotes)), None)
            if isinstance(record, tuple):
                cells = record[1]
                name = " ".join(part for part in (cells.get("firstname"), cells.get("lastname")) if part)
                bio = joined(cells.get("headline"), cells.get("summary"))
                author, holder, field = Author(name=name or None, bio=bio or None), member, "Headline+Summary"
        elif kind == "emails":
            for record in _records(member):
                if isinstance(record, tuple) and (email is None or record[1].get("primary", "").lower() == "yes"):
                    email = record[1].get("emailaddress") or email
            if holder is None:
                holder, field = member, "Email Address"
    return _Account(author, email, holder, field)


def _writer(tree: Tree) -> Author:
    """Whose articles they are: they lie in a folder of their own, and tell no name."""
    authors = {_account(folder).author for folder in _folders(tree).values()} - {NOBODY}
    return authors.pop() if len(authors) == 1 else NOBODY


def _profile(account: _Account, member: Member, options: Options) -> Post:
    return make_post(
        member,
        options,
        account.author.bio or "",
        platform="linkedin",
        record=1,
        field=account.field,
        kind="profile",
        author=replace(account.author, email=account.email),
    )


def _shares(member: Member, author: Author, options: Options) -> Iterator[Item]:
    for item in _records(member):
        if isinstance(item, InputError):
            yield item
            continue
        number, cells = item
        text = _mended(cells.get("sharecommentary", ""))
        media = cells.get("mediaurl", "").strip()
        shared = cells.get("sharedurl", "").strip()
        link = cells.get("sharelink", "").strip()
        yield make_post(
            member,
            options,
            text,
            platform="linkedin",
            record=number,
            field="ShareCommentary",
            # Without a word of one's own, what was shared is another's.
            kind="post" if text.strip() or media else "reshare",
            author=author,
            media=(Media(path=media),) if media else (),
            id=_urn(link),
            time=moment(cells.get("date")),
            permalink=link or shared,
        )


def _comments(member: Member, author: Author, options: Options) -> Iterator[Item]:
    for item in _records(rewritten(member, doubled_quotes)):
        if isinstance(item, InputError):
            yield item
            continue
        number, cells = item
        yield make_post(
            member,
            options,
            cells.get("message", ""),
            platform="linkedin",
            record=number,
            field="Message",
            kind="comment",
            author=author,
            time=moment(cells.get("date")),
            permalink=cells.get("link", "").strip(),
        )


def _messages(member: Member, author: Author, options: Options) -> Iterator[Item]:
    for item in _records(rewritten(member, doubled_quotes)):
        if isinstance(item, InputError):
            yield item
            continue
        number, cells = item
        if author.name and cells.get("from", "").strip() != author.name:
            continue
        yield make_post(
            member,
            options,
            cells.get("content", ""),
            platform="linkedin",
            record=number,
            field="CONTENT",
            kind="message",
            author=author,
            time=moment(cells.get("date")),
        )


def _records(member: Member) -> Iterator[tuple[int, Mapping[str, str]] | InputError]:
    for item in rows(member):
        yield item if isinstance(item, InputError) else (item[0], {_key(k): v for k, v in item[1].items()})


def _mended(text: str) -> str:
    """A commentary with its lines as they were written."""
    text = text.replace("\r\n", "\n")
    if _BROKEN in text and "\n" not in text.replace(_BROKEN, ""):
        text = text.replace(_BROKEN, "\n")
        if len(text) > 1 and text[0] == text[-1] == '"' and text[1:-1].count('"') % 2 == 0:
            text = text[1:-1]
    return text


def _urn(link: str) -> str | None:
    """The id in a post's address, where it has one."""
    found = _URN.search(unquote(link[:2000]))
    return found.group() if found else None


def _key(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
