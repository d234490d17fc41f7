"""Which format reads which member of which source, and all posts of all sources in order."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from policy428.errors import InputError, Place, Remark, did_you_mean
from policy428.exports import Format, Options, formats
from policy428.exports.opening import open_trees
from policy428.exports.passing import shown, whole
from policy428.exports.tree import Bounds, Member, Tree, suffix
from policy428.readers import Item

Step = tuple[Format, Tree, Sequence[Member]]

LIKELY = frozenset(
    {".json", ".jsonl", ".ndjson", ".js", ".csv", ".tsv", ".xml", ".html", ".htm", ".md", ".txt", ".car", ".parquet"}
)
"""Suffixes of members that could hold posts; one that no format reads is told of, never called clean."""
_EMPTY_SHOWN = 20
_IDS = 2**22


class Unknown:
    """Stands for the format of members that no format reads but that could hold posts."""

    name: ClassVar[str] = "unknown"
    title: ClassVar[str] = "not understood"
    platform: ClassVar[str] = "unknown"
    rank: ClassVar[int] = 1000

    def claims(self, tree: Tree) -> Sequence[Member]:
        return [member for member in tree if suffix(member) in LIKELY]

    def read(self, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
        hint = "name its columns with --map text=..., or see --list-formats"
        if len(members) == 1:
            error = members[0].error("no format reads this file", hint=hint)
        else:
            first = shown(members[0].name)
            message = f"no format reads {len(members):,} files here, first “{first}”"
            error = InputError(message, place=Place(tree.path), hint=hint)
        # Beside files that are read, others lie in every export.
        alone = len(members) == sum(1 for _ in tree)
        yield error if alone else _remark(error)


def plan(trees: Iterable[Tree], only: Sequence[str] | None = None, options: Options | None = None) -> list[Step]:
    """Which format reads which members of each tree: of those that claim one, the format of the lowest rank.

    Members that no format claims and that could hold posts come last, with the format `Unknown`. A claim that fails is
    added to the problems of its tree. A format that claims some may also name members that it knows and that hold no
    posts, or none that were asked for (`aside(tree)`): nobody is asked for those.

    Args:
        trees: the opened sources.
        only: names of the only formats to be asked.
        options: with `columns`, a table or a JSON that has the column named for the text is read by them.

    Raises:
        InputError: `only` names a format that nobody knows.
    """
    asked = _asked(only, options or Options())
    steps: list[Step] = []
    for tree in trees:
        taken: set[int] = set()
        for kind in (*asked, Unknown()):
            members = [member for member in _asking(kind.claims, kind, tree) if id(member) not in taken]
            if members:
                taken.update(map(id, members))
                steps.append((kind, tree, members))
                aside = getattr(kind, "aside", None)
                if aside is not None:
                    taken.update(map(id, _asking(aside, kind, tree)))
    return steps


def read(
    sources: Iterable[str], options: Options, only: Sequence[str] | None = None, bounds: Bounds | None = None
) -> Iterator[Item]:
    """The posts of all sources in order, and an `InputError` for whatever could not be read on the way.

    Told of, beside what the formats cannot read: what was passed over in a source, members that no format reads,
    members that a format took for its own but that gave no post, and ids that stand twice.

    Raises:
        InputError: `only` names a format that nobody knows.
    """
    _asked(only, options)
    limit = bounds or Bounds()
    for tree in open_trees(sources, limit):
        if isinstance(tree, InputError):
            yield tree
            continue
        steps = plan([tree], only, options)
        yield from tree.problems
        if not steps:
            yield InputError("holds no file that could hold posts", place=Place(tree.path))
        for kind, _, members in steps:
            yield from read_step(kind, tree, members, options, limit)


def read_step(
    kind: Format, tree: Tree, members: Sequence[Member], options: Options, bounds: Bounds | None = None
) -> Iterator[Item]:
    """The posts of `members`, one step of a plan; see `read`."""
    limit = (bounds or tree.bounds).post_bytes
    seen: set[tuple[str, str | None]] = set()
    failed: set[str | None] = set()
    ids = _Ids()
    for item in _guarded(kind, tree, members, options):
        if isinstance(item, InputError):
            failed.add(item.place.path)
            yield item
            continue
        seen.add((item.source.path, item.source.member))
        if len(item.text) * 4 > limit and len(item.text.encode("utf-8", "replace")) > limit:
            record = f"record {item.source.record}: " if item.source.record else ""
            yield InputError(
                f"{record}the post is longer than {limit:,} bytes, the limit for one", place=Place(item.source.file)
            )
            continue
        if item.id is not None:
            ids.add(f"{item.source.path}\n{item.id}")
        yield item if (text := whole(item.text)) == item.text else replace(item, text=text)
    if isinstance(kind, Unknown):
        return
    empty = [m for m in members if _key(m) not in seen and m.error("").place.path not in failed]
    for member in empty[:_EMPTY_SHOWN]:
        yield _remark(member.error(f"matched {kind.title} but held no post"))
    if len(empty) > _EMPTY_SHOWN:
        more = len(empty) - _EMPTY_SHOWN
        yield Remark(f"matched {kind.title} but held no post: {more:,} more files", place=Place(tree.path))
    if ids.doubles:
        yield Remark(f"{kind.title}: ids that stood before: {ids.doubles:,}", place=Place(tree.path))


def _remark(error: InputError) -> Remark:
    return Remark(error.message, place=error.place, hint=error.hint)


def _guarded(kind: Format, tree: Tree, members: Sequence[Member], options: Options) -> Iterator[Item]:
    """What a format yields. Where it breaks off, that is told, and it goes on with the members after."""
    rest = list(members)
    again = False
    while rest:
        last: tuple[str, str | None] | None = None
        try:
            for item in kind.read(tree, rest, options):
                if not isinstance(item, InputError):
                    if again and item.source.kind == "profile":
                        continue
                    last = item.source.path, item.source.member
                yield item
            return
        except InputError as error:
            yield error
        except Exception as error:
            yield InputError(f"{kind.title} cannot be read further: {type(error).__name__}", place=Place(tree.path))
        keys = [_key(member) for member in rest]
        at = keys.index(last) if last in keys else 0
        rest = rest[at + 1 :]
        again = True


def _asking(question: Callable[[Tree], Sequence[Member]], kind: Format, tree: Tree) -> Sequence[Member]:
    try:
        return question(tree)
    except InputError as error:
        tree.problems.append(error)
    except Exception as error:
        tree.problems.append(
            InputError(f"cannot be looked through for {kind.title}: {type(error).__name__}", place=Place(tree.path))
        )
    return ()


def _asked(only: Sequence[str] | None, options: Options) -> list[Format]:
    """The formats to ask, in the order of their claim."""
    known = dict(formats())
    for name in only or ():
        if name not in known:
            raise InputError(f"unknown format “{name}”", hint=did_you_mean(name, known))
    chosen = [known[name] for name in (dict.fromkeys(only) if only else known)]
    for kind in chosen:
        configure = getattr(kind, "configured", None)
        if configure is not None:
            chosen[chosen.index(kind)] = configure(options)
    return sorted(chosen, key=lambda kind: (kind.rank, kind.name))


def _key(member: Member) -> tuple[str, str | None]:
    return member.source, None if member.alone else member.name


class _Ids:
    """Counts ids that stand twice in 16 bytes an id, by their hashes; beyond a bound it no longer learns new ones."""

    def __init__(self) -> None:
        self._slots = array("q", bytes(8 * 1024))
        self._count = 0
        self.doubles = 0

    def add(self, name: str) -> None:
        if self._count * 2 >= len(self._slots):
            if self._count >= _IDS:
                return
            old = self._slots
            self._slots = array("q", bytes(16 * len(old)))
            for value in old:
                if value:
                    self._slots[self._at(value)] = value
        value = hash(name) or 1
        at = self._at(value)
        if self._slots[at]:
            self.doubles += 1
        else:
            self._slots[at] = value
            self._count += 1

    def _at(self, value: int) -> int:
        mask = len(self._slots) - 1
        at = value & mask
        while self._slots[at] and self._slots[at] != value:
            at = (at + 1) & mask
        return at
