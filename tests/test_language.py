"""The door to the language model."""

from pathlib import Path

import pytest

from policy428.errors import ModelError
from policy428.language import DEFAULT_MODEL, LanguageModel

TEXT = "Tyler Brandt moved to Mankato. He likes it."


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return LanguageModel()


def test_entities_with_their_places(model: LanguageModel) -> None:
    found = {TEXT[entity.start : entity.end]: entity.label for entity in model.entities(TEXT)}
    assert found["Tyler Brandt"] == "PERSON"


def test_nothing_is_loaded_before_the_first_text() -> None:
    model = LanguageModel()
    assert not model.loaded
    model.entities("Tyler Brandt")
    assert model.loaded


def test_words_point_at_their_heads(model: LanguageModel) -> None:
    parsed = model.parse(TEXT)
    moved = next(word for word in parsed.words if word.text == "moved")
    brandt = next(word for word in parsed.words if word.text == "Brandt")
    assert (moved.lemma, moved.pos, moved.dep) == ("move", "VERB", "ROOT")
    assert (brandt.dep, parsed.words[brandt.head]) == ("nsubj", moved)
    assert [TEXT[start:end] for start, end in parsed.sentences] == ["Tyler Brandt moved to Mankato.", "He likes it."]
    assert all(TEXT[word.start : word.end] == word.text for word in parsed.words)


def test_the_same_text_is_read_once(model: LanguageModel) -> None:
    assert model.parse(TEXT) is model.parse(TEXT)


def test_pipe_keeps_the_order_and_warms_the_memory(model: LanguageModel) -> None:
    texts = ["Ann sings.", "Ben runs.", "Cy sits."]
    parsed = list(model.pipe(texts))
    assert [result.words[0].text for result in parsed] == ["Ann", "Ben", "Cy"]
    assert model.parse("Ben runs.") is parsed[1]


def test_an_empty_text_has_nothing(model: LanguageModel) -> None:
    assert model.entities("") == ()
    assert model.parse("").words == ()


def test_a_missing_model_names_the_cure() -> None:
    with pytest.raises(ModelError, match=r"“en_core_web_nowhere” is not installed \(pip install en-core-web-nowhere\)"):
        LanguageModel("en_core_web_nowhere").entities(TEXT)


def test_a_broken_model_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        LanguageModel(str(tmp_path)).parse(TEXT)
    assert caught.value.place.path == str(tmp_path)
    assert DEFAULT_MODEL.replace("_", "-") in str(caught.value)


def test_a_model_without_names_is_refused(tmp_path: Path) -> None:
    import spacy

    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(ModelError, match="cannot recognise names"):
        LanguageModel(str(tmp_path)).entities(TEXT)
