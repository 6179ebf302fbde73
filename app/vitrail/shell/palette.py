"""The command palette of the window: what it offers, and who does it."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMainWindow

from vitrail.shell.appearance import Appearance
from vitrail_resources.translation import tr
from vitrail_widgets.commands.dispatch import CommandDispatch
from vitrail_widgets.commands.key_events import shown
from vitrail_widgets.commands.live_keymap import LiveKeymap
from vitrail_widgets.keys.choices import Choice, Recent
from vitrail_widgets.keys.command import Command, Scope

if TYPE_CHECKING:
    from vitrail_widgets.commands.palette import CommandPalette

UNKNOWN_REASON = tr("Not possible now")

ELSEWHERE: Final = (Scope.POPUP, Scope.HISTORY, Scope.INSPECTOR, Scope.GRID)
"""What is done there means nothing where the palette is asked for."""


class WindowPalette(QObject):
    """Offers all commands of the window and of the console that has the focus.

    Signals:
        told: A command was chosen and had nothing to do; a sentence.
    """

    told = Signal(str)

    def __init__(
        self,
        window: QMainWindow,
        live: LiveKeymap,
        actions: Mapping[str, QAction],
        console: Callable[[], CommandDispatch],
        appearance: Appearance,
        why_not: Callable[[str], str],
    ) -> None:
        """Prepare; the palette is made when it is first opened.

        Args:
            window: What it lies over.
            live: Says which commands there are, and their keys.
            actions: Those of the window, by command id.
            console: Returns who does those of the console.
            appearance: Gives the theme.
            why_not: Says why a command cannot be done now.
        """
        super().__init__(window)
        self._window = window
        self._live, self._actions, self._console = live, actions, console
        self._appearance, self._reason = appearance, why_not
        self._recent = Recent()

    @cached_property
    def popup(self) -> "CommandPalette":
        """The field and the list."""
        from vitrail_widgets.commands.palette import CommandPalette

        popup = CommandPalette(self._window)
        popup.chosen.connect(self._on_popup_chosen)
        popup.apply_theme(self._appearance.theme, QApplication.font())
        self._appearance.theme_changed.connect(self._restyle)
        return popup

    def toggle(self) -> None:
        """Open the palette, or close it if it is open."""
        if self.popup.isVisible():
            self.popup.close_again()
        else:
            self.popup.open(self._recent.first(self._choices()))

    def _choices(self) -> Iterator[Choice]:
        keymap = self._live.keymap
        for command in keymap.commands.values():
            is_elsewhere = command.scope in ELSEWHERE
            if command.title and not is_elsewhere and command.id != "edit.palette":
                keys = keymap.keys_of(command.id)
                yield Choice(command, shown(keys[0]) if keys else "", self._why_not(command))

    def _why_not(self, command: Command) -> str:
        if command.scope is Scope.WINDOW:
            action = self._actions[command.id]
            if not action.isEnabled():
                return action.statusTip() or UNKNOWN_REASON
        elif self._console().handler(command.id) is None:
            return UNKNOWN_REASON
        return self._reason(command.id)

    def _on_popup_chosen(self, command_id: str) -> None:
        self._recent.note(command_id)
        command = self._live.keymap.commands[command_id]
        if command.scope is Scope.WINDOW:
            self._actions[command_id].trigger()
        elif not self._console().run(command_id):
            said = tr("{label}: there was nothing to do.", label=command.label)
            when = tr("It is done only {when}.", when=command.when) if command.when else ""
            self.told.emit(f"{said} {when}".strip())

    def _restyle(self) -> None:
        self.popup.apply_theme(self._appearance.theme, QApplication.font())
