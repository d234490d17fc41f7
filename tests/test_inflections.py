import pytest

from policy428.inflections import inflect


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("text", {"text", "texts", "texted", "texting", "text's"}),
        ("snap", {"snaps", "snapped", "snapping"}),
        ("party", {"parties", "partied", "partying"}),
        ("pass", {"passes", "passed", "passing"}),
        ("die", {"dies", "died", "dying"}),
        ("agree", {"agrees", "agreed", "agreeing"}),
        ("write", {"writes", "wrote", "written", "writing"}),
        ("child", {"children", "child's", "children's"}),
        ("play", {"plays", "played", "playing"}),
    ],
)
def test_forms_people_write_are_there(word: str, forms: set[str]) -> None:
    assert forms <= inflect(word)


def test_a_vowel_before_two_consonants_does_not_double() -> None:
    assert "failling" not in inflect("fail")
    assert "snapping" in inflect("snap")
