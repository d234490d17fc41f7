"""Typed reading of one mapping of a settings file; a mistake names file, line, column, key and what was expected."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from policy428.errors import ConfigError, Policy428Error, did_you_mean
from policy428.yamlfile import KeyPath, YamlFile


class Section:
    """The mapping at `key` of `file`.

    Args:
        file: the parsed file.
        key: where in it; the whole file by default.
        error: class of the errors raised.

    Raises:
        Policy428Error: there is no mapping.
    """

    def __init__(self, file: YamlFile, key: KeyPath = (), error: type[Policy428Error] = ConfigError) -> None:
        self.file = file
        self.key = key
        self.error = error
        data = file.data
        for part in key:
            data = data[part]
        if data is None:
            data = {}
        if not isinstance(data, dict):
            raise self.wrong("must be a mapping of keys to values")
        self.data: dict[str, Any] = data

    def __contains__(self, name: str) -> bool:
        return self.data.get(name) is not None

    def wrong(self, message: str, name: str | int | None = None, *, hint: str | None = None) -> Policy428Error:
        """The error to raise about the value `name` (or the section itself)."""
        key = self.key if name is None else (*self.key, name)
        label = ".".join(str(part) for part in key)
        return self.error(f"“{label}” {message}" if label else message, place=self.file.place(key), hint=hint)

    def check_keys(self, known: Collection[str]) -> None:
        """Refuses keys that are not `known`, naming the nearest valid one."""
        for name in self.data:
            if name not in known:
                where = ".".join(str(part) for part in self.key)
                inside = f" in “{where}”" if where else ""
                place = self.file.place((*self.key, name))
                raise self.error(f"unknown key “{name}”{inside}", place=place, hint=did_you_mean(name, known))

    def string(self, name: str, default: str = "") -> str:
        """A text; numbers are taken as written (`policy: 428`)."""
        value = self.data.get(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self.wrong("must be a text", name)
        return str(value).strip()

    def required(self, name: str) -> str:
        """A text that must be there."""
        value = self.string(name)
        if not value:
            raise self.wrong(f"needs “{name}”" if self.key else f"“{name}” is missing")
        return value

    def choice(self, name: str, known: Collection[str], default: str) -> str:
        """A text out of `known`."""
        value = self.string(name, default)
        if value not in known:
            raise self.wrong(f"cannot be “{value}”", name, hint=did_you_mean(value, known))
        return value

    def boolean(self, name: str, default: bool = False) -> bool:
        """True or false."""
        value = self.data.get(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.wrong("must be true or false", name)
        return value

    def integer(self, name: str, default: int, *, least: int = 0) -> int:
        """A whole number of at least `least`."""
        value = self.data.get(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise self.wrong(f"must be a whole number of {least} or more", name)
        return value

    def share(self, name: str, default: float) -> float:
        """A number from 0 to 1."""
        value = self.data.get(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self.wrong("must be a number from 0 to 1", name)
        return float(value)

    def day(self, name: str) -> date | None:
        """A date, `2026-09-01`."""
        value = self.data.get(name)
        if value is None:
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            raise self.wrong("must be a date like 2026-09-01", name) from None

    def strings(self, name: str) -> tuple[str, ...]:
        """A list of texts; a single text counts as a list of one."""
        value = self.data.get(name)
        if value is None:
            return ()
        if isinstance(value, str):
            return (value.strip(),)
        if not isinstance(value, list):
            raise self.wrong("must be a list of texts", name)
        for number, item in enumerate(value):
            if isinstance(item, bool) or not isinstance(item, str | int | float):
                place = self.file.place((*self.key, name, number))
                raise self.error(f"“{name}[{number}]” must be a text", place=place)
        return tuple(str(item).strip() for item in value)

    def table(self, name: str) -> dict[str, str]:
        """A mapping of texts to texts."""
        if name not in self:
            return {}
        inner = Section(self.file, (*self.key, name), self.error)
        return {key: inner.string(key) for key in inner.data}

    def section(self, name: str) -> Section:
        """The mapping under `name`; empty when it is absent."""
        if self.data.get(name) is None:
            return Section(YamlFile(self.file.path, {}, {(): self._here(name)}), (), self.error)
        return Section(self.file, (*self.key, name), self.error)

    def sections(self, name: str) -> Iterator[Section]:
        """Each mapping of the list under `name`."""
        value = self.data.get(name)
        if value is None:
            return
        if not isinstance(value, list):
            raise self.wrong("must be a list", name)
        for number in range(len(value)):
            yield Section(self.file, (*self.key, name, number), self.error)

    def _here(self, name: str) -> tuple[int, int]:
        place = self.file.place((*self.key, name))
        return place.line or 1, place.column or 1
