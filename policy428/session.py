"""A run over drafts: each is checked by the linter of the configuration that applies where it lies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from policy428.errors import Policy428Error

if TYPE_CHECKING:
    from policy428.config import Config
    from policy428.linter import Linter

_T = TypeVar("_T")


class Session:
    """Configurations and linters by place, each made once; one that is wrong stays wrong.

    Args:
        config: a configuration file for all drafts; None to find the one nearest to each.
        isolated: no file is read, only what comes with the package.
        options: values of the command line, as `Config.with_options` takes them.
    """

    def __init__(
        self, *, config: Path | None = None, isolated: bool = False, options: Mapping[str, Any] | None = None
    ) -> None:
        self.path = config
        self.isolated = isolated
        self.options = dict(options or {})
        self._files: dict[Path, Path | None] = {}
        self._made: dict[tuple[str, Path | None], Any] = {}

    def config(self, draft: str) -> Config:
        """The configuration for the draft at the path `draft`.

        Raises:
            ConfigError: it is wrong.
        """
        file = self._file(draft)
        return self._once("config", file, lambda: self._load(file))

    def linter(self, draft: str) -> Linter:
        """The linter for the draft at the path `draft`.

        Raises:
            Policy428Error: the configuration, a rule, a list, a roster or a register is wrong.
        """

        def make() -> Linter:
            from policy428.linter import Linter

            return Linter(self.config(draft))

        return self._once("linter", self._file(draft), make)

    def here(self) -> Linter:
        """The linter of the working folder, for commands that read no draft.

        Raises:
            Policy428Error: the configuration, a rule, a list, a roster or a register is wrong.
        """
        return self.linter("draft")

    def _file(self, draft: str) -> Path | None:
        if self.path is not None or self.isolated:
            return self.path
        folder = Path(draft).absolute().parent
        if folder not in self._files:
            from policy428.config_files import find

            self._files[folder] = find(folder)
        return self._files[folder]

    def _load(self, file: Path | None) -> Config:
        from policy428.config import Config

        config = Config.packaged() if file is None else Config.load(file)
        return config.with_options(**self.options)

    def _once(self, kind: str, file: Path | None, make: Callable[[], _T]) -> _T:
        key = (kind, file)
        if key not in self._made:
            try:
                self._made[key] = make()
            except Policy428Error as error:
                self._made[key] = error
        made = self._made[key]
        if isinstance(made, Policy428Error):
            raise made
        return made  # type: ignore[no-any-return]
