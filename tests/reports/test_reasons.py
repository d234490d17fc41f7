from policy428.reports.reasons import reasons
from policy428.violation import Evidence, Violation


def violation(*evidence: Evidence) -> Violation:
    return Violation(
        "IV.D-view", "IV.D", "", "view", "warning", 0.934, "", "", 0, 4, 1, 1, 1, 5, "Dull", evidence, "f1"
    )


def test_each_condition_says_its_words_and_why_and_the_judge_comes_last() -> None:
    found = violation(
        Evidence("words", "is a\n mess", 0, 9, "in the list “view-bad”"),
        Evidence("author", "", 0, 0, "an employee"),
        Evidence("missing", "", 0, 0),
        Evidence("judge", "", 0, 0, "for it: a rule holds (+3.0)"),
    )
    assert list(reasons(found, str)) == [
        "“is a mess” (words): in the list “view-bad”",
        "author: an employee",
        "missing",
        "confidence 0.93: for it: a rule holds (+3.0)",
    ]


def test_words_are_masked_before_they_are_shortened() -> None:
    text = "x" * 70 + " Tove Ibsen"
    found = violation(Evidence("meaning", text, 0, len(text), "like a post about Tove Ibsen"))
    told = list(reasons(found, lambda words: words.replace("Tove Ibsen", "T. I.")))
    assert told[0] == f"“{'x' * 70} T. I.” (meaning): like a post about T. I."
    assert told[1] == "confidence 0.93: on what the post means, and on nothing else"
    long = list(reasons(violation(Evidence("meaning", "Tove Ibsen " * 30, 0, 330)), lambda w: w.replace("Tove", "T.")))
    assert "Tove" not in long[0] and len(long[0]) < 100
