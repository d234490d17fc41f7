import pytest

from policy428.regexsafety import PatternError, check


@pytest.mark.parametrize("pattern", [r"(a+)+b", r"(\w*x)*", r"((ab)*c)*", r"\w+\s+\w+\s+", r"(", r"a" * 5000])
def test_patterns_that_could_run_without_bound_are_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        check(pattern)


@pytest.mark.parametrize("pattern", [r"\bfail(?:s|ed|ing)?\b", r"\d{3}-\d{4}", r"(?:ha){2,10}", r"(?<!\w)x.{0,40}y"])
def test_ordinary_patterns_pass(pattern: str) -> None:
    assert check(pattern).pattern == pattern
