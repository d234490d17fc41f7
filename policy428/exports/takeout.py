"""The tables of YouTube in Google Takeout: what one holds, in which columns, whatever language its header is in.

Names of files and columns are in the language of the account, so a table is known by what its cells hold: ids have
shapes, times are ISO 8601, and the text of a comment is JSON in a cell. Where shapes cannot tell, words of the header
in many languages do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from policy428.errors import InputError
from policy428.exports.table import header, rows
from policy428.exports.tree import Member, suffix

_LOOKED = 12
"""How many rows are looked at to learn what a table holds."""
_SHAPES: Mapping[str, re.Pattern[str]] = {
    "comment": re.compile(r"Ug[\w-]{20,24}(?:\.[\w-]{20,26})?"),
    "post": re.compile(r"Ug(?:kx)?[\w-]{26,36}"),
    "channel": re.compile(r"UC[\w-]{22}"),
    "time": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?"),
    "video": re.compile(r"[\w-]{11}"),
    "playlist": re.compile(r"PL[\w-]{14,40}"),
    "segments": re.compile(r'\{\s*"(?:takeoutSegments|text|link|mention|emoji|videoLink)".*', re.DOTALL),
}
_HAS: Mapping[str, tuple[str, ...]] = {
    name: tuple(words.split("|"))
    for name, words in {
        "comment": "comment|kommentar|comentario|comentário|commento|reactie|комментари|коментар|"
        "komentarz|yorum|コメント|댓글|评论|留言|تعليق|टिप्पणी|bình luận|kommentti",
        "post": "post|beitrag|publicación|publicação|publication|bericht|inlägg|запис|пост|допис|wpis|"
        "gönderi|innlegg|indlæg|投稿|게시물|帖子|貼文|منشور|bài đăng|julkaisu",
        "live": "live chat|livechat|live-chat|chat en vivo|chat en directo|chat ao vivo|chat en direct|"
        "chat dal vivo|ライブ チャット|라이브 채팅|实时聊天|聊天室",
        "title": "title|titel|título|titulo|titre|titolo|назва|tytuł|başlık|tittel|タイトル|제목|标题|"
        "標題|عنوان|शीर्षक|tiêu đề|otsikko",
        "description": "description|beschreibung|descripción|descrição|descrizione|beschrijving|описание|опис|"
        "açıklama|beskrivning|beskrivelse|説明|설명|说明|描述|說明|وصف|विवरण|mô tả|kuvaus",
        "text": "text|texto|texte|testo|tekst|текст|metin|テキスト|텍스트|文字|文本|نص|văn bản|teksti",
        "image": "image|bild|imagen|imagem|immagine|afbeelding|изображени|зображен|resim|obraz|bilde|"
        "billede|画像|이미지|图片",
        "video": "video|vídeo|vidéo|відео|видео|wideo|動画|동영상|视频|影片|فيديو",
        "playlist": "playlist|плейлист|çalma listesi|speellijst|spellista|spilleliste|再生リスト|재생목록|"
        "播放列表|lista de reprod",
        "channel": "channel|kanal|canal|chaîne|канал|チャンネル|채널|频道|頻道|قناة|kênh",
        "options": "option|choice|opción|opção|вариант|варіант",
    }.items()
}
"""Words of headers in the languages that an account may have."""


@dataclass(slots=True)
class Table:
    """What a table holds, and in which columns.

    Attributes:
        kind: `comments`, `live`, `posts`, `videos`, `texts`, `playlists` or `channel`.
        columns: `id`, `time`, `channel`, `text`, `video`, `post`, `title`, `description` -> the column's name.
        choices: columns with the answers of a poll.
        images: columns with the names of pictures.
        segments: `description` -> the columns that together hold it.
    """

    kind: str
    columns: dict[str, str] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    segments: dict[str, list[str]] = field(default_factory=dict)


def table_of(member: Member) -> Table | None:
    """What `member` holds of YouTube's, or None."""
    if suffix(member) not in (".csv", ".tsv") and not member.alone:
        return None
    names = header(member) if _headed(member) else [str(number + 1) for number in range(len(header(member)))]
    if not 2 <= len(names) <= 400:
        return None
    shapes = _shapes(member, names)
    path = [part.casefold() for part in PurePosixPath(member.name).parts]
    spoken = _Header(names)
    if ("segments" in shapes and "time" in shapes) or ("comment" in shapes and "channel" in shapes):
        return _said(names, shapes, spoken, path)
    if spoken.one("playlist", "title") and ("playlist" in shapes or spoken.one("playlist", "id")):
        return _titled("playlists", spoken, "playlist", shapes)
    subscribed = any("url" in name.casefold() for name in names)
    if spoken.one("channel", "title") and spoken.one("channel", "id") and "video" not in shapes and not subscribed:
        return _titled("channel", spoken, "channel", shapes)
    if spoken.one("video", "title") and spoken.one("video", "id"):
        pieces = spoken.all("video", "description")
        if len(pieces) > 1 or any(re.search(r"segment|abschnitt", name.casefold()) for name in pieces):
            return Table("texts", {"id": spoken.one("video", "id") or ""}, segments={"description": pieces})
        return _titled("videos", spoken, "video", shapes)
    subject = "comment" if spoken.one("comment", "id") else "post"
    if spoken.one(subject, "id") and spoken.one(subject, "text") and _begins(member, names[0], "Ug"):
        return _said(names, shapes, spoken, path)
    return None


