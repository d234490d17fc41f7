"""What a scan reads: its sources, each with what is known beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from policy428.exports import Options
from policy428.readers import Given, Item


@dataclass(frozen=True, slots=True)
class Reading:
    """Sources and how they are read; may go to another process.

    Attributes:
        groups: sources of which the same is known, together, since parts of one export are among them.
        only: names of the only formats to be asked; None for all.
    """

    groups: tuple[tuple[tuple[str, ...], Options], ...]
    only: tuple[str, ...] | None = None

    def __call__(self) -> Iterator[Item]:
        """All posts in order, and an error in the place of each that cannot be read.

        Raises:
            InputError: a format or a field is named that nobody knows.
        """
        from policy428.exports.choose import read

        for sources, options in self.groups:
            yield from read(sources, options, self.only)


def reading(
    sources: Sequence[str],
    given: Callable[[str], Given],
    columns: Mapping[str, str],
    *,
    messages: bool = False,
    only: Sequence[str] = (),
) -> Reading:
    """How `sources` are read, in their order but for those that more is known of than of the first.

    Args:
        sources: files, folders and archives.
        given: what is known beside a source.
        columns: field of a post -> column, for tables that no format knows.
        messages: private messages are read too.
        only: names of the only formats to be asked.
    """
    groups: list[tuple[Given, list[str]]] = []
    for source in sources:
        known = given(source)
        group = next((together for other, together in groups if other == known), None)
        if group is None:
            groups.append((known, [source]))
        else:
            group.append(source)
    options = ((tuple(together), Options(known, columns, messages)) for known, together in groups)
    return Reading(tuple(options), tuple(only) or None)
