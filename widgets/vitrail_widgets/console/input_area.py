"""The live code input below the last cell."""

from PySide6.QtCore import QEvent, QMimeData, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.commands.dispatch import CommandDispatch
from vitrail_widgets.console import input_editing as editing
from vitrail_widgets.console.input_brackets import BracketFinder
from vitrail_widgets.console.input_caret import register_caret
from vitrail_widgets.console.input_keys import InputKeys
from vitrail_widgets.console.input_layout import InputLayout, count_rows, wrap_mode
from vitrail_widgets.console.input_painting import Caret, DropMark, caret_rect, paint_selection
from vitrail_widgets.console.input_recall import Recall
from vitrail_widgets.console.input_submission import Judge, Submission
from vitrail_widgets.console.input_transfer import Transfer, with_newlines
from vitrail_widgets.console.input_typing import Typing
from vitrail_widgets.console.late_escape import LateEscape
from vitrail_widgets.editing.completeness import Completeness
from vitrail_widgets.editing.history import InputHistory
from vitrail_widgets.highlight.highlighter import InputHighlighter, code_of
from vitrail_widgets.keys.command import Scope
from vitrail_widgets.qt.metrics import Metrics, code_font
from vitrail_widgets.qt.theme import Theme

TAB_COLUMNS = 4
AFTER_KEY_MS = 5
"""After a key, when it is painted: when to do what it brings with it besides what it types."""

MAX_ROWS = 40
"""Rows up to which it grows by itself; Qt asks for every visible row several times a key."""


