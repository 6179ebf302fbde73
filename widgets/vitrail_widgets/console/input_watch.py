"""What the view takes from its input: the wheel, the keys that scroll, and when it was typed in."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject
from PySide6.QtGui import QKeyEvent, QWheelEvent

from vitrail_widgets.console.input_area import InputArea
from vitrail_widgets.console.keyboard import ViewKeys

TYPING_MS = 1000  # after a key somebody is still typing


class InputWatch:
    """Looks at the events of an input before it does.

    It is no event filter of its own: that would be called while the input is being
    destroyed. The view is one, and hands the events on.
    """

    def __init__(
        self, editor: InputArea, keys: ViewKeys, wheel: Callable[[QWheelEvent], None]
    ) -> None:
        """Watch an input.

        Args:
            editor: The input.
            keys: Sees each key before the input does.
            wheel: Takes the wheel where the input has nothing to scroll.
        """
        self._editor, self._keys, self._wheel = editor, keys, wheel
        self._typed = QElapsedTimer()
        editor.submitted.connect(self._on_editor_submitted)

    @property
    def is_being_typed_in(self) -> bool:
        """Whether the input holds code, or a key was pressed in it a moment ago."""
        if not self._editor.hasFocus():
            return False
        recently = self._typed.isValid() and self._typed.elapsed() < TYPING_MS
        return recently or bool(self._editor.text().strip())

    def takes(self, watched: QObject, event: QEvent) -> bool:
        """Act on an event of the input or its viewport; say whether it was used up."""
        if isinstance(event, QWheelEvent):
            return watched is self._editor.viewport() and self._take_wheel(event)
        if watched is not self._editor or not isinstance(event, QKeyEvent):
            return False
        if event.type() != QEvent.Type.KeyPress:
            return False
        self._note_typing(event)
        self._keys.press_in_input(event)
        return False

    def _take_wheel(self, event: QWheelEvent) -> bool:
        if self._editor.scrolls(event):
            return False
        self._wheel(event)
        return True

    def _on_editor_submitted(self) -> None:
        self._typed.invalidate()

    def _note_typing(self, event: QKeyEvent) -> None:
        """Remember when something was typed."""
        if event.text() and event.text().isprintable():
            self._typed.start()
