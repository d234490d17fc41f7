import json
from collections.abc import Callable
from pathlib import Path

import pytest

from policy428.errors import InputError
from policy428.git.drafts import ChangedDrafts
from policy428.linter import Linter
from policy428.post import Post
from policy428.readers import Given
from policy428.readers.drafts import Limits

Git = Callable[..., str]
MAIL = "Puppies for sale, write tolson@wem.k12.mn.us\n"
CLEAN = "The concert is Thursday at 7 in the gym.\n"
FILLER = "".join(f"Line {number} says nothing.\n\n" for number in range(3))


class Found:
    """What a check of changes counts: `path:line rule` by finding, what was told, and the paths that were read."""

    def __init__(self, linter: Linter, diff: str, *files: str, role_of: dict[str, str] | None = None) -> None:
        roles = role_of or {}
        drafts, named = ChangedDrafts.between(diff, files)
        self.told: list[str] = []
        self.errors: list[str] = []
        self.read: list[str] = []
        self.counted: list[str] = []
        given = lambda path: Given(role=roles.get(Path(path).parent.as_posix()))  # type: ignore[arg-type]  # noqa: E731
        for post in drafts.read(named, given, limits=lambda path: Limits(), notify=self.told.append):
            if not isinstance(post, Post):
                self.errors.append(str(post))
                continue
            self.read.append(post.source.path)
            found = tuple(linter.check(post))
            self.counted += [
                f"{v.source.path}:{v.source.line or v.line} {v.rule}" for v in drafts.counted(post, found, linter.check)
            ]


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


@pytest.fixture
def history(git: Git) -> Git:
    """A repository with an old finding in a committed draft."""
    write("old.md", MAIL + "\n" + FILLER)
    git("add", ".")
    git("commit", "-qm", "old")
    return git


def test_an_old_finding_stays_quiet_and_a_new_line_counts(history: Git, linter: Linter) -> None:
    write("old.md", MAIL + "\n" + FILLER + "It was a damn shame.\n")
    history("add", ".")
    assert Found(linter, "").counted == ["old.md:9 IV.B-mild-oath"]


def test_a_change_on_the_line_of_an_old_finding_counts(history: Git, linter: Linter) -> None:
    write("old.md", MAIL.replace("Puppies", "Kittens") + "\n" + FILLER)
    history("add", ".")
    assert Found(linter, "").counted == ["old.md:1 IV.C-district-email"]


def test_moving_an_old_finding_down_leaves_it_quiet(history: Git, linter: Linter) -> None:
    write("old.md", CLEAN + "\n" + MAIL + "\n" + FILLER)
    history("add", ".")
    found = Found(linter, "")
    assert (found.read, found.counted) == (["old.md"], [])


def test_a_second_one_like_the_old_counts_once(history: Git, linter: Linter) -> None:
    write("old.md", MAIL + "\n" + FILLER + MAIL)
    history("add", ".")
    assert Found(linter, "").counted == ["old.md:9 IV.C-district-email"]


def test_what_is_staged_is_read_and_not_the_working_tree(history: Git, linter: Linter) -> None:
    write("new.txt", MAIL)
    history("add", ".")
    write("new.txt", CLEAN)
    write("late.txt", MAIL)
    assert Found(linter, "").counted == ["new.txt:1 IV.C-district-email"]
    Path("new.txt").unlink()
    assert Found(linter, "", "new.txt").counted == ["new.txt:1 IV.C-district-email"]


def test_the_first_commit_of_all_is_new_as_a_whole(git: Git, linter: Linter) -> None:
    write("a/ä b.md", FILLER + MAIL)
    git("add", ".")
    assert Found(linter, "").counted == ["a/ä b.md:7 IV.C-district-email"]


def test_a_renamed_draft_keeps_its_old_findings_quiet(history: Git, linter: Linter) -> None:
    history("mv", "old.md", "new.md")
    found = Found(linter, "")
    assert (found.read, found.counted) == (["new.md"], [])
    write("new.md", MAIL + "\n" + FILLER + "It was a damn shame.\n")
    history("add", ".")
    assert Found(linter, "").counted == ["new.md:9 IV.B-mild-oath"]