class InputArea(QPlainTextEdit):
    """An editor for one input, as high as its text; its surroundings are painted by the view.

    Enter at the end submits what is complete, and Shift+Enter submits anything. What was submitted
    is one undo away.

    Attributes:
        commands: What keys do in it, and around it in the console.
        history: What Up and Down walk through; every submitted text is appended.
        typing: What a typed character does besides.
        late_escape: Is told when a list closes by itself, so that the key for it clears nothing.
        transfer: What is pasted and dropped.

    Signals:
        submitted: The text, to be run.
        completeness_wanted: The text, to be judged by the kernel. Without an answer within
            `input_question.ANSWER_MS` it is submitted.
        height_changed: `ideal_height` for the present width is another one now.
    """

    submitted = Signal(str)
    completeness_wanted = Signal(str)
    height_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.commands = CommandDispatch()
        self.history = InputHistory()
        self._recall = Recall(self, self.history)
        self._max_height: int | None = None
        self._height = 0
        self._scrolls = False
        self._is_composing = False
        self._text_layout = self._own_document()
        self._highlighter = InputHighlighter(self.document())
        self._highlighter.visible = self._visible_lines
        self._brackets = BracketFinder(self.document())
        self._marking = QTimer(self)
        self._marking.setSingleShot(True)
        self._marking.setInterval(AFTER_KEY_MS)
        self._marking.timeout.connect(self._mark_brackets)
        self._submission = Submission(self, self.history)
        self._caret = Caret(self)
        self._caret_place = QRect()
        self._drop_mark = DropMark(self)
        self._theme: Theme | None = None
        self._metrics = Metrics.of(code_font())
        self.typing = Typing(self, lambda: self.lexer_name)
        self._submission.indent = self.typing.indent_after
        self._submission.is_cut = self.typing.is_cut
        self.transfer = Transfer(self, self.typing.notation)
        self._keys = InputKeys(
            self, self.commands, self._submission, self._recall, self.typing, self.transfer
        )
        register_caret(self, self.commands)
        self.late_escape = LateEscape(self, self.commands)
        self._prepare()

    def _own_document(self) -> InputLayout:
        document = QTextDocument(self)
        layout = InputLayout(document)
        document.setDocumentLayout(layout)
        document.setDocumentMargin(0)
        document.clearUndoRedoStacks()  # of that margin
        self.setDocument(document)
        # Before the highlighter's slot, which lays lines out.
        document.contentsChange.connect(self._on_document_contents_change)
        return layout

    def _prepare(self) -> None:
        self.setAccessibleName(tr("Input"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setCursorWidth(0)  # ours has the accent's colour
        self.document().contentsChanged.connect(self._on_height_may_have_changed)
        self.cursorPositionChanged.connect(self._on_cursor_position_changed)
        self.selectionChanged.connect(self._repaint)
        self._caret.changed.connect(self._on_caret_changed)
        self._submission.submitted.connect(self.submitted)
        self._submission.completeness_wanted.connect(self.completeness_wanted)

    # -- what it shows -------------------------------------------------------------------------

    def text(self) -> str:
        """Return the text; lines are parted by a newline."""
        return code_of(self.document())

    def set_text(self, text: str) -> None:
        """Replace the text and go to its end; undo brings the old one back."""
        cursor = self.textCursor()
        editing.replace_all(cursor, with_newlines(text))
        self.setTextCursor(cursor)

    def set_lexer(self, name: str) -> None:
        """Colour with the Pygments lexer of that name; unknown names leave the text plain."""
        self._highlighter.set_lexer(name)
        self._on_cursor_position_changed()

    @property
    def lexer_name(self) -> str:
        """The name of the lexer in use."""
        return self._highlighter.lexer_name

    def prepare(self) -> None:
        """Do now, while nobody types, what the first key would have to wait for."""
        self._highlighter.prepare()

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the code font."""
        self._theme = theme
        self._metrics = Metrics.of(font)
        self.setFont(font)
        self.setTabStopDistance(TAB_COLUMNS * self._metrics.char_width)
        self._text_layout.set_row_height(self._metrics.line_height)
        clear = QColor(0, 0, 0, 0)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, clear)
        palette.setColor(QPalette.ColorRole.Text, theme.text)
        palette.setColor(QPalette.ColorRole.Highlight, clear)  # painted below, at full row height
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.text)
        self.setPalette(palette)
        self._highlighter.apply_theme(theme)
        self._on_cursor_position_changed()
        self._on_height_may_have_changed()

    @property
    def is_coloured(self) -> bool:
        """Whether all lines have their colours; long texts get them in slices."""
        return self._highlighter.is_done

    def _visible_lines(self) -> range:
        bottom = self.cursorForPosition(self.viewport().rect().bottomLeft())
        return range(self.firstVisibleBlock().blockNumber(), bottom.blockNumber() + 1)

    # -- how high it is ------------------------------------------------------------------------

    def set_max_height(self, height_px: int) -> None:
        """Scroll within itself from this height on."""
        self._max_height = max(height_px, self._metrics.line_height)
        self._on_height_may_have_changed()

    @property
    def max_height(self) -> int:
        """The height in pixels from which on it scrolls; `MAX_ROWS` unless it was set."""
        return self._max_height or MAX_ROWS * self._metrics.line_height

    def ideal_height(self, width: int) -> int:
        """Return the height in pixels that shows the whole text at a width, up to the maximum."""
        row_height = self._metrics.line_height
        limit = self.max_height // row_height + 1
        composing = self.textCursor().block() if self._is_composing else None
        rows = count_rows(self.document(), width, self._metrics.char_width, limit, composing)
        return min(max(1, rows) * row_height, self.max_height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow a new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._on_height_may_have_changed()

    def _on_height_may_have_changed(self) -> None:
        height = self.ideal_height(self.width())
        scrolls = height >= self.max_height
        if scrolls is not self._scrolls:
            self._scrolls = scrolls
            policy = Qt.ScrollBarPolicy
            self.setVerticalScrollBarPolicy(
                policy.ScrollBarAsNeeded if scrolls else policy.ScrollBarAlwaysOff
            )
        if height != self._height:
            self._height = height
            self.updateGeometry()
            self.height_changed.emit()

    def _on_document_contents_change(self, position: int, removed: int, added: int) -> None:
        # Before the change is laid out, so that a very long line is never broken at words.
        mode = wrap_mode(self.document(), self.wordWrapMode(), position, max(removed, added))
        if mode != self.wordWrapMode():
            self.setWordWrapMode(mode)

    # -- keys ----------------------------------------------------------------------------------

    @property
    def _scopes(self) -> tuple[Scope, ...]:
        """Whose keys are heard; those that edit wait while the kernel is asked."""
        return (Scope.CONSOLE,) if self._submission.is_asking else (Scope.CONSOLE, Scope.INPUT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Run the key's command; what has none is text or Qt's."""
        if self.late_escape.takes(event):
            return
        if self.commands.press(event, *self._scopes) or self._submission.hold(event):
            return
        if self._leaves_copy_alone(event):
            event.ignore()
        elif not self.typing.press(event):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Show what is composed; what is done waits for the kernel's answer as keys do."""
        if self._submission.is_asking and event.commitString():
            modifiers = Qt.KeyboardModifier.NoModifier
            text = QKeyEvent(QEvent.Type.KeyPress, 0, modifiers, event.commitString())
            self._submission.hold(text)
            event = QInputMethodEvent(event.preeditString(), event.attributes())
        super().inputMethodEvent(event)
        self._is_composing = bool(event.preeditString())
        self._on_height_may_have_changed()  # what is composed takes room, and is no change

    def event(self, event: QEvent) -> bool:
        """Say which keys are ours, and which ones belong to the window's actions."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            claimed = self.commands.claims(event, Scope.CONSOLE, Scope.INPUT)
            if claimed is None and self._leaves_copy_alone(event):
                claimed = False
            if claimed is not None:
                event.setAccepted(claimed)
                return claimed
        return super().event(event)

    def _leaves_copy_alone(self, event: QKeyEvent) -> bool:
        return event.matches(QKeySequence.StandardKey.Copy) and not self.textCursor().hasSelection()

    # -- submitting ----------------------------------------------------------------------------

    @property
    def completeness(self) -> Judge | None:
        """Decides whether a text is ready; None, or its answer UNKNOWN, to ask the kernel."""
        return self._submission.judge

    @completeness.setter
    def completeness(self, judge: Judge | None) -> None:
        self._submission.judge = judge

    def submit(self) -> None:
        """Submit the text as it is; a blank one is only cleared."""
        self._submission.force()

    def apply_completeness(self, source: str, verdict: Completeness, indent: str) -> None:
        """Take the answer to `completeness_wanted`; a late or misdirected one is ignored.

        Args:
            source: The text that was asked about.
            verdict: INCOMPLETE starts a new line, anything else submits.
            indent: What the new line starts with.
        """
        self._submission.apply(source, verdict, indent)

    # -- clipboard, wheel ----------------------------------------------------------------------

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text, and files by their paths."""
        return self.transfer.can_take(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert what is pasted or dropped."""
        self.transfer.take(source)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would be dropped."""
        super().dragMoveEvent(event)
        self._drop_mark.follow(event.position().toPoint())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show that no more."""
        super().dragLeaveEvent(event)
        self._drop_mark.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what is dropped; text that is only moved within stays as it is."""
        self._drop_mark.hide()
        drop = super().dropEvent
        if event.source() in (self, self.viewport()):
            self.transfer.verbatim(lambda: drop(event))
        else:
            drop(event)

    def scrolls(self, event: QWheelEvent) -> bool:
        """Say whether a turn of the wheel moves the text within; else it is the view's."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        bar = self.verticalScrollBar()
        up = event.angleDelta().y() > 0
        return bar.value() > bar.minimum() if up else bar.value() < bar.maximum()

    # -- painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the selection below the text, and the caret and where one would drop above it."""
        if self._theme is not None and self.textCursor().hasSelection():
            with QPainter(self.viewport()) as painter:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.selection)
                paint_selection(self, painter, self._metrics.line_height)
        super().paintEvent(event)
        if self._theme is not None and self._caret.on:
            with QPainter(self.viewport()) as painter:
                painter.fillRect(caret_rect(self), self._theme.accent)
        if self._theme is not None and not self._drop_mark.rect.isEmpty():
            with QPainter(self.viewport()) as painter:
                painter.fillRect(self._drop_mark.rect, self._theme.accent)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret."""
        super().focusInEvent(event)
        self._caret.show()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the caret."""
        super().focusOutEvent(event)
        self._caret.hide()

    def _on_cursor_position_changed(self) -> None:
        if self.hasFocus():
            self._caret.show()
        self._marking.start()

    def _mark_brackets(self) -> None:
        if self._theme is not None:
            name = self._highlighter.lexer_name
            marks = self._brackets.marks(self.textCursor(), name, self._theme)
            if marks or self.extraSelections():
                self.setExtraSelections(marks)

    @property
    def caret_place(self) -> QRect:
        """Where the caret stood when it last moved or blinked, in the viewport."""
        return self._caret_place

    def _on_caret_changed(self) -> None:
        self.viewport().update(self._caret_place)
        self._caret_place = caret_rect(self)
        self.viewport().update(self._caret_place)

    def _repaint(self) -> None:
        """Paint everything anew: Qt does not know that our rows are higher than their text."""
        self.viewport().update()
