"""The archive of X (Twitter): scripts that assign JSON, `data/tweets.js` and its parts.

Read are tweets (also those deleted and those of communities), notes (the full text of tweets that `tweets.js` holds
only the beginning of) and the account with its e-mail and profile text. Two older layouts are read too: tweets without
a wrapper, and the monthly files of before 2018 (`data/js/tweets/2015_01.js`). Facts: the archive's own README and
`manifest.js`, and public parsers of it (see examples/exports/x/README.md).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import PurePosixPath
from typing import Any, ClassVar

from policy428.errors import InputError
from policy428.exports import Options, register
from policy428.exports.moments import moment
from policy428.exports.posting import make_post
from policy428.exports.tree import Member, Tree
from policy428.exports.xscripts import account_of, first, folders, items, string
from policy428.post import Author, Kind, Media, Post
from policy428.readers import Item

_TWEETS = frozenset({"tweet", "tweets", "community_tweet", "deleted_tweets", "deleted_tweet"})
_NOTES = frozenset({"note_tweet", "deleted_note_tweet"})
_MESSAGES = frozenset({"direct_messages", "direct_message", "direct_messages_group", "direct_message_group"})
_RESHARED = re.compile(r"^RT @\w{1,30}:")
_STATUS = re.compile(r"^https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(\w{1,30})/status/\d{1,20}", re.IGNORECASE)
_SHORTENED = re.compile(r"(?:\s*https://t\.co/\w{1,20})*\s*…?(?:\s*https://t\.co/\w{1,20})*\s*$")
_ADDRESSED = re.compile(r"^(?:@\w{1,30}\s{1,4})+")
_MONTHS = {name: number for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
_ZONED = re.compile(r" ([+-]\d{4})$")
_CREATED = re.compile(r"^\w{3} (\w{3}) (\d{1,2}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d) (\d{4})$")


@dataclass(slots=True)
class _Note:
    """The full text of a long tweet, and where it stood."""

    member: Member
    record: int
    id: str | None
    text: str
    time: datetime | None
    used: bool = False


@register
class XArchive:
    """Posts of X, as its archive holds them."""

    name: ClassVar[str] = "x"
    title: ClassVar[str] = "X (Twitter) archive"
    platform: ClassVar[str] = "x"
    rank: ClassVar[int] = 10

    def claims(self, tree: Tree) -> Sequence[Member]:
        claimed = []
        for folder in folders(tree).values():
            account = account_of(folder)
            claimed += [
                member
                for kind, member in folder
                if kind in _TWEETS
                or kind in _NOTES
                or (account.member is not None and member.name == account.member.name)
            ]
        return claimed

    def aside(self, tree: Tree) -> Sequence[Member]:
        """All else that an archive assigns: who one is and follows, what one liked, what was advertised."""
        return [member for folder in folders(tree).values() for _, member in folder]

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        wanted = {member.name for member in members}
        for folder in folders(tree).values():
            chosen = [(kind, member) for kind, member in folder if member.name in wanted]
            if not chosen:
                continue
            reader = _Reader(tree, folder, options)
            yield from reader.account(wanted)
            yield from reader.posts(chosen)
            if options.messages:
                yield from reader.messages()


class _Reader:
    """Reads one archive."""

    def __init__(self, tree: Tree, folder: Sequence[tuple[str, Member]], options: Options) -> None:
        self._folder = folder
        self._options = options
        self._account = account_of(folder)
        self._notes: dict[int, list[_Note]] = {}
        self._loose: list[_Note] = []
        self._whole = tree.bounds.whole_bytes

    def account(self, wanted: set[str]) -> Iterator[Item]:
        """The account's profile text and e-mail, once."""
        account = self._account
        if account.member is None or account.member.name not in wanted:
            return
        author = account.author
        yield make_post(
            account.member,
            self._options,
            author.bio or "",
            platform="x",
            record=1,
            field=account.field,
            kind="profile",
            author=Author(author.name, account.email, author.handle, author.bio),
            id=f"profile:{account.number or author.handle}" if account.number or author.handle else None,
            permalink=f"https://x.com/{author.handle}" if author.handle else None,
        )

    def posts(self, chosen: Sequence[tuple[str, Member]]) -> Iterator[Item]:
        """Tweets, with the full text where a note has it, then the notes that belong to no tweet."""
        promised = self._promised()
        notes = [member for kind, member in chosen if kind in _NOTES]
        kept = [member for member in notes if member.size <= self._whole]
        for member in kept:
            yield from self._take_notes(member)
        for kind, member in chosen:
            if kind in _TWEETS:
                yield from self._counted(member, promised, self._tweets(member, kind))
        for notes_at in (*self._notes.values(), self._loose):
            for note in notes_at:
                if not note.used:
                    yield self._note_post(note)
        for member in notes:
            if member not in kept:
                for item in items(member):
                    read = _note(member, item)
                    yield read if isinstance(read, InputError) else self._note_post(read)

    def messages(self) -> Iterator[Item]:
        """The private messages that the account itself sent."""
        for kind, member in self._folder:
            if kind not in _MESSAGES:
                continue
            for item in items(member):
                if isinstance(item, InputError):
                    yield item
                    continue
                number, record = item
                talk = record.get("dmConversation") if isinstance(record, Mapping) else None
                said = talk.get("messages") if isinstance(talk, Mapping) else None
                for index, message in enumerate(said if isinstance(said, list) else ()):
                    sent = message.get("messageCreate") if isinstance(message, Mapping) else None
                    if not isinstance(sent, Mapping) or not isinstance(sent.get("text"), str):
                        continue
                    if self._account.number and str(sent.get("senderId")) != self._account.number:
                        continue
                    yield make_post(
                        member,
                        self._options,
                        html.unescape(sent["text"]),
                        platform="x",
                        record=number,
                        field=f"dmConversation.messages[{index}].messageCreate.text",
                        kind="message",
                        author=self._account.author,
                        id=string(sent.get("id")),
                        time=moment(sent.get("createdAt")),
                    )

    def _promised(self) -> dict[str, int]:
        """How many records the manifest promises in each file."""
        _, manifest = first(self._folder, "manifest")
        types = manifest.get("dataTypes")
        counts: dict[str, int] = {}
        for entry in types.values() if isinstance(types, Mapping) else ():
            files = entry.get("files") if isinstance(entry, Mapping) else None
            for file in files if isinstance(files, list) else ():
                number = str(file.get("count", "")) if isinstance(file, Mapping) else ""
                if number.isascii() and number.isdigit() and len(number) < 20:
                    counts[PurePosixPath(str(file.get("fileName"))).name] = int(number)
        return counts

    def _counted(self, member: Member, promised: Mapping[str, int], items: Iterator[Item]) -> Iterator[Item]:
        """`items`, and a word where the manifest promises more of them and no error said why."""
        count, failed = 0, False
        for item in items:
            failed = failed or isinstance(item, InputError)
            count += 1
            yield item
        expected = promised.get(PurePosixPath(member.name).name, 0)
        if count < expected and not failed:
            yield member.error(
                f"the manifest counts {expected} posts in this file, and it holds {count}",
                hint="download the archive again",
            )

    def _tweets(self, member: Member, kind: str) -> Iterator[Item]:
        for item in items(member):
            if isinstance(item, InputError):
                yield item
                continue
            number, record = item
            wrapped = record.get("tweet")
            tweet = wrapped if isinstance(wrapped, Mapping) else record
            text = next((tweet[key] for key in ("full_text", "text") if isinstance(tweet.get(key), str)), None)
            if text is None:
                yield member.error("the post has no text", record=number)
                continue
            field = "full_text" if isinstance(tweet.get("full_text"), str) else "text"
            field = f"tweet.{field}" if tweet is wrapped else field
            yield self._tweet(member, number, tweet, html.unescape(text), field)

    def _tweet(self, member: Member, number: int, tweet: Mapping[str, Any], text: str, field: str) -> Post:
        time = _created(tweet.get("created_at"))
        note = self._note_of(text, time)
        if note is not None:
            note.used = True
            member, number, text, field = note.member, note.record, note.text, "noteTweet.core.text"
        handle = self._account.author.handle
        own = string(tweet.get("id_str")) or string(tweet.get("id"))
        return make_post(
            member,
            self._options,
            text,
            platform="x",
            record=number,
            field=field,
            kind=self._kind(tweet, text),
            author=self._account.author,
            media=_media(tweet),
            group=string(tweet.get("community_id_str")) or string(tweet.get("community_id")),
            id=own,
            time=time.isoformat() if time else moment(_ZONED.sub(r"\1", string(tweet.get("created_at")) or "")),
            permalink=f"https://x.com/{handle or 'i/web'}/status/{own}" if own else None,
        )

    def _kind(self, tweet: Mapping[str, Any], text: str) -> Kind:
        if _RESHARED.match(text) or isinstance(tweet.get("retweeted_status"), Mapping):
            return "reshare"
        if string(tweet.get("quoted_status_id_str")) or string(tweet.get("quoted_status_id")):
            return "quote"
        handle = (self._account.author.handle or "").lower()
        for url in _list(tweet, "entities", "urls"):
            found = _STATUS.match(str(url.get("expanded_url")))
            if found and found.group(1).lower() != handle:
                return "quote"
        answered = string(tweet.get("in_reply_to_user_id_str")) or string(tweet.get("in_reply_to_user_id"))
        replies = answered or any(
            string(tweet.get(key)) for key in ("in_reply_to_status_id_str", "in_reply_to_status_id")
        )
        # An answer to oneself goes on with a thread.
        return "comment" if replies and (answered is None or answered != self._account.number) else "post"

    def _take_notes(self, member: Member) -> Iterator[InputError]:
        for item in items(member):
            note = _note(member, item)
            if isinstance(note, InputError):
                yield note
            elif note.time is None:
                self._loose.append(note)
            else:
                self._notes.setdefault(int(note.time.timestamp()), []).append(note)

    def _note_of(self, text: str, time: datetime | None) -> _Note | None:
        """The note that `text` is the beginning of: made in the same moment, and it begins alike."""
        if time is None or not self._notes:
            return None
        start = _begins(_SHORTENED.sub("", text))
        second = int(time.timestamp())
        for near in (second, second - 1, second + 1, second - 2, second + 2):
            for note in self._notes.get(near, ()):
                if not note.used and len(start) >= 20 and _begins(note.text).startswith(start):
                    return note
        return None

    def _note_post(self, note: _Note) -> Post:
        return make_post(
            note.member,
            self._options,
            note.text,
            platform="x",
            record=note.record,
            field="noteTweet.core.text",
            author=self._account.author,
            id=note.id,
            time=note.time.isoformat() if note.time else None,
        )


