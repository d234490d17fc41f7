import time
from typing import Any

import pytest

from policy428.language import LanguageModel, Wanted
from policy428.linter import Linter
from policy428.post import Author, Kind, Post, Source
from policy428.scan.judging import Failed, Job, Judge, Settings, allowed, answers
from policy428.scan.kept import Kept

ADDRESS = "write tolson@wem.k12.mn.us"
SETTINGS = Settings(isolated=True)
# Names that no list knows, so that the language model is asked.
DOUBTFUL = [
    "Torvik failed the test and has detention again.",
    "Zaybrie has a D in algebra and detention.",
    "Say hi to Zaybrie Torvik, who is failing math.",
]


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(SETTINGS)


def one(judge: Judge, post: Post, *, account: bool = True) -> tuple[Kept, ...]:
    ((_, answer),) = answers(judge, [Job(1, post, account)])
    assert not isinstance(answer, Failed)
    return answer


def of_kind(kind: Kind, text: str = ADDRESS, author: Author | None = None) -> Post:
    return Post(text, author=author or Author(), source=Source("export.zip", platform="x", kind=kind))


def test_it_finds_what_the_linter_finds(judge: Judge, linter: Linter) -> None:
    for text in (ADDRESS, "All fine.", *DOUBTFUL):
        found = [(kept.record["rule"], kept.record["start"]) for kept in one(judge, Post(text))]
        assert found == [(violation.rule, violation.start) for violation in linter.check(Post(text))]


def test_texts_for_the_language_model_are_read_together(monkeypatch: pytest.MonkeyPatch, linter: Linter) -> None:
    read: list[int] = []
    whole = LanguageModel.read

    def watched(self: LanguageModel, wanted: list[Wanted]) -> None:
        read.append(len(wanted))
        whole(self, wanted)

    monkeypatch.setattr(LanguageModel, "read", watched)
    found = dict(answers(Judge(SETTINGS), [Job(number, Post(text)) for number, text in enumerate(DOUBTFUL)]))
    assert read and max(read) > 1
    for number, text in enumerate(DOUBTFUL):
        answer = found[number]
        assert not isinstance(answer, Failed)
        assert [kept.record["rule"] for kept in answer] == [violation.rule for violation in linter.check(Post(text))]


@pytest.mark.parametrize("kind", ["reshare", "quote"])
def test_what_others_wrote_is_a_notice(judge: Judge, kind: Kind) -> None:
    assert [kept.record["severity"] for kept in one(judge, of_kind("post"))] == ["error"]
    assert [kept.record["severity"] for kept in one(judge, of_kind(kind))] == ["notice"]


def test_what_is_found_in_the_account_is_told_once(judge: Judge) -> None:
    author = Author(bio=f"Teacher. For tickets {ADDRESS}")
    (first,) = one(judge, of_kind("post", "Nice day.", author))
    assert first.record["rule"].startswith("IV.C")
    assert one(judge, of_kind("post", "Nice day.", author), account=False) == ()
    own = one(judge, of_kind("post", ADDRESS, author), account=False)
    assert [(kept.record["start"], kept.record["end"]) for kept in own] == [(6, 26)]


def test_a_profile_is_not_told_of_twice(judge: Judge) -> None:
    bio = f"Teacher. For tickets {ADDRESS}"
    assert len(one(judge, of_kind("profile", bio, Author(bio=bio)))) == 1


def test_a_post_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Linter.check_document

    def slow(self: Linter, document: Any, **how: Any) -> Any:
        if document.post.text == "slow":
            until = time.monotonic() + 30
            while time.monotonic() < until:
                try:
                    time.sleep(0.01)
                except Exception:
                    continue
        return whole(self, document, **how)

    monkeypatch.setattr(Linter, "check_document", slow)
    judge = Judge(Settings(isolated=True, seconds=3))
    found = dict(answers(judge, [Job(1, Post("slow")), Job(2, Post("fast"))]))
    assert found == {1: Failed("could not be judged within 3 seconds"), 2: ()}


def test_a_long_post_has_more_time() -> None:
    assert [allowed(60, Post("x" * length)) for length in (0, 9_999, 10_000, 195_000)] == [60, 60, 120, 1200]


def test_a_post_that_fails_is_told_without_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Linter.check_document

    def fail(self: Linter, document: Any, **how: Any) -> Any:
        if document.post.text == "a":
            raise ValueError("the private text")
        return whole(self, document, **how)

    monkeypatch.setattr(Linter, "check_document", fail)
    found = dict(answers(Judge(SETTINGS), [Job(1, Post("a")), Job(2, Post("b"))]))
    assert found == {1: Failed("could not be judged (ValueError)"), 2: ()}
