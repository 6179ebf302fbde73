"""Call tips in an input: which call the caret is in, what to ask, what to point out."""

from typing import NamedTuple

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QFont, QTextCursor
from PySide6.QtWidgets import QWidget

from vitrail_widgets.calltip.tip_label import GAP, TipLabel
from vitrail_widgets.console.input_area import InputArea
from vitrail_widgets.editing.offsets import from_utf16, to_utf16
from vitrail_widgets.qt.text_pane import TextPane
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.signature.binding import current_parameter
from vitrail_widgets.signature.model import Signature
from vitrail_widgets.signature.tip import one_line, wrapped

SETTLE_MS = 40  # the caret passes many calls on its way; only where it rests is asked about
PANE_WIDTH, PANE_HEIGHT = 620, 320


class Known(NamedTuple):
    """What is known of a callee.

    Attributes:
        documentation: All of it, as plain text.
    """

    callee: str
    signature: Signature | None
    documentation: str


class CallTips(QObject):
    """Shows the signature of the call that the caret is in, as long as it is in it.

    The signature is asked for once for a call; which parameter is meant is found here as
    the caret moves. On request all of the documentation is shown too.

    Attributes:
        automatic: Whether a call that is written shows its tip; else only a request does.

    Signals:
        wanted: Code and the offset after the callee (code points); `offer` answers.
    """

    wanted = Signal(str, int)

    def __init__(self, editor: InputArea, tip_parent: QWidget) -> None:
        super().__init__(editor)
        self.language = "python"
        self.automatic = True
        self._editor = editor
        self._label = TipLabel(tip_parent)
        self._pane = TextPane(tip_parent, "Documentation of the call")
        self._known: Known | None = None
        self._is_requested = self._is_full = False
        self._asked: tuple[str, int] | None = None
        self._dismissed = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._follow)
        editor.commands.register("input.dismiss_tip", self.dismiss)
        editor.commands.register("input.tip", self.request)
        editor.commands.register("console.tip_page_down", lambda: self._page(1))
        editor.commands.register("console.tip_page_up", lambda: self._page(-1))
        editor.cursorPositionChanged.connect(self._on_editor_changed)
        editor.textChanged.connect(self._on_editor_changed)

    @property
    def label(self) -> TipLabel:
        """The tip."""
        return self._label

    @property
    def pane(self) -> TextPane:
        """Where all of the documentation is shown."""
        return self._pane

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the code font."""
        self._label.apply_theme(theme, font)
        self._pane.apply_theme(theme, font)

    def offer(
        self, code: str, end: int, signature: Signature | None, documentation: str = ""
    ) -> None:
        """Take an answer to `wanted`; None says that nothing is known. A stale one is dropped."""
        if self._asked != (code, end):
            return
        self._asked = None
        current = current_parameter(*self._here(), None, self.language)
        if current is not None and current.call.end <= len(code):
            self._known = Known(current.call.callee, signature, documentation)
            self._follow()

    def request(self) -> bool:
        """Show the tip of the call that the caret is in; where it is shown, all there is to read.

        Returns:
            Whether the caret is in a call.
        """
        if self._label.isVisible() or self._pane.isVisible():
            self._is_full = not self._pane.isVisible()
        elif current_parameter(*self._here(), None, self.language) is None:
            return False
        self._dismissed, self._is_requested = "", True
        self._follow()
        return True

    def dismiss(self) -> bool:
        """Hide the tip until another call; say whether one was shown."""
        was_shown = self._label.isVisible() or self._pane.isVisible()
        if was_shown and self._known is not None:
            self._dismissed = self._known.callee
        self._hide()
        return was_shown

    def close(self) -> None:
        """Hide the tip and forget the call."""
        self._timer.stop()
        self._known = self._asked = None
        self._dismissed = ""
        self._is_requested = False
        self._hide()

    def _hide(self) -> None:
        self._is_full = False
        self._label.hide()
        self._pane.hide()

    def _page(self, direction: int) -> bool:
        """Scroll the documentation; say whether it is shown."""
        if self._pane.isVisible():
            self._pane.page(direction)
        return self._pane.isVisible()

    def _on_editor_changed(self) -> None:
        if self._label.isVisible() or self._pane.isVisible():
            self._follow()
        elif self.automatic and not self._editor.textCursor().hasSelection():
            self._timer.start()

    def _follow(self) -> None:
        """Show, move or hide the tip as the caret's place demands."""
        code, cursor = self._here()
        current = current_parameter(code, cursor, None, self.language)
        if current is None or not self._editor.hasFocus():
            if self._label.isVisible() or self._pane.isVisible():
                self._editor.late_escape.note()
            self.close()
            return
        callee = current.call.callee
        if self._known is None or self._known.callee != callee:
            self._hide()
            if self.automatic or self._is_requested:
                self._ask(code, current.call.end)
        elif callee == self._dismissed:
            self._hide()
        else:
            self._show(code, cursor, self._known)

    def _show(self, code: str, cursor: int, known: Known) -> None:
        current = current_parameter(code, cursor, known.signature, self.language)
        if current is None:
            return
        line = self._line(code, current.call.start)
        if known.signature is None:
            self._label.hide()
        else:
            self._show_signature(known.signature, current.parameter, line)
        if known.documentation and (self._is_full or self._is_only_text(known)):
            self._show_documentation(known.documentation, line)
        else:
            self._pane.hide()

    def _is_only_text(self, known: Known) -> bool:
        """Say whether a request can be answered by the documentation alone."""
        return known.signature is None and self._is_requested

    def _show_signature(self, signature: Signature, index: int | None, line: QRect) -> None:
        tip = one_line(signature, index)
        if len(tip.text) > self._label.columns:
            tip = wrapped(signature, index, columns=self._label.columns)
        self._label.show_tip(tip, signature.summary, line)

    def _show_documentation(self, text: str, line: QRect) -> None:
        """Show all there is, on the side of the line that has more room."""
        if not self._pane.isVisible() or self._pane.text != text:
            self._pane.set_text("", text)
        label = self._label.geometry() if self._label.isVisible() else QRect(line)
        area = self._label.within.rect()
        top = min(line.top(), label.top()) - GAP
        bottom = max(line.bottom(), label.bottom()) + GAP
        above, below = top - area.top(), area.bottom() - bottom
        width = min(PANE_WIDTH, area.width() - 2 * GAP)
        size = self._pane.ideal_size(width, min(PANE_HEIGHT, max(above, below)))
        y = top - size.height() if above >= below else bottom
        x = max(0, min(label.left(), area.width() - width - GAP))
        self._pane.appear(QRect(QPoint(x, y), size))

    def _ask(self, code: str, end: int) -> None:
        if self._asked != (code, end):
            self._dismissed = ""
            self._asked = (code, end)
            self.wanted.emit(code, end)

    def _line(self, code: str, start: int) -> QRect:
        """Return the line that is typed, in the tip's parent; its left end is the callee's.

        A line that is wrapped has several rows, of which none is to be covered.
        """
        rect = self._editor.cursorRect()
        callee = QTextCursor(self._editor.document())
        callee.setPosition(to_utf16(code, start))
        begin = self._editor.cursorRect(callee)
        if begin.top() == rect.top():
            rect.setLeft(begin.left())
        edge = self._editor.textCursor()
        edge.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        rect.setTop(min(rect.top(), self._editor.cursorRect(edge).top()))
        edge.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        rect.setBottom(max(rect.bottom(), self._editor.cursorRect(edge).bottom()))
        rect = rect.intersected(self._editor.viewport().rect())
        corner = self._editor.viewport().mapToGlobal(QPoint(rect.left(), rect.top()))
        return QRect(self._label.within.mapFromGlobal(corner), rect.size())

    def _here(self) -> tuple[str, int]:
        code = self._editor.text()
        return code, from_utf16(code, self._editor.textCursor().position())
