"""What an input draws itself: selected rows at their full height, and the caret."""

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QTextBlock, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

CARET_WIDTH = 2
NEWLINE_WIDTH = 4
"""Pixels that a selected line end shows."""


class Caret(QObject):
    """Blinks as the system wishes, while it is shown.

    Signals:
        changed: The caret is to be drawn anew.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._on = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def on(self) -> bool:
        """Whether it is to be drawn now."""
        return self._on

    def show(self) -> None:
        """Show it, from the start of its rhythm."""
        self._on = True
        flash_ms = QGuiApplication.styleHints().cursorFlashTime()
        if flash_ms > 0:
            self._timer.start(flash_ms // 2)
        self.changed.emit()

    def hide(self) -> None:
        """Show it no more."""
        self._on = False
        self._timer.stop()
        self.changed.emit()

    def _on_timer_timeout(self) -> None:
        self._on = not self._on
        self.changed.emit()


class DropMark:
    """Where what is being dragged would be dropped.

    Attributes:
        rect: A caret there, in the viewport; empty when nothing is dragged.
    """

    def __init__(self, editor: QPlainTextEdit) -> None:
        self._editor = editor
        self.rect = QRect()

    def follow(self, point: QPoint) -> None:
        """Show the mark at the place nearest to a point of the viewport."""
        self._show(caret_rect(self._editor, self._editor.cursorForPosition(point)))

    def hide(self) -> None:
        """Show it no more."""
        self._show(QRect())

    def _show(self, rect: QRect) -> None:
        for touched in (self.rect, rect):
            self._editor.viewport().update(touched)
        self.rect = rect


def caret_rect(editor: QPlainTextEdit, cursor: QTextCursor | None = None) -> QRect:
    """Return where a caret is in the viewport, the editor's own or another; it stays inside."""
    rect = editor.cursorRect() if cursor is None else editor.cursorRect(cursor)
    left = min(rect.left(), editor.viewport().width() - CARET_WIDTH)
    return QRect(max(0, left), rect.top(), CARET_WIDTH, rect.height())


def paint_selection(editor: QPlainTextEdit, painter: QPainter, row_height: int) -> None:
    """Fill the ground of the selected text with the painter's brush."""
    cursor = editor.textCursor()
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    block = editor.firstVisibleBlock()
    while block.isValid() and block.position() <= end:
        ground = editor.blockBoundingGeometry(block).translated(editor.contentOffset())
        if ground.top() > editor.viewport().height():
            return
        for rect in _selected(block, start, end, row_height):
            painter.drawRect(rect.translated(ground.topLeft()))
        block = block.next()


def _selected(block: QTextBlock, start: int, end: int, row_height: int) -> Iterator[QRectF]:
    """Give the rectangles of a block's selected text, from the block's top left corner."""
    layout = block.layout()
    first, last = start - block.position(), end - block.position()
    for number in range(layout.lineCount()):
        row = layout.lineAt(number)
        row_end = row.textStart() + row.textLength()
        is_last = number == layout.lineCount() - 1
        if last <= row.textStart() - (number == 0) or first > row_end or first == last:
            continue
        left = _x(row.cursorToX(max(first, row.textStart())))
        right = _x(row.cursorToX(min(last, row_end)))
        right += NEWLINE_WIDTH if is_last and last > row_end else 0
        if right > left:
            yield QRectF(left, number * row_height, right - left, row_height)


def _x(answer: object) -> float:
    """Return the position that `QTextLine.cursorToX` gave: PySide answers (position, cursor)."""
    return float(cast(tuple[float, int], answer)[0])
