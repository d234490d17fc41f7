from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy428 import Author, Linter, Post
from policy428.config import Config
from policy428.document import Document

TEACHER = Author(bio="5th grade teacher")
OURS = Author(bio="5th grade teacher, WEM")


def kinds(linter: Linter, text: str, author: Author | None = None, group: str | None = None) -> list[tuple[str, str]]:
    """Kind and text of each reference that counts."""
    document = linter.document(Post(text=text, author=author or Author(), group=group))
    return [(r.kind, r.text) for r in document.references if not r.weak]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("I love W-E-M.", "alias", "W-E-M"),
        ("wem's new doors", "alias", "wem's"),
        ("W.E.M. forever", "alias", "W.E.M"),
        ("Waterville–Elysian–Morristown won", "name", "Waterville–Elysian–Morristown"),
        ("ask ISD #2143 about it", "name", "ISD #2143"),
        ("district 2143 votes", "name", "district 2143"),
        ("lunch at Waterville Elementary today", "school", "Waterville Elementary"),
        ("the Morristown building is cold", "school", "Morristown building"),
        ("a Waterville 3rd grader told me", "school", "Waterville 3rd grader"),
        ("Morristown's teachers earn it", "school", "Morristown's teachers"),
        ("the school in Elysian needs a roof", "school", "school in Elysian"),
        ("the new school over in Waterville", "school", "school over in Waterville"),
        ("Go Bucs!", "mascot", "Go Bucs"),
        ("the Buccaneers lost", "mascot", "Buccaneers"),
        ("what a night #GoBucs", "hashtag", "#GoBucs"),
        ("what a night #gobucs", "hashtag", "#gobucs"),
        ("enough #wemschools", "hashtag", "#wemschools"),
        ("thanks @WEMactivities", "hashtag", "@WEMactivities"),
        ("see www.wem.k12.mn.us/lunch", "web", "www.wem.k12.mn.us/lunch"),
        ("mail jdoe@wem.k12.mn.us now", "email", "jdoe@wem.k12.mn.us"),
    ],
)
def test_signs_of_the_district(linter: Linter, text: str, kind: str, found: str) -> None:
    assert (kind, found) in kinds(linter, text)


@pytest.mark.parametrize(
    "text",
    [
        "Swembly and swemming, a wembley of words",
        "#wembley was loud and #Wembanyama dunked",
        "Tampa Bay Buccaneers tickets for sale",
        "The Bucs traded their kicker, Tampa is done",
        "Bucs by ten, says the NFL desk",
        "Milwaukee Bucks in six. Big bucks, V-Bucks, Starbucks.",
        "A ten point buck crossed the road",
        "Waterville, Maine has a fine school board",
        "The elementary in Waterville, NY burned down",
        "Morristown, New Jersey high school choir on TV",
        "Walked down Elysian Fields with a teacher",
        "Elysium is a fine movie about school",
        "Von wem ist die Karte?",
        "notwem.k12.mn.us.example is a trap",
        "Coffee in Waterville, then a walk by the lake in Elysian.",
        "We have pie at the FFA booth of another county",
    ],
)
def test_look_alikes_are_not_the_district(linter: Linter, text: str) -> None:
    assert kinds(linter, text) == []


def test_a_look_alike_does_not_hide_the_district_beside_it(linter: Linter) -> None:
    assert kinds(linter, "Tampa lost, but W-E-M won") == [("alias", "W-E-M")]


def test_a_town_alone_is_returned_as_weak(linter: Linter) -> None:
    references = linter.document(Post(text="Rain in Morristown again")).references
    assert [(r.kind, r.weak) for r in references] == [("town", True)]


@pytest.mark.parametrize(
    "text",
    [
        "our school is cold",
        "my third graders sang",
        "This district is broke",
        "our superintendent spoke",
        "nuestra escuela cerró",
    ],
)
def test_ones_own_school_counts_for_an_employee_only(linter: Linter, text: str) -> None:
    assert [kind for kind, _ in kinds(linter, text, TEACHER)] == ["own"]
    if "my third graders" not in text:  # which only somebody who teaches says
        assert kinds(linter, text) == []


@pytest.mark.parametrize("text", ["the board voted", "Admin never answers", "PD day tomorrow", "5th hour was loud"])
def test_words_that_could_be_another_bodys_need_an_employee_of_this_district(linter: Linter, text: str) -> None:
    assert [kind for kind, _ in kinds(linter, text, OURS)] == ["own"]
    assert kinds(linter, text, Author(bio="para in Duluth")) == []
    assert kinds(linter, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "my daughter's school called",
        "the cutting board cracked",
        "the fair board met",
        "my yoga class is full",
        "rewatching the office reruns",
        "my fantasy team folded",
    ],
)
def test_other_boards_offices_and_classes_are_not_ones_own(linter: Linter, text: str) -> None:
    assert kinds(linter, text, OURS) == []


def test_who_says_that_they_work_there_needs_no_bio(linter: Linter) -> None:
    assert ("own", "our school") in kinds(linter, "Teacher here. our school needs a nurse.")
    assert ("own", "the board") in kinds(linter, "I teach at WEM and the board is asleep.")


def test_in_a_group_about_the_district_its_school_is_meant(linter: Linter) -> None:
    text = "the new bell schedule is hard on little ones"
    assert [kind for kind, _ in kinds(linter, text, group="WEM Parents Unfiltered")] == ["own"]
    assert kinds(linter, text, group="Lake Country Gardeners") == []


def test_a_common_program_counts_for_the_districts_own_people(linter: Linter) -> None:
    assert kinds(linter, "Knowledge Bowl results are in", OURS) == [("program", "Knowledge Bowl")]
    assert kinds(linter, "Knowledge Bowl results are in") == []


def test_people_of_the_rosters_are_references() -> None:
    path = Path(__file__).parents[1] / "examples" / "district" / "policy428.yaml"
    other = Linter(Config.load(path))
    assert kinds(other, "Torin Halvdahl sang well") == [("person", "Torin Halvdahl")]
    assert kinds(other, "JoJo Quenroe and Mrs. Sundgaard") == [("person", "JoJo Quenroe"), ("person", "Mrs. Sundgaard")]


def test_another_district_is_known_by_its_own_profile() -> None:
    path = Path(__file__).parents[1] / "examples" / "district" / "policy428.yaml"
    other = Linter(Config.load(path))
    assert kinds(other, "Forestview Middle School has mold") == [("school", "Forestview Middle School")]
    assert kinds(other, "Prayer warriors, please") == []
    assert kinds(other, "W-E-M lost to the Warriors") == [("mascot", "Warriors")]


@given(text=st.text(alphabet=st.sampled_from("WEM-wem Bucs#@.élé\n our school board Elysian"), max_size=80))
def test_offsets_are_places_in_the_prose(linter: Linter, text: str) -> None:
    document: Document = linter.document(Post(text=text, author=OURS))
    last = 0
    for reference in document.references:
        assert last <= reference.start < reference.end <= len(document.prose.text)
        assert document.prose.text[reference.start : reference.end] == reference.text
        last = reference.end
