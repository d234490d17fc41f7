"""CAR files (content-addressable archives, version 1): a row of blocks, each with its content's address before it.

Read block by block, so that a repository of any size needs the memory of one block. Facts: the CAR v1 and CID
specifications (ipld.io/specs/transport/car/carv1).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from policy428.errors import InputError
from policy428.exports.tree import Member

_DAG_CBOR = 0x71
_MAX_BLOCK = 8 * 2**20


def is_car(member: Member) -> bool:
    """Whether `member` is a CAR file, by the header that it begins with."""
    head = member.head()[:100]
    return b"eroots" in head and b"gversion" in head


def blocks(member: Member) -> Iterator[tuple[int, bytes, Any] | InputError]:
    """The blocks of a CAR file with their numbers and addresses, decoded; what no decoder knows is left out."""
    from libipld import decode_dag_cbor

    try:
        with member.open() as stream:
            number = 0
            _section(stream)
            while (section := _section(stream)) is not None:
                number += 1
                size, codec = _address(section)
                if codec != _DAG_CBOR:
                    continue
                try:
                    value = decode_dag_cbor(section[size:])
                except Exception:
                    yield member.error("the block is not DAG-CBOR", record=number)
                    continue
                yield number, section[:size], value
    except ValueError as error:
        yield member.error(f"the repository is broken: {error}; the rest is not read", hint="download it again")
    except InputError as error:
        yield error


def _section(stream: BinaryIO) -> bytes | None:
    """The next length and as many bytes; None at the end.

    Raises:
        ValueError: the file ends within, or the length cannot be true.
    """
    size = shift = 0
    while True:
        byte = stream.read(1)
        if not byte and not shift:
            return None
        if not byte or shift > 63:
            raise ValueError("a block's length is cut off")
        size |= (byte[0] & 0x7F) << shift
        shift += 7
        if byte[0] < 0x80:
            break
    if size > _MAX_BLOCK:
        raise ValueError(f"a block is larger than {_MAX_BLOCK:,} bytes")
    section = stream.read(size)
    if len(section) < size:
        raise ValueError("a block is cut off")
    return section


def _address(section: bytes) -> tuple[int, int]:
    """The length of the content's address that a section begins with, and how the content is encoded."""
    if section[:2] == b"\x12\x20":
        return 34, 0x70
    at, parts = 0, []
    for _ in range(4):
        value = shift = 0
        while True:
            if at >= len(section) or shift > 63:
                raise ValueError("a block's address is cut off")
            byte = section[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        parts.append(value)
    return at + parts[3], parts[1]
