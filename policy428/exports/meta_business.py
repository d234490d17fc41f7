"""Meta Business Suite's content export and the older Page Insights: posts of a page or account, one a row.

Headers are in the language of the account. Where a language is not known below, the order of the columns is: the id,
the page's id and name, the title, the description, the length, the time, and further right the address of the post.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from policy428.errors import InputError
from policy428.exports import Options, register
from policy428.exports.meta.dates import spoken
from policy428.exports.meta.parts import Parts
from policy428.exports.moments import moment
from policy428.exports.posting import make_post
from policy428.exports.table import header, rows
from policy428.exports.tree import Member, Tree, suffix
from policy428.post import Author, Kind
from policy428.readers import Item

NAMES: Mapping[str, tuple[str, ...]] = {
    "id": (
        *("post id", "video asset id", "universal video id", "identificador de la publicación", "id de la publicación"),
        *("beitrags-id", "identifiant de publication", "identifiant de la publication", "id de la publication"),
        *("identificação do post", "id do post", "id da publicação", "id del post", "bericht-id", "bericht id"),
        *("inläggs-id", "opslags-id", "innleggs-id", "identyfikator posta", "gönderi kimliği", "投稿id", "帖子编号"),
        *("貼文編號", "게시물 id", "идентификатор публикации"),
    ),
    "page id": (
        *("page id", "account id", "identificador de la página", "identificador de la cuenta", "seiten-id", "konto-id"),
        *("identifiant de page", "identifiant de la page", "identifiant de compte", "identifiant du compte"),
        *("identificação da página", "identificação da conta", "id da página", "id da conta", "id della pagina"),
        *("id dell'account", "pagina-id", "account-id"),
    ),
    "page": (
        *("page name", "nombre de la página", "seitenname", "name der seite", "nom de page", "nom de la page"),
        *("nome da página", "nome della pagina", "paginanaam", "naam van pagina", "sidans namn", "sidenavn"),
    ),
    "handle": (
        *("account username", "nombre de usuario de la cuenta", "konto-benutzername", "nom d’utilisateur du compte"),
        *("nom d'utilisateur du compte", "nome de usuário da conta", "nome utente dell'account"),
        *("gebruikersnaam account", "gebruikersnaam van account"),
    ),
    "account": (
        *("account name", "nombre de la cuenta", "kontoname", "nom de compte", "nom du compte", "nome da conta"),
        *("nome dell'account", "accountnaam", "kontonamn", "kontonavn"),
    ),
    "title": (
        "title",
        "título",
        "titel",
        "titre",
        "titolo",
        "tytuł",
        "başlık",
        "タイトル",
        "标题",
        "標題",
        "제목",
        "название",
    ),
    "description": (
        *("description", "post message", "message", "caption", "descripción", "beschreibung", "descrição"),
        *("descrizione", "beschrijving", "beskrivning", "beskrivelse", "opis", "açıklama", "mensaje de la publicación"),
        *("beitragsnachricht", "message de la publication", "mensagem da publicação", "messaggio del post"),
        *("説明", "描述", "說明", "설명", "описание", "texte de la publication"),
    ),
    "time": (
        *("publish time", "posted", "published", "publish date", "hora de publicación", "fecha de publicación"),
        *("veröffentlichungszeit", "veröffentlichungszeitpunkt", "zeitpunkt der veröffentlichung", "gepostet"),
        *("heure de publication", "date de publication", "horário de publicação", "hora da publicação"),
        *("ora di pubblicazione", "data di pubblicazione", "publicatietijd", "tijd van publicatie", "publicado"),
        *("publiceringstid", "udgivelsestidspunkt", "publiseringstidspunkt", "scheduled time", "created time"),
    ),
    "permalink": (
        *("permalink", "permanent link", "enlace permanente", "permalien", "lien permanent", "link permanente"),
        *(
            "permalänk",
            "permanente link",
            "bezpośredni link",
            "kalıcı bağlantı",
            "パーマリンク",
            "永久链接",
            "永久連結",
        ),
    ),
    "type": (
        *("post type", "type", "tipo de publicación", "beitragstyp", "type de publication", "tipo de post"),
        *("tipo di post", "berichttype", "inläggstyp"),
    ),
    "status": ("status", "post status", "estado", "statut", "stato"),
}
"""Field -> what its column is called, in lower case."""

_ADDRESS = re.compile(
    r"https?://(?:www\.|m\.|web\.)?(facebook\.com|fb\.com|fb\.watch|instagram\.com|instagr\.am)/", re.IGNORECASE
)
_RUINED = re.compile(r"-?\d(?:[.,]\d+)?[eE]\+?\d+|#+|0|\d{5,18}0{6}")
_ID = re.compile(r"\d{5,25}(?:_\d{5,25})?")
_TOLD = re.compile(r"(?:Lifetime|Daily|Weekly|28 Days)\b.{0,3}:", re.IGNORECASE)
_TABLES = frozenset({".csv", ".tsv", ".txt"})


@dataclass(frozen=True, slots=True)
class _Columns:
    """Field -> its column; `english` says whether the headers are."""

    names: Mapping[str, str]
    english: bool

    def cell(self, row: Mapping[str, str], field: str) -> str:
        return row.get(self.names.get(field, "\0"), "").strip()


@register
class MetaBusiness:
    """Posts of Facebook pages and Instagram accounts, from Meta Business Suite's CSV."""

    name: ClassVar[str] = "meta-business"
    title: ClassVar[str] = "Meta Business Suite and Page Insights (CSV)"
    platform: ClassVar[str] = "facebook"
    rank: ClassVar[int] = 10

    def claims(self, tree: Tree) -> Sequence[Member]:
        return [member for member in tree if (suffix(member) in _TABLES or member.alone) and _columns(member)]

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        for member in members:
            columns = _columns(member)
            if columns is None:
                continue
            for found in rows(member):
                if isinstance(found, InputError):
                    yield found
                else:
                    yield from _post(member, options, columns, *found)


