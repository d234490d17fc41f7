import os
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from policy428 import plugins
from policy428.errors import Policy428Error
from policy428.reports import reports

ROOT = Path(__file__).parents[1]


def test_the_modules_of_a_package_register_their_classes() -> None:
    assert {"concise", "json", "jsonl", "text"} <= set(reports())


def test_an_entry_point_that_cannot_be_loaded_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = EntryPoint("ours", "no_such_package_428:Thing", "policy428.reports")
    monkeypatch.setattr(plugins, "_entry_points", lambda group: [broken])
    with pytest.raises(Policy428Error, match=r"“ours”.*ModuleNotFoundError"):
        list(plugins.offers("policy428.reports"))


def test_one_report_is_loaded_without_the_others() -> None:
    program = (
        "import sys; from policy428.reports import report_named; report_named('json'); "
        "print('policy428.reports.html' in sys.modules, report_named('nothing'), report_named('record'))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout == "False None None\n", done.stderr


def test_a_package_that_offers_something_is_seen_among_those_installed(tmp_path: Path) -> None:
    folder = tmp_path / "more-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: more\nVersion: 1.0\n")
    (folder / "entry_points.txt").write_text("[policy428.reports]\nshort = more:Short\n")
    (tmp_path / "more.py").write_text("class Short:\n    name = 'short'\n")
    program = "from policy428.reports import report_named; print(report_named('short'), report_named('json').__name__)"
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment)
    assert done.stdout == "<class 'more.Short'> JsonReport\n", done.stderr
