import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from policy428.scan.pool import Pool

# What a worker process imports must be importable there, so it lies in a folder of its own on the path.
JUDGES = '''
import os, signal, sys, time

from policy428.errors import ModelError
from policy428.scan.judging import Failed


class Clumsy:
    """Answers with nothing, and does what the text of a post says."""

    def judge(self, jobs):
        if any(job.post.text == "die together" for job in jobs):
            os.kill(os.getpid(), signal.SIGKILL)
        for job in jobs:
            yield job.number, None
            text = job.post.text
            if text == "die":
                os.kill(os.getpid(), signal.SIGKILL)
            if text.startswith("die once "):
                with open(text[9:], "a+") as file:
                    if not file.tell():
                        file.write("x")
                        file.flush()
                        os.kill(os.getpid(), signal.SIGKILL)
            if text == "hang":
                signal.signal(signal.SIGALRM, signal.SIG_IGN)
                time.sleep(600)
            if text == "wrong":
                raise ModelError("no model", hint="get one")
            if text == "crash":
                raise RuntimeError("crash of a private text")
            yield job.number, ()


def stillborn():
    sys.exit(3)
'''


@pytest.fixture
def judges(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    folder = tmp_path / "importable"
    folder.mkdir()
    (folder / "clumsy_judges.py").write_text(JUDGES, encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    sys.modules.pop("clumsy_judges", None)
    import clumsy_judges  # type: ignore[import-not-found]

    yield clumsy_judges
    sys.modules.pop("clumsy_judges", None)


@pytest.fixture
def pool(judges: Any) -> Iterator[Callable[..., Pool]]:
    made: list[Pool] = []

    def make(count: int = 2, seconds: float = 60.0) -> Pool:
        made.append(Pool(judges.Clumsy, count, seconds))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def posts(tmp_path: Path) -> Callable[..., Path]:
    def write(*records: dict[str, Any] | str, name: str = "posts.jsonl") -> Path:
        path = tmp_path / name
        lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write
