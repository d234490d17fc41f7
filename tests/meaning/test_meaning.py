import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from policy428.errors import ModelError
from policy428.meaning import Ears, Hearing, render
from policy428.meaning.store import MANIFEST
from policy428.post import Author, Media, Post
from policy428.resources import data_folder

MODELS = data_folder("models")


def test_the_shipped_files_are_the_ones_the_manifest_names() -> None:
    store = Ears().store
    for name in store.manifest["files"]:
        assert store.read(name)
    assert sum(path.stat().st_size for path in MODELS.iterdir()) < 30_000_000


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    shutil.copytree(MODELS, tmp_path / "models")
    (tmp_path / "models" / "linear.bin").write_bytes(b"\0" * 100)
    hearing = Hearing(render(Post(text="hello")), Ears(tmp_path / "models"))
    with pytest.raises(ModelError, match=r"linear\.bin is not the one that was shipped"):
        hearing.probability("IV.B")


def test_a_missing_folder_and_a_broken_manifest_are_clear_errors(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        Ears(tmp_path).store  # noqa: B018
    (tmp_path / MANIFEST).write_text(json.dumps({"format": 99}))
    with pytest.raises(ModelError, match="another version"):
        Ears(tmp_path).store  # noqa: B018


def test_the_same_post_is_heard_the_same_and_context_counts() -> None:
    ears = Ears()
    post = Post(text="Look at these two clowns on bus duty", media=(Media("a.jpg"),), author=Author(bio="WEM para"))
    first, second = Hearing(render(post), ears), Hearing(render(post), ears)
    assert first.heard.log_odds == second.heard.log_odds
    bare = Hearing(render(Post(text=post.text)), ears)
    assert bare.heard.log_odds != first.heard.log_odds


def test_a_long_post_is_heard_to_its_end() -> None:
    ears = Ears()
    filler = "The soup was good and the road was dry and the dog slept by the stove all day. " * 60
    insult = "You are a pathetic worthless idiot and I hope you choke, watch your back."
    calm = Hearing(render(Post(text=filler)), ears).heard.log_odds["IV.B"]
    assert Hearing(render(Post(text=filler + insult)), ears).heard.log_odds["IV.B"] > calm + 1


def test_hearing_needs_no_language_model() -> None:
    code = (
        "import sys; from policy428.meaning import Ears, Hearing, render; from policy428.post import Post;"
        "Hearing(render(Post(text='x')), Ears()).linear; print('numpy' in sys.modules, 'spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
