from collections.abc import Callable
from pathlib import Path

import pytest

from policy428.document import Document
from policy428.errors import RuleError
from policy428.lexicon import Lexicon
from policy428.linter import Linter
from policy428.post import Post
from policy428.resources import data_folder

Write = Callable[[str, str], Path]


def entries(lexicon: Lexicon, name: str, text: str, linter: Linter) -> list[str]:
    return [hit.entry for hit in lexicon.find(name, Document(Post(text=text), linter.context))]


def test_a_text_list_has_a_phrase_a_line(write: Write, linter: Linter) -> None:
    path = write("lists/drink.txt", "# drinks\n#: inflect\nbeer\nroot beer  # harmless\n\n")
    lexicon = Lexicon([path.parent])
    assert entries(lexicon, "drink", "two beers and a root beer", linter) == ["beer~", "root beer"]


def test_an_innocent_phrase_silences_the_entry_inside_it(write: Write, linter: Linter) -> None:
    path = write("lists/drink.yaml", "entries: [beer]\ninnocent: [root beer, beer battered _]\n")
    lexicon = Lexicon([path.parent])
    assert entries(lexicon, "drink", "root beer, beer-battered fish", linter) == []
    assert entries(lexicon, "drink", "root beer and beer", linter) == ["beer"]


def test_an_entry_has_innocent_contexts_and_a_strength_of_its_own(write: Write, linter: Linter) -> None:
    path = write("lists/a.yaml", "entries:\n  - {word: shot, strength: mild, innocent: [flu shot]}\n")
    lexicon = Lexicon([path.parent])
    hits = lexicon.find("a", Document(Post(text="a flu shot, then a shot"), linter.context))
    assert [(hit.start, hit.strength) for hit in hits] == [(19, "mild")]


def test_configured_words_are_added_and_allowed(write: Write, linter: Linter) -> None:
    path = write("lists/a.yaml", "entries: [beer]\n")
    lexicon = Lexicon([path.parent], extra={"a": ("mead",)}, allowed={"a": ("dry beer",), "*": ("mead hall",)})
    assert entries(lexicon, "a", "mead, dry beer, mead hall", linter) == ["mead"]


def test_a_later_folder_replaces_a_list(write: Write, linter: Linter) -> None:
    first, second = write("one/a.txt", "beer\n"), write("two/a.txt", "wine\n")
    assert entries(Lexicon([first.parent, second.parent]), "a", "beer wine", linter) == ["wine"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.yaml", "entrys: [x]\n", r"a\.yaml:1:1: unknown field “entrys” \(did you mean “entries”"),
        ("a.yaml", "about: x\n", "needs “entries”"),
        ("a.yaml", "entries:\n  - ok\n  - {word: x, strength: hard}\n", r"a\.yaml:3:\d+: unknown strength “hard”"),
        ("a.yaml", "entries:\n  - (x\n", r"a\.yaml:2:5: the phrase “\(x”: a bracket is not closed"),
        ("a.txt", "fine\n(x\n", r"a\.txt:2:1: the phrase"),
    ],
)
def test_a_mistake_is_placed(write: Write, name: str, text: str, said: str) -> None:
    path = write(f"lists/{name}", text)
    with pytest.raises(RuleError, match=said):
        Lexicon([path.parent]).get("a")


def test_an_unknown_list_names_the_nearest(write: Write) -> None:
    path = write("lists/profanity.txt", "x\n")
    with pytest.raises(RuleError, match="did you mean “profanity”"):
        Lexicon([path.parent]).get("profanty")


@pytest.mark.parametrize("name", [path.stem for path in sorted(data_folder("wordlists").iterdir())])
def test_every_shipped_list_can_be_read(name: str, linter: Linter) -> None:
    lexicon = linter.context.lexicon
    assert lexicon.get(name).entries or name in {"name-data"}
    lexicon.get(name).phrases.prepare(lexicon.resolve)


def test_a_list_that_a_phrase_names_must_be_there(write: Write, linter: Linter) -> None:
    write("lists/pupil.txt", "my <kid-word> is late\n")
    lexicon = Lexicon([write("lists/kid-words.txt", "kid\n").parent])
    with pytest.raises(RuleError, match=r"pupil\.txt: .*“kid-word”.*did you mean “kid-words”"):
        lexicon.check_all()