def _note(member: Member, item: tuple[int, Any] | InputError) -> _Note | InputError:
    if isinstance(item, InputError):
        return item
    number, record = item
    inner = next((value for value in record.values() if isinstance(value, Mapping)), record)
    inner = record if isinstance(record.get("core"), Mapping) else inner
    core = inner.get("core")
    text = core.get("text") if isinstance(core, Mapping) else None
    if not isinstance(text, str):
        return member.error("the note has no text", record=number)
    written = moment(inner.get("createdAt"))
    time = datetime.fromisoformat(written) if written else None
    time = time.replace(tzinfo=UTC) if time is not None and time.tzinfo is None else time
    return _Note(member, number, string(inner.get("noteTweetId")), html.unescape(text), time)


def _created(value: Any) -> datetime | None:
    """`Wed Oct 10 20:19:24 +0000 2018`, whatever language the machine speaks."""
    found = _CREATED.match(value) if isinstance(value, str) else None
    if found is None or found.group(1) not in _MONTHS:
        return None
    month, day, hour, minute, second, sign, ahead, past, year = found.groups()
    zone = timedelta(hours=int(ahead), minutes=int(past)) * (-1 if sign == "-" else 1)
    try:
        local = datetime(int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second))
        return local.replace(tzinfo=timezone(zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _begins(text: str) -> str:
    """The beginning of a text as tweets and notes share it: no answered handles, blanks all alike."""
    return " ".join(_ADDRESSED.sub("", text.strip()[:1000]).split())


def _media(tweet: Mapping[str, Any]) -> tuple[Media, ...]:
    entries = _list(tweet, "extended_entities", "media") or _list(tweet, "entities", "media")
    return tuple(
        Media(
            path=string(entry.get("media_url_https")) or string(entry.get("media_url")) or "",
            alt=string(entry.get("ext_alt_text")) or string(entry.get("alt_text")),
            kind="video" if entry.get("type") in ("video", "animated_gif") else "image",
        )
        for entry in entries
    )


def _list(tweet: Mapping[str, Any], *keys: str) -> list[Mapping[str, Any]]:
    value: Any = tweet
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list) else []