def test_a_draft_moved_to_a_folder_of_another_role_is_judged_anew(git: Git, linter: Linter) -> None:
    text = "Vote YES on the levy!\n\n" + FILLER
    roles = {"office": "official", ".": "personal"}
    write("levy.md", text)
    git("add", ".")
    git("commit", "-qm", "levy")
    Path("office").mkdir()
    git("mv", "levy.md", "office/levy.md")
    official = {v.rule for v in linter.check(Post(text=text, role="official", markup="markdown"))}
    personal = {v.rule for v in linter.check(Post(text=text, role="personal", markup="markdown"))}
    assert official - personal
    assert {line.split()[1] for line in Found(linter, "", role_of=roles).counted} == official - personal


VIEW = "As a WEM teacher I think the new bell schedule is a joke.\n"
DISCLAIMER = "The views here are my own and not the District's.\n"


def test_a_disclaimer_taken_out_counts_where_the_view_stands(git: Git, linter: Linter) -> None:
    write("view.md", VIEW + "\n" + FILLER + DISCLAIMER)
    git("add", ".")
    git("commit", "-qm", "view")
    write("view.md", VIEW + "\n" + FILLER)
    git("add", ".")
    assert [line.split()[1] for line in Found(linter, "").counted] == ["IV.D-missing-disclaimer"]


def test_a_disclaimer_that_was_never_there_stays_quiet(git: Git, linter: Linter) -> None:
    write("view.md", VIEW + "\n" + FILLER)
    git("add", ".")
    git("commit", "-qm", "view")
    write("view.md", VIEW + "\n" + FILLER + CLEAN)
    git("add", ".")
    assert Found(linter, "").counted == []


BIO = "---\nauthor: {bio: %s}\n---\n"


def test_a_profile_counts_when_it_changed_and_stays_quiet_when_not(git: Git, linter: Linter) -> None:
    good, bad = BIO % "likes cats", BIO % "tolson@wem.k12.mn.us"
    told = {v.rule for v in linter.check(Post.from_mapping({"text": CLEAN, "author": {"bio": "tolson@wem.k12.mn.us"}}))}
    assert told, "a profile like this one should break a rule"
    write("bio.md", good + "\n" + FILLER + CLEAN)
    git("add", ".")
    git("commit", "-qm", "bio")
    write("bio.md", bad + "\n" + FILLER + CLEAN)
    git("add", ".")
    assert {line.split()[1] for line in Found(linter, "").counted} == told
    git("commit", "-qm", "bio")
    write("bio.md", bad + "\n" + FILLER + CLEAN + "\nSee you.\n")
    git("add", ".")
    found = Found(linter, "")
    assert (found.read, found.counted) == (["bio.md"], [])


def test_of_a_file_of_posts_only_changed_lines_count(git: Git, linter: Linter) -> None:
    def line(name: str, text: str) -> str:
        return json.dumps({"id": name, "text": text}) + "\n"

    write("posts.jsonl", line("a", MAIL) + line("b", CLEAN))
    git("add", ".")
    git("commit", "-qm", "posts")
    write("posts.jsonl", line("a", MAIL) + line("b", CLEAN) + line("c", MAIL))
    git("add", ".")
    assert Found(linter, "").counted == ["posts.jsonl:3 IV.C-district-email"]


def test_against_a_revision_the_working_tree_counts(history: Git, linter: Linter) -> None:
    history("checkout", "-qb", "work")
    write("new.md", MAIL)
    history("add", ".")
    history("commit", "-qm", "new")
    write("old.md", MAIL + "\n" + FILLER + "What a damn mess.\n")
    assert Found(linter, "main").counted == ["new.md:1 IV.C-district-email", "old.md:9 IV.B-mild-oath"]
    assert Found(linter, "HEAD").counted == ["old.md:9 IV.B-mild-oath"]
    assert Found(linter, "").read == []
    history("checkout", "-q", "--", "old.md")
    history("checkout", "-q", "main")
    write("other.md", MAIL)
    history("add", ".")
    history("commit", "-qm", "other")
    history("checkout", "-q", "work")
    assert Found(linter, "main...").counted == ["new.md:1 IV.C-district-email"]


def test_untracked_drafts_are_new_against_a_revision_and_not_staged_otherwise(history: Git, linter: Linter) -> None:
    write("fresh.md", MAIL)
    assert Found(linter, "HEAD", "fresh.md").counted == ["fresh.md:1 IV.C-district-email"]
    staged = Found(linter, "", "fresh.md")
    assert (staged.read, staged.told) == ([], ["fresh.md: not staged, so passed over"])


