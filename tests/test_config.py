import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from policy428.config import Config
from policy428.errors import ConfigError
from policy428.linter import Linter

Write = Callable[[str, str], Path]


def test_without_a_file_the_packaged_profile_and_defaults_apply() -> None:
    config = Config.packaged()
    assert config.profile.id == "district-2143"
    assert (config.fail_on, config.path, len(config.rosters), len(config.permits)) == ("warning", None, 0, 0)
    assert config.origin("fail_on") == "default"


def test_the_nearest_file_upward_applies(write: Write) -> None:
    write("policy428.yaml", "fail_on: error\n")
    write("site/policy428.yaml", "fail_on: notice\n")
    draft = write("site/posts/draft.txt", "Hi")
    assert Config.near(draft).fail_on == "notice"
    assert Config.near(draft.parents[2]).fail_on == "error"


def test_pyproject_is_read_and_a_yaml_file_beside_it_wins(write: Write) -> None:
    draft = write("draft.txt", "Hi")
    pyproject = write(
        "pyproject.toml", '[tool.policy428]\nignore = ["IV.G"]\n\n[tool.policy428.severities]\n"IV.B" = "notice"\n'
    )
    config = Config.near(draft)
    assert config.ignore == ("IV.G",)
    assert config.severity_of("IV.B-profanity") == "notice"
    assert config.origin("ignore") == f"{pyproject}:2:1"
    assert config.origin("severities.IV.B") == f"{pyproject}:5:1"
    write("policy428.yaml", "ignore: [IV.H]\n")
    assert Config.near(draft).ignore == ("IV.H",)


def test_a_pyproject_without_the_table_is_passed_by(write: Write) -> None:
    write("policy428.yaml", "fail_on: error\n")
    write("inner/pyproject.toml", "[project]\nname = 'x'\n")
    assert Config.near(write("inner/draft.txt", "Hi")).fail_on == "error"


def test_what_a_file_extends_is_inherited_key_by_key_and_the_nearer_wins(write: Write) -> None:
    base = write("base.yaml", "fail_on: error\nignore: [IV.G]\nseverities: {IV.B: notice, IV.C: warning}\n")
    near = write("site/policy428.yaml", "extends: ../base.yaml\nseverities: {IV.B: error}\nignore: []\n")
    config = Config.load(near)
    assert config.fail_on == "error"
    assert config.ignore == ()
    assert dict(config.severities) == {"IV.B": "error", "IV.C": "warning"}
    assert config.origin("fail_on").endswith("base.yaml:1:1")
    assert config.origin("severities.IV.B") == f"{near}:2:14"
    assert Path(config.origin("severities.IV.C").rsplit(":", 2)[0]).resolve() == base.resolve()


def test_files_that_extend_each_other_are_refused_with_the_circle(write: Write) -> None:
    write("a.yaml", "extends: b.yaml\n")
    write("b.yaml", "extends: [a.yaml]\n")
    with pytest.raises(ConfigError, match=r"b\.yaml:1:11: .*circle: a\.yaml → b\.yaml → a\.yaml"):
        Config.load(write("a.yaml", "extends: b.yaml\n"))


