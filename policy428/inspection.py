"""What the linter sees in a post, as plain data: each layer of a document, with places in the post as written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from policy428.document import Document
from policy428.mapped import Span


def inspected(document: Document) -> dict[str, Any]:
    """The layers of `document`; `start` and `end` count code points in the text as written, from 0.

    The alt texts of attachments follow the text, each after a blank line, and count on.
    """
    post = document.post
    return {
        "id": post.id,
        "people": [
            {**_placed(document, person), "role": person.role, "evidence": list(person.evidence), "kind": person.kind}
            for person in document.people
        ],
        "district": [
            {**_placed(document, reference), "why": reference.why, "kind": reference.kind}
            for reference in document.references
        ],
        "contacts": [
            {
                "type": contact.type,
                **_placed(document, contact),
                "owner": contact.owner,
                "value": contact.value,
                "detail": contact.detail,
                "evidence": list(contact.evidence),
            }
            for contact in document.contacts
        ],
        "path": post.source.path,
        "line": post.source.line,
        "role": post.role,
        "author": {
            "employee": document.author.employee,
            "positions": list(document.author.positions),
            "why": document.author.why,
        },
        "folded": document.folded.text,
        "words": [
            {"text": token.text, "written": token.raw, "kind": token.kind, **_place(document, token.start, token.end)}
            for token in document.tokens
        ],
        "sentences": [
            {"text": document.prose.text[span.start : span.end], **_place(document, span.start, span.end)}
            for span in document.sentences
        ],
        "links": [{"target": link.target, **_place(document, link.start, link.end)} for link in document.markup.links],
        "handles": [_placed(document, tag) for tag in document.markup.handles],
        "hashtags": [_placed(document, tag) for tag in document.markup.hashtags],
    }


def lines(found: dict[str, Any]) -> Iterator[str]:
    """The same for people to read, line by line."""
    from policy428.reports.plain import printable

    where = found["path"] if found["line"] is None else f"{found['path']}:{found['line']}"
    yield printable(f"{where}{'' if found['id'] is None else ' (post ' + found['id'] + ')'}: a {found['role']} post")
    author = found["author"]
    if author["employee"]:
        position = f" ({', '.join(author['positions'])})" if author["positions"] else ""
        yield printable(f"  author     known as an employee{position}: {author['why']}")
    disguised = [w for w in found["words"] if w["kind"] == "word" and w["text"] != w["written"].lower()]
    yield from _section("sentences", (f"{_at(s)} {s['text']}" for s in found["sentences"]))
    yield from _section("folded", (f"{_at(w)} {w['written']} as {w['text']}" for w in disguised))
    yield from _section(
        "people", (f"{_at(p)} {p['text']}: {p['role']} ({'; '.join(p['evidence'])})" for p in found["people"])
    )
    yield from _section("District", (f"{_at(r)} {r['text']}: {r['why']}" for r in found["district"]))
    yield from _section(
        "contacts",
        (f"{_at(c)} {c['text']}: {c['type']} of {c['owner']} ({'; '.join(c['evidence'])})" for c in found["contacts"]),
    )
    yield from _section("links", (f"{_at(link)} {link['target']}" for link in found["links"]))
    yield from _section("tags", (f"{_at(tag)} {tag['text']}" for tag in (*found["handles"], *found["hashtags"])))
    yield ""


def _section(title: str, items: Iterable[str]) -> Iterator[str]:
    from policy428.reports.plain import printable

    for number, item in enumerate(items):
        yield f"  {title if number == 0 else '':<10} {printable(item)}"


def _at(item: dict[str, Any]) -> str:
    return f"{item['start']}-{item['end']}"


def _placed(document: Document, item: Any) -> dict[str, Any]:
    return {"text": item.text, **_place(document, item.start, item.end)}


def _place(document: Document, start: int, end: int) -> dict[str, int]:
    span = document.to_source(Span(start, end))
    return {"start": span.start, "end": span.end}
