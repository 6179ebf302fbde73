"""The settings in use: what holds now, how it is changed, who is told."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from vitrail.settings import file
from vitrail.settings.model import Settings
from vitrail.settings.parsing import KEYS, converted, section_types
from vitrail_resources.translation import tr

Watcher = Callable[[Settings, Settings], None]
"""Is called with the settings before and after a change."""


class SettingsStore:
    """Holds the settings of a session, and keeps them in a file.

    Attributes:
        now: What holds.
        problems: A sentence for each thing in the file that is of no use.
        path: The file; None when nothing is kept.
        troubled: Is called with a sentence when a change holds but cannot be kept.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Read the file, if one is given; a broken one is left alone and said in `problems`."""
        self.path = path
        self.now = Settings()
        self.problems: list[str] = []
        self.troubled: Callable[[str], None] = lambda _sentence: None
        self._watchers: list[Watcher] = []
        self._is_broken = False
        self.reload()

    def reload(self) -> None:
        """Take what the file says now; when it cannot be understood, what holds stays."""
        if self.path is None:
            return
        self._is_broken = False
        try:
            settings, self.problems = file.read(self.path)
        except file.BrokenFileError as error:
            self._is_broken = True
            self.problems = [tr("{error} It is left as it is, and no change is kept.", error=error)]
            return
        self._use(settings)

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Call `watcher` after each change; return what ends that, once or more often."""
        self._watchers.append(watcher)

        def end() -> None:
            if watcher in self._watchers:
                self._watchers.remove(watcher)

        return end

    def change(self, section: str, name: str, value: Any) -> None:
        """Set one setting, from now on and for the next time.

        Args:
            section: Its table in the file.
            name: Of the setting.
            value: Of its type.

        Raises:
            msgspec.ValidationError: The value is not one that it can have.
        """
        kind = section_types()[section]
        field = next(each for each in msgspec.structs.fields(kind) if each.name == name)
        value = converted(value, field)
        changed = msgspec.structs.replace(getattr(self.now, section), **{name: value})
        self._use(msgspec.structs.replace(self.now, **{section: changed}))
        self._keep(section, name, None if value == field.default else value)

    def change_keys(self, command: str, keys: tuple[str, ...] | None) -> None:
        """Give a command other keys, from now on; None gives back its own."""
        changed = {name: each for name, each in self.now.keys.items() if name != command}
        if keys is not None:
            changed[command] = keys
        self._use(msgspec.structs.replace(self.now, keys=changed))
        self._keep(KEYS, command, keys)

    def _keep(self, section: str, name: str, value: Any) -> None:
        if self.path is None or self._is_broken:
            return
        try:
            file.write(self.path, {(section, name): value})
        except file.BrokenFileError as error:  # somebody broke it meanwhile
            self._is_broken = True
            self.troubled(tr("{error} It is left as it is, and no change is kept.", error=error))
        except OSError as error:
            reason = error.strerror or error
            self.troubled(
                tr(
                    "The setting holds, but {path} cannot be written: {reason}.",
                    path=self.path,
                    reason=reason,
                )
            )

    def _use(self, settings: Settings) -> None:
        before, self.now = self.now, settings
        if before != settings:
            for watcher in tuple(self._watchers):
                watcher(before, settings)
