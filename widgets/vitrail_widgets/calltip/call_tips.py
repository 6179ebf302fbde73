"""Call tips in an input: which call the caret is in, what to ask, what to point out."""

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QFont, QTextCursor
from PySide6.QtWidgets import QWidget

from vitrail_widgets.console.input_area import AFTER_KEY_MS, InputArea
from vitrail_widgets.editing.offsets import from_utf16, to_utf16
from vitrail_widgets.qt.theme import Theme

if TYPE_CHECKING:
    from vitrail_widgets.calltip.panes import TipPanes
    from vitrail_widgets.calltip.tip_label import TipLabel
    from vitrail_widgets.qt.text_pane import TextPane
    from vitrail_widgets.signature.binding import Current
    from vitrail_widgets.signature.model import Signature

SETTLE_MS = 40  # the caret passes many calls on its way; only where it rests is asked about


class Known(NamedTuple):
    """What is known of a callee.

    Attributes:
        documentation: All of it, as plain text.
    """

    callee: str
    signature: "Signature | None"
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
        self._editor, self._tip_parent = editor, tip_parent
        self._looks: tuple[Theme, QFont] | None = None
        self._known: Known | None = None
        self._is_requested = self._is_full = False
        self._asked: tuple[str, int] | None = None
        self._dismissed = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._follow)
        editor.commands.register("input.dismiss_tip", self.dismiss)
        editor.commands.register("input.tip", self.request)
        editor.commands.register("console.tip_page_down", lambda: self._page(1))
        editor.commands.register("console.tip_page_up", lambda: self._page(-1))
        editor.cursorPositionChanged.connect(self._on_editor_changed)
        editor.textChanged.connect(self._on_editor_changed)
        editor.height_changed.connect(self._on_editor_changed)  # the line moves

    @property
    def label(self) -> "TipLabel":
        """The tip."""
        return self._panes.label

    @property
    def pane(self) -> "TextPane":
        """Where all of the documentation is shown."""
        return self._panes.pane

    @cached_property
    def _panes(self) -> "TipPanes":
        """What is shown, made when there is something to show."""
        from vitrail_widgets.calltip.panes import TipPanes

        panes = TipPanes(self._tip_parent)
        if self._looks is not None:
            panes.apply_theme(*self._looks)
        return panes

    @property
    def _is_open(self) -> bool:
        return "_panes" in vars(self) and self._panes.are_open

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the code font."""
        self._looks = (theme, font)
        if "_panes" in vars(self):
            self._panes.apply_theme(theme, font)

    def offer(
        self, code: str, end: int, signature: "Signature | None", documentation: str = ""
    ) -> None:
        """Take an answer to `wanted`; None says that nothing is known. A stale one is dropped."""
        if self._asked != (code, end):
            return
        self._asked = None
        current = self._current(*self._here())
        if current is not None and current.call.end <= len(code):
            self._known = Known(current.call.callee, signature, documentation)
            self._follow()

    def request(self) -> bool:
        """Show the tip of the call that the caret is in; where it is shown, all there is to read.

        Returns:
            Whether the caret is in a call.
        """
        if self._is_open:
            self._is_full = not self.pane.isVisible()
        elif self._current(*self._here()) is None:
            return False
        self._dismissed, self._is_requested = "", True
        self._follow()
        return True

    def dismiss(self) -> bool:
        """Hide the tip until another call; say whether one was shown."""
        was_shown = self._is_open
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
        if self._is_open:
            self._panes.hide()

    def _page(self, direction: int) -> bool:
        """Scroll the documentation; say whether it is shown."""
        is_there = self._is_open and self.pane.isVisible()
        if is_there:
            self.pane.page(direction)
        return is_there

    def _on_editor_changed(self) -> None:
        """Follow the caret, once for a key: a tip that is shown as soon as the key is painted."""
        if self._is_open:
            self._timer.start(AFTER_KEY_MS)
        elif self.automatic and not self._editor.textCursor().hasSelection():
            self._timer.start(SETTLE_MS)

    def _follow(self) -> None:
        """Show, move or hide the tip as the caret's place demands."""
        code, cursor = self._here()
        current = self._current(code, cursor)
        if current is None or not self._editor.hasFocus():
            if self._is_open:
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
        current = self._current(code, cursor, known.signature)
        if current is None:
            return
        line = self._line(code, current.call.start)
        if known.signature is None:
            self.label.hide()
        else:
            self._panes.show_signature(known.signature, current.parameter, line)
        if known.documentation and (self._is_full or self._is_only_text(known)):
            self._panes.show_documentation(known.documentation, line)
        else:
            self.pane.hide()

    def _is_only_text(self, known: Known) -> bool:
        """Say whether a request can be answered by the documentation alone."""
        return known.signature is None and self._is_requested

    def _ask(self, code: str, end: int) -> None:
        if self._asked != (code, end):
            self._dismissed = ""
            self._asked = (code, end)
            self.wanted.emit(code, end)

    def _line(self, code: str, start: int) -> QRect:
        """Return the line that is typed, in the tip's parent; it stands where the callee begins.

        A line that is wrapped has several rows, of which none is to be covered.
        """
        rect = self._editor.cursorRect()
        rect.setWidth(1)  # the caret is ours: Qt's own has none
        callee = QTextCursor(self._editor.document())
        callee.setPosition(to_utf16(code, start))
        begin = self._editor.cursorRect(callee)
        if begin.top() == rect.top():
            rect.moveLeft(begin.left())
        edge = self._editor.textCursor()
        if edge.block().layout().lineCount() > 1:
            edge.movePosition(QTextCursor.MoveOperation.StartOfBlock)
            rect.setTop(min(rect.top(), self._editor.cursorRect(edge).top()))
            edge.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            rect.setBottom(max(rect.bottom(), self._editor.cursorRect(edge).bottom()))
        rect = rect.intersected(self._editor.viewport().rect())
        corner = self._editor.viewport().mapToGlobal(QPoint(rect.left(), rect.top()))
        return QRect(self._tip_parent.mapFromGlobal(corner), rect.size())

    def _here(self) -> tuple[str, int]:
        code = self._editor.text()
        return code, from_utf16(code, self._editor.textCursor().position())

    def _current(
        self, code: str, cursor: int, signature: "Signature | None" = None
    ) -> "Current | None":
        """Return which parameter of which call is typed; what reads code is loaded for it."""
        if not code:
            return None
        from vitrail_widgets.signature.binding import current_parameter

        return current_parameter(code, cursor, signature, self.language)
