"""Code that is read: coloured, with the numbers that its lines have in their file."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette, QResizeEvent, QTextBlock
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.highlight.highlighter import InputHighlighter
from vitrail_widgets.qt.scroll_bar import scroll_bar_style
from vitrail_widgets.qt.theme import Theme, opaque

GAP = 12  # pixels between a number and its line
MARGIN = 8
TAB_COLUMNS = 4
MOST_COLOURED = 500_000  # characters, a second of work in slices


class CodeView(QPlainTextEdit):
    """Shows code; a long one gets its colours in slices, what is seen before all else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCornerWidget(QWidget(self))  # between the bars; Qt would draw a frame there
        self._theme = Theme.load("light")
        self._first = 1
        self._numbers = _Numbers(self)
        self._highlighter = InputHighlighter(self.document(), most=MOST_COLOURED)
        self._highlighter.visible = self._visible_lines
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(tr("Source"))
        self.updateRequest.connect(self._on_update_request)

    @property
    def first_line(self) -> int:
        """The number of the first line."""
        return self._first

    def show_code(self, code: str, first_line: int, lexer: str) -> None:
        """Show code from its beginning.

        Args:
            code: Lines are parted by newlines.
            first_line: The number of its first line.
            lexer: A Pygments lexer's name.
        """
        self._first = max(1, first_line)
        self._highlighter.set_lexer(lexer)
        self.setPlainText(code.removesuffix("\n"))
        self._make_room()

    def apply_theme(self, theme: Theme, code_font: QFont) -> None:
        """Take a theme's colours, and the font of code."""
        self._theme = theme
        self.setFont(code_font)
        self.setTabStopDistance(TAB_COLUMNS * self.fontMetrics().horizontalAdvance(" "))
        palette = theme.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.bg)
        palette.setColor(QPalette.ColorRole.Highlight, opaque(theme.selection, theme.bg))
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.text)
        self.setPalette(palette)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setStyleSheet(scroll_bar_style(theme))
        self._highlighter.apply_theme(theme)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow another size (Qt)."""
        super().resizeEvent(event)
        area = self.contentsRect()
        self._numbers.setGeometry(QRect(area.topLeft(), QSize(self.room, area.height())))

    @property
    def room(self) -> int:
        """How wide the numbers are, with what parts them from the code."""
        last = self._first + self.document().blockCount() - 1
        return MARGIN + self.fontMetrics().horizontalAdvance("0" * len(str(last))) + GAP

    def paint_numbers(self, painter: QPainter) -> None:
        """Draw the numbers of the lines that are seen."""
        painter.fillRect(self._numbers.rect(), self._theme.bg)
        painter.setPen(self._theme.muted)
        painter.setFont(self.font())
        block: QTextBlock = self.firstVisibleBlock()
        while block.isValid():
            rect = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if rect.top() > self.viewport().height():
                return
            place = QRect(
                QPoint(0, round(rect.top())), QSize(self.room - GAP, self.fontMetrics().height())
            )
            number = str(self._first + block.blockNumber())
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, number)
            block = block.next()

    def _visible_lines(self) -> range:
        bottom = self.cursorForPosition(self.viewport().rect().bottomLeft())
        return range(self.firstVisibleBlock().blockNumber(), bottom.blockNumber() + 1)

    def _make_room(self) -> None:
        self.setViewportMargins(self.room, 0, 0, 0)
        area = self.contentsRect()
        self._numbers.setGeometry(QRect(area.topLeft(), QSize(self.room, area.height())))
        self._numbers.update()

    def _on_update_request(self, rect: QRect, dy: int) -> None:
        if dy:
            self._numbers.scroll(0, dy)
        else:
            self._numbers.update(0, rect.y(), self._numbers.width(), rect.height())


class _Numbers(QWidget):
    """What stands left of the code."""

    def __init__(self, view: CodeView) -> None:
        super().__init__(view)
        self._view = view

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them (Qt)."""
        del event
        with QPainter(self) as painter:
            self._view.paint_numbers(painter)