def test_paths_count_from_the_file_that_names_them(write: Write) -> None:
    write("shared/staff.csv", "name\nRuth Example\n")
    write("shared/base.yaml", "rosters: {staff: [staff.csv]}\n")
    config = Config.load(write("site/policy428.yaml", "extends: ../shared/base.yaml\n"))
    assert len(config.rosters.find("Ruth Example", kind="staff")) == 1


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("fail-on: error\n", ":1:1", "did you mean “fail_on”?"),
        ("fail_on: errors\n", ":1:1", "did you mean “error”?"),
        ("rosters: {student: [a.csv]}\n", ":1:11", "did you mean “students”?"),
        ("permits: [gone.csv]\n", ":1:1", "not there: gone.csv"),
        ("packs: [gone]\n", ":1:1", "not there: gone"),
        ("profile: district-2134\n", ":1:1", "did you mean “district-2143”?"),
        ("profile:\n  name: X\n  twons: [Y]\n", ":3:3", "did you mean “towns”?"),
        ("people: {Bob: pupil}\n", ":1:10", "cannot be “pupil”"),
        ("roles: {'*.md': offical}\n", ":1:9", "did you mean “official”?"),
        ("limits: {post_characters: none}\n", ":1:10", "whole number"),
        ("extends: gone.yaml\n", ":1:1", "gone.yaml"),
        ("select: IV.B: x\n", ":1:13", "not YAML"),
    ],
)
def test_a_mistake_names_its_place_and_what_is_valid(write: Write, text: str, place: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Config.load(write("policy428.yaml", text))
    assert f"policy428.yaml{place}: " in str(caught.value)
    assert said in str(caught.value)


def test_a_missing_file_and_broken_toml_are_one_line_each(write: Write, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such configuration file"):
        Config.load(tmp_path / "gone.yaml")
    with pytest.raises(ConfigError, match=r"pyproject\.toml:2:10: not TOML") as caught:
        Config.load(write("pyproject.toml", "[tool.policy428]\nignore = nothing\n"))
    assert "\n" not in str(caught.value)


def test_a_profile_may_be_named_or_kept_in_a_file_or_written_out(write: Write) -> None:
    write("lakeside.yaml", "name: Lakeside Schools\n")
    by_file = Config.load(write("a.yaml", "profile: lakeside.yaml\n"))
    written_out = Config.load(write("b.yaml", "profile:\n  id: hill\n  name: Hill Schools\n"))
    by_name = Config.load(write("c.yaml", "profile: district-2143\n"))
    assert [c.profile.id for c in (by_file, written_out, by_name)] == ["lakeside", "hill", "district-2143"]


def test_the_longest_prefix_decides_a_severity(write: Write) -> None:
    config = Config.load(write("p.yaml", "severities: {IV: notice, IV.B: warning, IV.B-alcohol: error}\n"))
    names = ("IV.B-alcohol", "IV.B-profanity", "IV.C-district-email", "III.A-work")
    assert [config.severity_of(name) for name in names] == ["error", "warning", "notice", None]


def test_a_clauses_prefix_does_not_name_another_clause(write: Write) -> None:
    config = Config.load(write("p.yaml", "severities: {I: notice}\n"))
    assert config.severity_of("IV.B-profanity") is None


def test_allowed_words_go_to_lists_or_rules(write: Write) -> None:
    config = Config.load(write("p.yaml", "allow:\n  profanity: [Dam Days]\n  '*': [Bong]\n  IV.B: [Hooker]\n"))
    assert config.allowed_words == {"profanity": ("Dam Days",), "*": ("Bong",)}
    assert config.allowed_in("IV.B-slur") == ("Hooker",)
    assert config.allowed_in("IV.E-record") == ()


def test_a_role_comes_from_the_first_pattern_that_fits(write: Write) -> None:
    path = write("policy428.yaml", "roles:\n  'official/**': official\n  '**/room-*.md': classroom\n")
    config = Config.load(path)
    root = path.parent
    assert config.role_of(root / "official" / "2026" / "a.md") == "official"
    assert config.role_of(root / "official" / "a.md") == "official"
    assert config.role_of(root / "room-12.md") == "classroom"
    assert config.role_of(root / "notes.md") is None
    assert config.role_of(root.parent / "official" / "a.md") is None


def test_the_command_line_wins_and_says_so(write: Write) -> None:
    config = Config.load(write("p.yaml", "select: [III]\nfail_on: error\n")).with_options(select=("IV",), fail_on=None)
    assert (config.select, config.origin("select")) == (("IV",), "command line")
    assert config.fail_on == "error"


def test_a_configuration_can_be_sent_to_another_process(write: Write) -> None:
    config = Config.load(write("p.yaml", "profile:\n  name: Hill Schools\nseverities: {IV.B: notice}\n"))
    copy = pickle.loads(pickle.dumps(config))
    assert copy.profile.name == "Hill Schools"
    assert copy.severity_of("IV.B-slur") == "notice"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("severities: {IV.Q: error}\n", r":1:14: unknown rule or clause “IV.Q” \(did you mean “IV.A”\?\)"),
        ("allow: {IV.B-swear-wrd: [dam]}\n", r":1:9: unknown rule or clause .*“IV.B-swear-word”"),
        ("allow: {profanty: [dam]}\n", r":1:9: there is no word list “profanty” \(did you mean “profanity”\?\)"),
        ("wordlists: {profanty: [zork]}\n", r":1:13: there is no word list “profanty”"),
    ],
)
def test_a_name_that_no_rule_or_list_bears_is_refused(write: Write, linter: Linter, text: str, said: str) -> None:
    config = Config.load(write("policy428.yaml", text))
    with pytest.raises(ConfigError, match=said):
        config.fitted(linter.ruleset, linter.context.lexicon.names)


def test_what_is_said_of_a_family_holds_for_each_of_its_rules_unless_one_is_named(write: Write, linter: Linter) -> None:
    severities = "severities: {IV.B: warning, IV.B-profanity: error, IV.B-mild-oath: notice}\n"
    allowed = "allow: {IV.B-profanity: [dam], '*': [x]}\n"
    config = Config.load(write("policy428.yaml", severities + allowed)).fitted(
        linter.ruleset, linter.context.lexicon.names
    )
    assert config.severity_of("IV.B-swear-word") == "error"
    assert config.severity_of("IV.B-mild-oath") == "notice"
    assert config.severity_of("IV.B-slur") == "warning"
    assert config.allowed_in("IV.B-swear-word") == ("dam",)
    assert config.allowed_in("IV.B-slur") == ()
