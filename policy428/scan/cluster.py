"""A scan spread over machines with Ray Data: readers hand posts in blocks to actors that judge, one for each core.

The posts of a block go through the same run as those of a scan on one machine; only what it reads from and writes to is
another. An actor keeps its judge in a process of its own, so that a post that hangs or kills it costs that post and no
more. What comes of each block goes back to the process that was called, which alone writes.
"""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policy428.errors import ConfigError, InputError, Policy428Error
from policy428.post import Post
from policy428.scan.judging import Judge, Settings
from policy428.scan.lake import File, read
from policy428.scan.run import BATCH, Counts, Scan
from policy428.scan.sheet import Sheet

if TYPE_CHECKING:
    import pyarrow as pa

    from policy428.scan.parts import Parts

BLOCK = 256 * 2**10
"""Bytes of posts that go to an actor together: some hundred of them, which take it several seconds."""
STORE = 256 * 2**20
"""Bytes of the memory that processes share on this machine; blocks wait there."""
READERS = 8
"""Actors that one reader is enough for; it is many times as fast as they."""
REACH = 10.0
"""Seconds that a cluster may take to answer at all."""
PIECES = 4_096
"""Tasks of reading at most; each reads one file after another."""

_COLUMN = "pickled"
_Wrong = tuple[type[Policy428Error], str, Any, str | None]


@dataclass(frozen=True, slots=True)
class _Found:
    """What came of a block."""

    posts: int = 0
    judged: int = 0
    findings: Any = None
    errors: Any = None
    wrong: _Wrong | None = None


def require(address: str | None = None) -> None:
    """Looks for the libraries that are needed, for a cluster at `address` or for this machine alone.

    Raises:
        Policy428Error: they are not installed.
    """
    # Nothing about this machine or its posts is told to anyone. Ray looks at these when it is imported.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ["RAY_USAGE_STATS_PROMPT_ENABLED"] = "0"
    os.environ["RAY_USAGE_STATS_REPORT_URL"] = "http://127.0.0.1:9/"
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    if address is None:
        # As on systems where Ray knows no clusters: its processes then hear this machine alone.
        os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
    try:
        import pyarrow
        import ray.data
    except ImportError as error:
        hint = "pip install 'policy428[ray]'"
        raise Policy428Error(f"--engine ray needs {error.name or 'Ray Data'}, which is missing", hint=hint) from None
    assert pyarrow and ray


def spread(
    files: Sequence[File],
    settings: Settings,
    rules: str,
    parts: Parts,
    *,
    address: str | None = None,
    actors: int | None = None,
    watch: Callable[[Counts], None] = lambda counts: None,
    stopped: Callable[[], bool] = lambda: False,
) -> None:
    """Has the posts of `files` judged, and what is found written to `parts`.

    Args:
        files: what is read; every machine must be able to.
        settings: how posts are judged; a configuration file must lie at the same path on every machine.
        rules: hash of the rules and configuration here; a machine with others judges nothing.
        parts: takes what is found.
        address: of a running cluster; None for one on this machine, for this scan alone.
        actors: how many; None for as many as there are cores.
        watch: told of the counts now and then.
        stopped: whether to end with what was found so far.

    Raises:
        Policy428Error: there is no such cluster, or no post can be judged.
    """
    import ray

    with _cluster(address, actors) as cores, _said():
        for row in _judged(files, settings, rules, actors or cores).iter_rows():
            found: _Found = pickle.loads(row[_COLUMN])
            if found.wrong is not None:
                kind, message, place, hint = found.wrong
                raise kind(message, place=place, hint=hint)
            parts.add(found.posts, found.judged, found.findings, found.errors)
            watch(Counts(parts.posts, parts.judged, parts.findings, parts.failures))
            if stopped():
                break
    assert ray


