import pytest

from policy428 import Author, Linter, Post
from policy428.author import AuthorFacts


def facts(linter: Linter, *, text: str = "Nice day.", **known: str) -> AuthorFacts:
    return linter.document(Post(text=text, author=Author(**known))).author


@pytest.mark.parametrize(
    ("bio", "position"),
    [
        ("Third grade, W-E-M", "teacher"),
        ("gr 7 math @ WEM", "teacher"),
        ("geometry | Bucs | tea", "teacher"),
        ("Mom. Para. Tired.", "para"),
        ("I drive route 12", "driver"),
        ("mechanic in the WEM bus barn, Bus 3 on Fridays", "driver"),
        ("head cook, Waterville Elementary", "cook"),
        ("night janitor", "custodian"),
        ("School nurse and aunt", "nurse"),
        ("JV softball, Bucs", "coach"),
        ("registrar @ ISD 2143", "office"),
        ("Asst principal, Waterville-Elysian-Morristown", "principal"),
        ("school counselor & potter", "counselor"),
        ("WEM school board member", "board"),
        ("Band mom and WEM secretary", "office"),
        ("Retired Army. Now a para at WEM.", "para"),
        ("retired plumber, subbing at WEM", "teacher"),
    ],
)
def test_a_bio_that_names_a_job_makes_an_employee(linter: Linter, bio: str, position: str) -> None:
    known = facts(linter, bio=bio)
    assert known.employee
    assert position in known.positions
    assert known.why


@pytest.mark.parametrize("bio", ["WEM", "W-E-M since 2011", "Bucs country, room full of plants", "#WEM 🍎"])
def test_a_bio_that_just_names_the_district_does_too(linter: Linter, bio: str) -> None:
    known = facts(linter, bio=bio)
    assert known.employee
    assert known.district


@pytest.mark.parametrize(
    "bio",
    [
        "WEM parent",
        "proud WEM alum",
        "Bucs fan since birth",
        "Bucs booster, corn farmer",
        "WEM class of 2003",
        "mom of three Bucs",
        "retired WEM secretary",
        "Retired from WEM after 30 years",
        "former WEM custodian, now in Duluth",
        "barber, dad, Vikings fan",
        "art lover and history buff",
        "nurse at the care center",
        "cook at the Legion, Elysian",
        "yoga instructor",
        "married to a WEM teacher",
        "coach's kid, future Buccaneer",
        "sixth grade teacher turned realtor",
        "WEM junior '27",
        "band mom",
        "Waterville MN",
        "I fix tractors in Elysian",
        "Opinions are mine",
        "Tampa Bay Bucs or nothing",
    ],
)
def test_ties_that_are_no_job_make_no_employee(linter: Linter, bio: str) -> None:
    assert not facts(linter, bio=bio).employee


def test_a_job_elsewhere_is_no_job_here(linter: Linter) -> None:
    known = facts(linter, bio="English teacher, Rochester MN")
    assert known.employee
    assert not known.district


def test_the_registered_address_tells_the_employer(linter: Linter) -> None:
    known = facts(linter, email="R.Example@WEM.k12.mn.us")
    assert (known.employee, known.district) == (True, True)
    assert not facts(linter, email="r@wem.k12.mn.us.example").employee


@pytest.mark.parametrize(
    ("handle", "district"), [("@mr_ostlund", False), ("@coach.wem.kari", True), ("@wem_bandroom", True)]
)
def test_a_handle_may_bear_a_school_title(linter: Linter, handle: str, district: bool) -> None:
    known = facts(linter, handle=handle)
    assert (known.employee, known.district) == (True, district)


@pytest.mark.parametrize("handle", ["@bucsdad_58", "@wem_alum99", "@mrmagoo", "@missouri_mo"])
def test_other_handles_tell_nothing(linter: Linter, handle: str) -> None:
    assert not facts(linter, handle=handle).employee


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("As a teacher here I can say the roof leaks.", False),
        ("My students deserve better.", False),
        ("I have worked at WEM for nine years.", True),
        ("I drive for ISD 2143 and the lot is ice.", True),
    ],
)
def test_the_post_itself_may_tell(linter: Linter, text: str, district: bool) -> None:
    known = facts(linter, text=text)
    assert (known.employee, known.district) == (True, district)


@pytest.mark.parametrize(
    "text", ["The teachers at WEM work hard.", "I live near WEM.", "My kid's teacher at WEM is kind."]
)
def test_talk_of_others_at_work_does_not(linter: Linter, text: str) -> None:
    assert not facts(linter, text=text).employee


def test_nothing_known_is_nothing(linter: Linter) -> None:
    assert facts(linter) == AuthorFacts()
