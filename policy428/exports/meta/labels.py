"""Records whose fields are labels in the language of the account: `label_values` and `string_map_data`.

A label that is known in one of the languages below decides; of others the shape of the value does: an address, a time,
a user's name, a number are no text, and of what is left the longest is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from policy428.exports.meta.media import media_of
from policy428.exports.meta.parts import Parts, listed, words
from policy428.post import Media

TEXT = frozenset(
    "caption text message comment post title description content note status body "
    "texto mensaje comentario descripción título publicación leyenda estado "
    "texte commentaire légende publication titre statut "
    "nachricht kommentar bildunterschrift beschreibung beitrag titel inhalt "
    "mensagem comentário legenda descrição publicação estado "
    "testo messaggio commento didascalia descrizione titolo "
    "tekst bericht opmerking reactie bijschrift beschrijving "
    "meddelande bildtext beskrivning inlägg besked billedtekst beskrivelse melding bildetekst tittel innlegg opslag "
    "wiadomość komentarz podpis opis tytuł metin mesaj yorum açıklama başlık "
    "текст сообщение комментарий подпись описание заголовок публикация "
    "テキスト メッセージ コメント キャプション 投稿 タイトル 説明 텍스트 메시지 댓글 캡션 게시물 제목 설명 "
    "文字 文本 訊息 消息 留言 评论 評論 說明文字 说明文字 描述 标题 標題 貼文 帖子 內容 内容 "
    "نص رسالة تعليق الشرح العنوان وصف qoraal farriin faallo ntawv lus".split()
)
"""What labels of a person's own words are called: in English, and as the account's language may say it."""

_PHRASES = frozenset(
    {
        "pie de foto",
        "texto del pie de foto",
        "média leírása",
        "văn bản",
        "tin nhắn",
        "bình luận",
        "chú thích",
        "tiêu đề",
    }
)
_NAMES = frozenset(
    "name username author owner target user group page place location album "
    "nombre usuario autor autora propietario destino grupo página lugar álbum "
    "nom auteur propriétaire groupe lieu utilisateur destinataire "
    "benutzername autor besitzer gruppe seite ort nutzer ziel "
    "nome utente proprietario gruppo pagina luogo usuário destinatário "
    "naam gebruikersnaam eigenaar groep pagina plaats doel namn ägare grupp sida plats navn ejer eier gruppe side sted "
    "имя автор владелец группа страница место 名前 作者 用户名 用戶名 グループ 그룹 이름".split()
)
_OWNERS = frozenset(
    (
        "media owner",
        "propietario del contenido multimedia",
        "propietario del contenido",
        "propriétaire du média",
        "propriétaire du contenu",
        "medieninhaber",
        "medieneigentümer",
        "proprietário da mídia",
        "proprietario del contenuto multimediale",
        "media-eigenaar",
        "eigenaar van media",
        "eigenaar media",
        "medieägare",
    )
)
_USER = re.compile(r"@?[a-z0-9](?:[a-z0-9._]{0,28}[a-z0-9_])?", re.ASCII)
_BARE = re.compile(r"[\d\s.,:/+-]{1,60}")
_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:)\S{1,4000}", re.IGNORECASE)


@dataclass(slots=True)
class Labelled:
    """What a record of labels says.

    Attributes:
        parts: the texts, with their labels as fields.
        media: pictures and videos.
        time: seconds since 1970, where a label holds some.
        permalink: an address at the platform.
    """

    parts: Parts = field(default_factory=Parts)
    media: list[Media] = field(default_factory=list)
    time: Any = None
    permalink: str | None = None


def labelled(values: Any, hosts: tuple[str, ...]) -> Labelled:
    """What the `label_values` of a record say; an address at one of `hosts` is its permalink."""
    found = Labelled()
    loose: list[tuple[str, str]] = []
    for index, entry in listed(values):
        label, value = entry.get("label"), entry.get("value")
        where = f"label_values[{index}].value"
        found.time = found.time or entry.get("timestamp_value")
        found.media += _media(entry)
        href = entry.get("href") or value
        if isinstance(href, str) and _ADDRESS.fullmatch(href.strip()):
            if found.permalink is None and any(host in href for host in hosts):
                found.permalink = href.strip()
        elif is_text(label):
            found.parts.add(where, value)
        elif (written := words(value)) is not None and not _no_text(written) and plain(label) not in _NAMES:
            loose.append((where, written))
    if not found.parts:
        for where, value in _nested(values):
            found.parts.add(where, value)
    if not found.parts and loose:
        found.parts.add(*max(loose, key=lambda item: len(item[1])))
    return found


def comment_of(data: Any) -> tuple[str | None, str | None, Any, str | None]:
    """The label of the text in a comment's `string_map_data`, the text, the time and whose picture it stands under."""
    label = text = owner = None
    time: Any = None
    loose: list[tuple[str, str]] = []
    for name, entry in data.items() if isinstance(data, dict) else ():
        if not isinstance(entry, dict):
            continue
        time = entry.get("timestamp") or time
        value = words(entry.get("value"))
        if value is None:
            continue
        if plain(name) in _OWNERS:
            owner = value
        elif text is None and is_text(name):
            label, text = name, value
        else:
            loose.append((name, value))
    if text is None:
        # The text comes first. Alone, a word that can be a user's name is one: the comment was a picture.
        if len(loose) == 1 and owner is None and _USER.fullmatch(loose[0][1]):
            owner, loose = loose[0][1], []
        if loose:
            (label, text), *loose = loose
    if owner is None and loose and _USER.fullmatch(loose[-1][1]):
        owner = loose[-1][1]
    return label, text, time, owner


def is_text(label: Any) -> bool:
    """Whether a label names a person's own words."""
    return plain(label) in TEXT or plain(label) in _PHRASES


def plain(label: Any) -> str:
    """A label in lower case without a colon; empty where it is no text."""
    return label.strip().rstrip(":：").strip().casefold() if isinstance(label, str) else ""


def _no_text(value: str) -> bool:
    return bool(_BARE.fullmatch(value) or _ADDRESS.fullmatch(value.strip())) or value.casefold() in ("true", "false")


def _media(entry: dict[str, Any]) -> Iterable[Media]:
    return [media for _, item in listed(entry.get("media")) if (media := media_of(item)) is not None]


def _nested(values: Any) -> Iterator[tuple[str, Any]]:
    """The texts one or two levels below, under labels that are known."""
    for index, entry in listed(values):
        for inner, item in listed(entry.get("dict")):
            where = f"label_values[{index}].dict[{inner}]"
            if is_text(item.get("label")):
                yield f"{where}.value", item.get("value")
            for last, leaf in listed(item.get("dict")):
                if is_text(leaf.get("label")):
                    yield f"{where}.dict[{last}].value", leaf.get("value")
