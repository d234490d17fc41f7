import subprocess
import sys

import pytest

from policy428 import Author, Linter, Post
from policy428.post import Media


def clauses(linter: Linter, post: Post) -> set[str]:
    return {violation.clause for violation in linter.check(post)}


def test_the_first_command_of_the_python_interface(linter: Linter) -> None:
    violations = linter.check(Post(text="Puppies for sale, write tolson@wem.k12.mn.us"))
    assert [(v.clause, v.citation, v.severity) for v in violations] == [("IV.C", "Policy 428 § IV.C", "error")]
    assert violations[0].match == "tolson@wem.k12.mn.us"


def test_places_count_lines_and_columns_from_one(linter: Linter) -> None:
    violation = linter.check(Post(text="Hi 🎉\nwrite tolson@wem.k12.mn.us"))[0]
    assert (violation.line, violation.column, violation.end_line, violation.end_column) == (2, 7, 2, 27)


def test_what_stands_in_an_alt_text_or_a_bio_has_no_place_in_the_text(linter: Linter) -> None:
    violation = linter.check(Post(text="Hi", author=Author(bio="tolson@wem.k12.mn.us")))[0]
    assert (violation.start, violation.end, violation.line, violation.column) == (0, 0, 1, 1)


@pytest.mark.parametrize("text", ["", "😀"])
def test_of_a_picture_without_a_word_nothing_is_guessed(linter: Linter, text: str) -> None:
    assert linter.check(Post(text=text, media=(Media("a.jpg"),))) == []


def test_a_picture_with_the_place_it_was_taken_is_noted_with_or_without_words(linter: Linter) -> None:
    violations = linter.check(Post(text="", media=(Media("a.jpg"), Media("b.jpg", position=True))))
    assert [(v.rule, v.severity, v.evidence[0].text) for v in violations] == [
        ("IV.E-media-position", "notice", "b.jpg")
    ]


def test_a_clean_post_and_an_empty_one_have_no_violations(linter: Linter) -> None:
    assert linter.check(Post(text="The concert is Thursday at 7 in the gym.")) == []
    assert linter.check(Post(text="")) == []
    assert linter.check(Post(text=" \n\n ")) == []


def test_fingerprints_survive_moved_lines(linter: Linter) -> None:
    text = "write tolson@wem.k12.mn.us"
    first, moved = linter.check(Post(text=text))[0], linter.check(Post(text=f"Hello there.\n\n{text}"))[0]
    assert first.fingerprint == moved.fingerprint


PROBE = """
import sys
from policy428 import Linter, Post
violations = Linter().check(Post(text={text!r}))
heavy = [name for name in ("spacy", "rich", "markdown_it") if name in sys.modules]
print(len(violations), heavy)
"""


@pytest.mark.parametrize(
    "text",
    ["The concert is Thursday at 7 in the gym.", "puppies for sale, write tolson@wem.k12.mn.us", "this is damn hot"],
)
def test_a_check_that_needs_no_language_model_does_not_load_one(text: str) -> None:
    done = subprocess.run([sys.executable, "-c", PROBE.format(text=text)], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]"), done.stdout
