"""Completion in an input: when to ask, what to show, what a key does."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QFont, QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from vitrail_widgets.completion.popup import CompletionPopup
from vitrail_widgets.console.input_area import InputArea
from vitrail_widgets.editing.completions import Completion, CompletionList, Sifted
from vitrail_widgets.editing.offsets import from_utf16, to_utf16
from vitrail_widgets.keys.command import Scope
from vitrail_widgets.qt.theme import Theme

AFTER_TYPING_MS = 30  # letters that come quicker are asked about together


class Completer(QObject):
    """Offers completions while a name is typed, or on Tab.

    The kernel's answer decides which stretch of code a completion replaces. An answer that
    the code has outrun is dropped; letters typed since are sifted here, without asking again.

    Attributes:
        as_you_type: Whether typing alone brings the popup.

    Signals:
        wanted: Code and cursor (code points) to be asked about; `offer` answers.
    """

    wanted = Signal(str, int)

    def __init__(self, editor: InputArea, popup_parent: QWidget) -> None:
        super().__init__(editor)
        self.as_you_type = True
        self._editor = editor
        self._popup = CompletionPopup(popup_parent)
        self._popup.accepted.connect(self._insert)
        self._list: CompletionList | None = None
        self._sifted: Sifted | None = None
        self._asked: tuple[str, int] | None = None
        self._by_tab = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_TYPING_MS)
        self._timer.timeout.connect(self._ask)
        self._register_commands()
        editor.installEventFilter(self)
        editor.cursorPositionChanged.connect(self._on_editor_cursor_position_changed)

    @property
    def popup(self) -> CompletionPopup:
        """The popup."""
        return self._popup

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the code font."""
        self._popup.apply_theme(theme, font)

    def offer(self, answer: CompletionList) -> None:
        """Take an answer to `wanted`; one that is stale or no longer wanted is dropped."""
        if self._asked != (answer.code, answer.cursor):
            return
        self._asked = None
        typed = answer.typed(*self._here())
        if typed is None or not self._editor.hasFocus():
            self._close()
            return
        self._list, self._sifted = answer, Sifted(answer.items, typed)
        if self._by_tab and self._take_common_prefix():
            return
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that are ours, and notice what is typed."""
        if event.type() == QEvent.Type.FocusOut:
            self._close()
        elif isinstance(event, QInputMethodEvent) and event.preeditString():
            self._asked = None  # what is being composed is nobody's name yet
            self._close()
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._popup.isVisible() and self._editor.commands.claims(event, Scope.POPUP):
                event.accept()
                return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if self._popup.isVisible() and self._act(event):
                return True
            if self.as_you_type and _begins_or_continues_a_name(event.text()):
                self._timer.start()
        return super().eventFilter(watched, event)

    def _act(self, event: QKeyEvent) -> bool:
        """Do what a key means while the popup is open; say whether it was used up."""
        return self._editor.commands.press(event, Scope.POPUP)

    def _register_commands(self) -> None:
        register = self._editor.commands.register
        register("input.complete", self._ask_by_tab)
        register("popup.next", lambda: self._popup.step(1))
        register("popup.previous", lambda: self._popup.step(-1))
        register("popup.page_down", lambda: self._popup.page(1))
        register("popup.page_up", lambda: self._popup.page(-1))
        register("popup.accept", self._accept)
        register("popup.accept_or_enter", self._accept_or_enter)
        register("popup.close", self._close)

    def _accept(self) -> bool:
        """Insert what is chosen."""
        current = self._popup.current
        if current is not None:
            self._insert(current)
        return current is not None

    def _accept_or_enter(self) -> bool:
        """Insert what is chosen; on a name that is complete already Enter has its own meaning."""
        current = self._popup.current
        if current is not None and self._sifted and current.text == self._sifted.pattern.typed:
            self._close()
            return False
        return self._accept()

    def _insert(self, item: Completion) -> None:
        """Replace the stretch that the kernel named, and what was typed of it since."""
        if self._list is not None:
            self._replace(item.text)
        self._close()

    def _replace(self, text: str) -> None:
        assert self._list is not None
        code, _ = self._here()
        cursor = self._editor.textCursor()
        end = cursor.position()
        cursor.beginEditBlock()
        cursor.setPosition(to_utf16(code, self._list.start))
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
        cursor.endEditBlock()
        self._editor.setTextCursor(cursor)

    def _take_common_prefix(self) -> bool:
        """Insert on Tab what all have in common; True when nothing is left to choose."""
        assert self._sifted is not None
        if len(self._sifted.matches) == 1:
            self._insert(self._sifted.item(0))
            return True
        prefix = self._sifted.common_prefix()
        if prefix != self._sifted.pattern.typed:
            self._replace(prefix)
            self._sifted.sift(prefix)
        return False

    def _show(self) -> None:
        assert self._sifted is not None
        assert self._list is not None
        sifted = self._sifted
        only = sifted.item(0).text if len(sifted.matches) == 1 else None
        if not sifted.matches or only == sifted.pattern.typed:
            self._close()
            return
        self._popup.offer(sifted)
        self._popup.appear(self._line_of_name())

    def _line_of_name(self) -> QRect:
        """Return the line that is typed on, from the name's start, in the popup's parent."""
        assert self._list is not None
        code, _ = self._here()
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(to_utf16(code, self._list.start))
        rect = self._editor.cursorRect(cursor)
        viewport, parent = self._editor.viewport(), self._popup.within
        corner = parent.mapFromGlobal(viewport.mapToGlobal(QPoint(rect.left(), rect.top())))
        return QRect(corner, rect.size())

    def _on_editor_cursor_position_changed(self) -> None:
        if self._list is None or self._sifted is None:
            return
        typed = self._list.typed(*self._here())
        if typed is None or (not typed and self._sifted.pattern.typed):
            self._close()
            return
        if typed != self._sifted.pattern.typed:
            self._sifted.sift(typed)
            self._show()

    def _ask_by_tab(self) -> bool:
        if not self._may_complete():
            return False
        self._by_tab = True
        self._send()
        return True

    def _ask(self) -> None:
        code, cursor = self._here()
        before = code[:cursor]
        if self._list is None and before and _begins_or_continues_a_name(before[-1]):
            self._by_tab = False
            self._send()

    def _send(self) -> None:
        self._timer.stop()
        self._asked = self._here()
        self.wanted.emit(*self._asked)

    def _close(self) -> None:
        self._timer.stop()
        self._list = self._sifted = None
        self._popup.hide()

    def _here(self) -> tuple[str, int]:
        """Return the code and the cursor's place in it, in code points."""
        code = self._editor.text()
        return code, from_utf16(code, self._editor.textCursor().position())

    def _may_complete(self) -> bool:
        """Say whether Tab means completion here, and not indentation."""
        cursor = self._editor.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        return not cursor.hasSelection() and bool(before.strip()) and not before[-1].isspace()


def _begins_or_continues_a_name(text: str) -> bool:
    return len(text) == 1 and (text.isalpha() or text in "._%/")