def cells(member: Member) -> Iterator[tuple[int, Mapping[str, str]] | InputError]:
    """The rows of a table with their numbers; without a header the columns are `1`, `2`, ..."""
    return rows(member, header=_headed(member))


def _headed(member: Member) -> bool:
    """Whether the first row names the columns; tools that keep a part of a table leave the header out."""
    return not any(_SHAPES["time"].fullmatch(name) for name in header(member))


def _begins(member: Member, name: str, start: str) -> bool:
    """Whether the cells of a column begin with `start`, by the first row."""
    first = next(cells(member), None)
    return isinstance(first, tuple) and first[1].get(name, "").startswith(start)


def _said(names: list[str], shapes: Mapping[str, str], spoken: _Header, path: list[str]) -> Table | None:
    """A table of comments, of live chats or of community posts."""
    live = spoken.any("live") or any("live" in part for part in path)
    commented = spoken.one("comment", "id") or spoken.one("comment", "text")
    posts = not live and not commented and spoken.one("post", "id") is not None
    kind = "live" if live else "posts" if posts else "comments"
    text = shapes.get("segments")
    for subject in ("post",) if posts else ("comment", "live"):
        text = text or spoken.one(subject, "text")
    text = text or (names[-1] if kind != "posts" else None)
    if text is None:
        return None
    columns = {"text": text, "id": names[0]}
    if "time" in shapes:
        columns["time"] = shapes["time"]
    for name in ("video", "post"):
        column = spoken.one(name, "id") or shapes.get(name)
        if column is not None and column not in columns.values():
            columns[name] = column
    if "channel" in shapes and shapes["channel"] not in columns.values():
        columns["channel"] = shapes["channel"]
    images = [name for name in spoken.all("image") if name != text]
    choices = [name for name in spoken.all("options", "text") if name != text] if posts else []
    return Table(kind, columns, tuple(choices), tuple(images) if posts else ())


def _titled(kind: str, spoken: _Header, subject: str, shapes: Mapping[str, str]) -> Table:
    columns = {"title": spoken.one(subject, "title") or "", "id": spoken.one(subject, "id") or shapes.get(subject, "")}
    told = spoken.one(subject, "description")
    if told is not None:
        columns["description"] = told
    times = [
        name for name in spoken.names if name == shapes.get("time") or re.search(r"time|zeit|date", name.casefold())
    ]
    published = [name for name in times if re.search(r"publi|veröff", name.casefold())] or times
    if published and kind != "channel":
        columns["time"] = published[0]
    if kind != "channel" and "channel" in shapes:
        columns["channel"] = shapes["channel"]
    return Table(kind, columns)


class _Header:
    """The names of columns, asked for by the words that they hold."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self._plain = [(name, re.sub(r"[\u2010-\u2015\u00a0]", "-", name).casefold()) for name in names]

    def all(self, *words: str) -> list[str]:
        return [name for name, plain in self._plain if all(_holds(plain, word) for word in words)]

    def one(self, *words: str) -> str | None:
        """The first column that holds all of `words`; one named for the original rather than a translation."""
        found = self.all(*words)
        return found[0] if found else None

    def any(self, word: str) -> bool:
        return bool(self.all(word))


def _holds(plain: str, word: str) -> bool:
    if word == "id":
        return re.search(r"(?:^|[^a-z])ids?(?:$|[^a-z])|identifi|ідентиф|идентиф", plain) is not None
    return any(part in plain for part in _HAS[word])


def _shapes(member: Member, names: list[str]) -> dict[str, str]:
    """The columns whose cells all have a shape of their own, by the first rows; the first column of each shape."""
    seen: dict[str, list[str]] = {name: [] for name in names}
    for count, item in enumerate(cells(member)):
        if count >= _LOOKED:
            break
        if not isinstance(item, InputError):
            for name in names:
                if cell := item[1].get(name, "").strip():
                    seen[name].append(cell)
    found: dict[str, str] = {}
    for name, held in seen.items():
        for shape, pattern in _SHAPES.items():
            if held and shape not in found and all(pattern.fullmatch(cell[:4000]) for cell in held):
                found[shape] = name
                break
    return found


def spoken(cell: str) -> str:
    """The text of a comment: plain, or JSON pieces in one of two shapes."""
    cell = cell.strip()
    if not cell.startswith("{"):
        return cell
    for attempt in (cell, f"[{cell}]"):
        try:
            return "".join(_pieces(json.loads(attempt, strict=False)))
        except (ValueError, RecursionError):
            continue
    return cell


def _pieces(value: Any) -> Iterator[str]:
    for piece in value if isinstance(value, list) else [value]:
        if isinstance(piece, str):
            yield piece
        elif isinstance(piece, Mapping):
            inner = piece.get("takeoutSegments")
            if isinstance(inner, list):
                yield from _pieces(inner)
            elif isinstance(piece.get("text"), str):
                yield piece["text"]
            else:
                link = next((one for one in piece.values() if isinstance(one, Mapping)), {})
                yield next((one for one in link.values() if isinstance(one, str) and one.startswith("http")), "")