def _judged(files: Sequence[File], settings: Settings, rules: str, actors: int) -> Any:
    """The data set of what comes of each block."""
    import ray.data

    context = ray.data.DataContext.get_current()
    context.target_max_block_size = BLOCK
    context.enable_progress_bars = False
    pieces = [{_COLUMN: pickle.dumps(file)} for file in files]
    return (
        ray.data.from_items(pieces, override_num_blocks=min(len(pieces), PIECES))
        .map_batches(
            _read,
            batch_size=None,
            batch_format="pyarrow",
            compute=ray.data.TaskPoolStrategy(size=max(1, min(len(pieces), actors // READERS))),
            num_cpus=0,  # they mostly wait, and must not wait for a core that an actor holds
        )
        .map_batches(
            Judging,
            fn_constructor_args=(settings, rules, str(Path.cwd())),
            batch_size=None,
            batch_format="pyarrow",
            compute=ray.data.ActorPoolStrategy(size=actors, max_tasks_in_flight_per_actor=2),
            num_cpus=1,
        )
    )


def _read(pieces: pa.Table) -> Iterator[pa.Table]:
    """The posts of files, a row for each few; in a task of its own."""
    for piece in pieces[_COLUMN]:
        items: list[Post | _Wrong] = []
        size = 0
        for item in read(pickle.loads(piece.as_py())):
            items.append(item if isinstance(item, Post) else _plain(item))
            size += len(item.text) if isinstance(item, Post) else 0
            if len(items) >= BATCH or size >= BLOCK:
                yield _row(items)
                items, size = [], 0
        if items:
            yield _row(items)


class Judging:
    """An actor: judges blocks with one judge, which it makes once.

    Args:
        settings: how.
        rules: hash of the rules that it must judge by.
        folder: where the scan was called.
    """

    def __init__(self, settings: Settings, rules: str, folder: str = ".") -> None:
        from policy428.scan.content import rules_of
        from policy428.scan.pool import Pool
        from policy428.session import Session

        # A process started from here would first run the program that is the main one here, which is Ray's.
        vars(sys.modules["__main__"]).pop("__file__", None)
        # Sources and what a configuration says of places may be named from the folder that the scan was called in.
        with suppress(OSError):
            os.chdir(folder)
        self._settings = settings
        self._session = Session(config=settings.config, isolated=settings.isolated, options=settings.options)
        self._sheet = Sheet()
        self._wrong: _Wrong | None = None
        try:
            if rules_of(self._session.config(""), settings) != rules:
                message = "a machine of the cluster judges by other rules, lists or versions than this one"
                raise ConfigError(message, hint="install the same on all of them; see docs/scale.md")
        except Policy428Error as error:
            self._wrong = _plain(error)
            return
        self._judges = Pool(partial(Judge, settings), 1, settings.seconds)

    def __call__(self, block: pa.Table) -> pa.Table:
        """What comes of a block."""
        if self._wrong is None:
            try:
                items = (_item(item) for row in block[_COLUMN] for item in pickle.loads(row.as_py()))
                scan = Scan(items, self._judges, self._sheet, self._session, self._settings)
                before = self._sheet.judged
                scan.run()
                return _row(_Found(scan.counts.posts, self._sheet.judged - before, *self._sheet.take()))
            except Policy428Error as error:
                self._wrong = _plain(error)
        return _row(_Found(wrong=self._wrong))

    def __del__(self) -> None:
        if getattr(self, "_wrong", self) is None:
            self._judges.close()


def _row(value: object) -> pa.Table:
    import pyarrow as pa

    return pa.table({_COLUMN: pa.array([pickle.dumps(value, protocol=5)], pa.large_binary())})


def _plain(error: Policy428Error) -> _Wrong:
    """An error in parts; as an exception it would not come through whole."""
    return type(error), error.message, error.place, error.hint


def _item(item: Post | _Wrong) -> Post | Policy428Error:
    if isinstance(item, Post):
        return item
    kind, message, place, hint = item
    return kind(message, place=place, hint=hint)


@contextmanager
def _cluster(address: str | None, cores: int | None) -> Iterator[int]:
    """A cluster, and how many cores it has; one on this machine is heard by this machine alone, and gone afterwards."""
    import logging

    import ray

    quiet: dict[str, Any] = {"logging_level": logging.ERROR, "log_to_driver": False}
    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(logging.ERROR)
    with ExitStack() as stack:
        if not ray.is_initialized():
            if address is None:
                # What is spilled to disk and logged there goes with the folder.
                folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="p428-", ignore_cleanup_errors=True))
                quiet |= {"num_cpus": cores, "include_dashboard": False, "object_store_memory": STORE}
                quiet["_temp_dir"] = folder
            else:
                _reach(address)
            stack.callback(ray.shutdown)
            try:
                with _silence():
                    ray.init(address=address or "local", **quiet)
            except (OSError, RuntimeError, ValueError) as error:
                hint = "is it running, with the same versions of Ray and Python?" if address else None
                raise InputError(f"no Ray cluster: {type(error).__name__}", hint=hint) from None
        yield max(1, int(ray.cluster_resources().get("CPU", 1)))


def _reach(address: str) -> None:
    """Looks whether there is somebody at an address, since Ray itself would wait for minutes.

    Raises:
        InputError: there is nobody.
    """
    import socket

    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if not colon or not port.isdecimal():
        return  # `auto`, or something that Ray knows better
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=REACH).close()
    except (OSError, OverflowError):
        raise InputError(f"nobody answers at {address}", hint="give the address of a running Ray cluster") from None


@contextmanager
def _silence() -> Iterator[None]:
    """Inside, nothing goes to standard error, not even from libraries; Ray tells there how it logs."""
    sys.stderr.flush()
    kept = os.dup(2)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    os.close(nothing)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


@contextmanager
def _said() -> Iterator[None]:
    """Inside, what Ray raises is told in one line, without its words, which may hold a post."""
    import ray.exceptions

    try:
        yield
    except ray.exceptions.RayError as error:
        if os.environ.get("POLICY428_DEBUG"):
            raise
        hint = "set POLICY428_DEBUG=1 to see more"
        raise Policy428Error(f"Ray ended the scan ({type(error).__name__})", hint=hint) from None


def one_configuration(settings: Settings, configs: Iterable[Any]) -> Settings:
    """`settings` with the one configuration file that applies to all sources, found here and not on each machine.

    Raises:
        ConfigError: the sources have several.
    """
    files = {None if config.path is None else Path(config.path).absolute() for config in configs}
    if len(files) > 1:
        hint = "name one with --config, or scan them one by one"
        raise ConfigError("the sources have several configurations", hint=hint)
    (file,) = files
    return replace(settings, config=file, isolated=file is None)
