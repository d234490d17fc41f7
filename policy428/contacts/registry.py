"""Finds the detectors: every module of `policy428.contacts.detectors` is one.

A detector module has `RANK` (of two finds that overlap, the higher rank stays), `worth(scan) -> bool`, a cheap look
whether searching can pay, and `find(scan) -> Iterator[Contact]`. A new kind of contact is a new file there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from policy428.contacts import detectors
from policy428.contacts.contact import Contact
from policy428.contacts.scan import Scan
from policy428.plugins import modules


class Detector(Protocol):
    """What a detector module offers."""

    RANK: int

    def worth(self, scan: Scan) -> bool:
        """Whether `find` may find something; must be cheap and never wrong to say no."""
        ...

    def find(self, scan: Scan) -> Iterator[Contact]:
        """The contacts of one kind in the text."""
        ...


@cache
def all_detectors() -> tuple[Detector, ...]:
    """Every detector, the highest rank first."""
    found = [cast(Detector, import_module(f"{detectors.__name__}.{name}")) for name in modules(detectors)]
    return tuple(sorted(found, key=lambda module: -module.RANK))
