"""Who does what a key of the console means."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtGui import QKeyEvent

from vitrail_widgets.commands.key_events import spellings_of
from vitrail_widgets.commands.live_keymap import LiveKeymap
from vitrail_widgets.keys.command import Scope
from vitrail_widgets.keys.strokes import Strokes

Run = Callable[[], object]
"""Returns False to leave the key to the next command that has it, or to Qt."""


class Handler(NamedTuple):
    """Does a command.

    Attributes:
        run: Does it.
        why_not: Says in a few words why it cannot be done now; empty when it can.
    """

    run: Run
    why_not: Callable[[], str]


class CommandDispatch:
    """Finds the handler of a command, for the keys of one console, its menus and the palette."""

    def __init__(self, live: LiveKeymap | None = None) -> None:
        self._live = live or LiveKeymap()
        self._handlers: dict[str, Handler] = {}
        self._begun: Strokes = ()

    @property
    def live(self) -> LiveKeymap:
        """The keymap that it looks into."""
        return self._live

    def follow(self, live: LiveKeymap) -> None:
        """Look into another keymap from now on: the one of the whole application."""
        self._live = live

    def register(self, command_id: str, run: Run, why_not: Callable[[], str] | None = None) -> None:
        """Name the one who does a command; an earlier one is replaced."""
        self._handlers[command_id] = Handler(run, why_not or _no_reason)

    def handler(self, command_id: str) -> Handler | None:
        """Return who does a command here."""
        return self._handlers.get(command_id)

    def run(self, command_id: str) -> bool:
        """Do a command; say whether there was something to do."""
        handler = self._handlers.get(command_id)
        return handler is not None and not handler.why_not() and handler.run() is not False

    def press(self, event: QKeyEvent, *scopes: Scope) -> bool:
        """Do what a key means; say whether it was used up.

        Args:
            event: A key press.
            scopes: Where the focus is, as far as the caller is concerned.
        """
        names = spellings_of(event)
        if not names:
            return False
        begun, self._begun = self._begun, ()
        for name in names:
            if any(self._run_at((*begun, name), scope) for scope in scopes):
                return True
        for name in names:
            if self._begins((*begun, name), scopes):
                self._begun = (*begun, name)
                return True
        return bool(begun) or self._was_taken(names, scopes)

    def claims(self, event: QKeyEvent, *scopes: Scope) -> bool | None:
        """Answer Qt's question whether a key is to be kept from the window's shortcuts.

        Returns:
            True to keep it, False to let the window have it, None if it means nothing to us.
        """
        for name in spellings_of(event):
            strokes = (*self._begun, name)
            if self._begun or self._means(strokes, scopes) or self._begins(strokes, scopes):
                return True
            keymap = self._live.keymap
            if keymap.at(strokes, Scope.WINDOW) or keymap.begins(strokes, Scope.WINDOW):
                return False
        return None

    def _means(self, strokes: Strokes, scopes: tuple[Scope, ...]) -> bool:
        commands = (one for scope in scopes for one in self._live.keymap.at(strokes, scope))
        return any(command.id in self._handlers for command in commands)

    def _run_at(self, strokes: Strokes, scope: Scope) -> bool:
        return any(self.run(command.id) for command in self._live.keymap.at(strokes, scope))

    def _begins(self, strokes: Strokes, scopes: tuple[Scope, ...]) -> bool:
        return any(self._live.keymap.begins(strokes, scope) for scope in scopes)

    def _was_taken(self, names: tuple[str, ...], scopes: tuple[Scope, ...]) -> bool:
        """Tell whether Qt would do of itself what the user took from a key."""
        taken = self._live.keymap.was_taken
        return any(taken((names[0],), scope) for scope in scopes if scope is not Scope.POPUP)


def _no_reason() -> str:
    return ""
