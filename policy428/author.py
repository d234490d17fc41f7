"""What is known of a post's author: works at a school or not, in which position, and why one thinks so.

Evidence, strongest first: the address the account is registered with, the staff roster, the profile text, the handle
and display name, and what the post itself says ("as a teacher here"). Positions are the word lists named
`position-...`. Ties that are not employment (`tie-...`: a parent, an alumnus, a fan) never make an employee, and what
is said of other workplaces or other people (`away-...`) is set aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy428.district import named_references, names_district
from policy428.post import Author

if TYPE_CHECKING:
    from policy428.document import Document
    from policy428.lexicon import Hit

JOB = "position-"
TIE = "tie-"
AWAY = "away-"
RETIRED = "tie-retired"
# Characters between "I teach at" and the name of the workplace.
_NEAR = 8

# Ends of the pieces that a profile text is made of: "Para | Bucs mom. Coffee".
_PIECES = re.compile(r"[,|•;·:\n–—✦→()&+]|\.(?=\s|$)|//|\s/\s|\s-\s|\sand\s|\by\b")
_ABBREVIATED = re.compile(
    r"\b(?:gr|asst|ind|sp|ed|dist|dept|phy|soc|elem|st|mr|mrs|ms|dr|coord|dir|no|sec|rm|bldg)\Z", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d]\w*(?:['’]\w+)*")
# Retired, and yet at work: "retired, still subbing", "retired soon".
_GOES_ON = re.compile(r"\b(?:still|now|subs?|subbing|substitute|soon|back|ish|semi|part.time)\b", re.IGNORECASE)
_SCHOOL_TITLE = re.compile(
    r"(?:^|[\s_.@])(?i:mr|mrs|ms|miss|mx|coach|profe|maestra|señora|principal|nurse)(?=[\s_.\d]|[A-Z]|$)"
)
_NOT_STAFF = re.compile(r"mom|dad|fan|alum|parent|grand|booster|student", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AuthorFacts:
    """What is known of an author.

    Attributes:
        employee: works at a school or for a district.
        district: works for this District, as far as one can tell.
        why: the evidence, in plain words; empty when nothing is known.
        positions: teacher, coach, driver, para, nurse, counselor, custodian, cook, principal, office, board, and the
            ties parent, alum, fan, student, retired; in alphabetical order.
    """

    employee: bool = False
    district: bool = False
    why: str = ""
    positions: tuple[str, ...] = ()


UNKNOWN = AuthorFacts()


def author_facts(document: Document) -> AuthorFacts:
    """What bio, name, handle, address, roster and the post's own words say of the author."""
    author = document.post.author
    context = document.context
    bio = _from_bio(document)
    reasons: list[tuple[bool, str]] = []
    if author.email and _of_domain(author.email, context.profile.email_domains):
        reasons.append((True, "the account is registered with a District address"))
    if author.name and context.rosters.find(author.name, kind="staff"):
        reasons.append((True, "the author's name is on the staff roster"))
    if bio.employee:
        reasons.append((bio.district, bio.why))
    reasons.extend(_from_names(document, author))
    if not reasons or not any(district for district, _ in reasons):
        reasons.extend(_from_text(document))
    if not reasons:
        return bio
    return AuthorFacts(
        employee=True,
        district=any(district for district, _ in reasons),
        why=next((why for district, why in reasons if district), reasons[0][1]),
        positions=bio.positions,
    )


def _from_bio(document: Document) -> AuthorFacts:
    """Employment as the profile text tells it: each of its pieces may name a job, a tie, or the District."""
    bio = document.bio
    if bio is None:
        return UNKNOWN
    text = bio.prose.text
    references = named_references(bio)
    lists = [name for name in document.context.lexicon.names if name.startswith((JOB, TIE, AWAY))]
    hits = [(name, hit) for name in lists for hit in bio.hits(name)]
    named = [reference for reference in references if not reference.weak]
    jobs: dict[str, str] = {}
    mentions = 0
    left = False
    for start, end in _split(text):
        inside = [(name, hit) for name, hit in hits if start <= hit.start < end]
        ties = {name for name, _ in inside if name.startswith(TIE)}
        held = [(name, hit) for name, hit in inside if name.startswith(JOB)]
        here = any(start <= reference.start < end for reference in named)
        place = here or any(start <= reference.start < end for reference in references)
        if RETIRED in ties and (held or here) and not _GOES_ON.search(text, start, end):
            left = True
            continue
        if any(name.startswith(AWAY) for name, _ in inside):
            continue
        sure = [(name, hit) for name, hit in held if hit.strength == "strong"]
        if not ties and (place or _whole(text[start:end], start, held)):
            sure = sure or held
        for name, hit in sure:
            jobs.setdefault(name.removeprefix(JOB), text[hit.start : hit.end])
        mentions += here and not ties
    positions = tuple(sorted({*jobs, *(name.removeprefix(TIE) for name, _ in hits if name.startswith(TIE))}))
    if jobs:
        return AuthorFacts(True, bool(references), f"the bio says “{next(iter(jobs.values()))}”", positions)
    if mentions and not left:
        return AuthorFacts(True, True, f"the bio names “{named[0].text}”", positions)
    return AuthorFacts(positions=positions)


def _split(text: str) -> list[tuple[int, int]]:
    """The pieces of a profile text, between commas, bars, bullets, "and" and the ends of sentences."""
    pieces = []
    start = 0
    for mark in _PIECES.finditer(text):
        if mark.group().startswith(".") and _ABBREVIATED.search(text, max(0, mark.start() - 7), mark.start()):
            continue
        pieces.append((start, mark.start()))
        start = mark.end()
    pieces.append((start, len(text)))
    return [(first, last) for first, last in pieces if text[first:last].strip()]


def _whole(piece: str, start: int, held: Sequence[tuple[str, Hit]]) -> bool:
    """Whether a piece holds nothing but the words of its jobs, numbers aside."""
    covered = {place for _, hit in held for place in range(hit.start, hit.end)}
    return bool(held) and all(start + word.start() in covered for word in _WORD.finditer(piece))


def _from_names(document: Document, author: Author) -> Iterator[tuple[bool, str]]:
    """What handle and display name say."""
    handle = (author.handle or "").lstrip("@")
    if handle and not _NOT_STAFF.search(handle):
        own = names_district(handle, document.context.profile)
        if _SCHOOL_TITLE.search(handle):
            yield own, "the handle bears a school title"
        elif own:
            yield True, "the handle is named for the District"
    if author.name and _SCHOOL_TITLE.match(author.name):
        yield False, "the display name bears a school title"


def _from_text(document: Document) -> Iterator[tuple[bool, str]]:
    """What the author says of themselves in the post."""
    prose = document.prose.text
    said = document.hits("says-employee")
    if said:
        yield False, f"the post says “{prose[said[0].start : said[0].end]}”"
    at = document.hits("works-at")
    if at:
        for reference in named_references(document):
            if not reference.weak and any(0 <= reference.start - hit.end <= _NEAR for hit in at):
                yield True, f"the post says that the author works at “{reference.text}”"
                return


def _of_domain(email: str, domains: tuple[str, ...]) -> bool:
    host = email.rpartition("@")[2].strip().lower().rstrip(".>")
    return any(host == domain.lower() or host.endswith(f".{domain.lower()}") for domain in domains)
