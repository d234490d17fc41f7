from dataclasses import replace
from pathlib import Path

from policy428 import Linter, Post
from policy428.config import Config
from policy428.judge import UNLEARNED, in_words, judge, on_meaning, weigh


def test_the_judge_gives_each_finding_its_confidence_and_reasons(linter: Linter) -> None:
    violation = linter.check(Post(text="Puppies for sale, write tolson@wem.k12.mn.us"))[0]
    assert violation.confidence > 0.9
    assert violation.evidence[-1].leaf == "judge"
    assert "a rule holds (+" in violation.evidence[-1].why


def test_what_spoke_is_told_by_weight_and_what_hardly_spoke_is_not() -> None:
    parts = {"bias": 0.0, "rule": 3.0, "confidence": 0.04, "linear": -0.25, "encoder": -1.5}
    assert in_words(parts) == "for it: a rule holds (+3.0); against it: its meaning (-1.5), its wording (-0.2)"


def test_what_the_judge_lets_pass_is_no_more_than_what_was_proposed(linter: Linter) -> None:
    document = linter.document(Post(text="this damn copier again, I swear the board bought it used. Go Bucs"))
    proposed = linter.candidates(document)
    kept = judge(proposed, document)
    assert {c.rule.name for c in kept} <= {c.rule.name for c in proposed}


def test_the_parts_of_a_verdict_add_up_to_its_probability(linter: Linter) -> None:
    from policy428.meaning import sigmoid

    document = linter.document(Post(text="Puppies for sale, write tolson@wem.k12.mn.us"))
    verdict = weigh("IV.C", linter.candidates(document), document)
    assert verdict.probability == sigmoid(sum(verdict.parts.values()))


def test_what_stands_on_meaning_alone_is_never_an_error(linter: Linter) -> None:
    text = "The new hire in the office has the personality of a wet sock and about half the brains."
    document = linter.document(Post.from_mapping({"text": text, "author": {"bio": "WEM para"}}))
    heard = judge([c for c in linter.candidates(document) if on_meaning(c)], document)
    assert heard
    for candidate in heard:
        assert candidate.severity != "error"
        assert any("reads like posts about" in item.why for item in candidate.match.evidence)


def test_a_clause_of_which_nothing_was_learned_is_reported_as_its_rule_says(tmp_path: Path) -> None:
    (tmp_path / "IX-Z.yaml").write_text(
        "clause: IX.Z\ntitle: Geese\nrules:\n"
        "  - {id: goose, message: A goose., confidence: 0.66, find: {phrases: [goose]}}\n"
    )
    linter = Linter(replace(Config.packaged(), packs=(tmp_path,), select=("IX",)))
    (found,) = linter.check(Post(text="There is a goose on the ice."))
    assert (found.rule, found.confidence, found.severity) == ("IX.Z-goose", 0.66, "error")
    assert found.evidence[-1].why == UNLEARNED