def _columns(member: Member) -> _Columns | None:
    """Where the fields stand; None where the table is another's."""
    if b"\0" in member.head(64) and member.head(2) not in (b"\xff\xfe", b"\xfe\xff"):
        return None
    names = header(member)
    if not 4 <= len(names) <= 1000:
        return None
    plain = {" ".join(name.casefold().split()): name for name in reversed(names)}
    found = {
        field: next(plain[name] for name in known if name in plain)
        for field, known in NAMES.items()
        if any(name in plain for name in known)
    }
    if "id" in found and {"title", "description"} & set(found) and {"permalink", "time", "page id"} & set(found):
        return _Columns(found, english="post id" in plain or "video asset id" in plain)
    return _by_order(member, names)


def _by_order(member: Member, names: Sequence[str]) -> _Columns | None:
    """The columns by their order, where the first row holds what only such a table does."""
    for item in rows(member):
        if isinstance(item, InputError):
            return None
        cells = [item[1].get(name, "").strip() for name in names]
        at = next((place for place, cell in enumerate(cells) if _ADDRESS.match(cell)), 0)
        if at < 5 or not all(_ID.fullmatch(cell) or _RUINED.fullmatch(cell) for cell in cells[:2]):
            return None
        instagram = "instagr" in cells[at].lower()
        fields = (
            ("id", "page id", "handle", "account", "description")
            if instagram
            else ("id", "page id", "page", "title", "description")
        )
        found = dict(zip(fields, names, strict=False))
        time = next((place for place in range(len(fields), at) if spoken(cells[place]) or moment(cells[place])), None)
        if time is not None:
            found["time"] = names[time]
        return _Columns({**found, "permalink": names[at]}, english=False)
    return None


def _post(member: Member, options: Options, columns: _Columns, number: int, row: Mapping[str, str]) -> Iterator[Item]:
    def cell(field: str) -> str:
        return columns.cell(row, field)

    written, permalink = cell("id"), cell("permalink")
    title, description = cell("title"), cell("description")
    if not written and not permalink and (not (title or description) or _TOLD.match(title or description)):
        # The old Insights explain their columns in a second header.
        return
    parts = Parts()
    # The title is most often the beginning of the description.
    if not description.startswith(title.rstrip(".… ")):
        parts.add(columns.names["title"], title)
    if description:
        parts.add(columns.names["description"], description)
    kind = _kind(cell("type"), cell("status"))
    address = _ADDRESS.match(permalink)
    platform = "instagram" if (address and "instagr" in address[1].lower()) or cell("handle") else "facebook"
    page = cell("page") or cell("account")
    yield make_post(
        member,
        options,
        parts.text,
        platform=platform,
        record=number,
        field=parts.field,
        kind=kind,
        author=Author(name=page or None, handle=cell("handle") or None),
        group=page or None,
        id=None if _RUINED.fullmatch(written) else written,
        time=spoken(cell("time"), month_first=columns.english) or moment(cell("time")),
        permalink=permalink if address else None,
    )


def _kind(type: str, status: str) -> Kind:
    """What a row is, by its type and status as far as they are English or alike."""
    if status.casefold() in ("draft", "scheduled", "entwurf", "geplant", "borrador", "programado", "brouillon"):
        return "draft"
    return "story" if re.search(r"\bstory\b|historia|storia|verhaal", type, re.IGNORECASE) else "post"
