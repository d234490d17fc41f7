"""What is known of a post's author: works at a school or not, in which position, and why one thinks so.

Evidence, strongest first: the address the account is registered with, the staff roster, the profile text, the handle
and display name, and what the post itself says ("as a teacher here"). Positions are the word lists named `job-...`;
ties that are not employment (`tie-...`: a parent, an alumnus, a fan) never make an employee.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy428.district import Reference, named_references, names_district
from policy428.post import Author

if TYPE_CHECKING:
    from policy428.document import Document
    from policy428.lexicon import Hit

JOB = "job-"
TIE = "tie-"
SUBJECT = "job-subject"
RETIRED = "tie-retired"

# Ends of the pieces that a profile text is made of: "Para | Bucs mom | coffee".
_PIECES = re.compile(r"[,|•;·\n–—✦→()]|\.(?=\s+[A-Z\d])|\.$|//|\s/\s|\s-\s")
_SCHOOL_TITLE = re.compile(
    r"(?:^|[\s_.@])(mr|mrs|ms|miss|mx|coach|profe|maestra|señora|principal|nurse)(?=[\s_.]|[A-Z])", re.IGNORECASE
)


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
    """Employment as the profile text tells it."""
    bio = document.bio
    if bio is None:
        return UNKNOWN
    text = bio.prose.text
    hits = {name: found for name in _lists(document) if (found := bio.hits(name))}
    pieces = _split(text)
    jobs: dict[str, tuple[int, int]] = {}
    left = False
    places = [reference for reference in named_references(bio) if reference.kind != "town" and not reference.weak]
    towns = [reference for reference in named_references(bio) if reference.kind == "town"]
    for start, end in pieces:
        inside = {name: _within(found, start, end) for name, found in hits.items()}
        ties = {name for name, found in inside.items() if name.startswith(TIE) and found}
        here = {name: found for name, found in inside.items() if name.startswith(JOB) and found}
        named = any(start <= place.start < end for place in places)
        if RETIRED in ties and (here or named) and not _still(inside, text[start:end]):
            left = True
            continue
        for name, found in here.items():
            if name != SUBJECT or named or _only(text[start:end], found):
                if ties and name == SUBJECT:
                    continue
                jobs[name.removeprefix(JOB)] = (found[0].start, found[0].end)
    positions = set(jobs) - {"subject"}
    if "subject" in jobs:
        positions.add("teacher")
    positions |= {name.removeprefix(TIE) for name in hits if name.startswith(TIE)}
    district = bool(places or towns)
    if jobs:
        start, end = next(iter(jobs.values()))
        return AuthorFacts(True, district, f"the bio says “{text[start:end].strip()}”", tuple(sorted(positions)))
    if places and not left and not _tied(places, pieces, hits):
        return AuthorFacts(True, True, f"the bio names “{places[0].text}”", tuple(sorted(positions)))
    return AuthorFacts(False, False, "", tuple(sorted(positions)))


def _lists(document: Document) -> tuple[str, ...]:
    return tuple(name for name in document.context.lexicon.names if name.startswith((JOB, TIE)))


def _split(text: str) -> list[tuple[int, int]]:
    pieces = []
    start = 0
    for mark in _PIECES.finditer(text):
        pieces.append((start, mark.start()))
        start = mark.end()
    pieces.append((start, len(text)))
    return [(first, last) for first, last in pieces if text[first:last].strip()]


def _within(found: tuple[Hit, ...], start: int, end: int) -> tuple[Hit, ...]:
    return tuple(hit for hit in found if start <= hit.start < end)


def _still(inside: dict[str, tuple[Hit, ...]], piece: str) -> bool:
    """Whether a piece that speaks of retirement also says that the work goes on: "retired, still subbing"."""
    return re.search(r"\b(?:still|now|sub|subs|subbing|substitute|soon|back|ish)\b", piece, re.IGNORECASE) is not None


def _only(piece: str, found: tuple[Hit, ...]) -> bool:
    """Whether a piece of a bio holds nothing but the subjects found in it."""
    rest = len(re.findall(r"\w+", piece)) - sum(
        hit.entry is not None and len(re.findall(r"\w+", piece[: hit.end - hit.start])) for hit in found
    )
    return rest <= 1


def _tied(places: list[Reference], pieces: list[tuple[int, int]], hits: dict[str, tuple[Hit, ...]]) -> bool:
    """Whether each mention of the District stands with a tie that is not employment ("WEM parent")."""
    ties = [hit for name, found in hits.items() if name.startswith(TIE) for hit in found]
    for place in places:
        piece = next(((start, end) for start, end in pieces if start <= place.start < end), (0, 0))
        if not any(piece[0] <= tie.start < piece[1] for tie in ties):
            return False
    return True


def _from_names(document: Document, author: Author) -> list[tuple[bool, str]]:
    reasons = []
    if author.handle:
        own = names_district(author.handle.lstrip("@"), document.context.profile)
        if _SCHOOL_TITLE.search(author.handle):
            reasons.append((own, "the handle bears a school title"))
        elif own and not re.search(r"mom|dad|fan|alum|parent|grand|booster", author.handle, re.IGNORECASE):
            reasons.append((True, "the handle is named for the District"))
    if author.name and re.match(
        r"(?:coach|principal|supt|superintendent|nurse|counselor|mr|mrs|ms|mx)\b", author.name, re.IGNORECASE
    ):
        reasons.append((False, "the display name bears a school title"))
    return reasons


def _from_text(document: Document) -> list[tuple[bool, str]]:
    reasons = []
    prose = document.prose.text
    for hit in document.hits("says-employee"):
        reasons.append((False, f"the post says “{prose[hit.start : hit.end]}”"))
        break
    return reasons


def _of_domain(email: str, domains: tuple[str, ...]) -> bool:
    host = email.rpartition("@")[2].strip().lower().rstrip(".>")
    return any(host == domain.lower() or host.endswith(f".{domain.lower()}") for domain in domains)
