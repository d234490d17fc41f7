import gzip
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result

from policy428.cli import main
from policy428.errors import ConfigError

ROOT = Path(__file__).resolve().parents[2]
MISSING = [name for name in ("ray", "pyarrow") if importlib.util.find_spec(name) is None]
needs_arrow = pytest.mark.skipif("pyarrow" in MISSING, reason="needs pyarrow: pip install policy428[ray]")
needs_ray = pytest.mark.skipif(bool(MISSING), reason=f"needs {' and '.join(MISSING)}: pip install policy428[ray]")
TEXTS = (
    "Puppies for sale, write tolson@wem.k12.mn.us",
    "The concert is Thursday at 7 in the gym.",
    "That referee was a damn mess again.",
    "Tyler Brandt is failing algebra again, what a week.",
    "Say hi to Zaybrie Torvik, who is failing math.",
)
KEPT = ("rule", "severity", "message", "match", "start", "end", "confidence", "fingerprint", "post", "line", "column")
PLACED = ("path", "member", "record", "field", "platform", "kind", "permalink", "time")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("RAY_USAGE_STATS_ENABLED", "RAY_USAGE_STATS_REPORT_URL", "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"):
        monkeypatch.setenv(name, "")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["scan", *map(str, arguments)], catch_exceptions=False)


def post(number: int) -> dict[str, Any]:
    author = {"name": "Mo Lund", "bio": "Teacher at WEM"}
    moment = f"2024-{number % 12 + 1:02}-03T12:00:00Z"
    text = f"{TEXTS[number % len(TEXTS)]} No. {number // 10}"
    return {"id": f"p{number}", "text": text, "time": moment, "author": author, "media": [{"path": "a.jpg"}]}


def lines(path: Path, records: Iterable[dict[str, Any] | str]) -> None:
    told = "".join(f"{record if isinstance(record, str) else json.dumps(record)}\n" for record in records)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(told.encode()) if path.suffix == ".gz" else told.encode())


def rows(folder: Path) -> list[dict[str, Any]]:
    from pyarrow import parquet

    table: list[dict[str, Any]] = parquet.read_table(folder).to_pylist()
    return table


def local(*sources: str | Path) -> dict[str, Any]:
    result = run(*sources, "--jobs", "1", "--format", "json")
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def findings(records: Iterable[dict[str, Any]], *, places: bool = True) -> list[tuple[Any, ...]]:
    """Findings in an order that both engines share."""
    flat = [{**record, **record.get("source", {})} for record in records]
    keys = (*KEPT, *PLACED) if places else tuple(key for key in KEPT if key != "fingerprint")
    return sorted((tuple(record[key] for key in keys) for record in flat), key=repr)


@needs_ray
@pytest.mark.slow
def test_ray_finds_what_this_machine_finds(tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    source = tmp_path / "posts"
    lines(source / "a.jsonl", (post(number) for number in range(20)))
    lines(source / "below" / "b.jsonl", ["{broken", *(post(number) for number in range(20, 40)), {"nothing": 1}])
    expected = local("posts")
    lines(source / "c.jsonl.gz", (post(number) for number in range(40, 50)))
    parquet.write_table(pa.Table.from_pylist([post(number) for number in range(50, 60)]), source / "d.parquet")
    lines(tmp_path / "plain.jsonl", (post(number) for number in range(40, 60)))
    more = local("plain.jsonl")

    command = [sys.executable, "-m", "policy428", "scan", "posts", "--engine", "ray", "--jobs", "2", "--out", "found"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300)
    assert done.returncode == 2, done.stderr

    found = rows(tmp_path / "found" / "findings")
    same = [row for row in found if str(row["member"]).endswith("jsonl")]
    assert same and findings(same) == findings(expected["violations"])
    others = [row for row in found if row not in same]
    assert others and findings(others, places=False) == findings(more["violations"], places=False)
    assert "tolson" not in repr(found) and "Torvik" not in repr(found)

    errors = [f"{row['path']}: {row['message']}" for row in rows(tmp_path / "found" / "errors")]
    assert sorted(errors) == sorted(
        f"{error['path']}: {error['message'].removesuffix(HINT)}" for error in expected["errors"]
    )
    summary = json.loads((tmp_path / "found" / "summary.json").read_text("utf-8"))
    assert (summary["state"], summary["posts"], summary["findings"]) == ("done", 60, len(found))
    assert sum(summary["by_clause"].values()) == len(found) and summary["errors"] == len(errors) == 2
    assert done.stderr.count("error: ") == 2 and "ray" not in done.stderr.lower()


HINT = ' (write {"text": "..."})'


@needs_arrow
def test_an_actor_tells_of_other_rules_than_it_was_sent_with(monkeypatch: pytest.MonkeyPatch) -> None:
    import pickle

    from policy428.scan.cluster import Judging
    from policy428.scan.judging import Settings

    # What an actor does to the main module of its process is done to one that nobody else needs.
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    (row,) = Judging(Settings(isolated=True), "rules of another version")(None)["pickled"]  # type: ignore[arg-type]
    kind, message, _, hint = pickle.loads(row.as_py()).wrong
    assert kind is ConfigError and "other rules" in message and "scale.md" in hint


@pytest.mark.parametrize("name", ["ray", "ray.data", "pyarrow"])
def test_without_the_extra_one_line_says_how_to_install_it(
    name: str, posts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for gone in {"ray", name} if name != "pyarrow" else {name}:
        monkeypatch.setitem(sys.modules, gone, None)
    result = run(posts({"text": "Nice day."}), "--engine", "ray", "--out", "found")
    assert result.exit_code == 2 and not Path("found").exists()
    (line,) = result.stderr.splitlines()
    assert "pip install 'policy428[ray]'" in line


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--engine", "ray"], "--out"),
        (["--engine", "ray", "--out", "found", "--resume"], "--resume"),
        (["--engine", "ray", "--out", "found", "--format", "json"], "--format"),
        (["--engine", "ray", "--out", "found", "--baseline", "known.json"], "--baseline"),
        (["--address", "127.0.0.1:6379"], "--engine ray"),
    ],
)
def test_options_that_do_not_go_together_are_refused(options: list[str], told: str, posts: Any) -> None:
    result = run(posts({"text": "Nice day."}), *options)
    assert result.exit_code == 2 and told in result.stderr
    assert not Path("found").exists()


@needs_ray
def test_a_cluster_that_is_not_there_is_told_of_soon(posts: Any) -> None:
    result = run(posts({"text": "Nice day."}), "--engine", "ray", "--out", "found", "--address", "127.0.0.1:1")
    assert result.exit_code == 2 and "nobody answers at 127.0.0.1:1" in result.stderr
