from collections.abc import Callable
from pathlib import Path

import pytest

from policy428.errors import ConfigError
from policy428.yamlfile import read

Write = Callable[[str, str], Path]


def test_values_come_with_their_places(write: Write) -> None:
    file = read(write("a.yaml", "one: 1\nmany:\n  - x\n  - y: z\n"), ConfigError)
    assert file.data == {"one": 1, "many": ["x", {"y": "z"}]}
    place = file.place(("many", 1, "y"))
    assert (place.line, place.column) == (4, 5)
    assert file.place(("many", 1, "gone")).line == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\na: 2\n", r":2:1: the key “a” stands twice"),
        ("? [a]\n: b\n", r"key"),
        ("a: [" * 100 + "]" * 100, "nested deeper"),
        ("a: &a [*a]\n", "nested deeper"),
        ("a: !!python/object:os.system x\n", "not YAML"),
        ("a: 'x\n", "not YAML"),
    ],
)
def test_what_is_not_plain_yaml_is_refused(write: Write, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        read(write("a.yaml", text), ConfigError)


def test_references_that_multiply_are_refused(write: Write) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    with pytest.raises(ConfigError, match="more than 400,000 values"):
        read(write("a.yaml", "\n".join(lines)), ConfigError)


def test_a_file_in_another_encoding_is_refused_with_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("a: é\n".encode("cp1252"))
    with pytest.raises(ConfigError, match="not UTF-8 at byte 3"):
        read(path, ConfigError)
