"""Who is named: titles, lists, capitals, surroundings, and what only looks like a name."""

from collections.abc import Callable
from pathlib import Path
from subprocess import run
from sys import executable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy428.document import Document
from policy428.linter import Linter
from policy428.people import KINDS, ROLES, find_people
from policy428.post import Post

Names = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Please send the form to Mrs. Halvorsen by noon.", ["Mrs. Halvorsen"]),
        ("coach ramirez says bring water", ["coach ramirez"]),
        ("Mr. B. is out until Monday.", ["Mr. B."]),
        ("Ask Nurse Pettibone or Principal Xiong.", ["Nurse Pettibone", "Principal Xiong"]),
        ("Tyler Brandt scored twice.", ["Tyler Brandt"]),
        ("Tyler B. owes a library book.", ["Tyler B."]),
        ("Martin van der Berg spoke last night.", ["Martin van der Berg"]),
        ("J.K. Larson wrote the song.", ["J.K. Larson"]),
        ("T. Moua will read it aloud.", ["T. Moua"]),
        ("Shoutout to DeAndre and McKenna O'Rourke!", ["DeAndre", "McKenna O'Rourke"]),
        ("Gunderson-Yang's room is open.", ["Gunderson-Yang"]),
        ("José Peña and Zoë helped.", ["José Peña", "Zoë"]),
    ],
)
def test_names_in_their_usual_dress(names: Names, text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "name",
    [
        *("Pa Houa Vang", "Kaosee Xiong", "Tou Ger Moua", "Hser Gay Htoo", "Naw Paw", "Eh Doh Say"),
        *("Abdirahman Warsame", "Fartun Ali", "Chaltu Bekele", "Nyamal Deng", "Kwame Mensah"),
        *("Marisol Peralta", "Xochitl Barrera", "Thuy Nguyen", "Jiwoo Park", "Priya Raman"),
        *("Solveig Odegaard", "Gunnar Haugen", "Franz Dvorak", "Migizi Whitefeather", "Svetlana Petrova"),
    ],
)
def test_names_of_many_origins(names: Names, name: str) -> None:
    assert names(f"We are proud of {name} this week.") == [name]


def test_small_letters_count_where_an_initial_surname_or_verb_helps(names: Names) -> None:
    assert names("tyler h is failing again") == ["tyler h"]
    assert names("saw emma larson at the dam") == ["emma larson"]
    assert names("my brother zeke came too") == ["zeke"]


def test_a_list_carries_names_that_no_list_knows(names: Names) -> None:
    assert names("Scores: Ella 3, Mateo 5, Brindlewyn 4 and Hser Gay 1") == ["Ella", "Mateo", "Brindlewyn", "Hser Gay"]


def test_a_relation_word_makes_a_name_of_an_unknown_word(names: Names) -> None:
    assert names("Our para Quillane is the best.") == ["Quillane"]
    assert names("The word Quillane is on the board.") == []


def test_a_name_returns_by_one_of_its_parts(names: Names) -> None:
    assert names("Beckett Sorbel-Thrane left early. Everyone misses Sorbel-Thrane.") == [
        "Beckett Sorbel-Thrane",
        "Sorbel-Thrane",
    ]


@pytest.mark.parametrize(
    ("person", "thing"),
    [
        ("Grace Lindholm will sing.", "Grace is what we say before lunch."),
        ("My student Hunter is ten.", "Hunter safety starts at six."),
        ("Will Pavelka is out sick.", "Will you be there?"),
        ("Mrs. May is out sick.", "See you on May 4."),
        ("Congrats to April Dvorak!", "We start in April again."),
        ("Ms. Summers and Coach Reed agreed.", "Summer school starts soon."),
        ("Jack Skluzacek is here.", "Jack O'Lantern contest at noon."),
    ],
)
def test_names_that_are_also_words(names: Names, person: str, thing: str) -> None:
    assert len(names(person)) >= 1
    assert names(thing) == []


@pytest.mark.parametrize(
    "text",
    [
        "The Tampa Bay Buccaneers play on Sunday.",
        "Meet at Lake Tetonka, then Waterville and Elysian.",
        "The van turns at Johnson Street by Roosevelt Elementary.",
        "St. Olaf and Mankato State have open days.",
        "Culver's, Casey's and Jimmy John's all donated.",
        "Dr. Pepper in the teachers' lounge again.",
        "Happy Thanksgiving! See you Monday.",
        "We use Seesaw, Kahoot and Google Classroom.",
        "The Spanish class meets the German class.",
        "I'd go. You'd go. We'll all go.",
        "Austin, MN is two hours from Fort Snelling.",
        "https://example.org/Tyler-Brandt and tyler@example.org",
        "The students and a parent waited.",
    ],
)
def test_what_is_nobody(names: Names, text: str) -> None:
    assert names(text) == []


def test_a_title_at_the_end_of_a_sentence_names_nobody(names: Names) -> None:
    assert names("I am a teacher. He is too. Ask the coach. She knows.") == []


def test_the_model_settles_what_lists_leave_open(names: Names) -> None:
    text = "Everyone in town remembers Zambrotta Lindqvist from the old creamery days."
    assert "Zambrotta Lindqvist" in names(text, deep=True)


def test_deep_keeps_what_the_lists_are_sure_of(linter: Linter) -> None:
    texts = ["Tyler Brandt and Mrs. Vang met.", "Ask Deb or Carol about Kirby.", "Mark wrote it."]
    for text in texts:
        document = Document(Post(text=text), linter.context)
        cheap = {(p.start, p.end) for p in find_people(document, deep=False)}
        assert cheap <= {(p.start, p.end) for p in find_people(document, deep=True)}


def test_the_configuration_is_obeyed(names: Names, people: Callable[..., tuple]) -> None:  # type: ignore[type-arg]
    assert names("Molly ran off.", not_people=frozenset({"molly"})) == []
    (found,) = people("Molly ran off.", people_roles={"molly": "staff"})
    assert found.role == "staff"


def test_no_model_is_loaded_for_a_plain_post() -> None:
    code = (
        "import sys; from policy428 import Linter, Post; from policy428.document import Document;"
        "Document(Post(text='Mrs. Vang says Tyler Brandt is failing math.'), Linter().context).people;"
        "assert 'spacy' not in sys.modules"
    )
    done = run([executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == 0, done.stderr


_PIECES = st.sampled_from(
    [
        *("Tyler", "Brandt", "Mrs.", "J.T.", "Pa Houa", "tyler h", "José", "the only boy", "our principal", "#77"),
        *(
            "@emma_larson",
            "’s",
            "!",
            "\n\n",
            " ",
            " and ",
            ", ",
            "😀",
            "Ｔｙｌｅｒ",
            "my son",
            "12",
            "Will",
            "STREET",
            ".",
        ),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=14).map("".join) | st.text(max_size=80))
def test_spans_are_the_words_they_name_and_never_overlap(linter: Linter, text: str) -> None:
    document = Document(Post(text=text), linter.context)
    found = find_people(document, deep=False)
    last = 0
    for person in found:
        assert last <= person.start < person.end
        assert document.prose.text[person.start : person.end] == person.text
        assert person.role in ROLES and person.kind in KINDS
        assert person.evidence and 0 < person.score <= 1
        last = person.end
