"""Call tips in an input: which call the caret is in, what to ask, what to point out."""

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QFont, QTextCursor
from PySide6.QtWidgets import QWidget

from vitrail_widgets.calltip.tip_label import TipLabel
from vitrail_widgets.console.input_area import InputArea
from vitrail_widgets.editing.offsets import from_utf16, to_utf16
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.signature.binding import current_parameter
from vitrail_widgets.signature.model import Signature
from vitrail_widgets.signature.tip import one_line, wrapped

SETTLE_MS = 40  # the caret passes many calls on its way; only where it rests is asked about


class CallTips(QObject):
    """Shows the signature of the call that the caret is in, as long as it is in it.

    The signature is asked for once for a call; which parameter is meant is found here as
    the caret moves.

    Signals:
        wanted: Code and the offset after the callee (code points); `offer` answers.
    """

    wanted = Signal(str, int)

    def __init__(self, editor: InputArea, tip_parent: QWidget) -> None:
        super().__init__(editor)
        self.language = "python"
        self._editor = editor
        self._label = TipLabel(tip_parent)
        self._known: tuple[str, Signature | None] | None = None
        self._asked: tuple[str, int] | None = None
        self._dismissed = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._follow)
        editor.commands.register("input.dismiss_tip", self.dismiss)
        editor.cursorPositionChanged.connect(self._on_editor_changed)
        editor.textChanged.connect(self._on_editor_changed)

    @property
    def label(self) -> TipLabel:
        """The tip."""
        return self._label

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the code font."""
        self._label.apply_theme(theme, font)

    def offer(self, code: str, end: int, signature: Signature | None) -> None:
        """Take an answer to `wanted`; None says that nothing is known. A stale one is dropped."""
        if self._asked != (code, end):
            return
        self._asked = None
        current = current_parameter(*self._here(), None, self.language)
        if current is not None and current.call.end <= len(code):
            self._known = (current.call.callee, signature)
            self._follow()

    def dismiss(self) -> bool:
        """Hide the tip until another call; say whether one was shown."""
        was_shown = self._label.isVisible()
        if was_shown and self._known is not None:
            self._dismissed = self._known[0]
        self._label.hide()
        return was_shown

    def close(self) -> None:
        """Hide the tip and forget the call."""
        self._timer.stop()
        self._known = self._asked = None
        self._dismissed = ""
        self._label.hide()

    def _on_editor_changed(self) -> None:
        if self._label.isVisible():
            self._follow()
        elif not self._editor.textCursor().hasSelection():
            self._timer.start()

    def _follow(self) -> None:
        """Show, move or hide the tip as the caret's place demands."""
        code, cursor = self._here()
        current = current_parameter(code, cursor, None, self.language)
        if current is None or not self._editor.hasFocus():
            self.close()
            return
        callee = current.call.callee
        if self._known is None or self._known[0] != callee:
            self._label.hide()
            self._ask(code, current.call.end)
            return
        signature = self._known[1]
        if signature is None or callee == self._dismissed:
            self._label.hide()
            return
        self._show(code, cursor, signature)

    def _show(self, code: str, cursor: int, signature: Signature) -> None:
        current = current_parameter(code, cursor, signature, self.language)
        if current is None:
            return
        index = current.parameter
        tip = one_line(signature, index)
        if len(tip.text) > self._label.columns:
            tip = wrapped(signature, index, columns=self._label.columns)
        self._label.show_tip(tip, signature.summary, self._line(code, current.call.start))

    def _ask(self, code: str, end: int) -> None:
        if self._asked != (code, end):
            self._dismissed = ""
            self._asked = (code, end)
            self.wanted.emit(code, end)

    def _line(self, code: str, start: int) -> QRect:
        """Return the row that is typed on, in the tip's parent; its left end is the callee's."""
        rect = self._editor.cursorRect()
        callee = QTextCursor(self._editor.document())
        callee.setPosition(to_utf16(code, start))
        begin = self._editor.cursorRect(callee)
        if begin.top() == rect.top():
            rect.setLeft(begin.left())
        corner = self._editor.viewport().mapToGlobal(QPoint(rect.left(), rect.top()))
        return QRect(self._label.within.mapFromGlobal(corner), rect.size())

    def _here(self) -> tuple[str, int]:
        code = self._editor.text()
        return code, from_utf16(code, self._editor.textCursor().position())
