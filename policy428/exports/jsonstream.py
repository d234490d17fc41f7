"""JSON members record by record, however large: lists, wrapper objects, bare objects, JSON Lines."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from policy428.errors import InputError
from policy428.exports.decoding import encoding, text, utf8
from policy428.exports.tree import Bounds, Member

_CHUNK = 2**16
_PATH_BYTES = 2**30
"""How far into a member the list that a key names is looked for."""

_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_FAR = 6
"""How deep the list that `*` stands for may be."""

_DEEP = 300
_DEEPEST = 10_000
_MOST_DEEP = 20
"""The parser names each value by its path, so that depth costs its square: as many pieces as `_MOST_DEEP` may hold
more than `_DEEP` brackets open at once, and none more than `_DEEPEST`."""

_DEEP_RUN = re.compile(rb"(?:[\[{]\s{0,9}(?:\"[^\"]{0,99}\"\s{0,9}:\s{0,9})?){9}")
_OTHERS = bytes(set(range(256)) - set(b"[]{}"))
_LONG = re.compile(rb"[0-9]{4000}")
"""Digits in a row that the C parser crashes on where it makes an integer of them (Python converts 4,300 at most)."""

Record = tuple[int, Any]


def records(member: Member, *keys: str, bare: bool = True) -> Iterator[Record | InputError]:
    """The records of a JSON member with their numbers from 1; records that are no objects are counted and left out.

    The member may be a list; an object that holds the list under one of `keys`; a single record without a list
    around it; or null, which holds none. Where a key holds an object, that is the record. A key may be a path,
    `Comment.Comments.CommentsList`; case does not count. An `InputError` stands for what cannot be read: the records
    before it are good.

    Args:
        member: the member.
        keys: where the list may be; `*` is the first list of objects, wherever it is.
        bare: an object that has none of `keys` is taken as one record; else it holds none.
    """
    try:
        place, kind = _find(member, keys) or ("", "map" if bare else None)
        if kind is not None:
            yield from _numbered(member, place if kind == "map" else f"{place}.item" if place else "item")
    except InputError as error:
        yield error


def lines(member: Member) -> Iterator[Record | InputError]:
    """The records of a JSON Lines member with their line numbers; an `InputError` for each line that is not JSON."""
    bounds = member.bounds
    number = 0
    try:
        with text(member) as stream:
            while line := stream.readline(bounds.record_bytes + 1):
                number += 1
                if len(line) > bounds.record_bytes:
                    yield member.error(
                        f"longer than {bounds.record_bytes:,} characters, the limit for a line", record=number
                    )
                    while line and not line.endswith("\n"):
                        line = stream.readline(bounds.record_bytes)
                elif line.strip():
                    yield _line(member, number, line)
    except InputError as error:
        yield error


def value(member: Member) -> Any:
    """The whole value of a JSON member that is bounded by its nature: an account, a manifest.

    Raises:
        InputError: it is not JSON, or larger than `bounds.whole_bytes`.
    """
    data = member.whole()
    text = data.decode(encoding(data), "policy428-windows")
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError):
        raise member.error("is not JSON", hint="download it again") from None
    return _whole(text, _checked(member, loaded, None))


def repaired(value: Any) -> Any:
    """`value` with every string mended that Meta wrote as Latin-1 escapes of UTF-8 bytes; others stay as they are."""
    if isinstance(value, str):
        if value.isascii():
            return value
        try:
            return value.encode("latin-1").decode("utf-8")
        except UnicodeError:
            return value
    if isinstance(value, list):
        return [repaired(item) for item in value]
    if isinstance(value, dict):
        return {repaired(key): repaired(item) for key, item in value.items()}
    return value


def _numbered(member: Member, prefix: str) -> Iterator[Record | InputError]:
    number = 0
    try:
        for item in _items(member, prefix, exact=False):
            number += 1
            if isinstance(item, dict):
                yield _sound(member, number, item)
    except _Overflow:
        # The fast parser takes no integer beyond 64 bits; the other is slower, so it only takes over where one stands.
        done, number = number, 0
        for item in _items(member, prefix, exact=True):
            number += 1
            if number > done and isinstance(item, dict):
                yield _sound(member, number, item)


def _sound(member: Member, number: int, item: Any) -> Record | InputError:
    try:
        return number, _checked(member, item, number)
    except InputError as error:
        return error


class _Overflow(Exception):
    """A number that the fast parser cannot hold."""


def _items(member: Member, prefix: str, *, exact: bool) -> Iterator[Any]:
    """The values at `prefix`.

    Raises:
        InputError: after the good ones, where the JSON is broken or a record larger than the bound.
        _Overflow: after the good ones, where an integer needs the exact parser.
    """
    import ijson

    found = ijson.sendable_list()
    parser = ijson.items_coro(found, prefix, use_float=not exact)
    limit = member.bounds.record_bytes
    since = count = deep = 0
    depth = _Depth()
    before = b""
    problem: InputError | _Overflow | None = None
    with utf8(member) as stream:
        while problem is None:
            data = stream.read(_CHUNK)
            most = depth.most(data)
            deep += most > _DEEP
            stop = most > _DEEPEST or deep > _MOST_DEEP
            if stop:
                # Records that stand before what is deep are good.
                found_deep = _DEEP_RUN.search(data)
                data = (data[: found_deep.start()] if found_deep else b"") or b" "
            if exact and _LONG.search(before + data):
                problem = member.error(f"a number is too long after record {count:,}; the rest is not read")
                break
            before = data[-4_000:]
            try:
                if data:
                    parser.send(data)
                else:
                    parser.close()
            except Exception as error:
                if "integer overflow" in str(error):
                    problem = _Overflow()
                else:
                    problem = member.error(
                        f"the JSON is broken after record {count + len(found):,}; the rest is not read",
                        hint="download it again",
                    )
            since = 0 if found else since + len(data)
            count += len(found)
            yield from found
            found.clear()
            if stop and problem is None:
                problem = member.error(f"nested too deeply after record {count:,}; the rest is not read")
            if not data:
                break
            if since > limit:
                problem = member.error(
                    f"larger than {limit:,} bytes, the limit for a record; the rest is not read", record=count + 1
                )
    if problem is not None:
        raise problem


class _Depth:
    """Counts the brackets of JSON that are open at once, as its bytes go by; those in strings do not count."""

    def __init__(self) -> None:
        self.now = 0
        self._held = b""
        self._quoted = 0

    def most(self, data: bytes) -> int:
        """How many were open at most in `data`, the next bytes; not exact where no more than `_DEEP` were."""
        brackets = self._brackets(data)
        if self.now + brackets.count(b"[") + brackets.count(b"{") <= _DEEP:
            self.now = max(self.now + len(brackets) - 2 * (brackets.count(b"]") + brackets.count(b"}")), 0)
            return _DEEP
        most = self.now
        for bracket in brackets:
            self.now = self.now + 1 if bracket in b"[{" else max(self.now - 1, 0)
            most = max(most, self.now)
        return most

    def _brackets(self, data: bytes) -> bytes:
        data = self._held + data
        self._held = b"\\" if (len(data) - len(data.rstrip(b"\\"))) % 2 else b""
        data = data[: len(data) - len(self._held)]
        parts = data.replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')
        outside = b"".join(parts[self._quoted :: 2])
        self._quoted = (self._quoted + len(parts) - 1) % 2
        return outside.translate(None, _OTHERS)


def _find(member: Member, keys: tuple[str, ...]) -> tuple[str, str | None] | None:
    """The path of the list or the record, and `array`, `map` or None; None where no key is there."""
    wanted = {tuple(key.casefold().split(".")) for key in keys}
    head = member.head()
    if len(head) < member.size or not head:
        # Most often the head says it, and then a packed archive need not be unpacked to here twice.
        found = _look(io.BytesIO(head.removeprefix(b"\xef\xbb\xbf")), wanted) if encoding(head) == "utf-8" else None
        if found is not None:
            return found
    with utf8(member) as stream:
        found = _look(stream, wanted)
    return found


def _look(stream: BinaryIO, wanted: set[tuple[str, ...]]) -> tuple[str, str | None] | None:
    """The path of the first list or object at one of `wanted`; None where the stream ends before."""
    import ijson

    events = ijson.sendable_list()
    parser = ijson.basic_parse_coro(events)
    path: list[str] = []
    depth = 0
    anywhere = ("*",) in wanted
    longest = _FAR if anywhere else max((len(key) for key in wanted), default=0)
    read = 0
    while data := stream.read(_CHUNK):
        read += len(data)
        try:
            parser.send(data)
        except Exception:
            data = b""
        for event, value in events:
            if event == "map_key":
                if depth <= longest:
                    path[depth - 1 :] = [value]
            elif event in ("start_map", "start_array"):
                kind = "map" if event == "start_map" else "array"
                if depth == 0 and (kind == "array" or not wanted):
                    return "", kind
                if depth > _DEEP:
                    return None
                if depth and depth <= longest and len(path) == depth and _at(path) in wanted:
                    return ".".join(path), kind
                if anywhere and kind == "map" and depth > 1 and path[-1:] == ["\0"] and "\0" not in path[:-1]:
                    return ".".join(path[:-1]), "array"
                depth += 1
                if kind == "array":
                    path[depth - 1 :] = ["\0"]
            elif event in ("end_map", "end_array"):
                depth -= 1
                del path[depth:]
            elif depth == 0 or (event == "null" and len(path) == depth and _at(path) in wanted):
                return "", None
        events.clear()
        if not data or read > _PATH_BYTES:
            return None
    return None


def _at(path: list[str]) -> tuple[str, ...]:
    return tuple(key.casefold() for key in path)


def _line(member: Member, number: int, line: str) -> Record | InputError:
    try:
        return number, _whole(line, _checked(member, json.loads(line.lstrip("\ufeff")), number))
    except json.JSONDecodeError as error:
        return member.error(f"not JSON: {error.msg} at column {error.colno}", record=number)
    except (ValueError, RecursionError):
        return member.error("not JSON: nested too deeply or a number too long", record=number)
    except InputError as error:
        return error


def _whole(text: str, value: Any) -> Any:
    """`value`, read from `text`, with halves of surrogate pairs, which no output can be written with, made U+FFFD."""
    return _mended(value) if _HALF.search(text) else value


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_mended(item) for item in value]
    if isinstance(value, dict):
        return {_mended(key): _mended(item) for key, item in value.items()}
    return value


def _checked(member: Member, value: Any, record: int | None) -> Any:
    """`value`, if it is not nested deeper than the bound.

    Raises:
        InputError: it is.
    """
    bounds: Bounds = member.bounds
    level = [value]
    for _ in range(bounds.depth):
        level = [
            child
            for item in level
            for child in (item.values() if isinstance(item, dict) else item if isinstance(item, list) else ())
            if isinstance(child, dict | list)
        ]
        if not level:
            return value
    raise member.error(f"nested deeper than {bounds.depth} levels, the limit", record=record)