def test_files_folders_and_patterns_narrow_the_choice(history: Git, linter: Linter) -> None:
    for name in ("a/x.md", "a/y.txt", "b/x.md", "c.py"):
        write(name, CLEAN)
    history("add", ".")
    assert Found(linter, "").read == ["a/x.md", "a/y.txt", "b/x.md"]
    assert Found(linter, "", "a").read == ["a/x.md", "a/y.txt"]
    assert Found(linter, "", "*/x.md", "old.md").read == ["a/x.md", "b/x.md"]
    assert Found(linter, "", "c.py").read == ["c.py"]
    assert Found(linter, "b").read == ["b/x.md"], "a folder behind --diff is a file and no revision"


def test_paths_are_seen_from_the_working_folder(history: Git, linter: Linter, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a/x.md", MAIL)
    write("b/x.md", MAIL)
    history("add", ".")
    monkeypatch.chdir("a")
    assert Found(linter, "").read == ["x.md", str(Path("../b/x.md"))]
    assert Found(linter, "", "x.md").read == ["x.md"]


def test_the_two_revisions_of_a_hook_run_are_taken_over(
    history: Git, linter: Linter, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("new.md", MAIL)
    history("add", ".")
    history("commit", "-qm", "new")
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", "HEAD~1")
    assert Found(linter, "", "new.md").counted == ["new.md:1 IV.C-district-email"]


@pytest.mark.parametrize(
    ("diff", "files", "said"),
    [
        ("nowhere", (), "Git knows no revision “nowhere”"),
        ("main..HEAD", (), "names two revisions"),
        ("gone...", (), "Git knows no revision"),
        ("main", (), "is a revision and a file"),
    ],
)
def test_a_wrong_revision_is_told(history: Git, linter: Linter, diff: str, files: tuple[str, ...], said: str) -> None:
    if diff == "main":
        write("main", "x")
    with pytest.raises(InputError, match=said):
        Found(linter, diff, *files)


def test_what_is_not_there_or_outside_is_an_error(history: Git, linter: Linter) -> None:
    found = Found(linter, "", "gone.md", "../x.md", "-")
    assert len(found.errors) == 3
    assert "no such file" in found.errors[0] and "outside" in found.errors[1]


def test_outside_of_a_repository_there_is_nothing_to_compare(
    git: Git, linter: Linter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="no working tree of a Git repository"):
        Found(linter, "")


def test_settings_of_the_person_do_not_change_the_answer(history: Git, linter: Linter) -> None:
    for name, value in (
        ("diff.interHunkContext", "50"),
        ("diff.renames", "false"),
        ("diff.external", "false"),
        ("diff.noprefix", "true"),
        ("color.ui", "always"),
        ("diff.context", "9"),
    ):
        history("config", name, value)
    history("mv", "old.md", "new.md")
    write("new.md", MAIL + "\n" + FILLER.replace("Line 1 says", "Line 1 still says") + "A damn shame.\n")
    history("add", ".")
    assert Found(linter, "").counted == ["new.md:9 IV.B-mild-oath"]


@pytest.mark.parametrize("name", ["-x.md", 'a"b.md', "a b\tc.md", "ü/é.md", "[x]*.md"])
def test_odd_names_are_read_as_they_are(history: Git, linter: Linter, name: str) -> None:
    write(name, FILLER)
    history("add", "--", "./" + name.replace("[", "\\[").replace("*", "\\*"))
    history("commit", "-qm", "odd")
    write(name, FILLER + MAIL)
    assert Found(linter, "HEAD").counted == [f"{name}:7 IV.C-district-email"]
    history("add", ".")
    assert Found(linter, "", "./" + name).counted == [f"{name}:7 IV.C-district-email"]


def test_links_submodules_and_unfinished_merges_are_passed_over(history: Git, linter: Linter) -> None:
    Path("link.md").symlink_to("old.md")
    history("add", ".")
    history("commit", "-qm", "link")
    history("checkout", "-qb", "other")
    for branch, text in (("other", "One.\n"), ("main", "Two.\n")):
        history("checkout", "-q", branch)
        write("old.md", text)
        history("commit", "-qam", branch)
    history("merge", "other", fails=True)
    assert Found(linter, "").read == []
