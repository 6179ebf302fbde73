"""A field that takes the keys one presses, whatever they are."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.commands.key_events import shown, spellings_of
from vitrail_widgets.keys.strokes import MAX_STROKES, Strokes

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KeyRecorder(QLineEdit):
    """Shows the keys that are pressed in it.

    The first key is recorded whatever it is: also Tab, Enter and Esc. After it Enter takes what was
    recorded, Esc drops it, Backspace begins anew, and any other key goes on with a sequence.

    Signals:
        recorded: The keys are others now.
        accepted: The keys are to be used.
        cancelled: They are not.
    """

    recorded = Signal()
    accepted = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: Strokes = ()
        self.setReadOnly(True)
        self.setPlaceholderText(tr("Press the keys"))
        self.setAccessibleName(tr("New keys"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    @property
    def strokes(self) -> Strokes:
        """What was recorded."""
        return self._strokes

    def begin(self) -> None:
        """Forget what was recorded, and wait for keys."""
        self._set(())
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """Take every key before Qt moves the focus by it or finds a shortcut."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._press(event)
                event.accept()
                return True
        return super().event(event)

    def _press(self, event: QKeyEvent) -> None:
        names = spellings_of(event)
        if not names or event.isAutoRepeat():
            return
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self._strokes and plain and event.key() in _ENTER:
            self.accepted.emit()
        elif self._strokes and plain and event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif self._strokes and plain and event.key() == Qt.Key.Key_Backspace:
            self._set(())
        elif len(self._strokes) < MAX_STROKES:
            self._set((*self._strokes, names[-1]))

    def _set(self, strokes: Strokes) -> None:
        self._strokes = strokes
        self.setText(shown(strokes) if strokes else "")
        self.recorded.emit()
