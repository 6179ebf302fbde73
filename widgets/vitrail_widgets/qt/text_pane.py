"""A framed text that can be scrolled and takes no focus: documentation beside what is typed."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from vitrail_widgets.qt.scroll_bar import WIDTH as SCROLL_BAR_WIDTH
from vitrail_widgets.qt.scroll_bar import scroll_bar_style
from vitrail_widgets.qt.theme import Theme

RADIUS = 8
PAD_X, PAD_Y = 10, 8
LONGEST_TEXT = 20_000  # characters of a documentation that are laid out


class TextPane(QFrame):
    """Shows a heading and a text below it, in the code font, as the text was written."""

    def __init__(self, parent: QWidget, name: str) -> None:
        """Make a hidden pane.

        Args:
            parent: In whose pixels it is placed.
            name: What screen readers call it.
        """
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme = Theme.load("light")
        self._edit = QPlainTextEdit(self)
        self._edit.setReadOnly(True)
        self._edit.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._edit.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._edit.setFrameShape(QFrame.Shape.NoFrame)
        self._edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._edit.document().setDocumentMargin(0)
        self._edit.viewport().setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD_X, PAD_Y, 4, PAD_Y)
        layout.addWidget(self._edit)
        self.hide()

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the code font."""
        self._theme = theme
        self._edit.setFont(font)
        palette = self._edit.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(0, 0, 0, 0))
        palette.setColor(QPalette.ColorRole.Text, theme.text)
        self._edit.setPalette(palette)
        self._edit.verticalScrollBar().setStyleSheet(scroll_bar_style(theme, theme.raised))
        self.update()

    @property
    def text(self) -> str:
        """What is shown."""
        return self._edit.toPlainText()

    @property
    def scrolled(self) -> int:
        """How many lines are scrolled out of sight above."""
        return self._edit.verticalScrollBar().value()

    def set_text(self, heading: str, text: str, remark: str = "") -> None:
        """Show a text from its beginning.

        Args:
            heading: Stands first, stronger than the text; may be empty.
            text: Of any length; what is far too long is cut, and said so.
            remark: Stands last, weaker.
        """
        if len(text) > LONGEST_TEXT:
            text, remark = text[:LONGEST_TEXT].rpartition("\n")[0], "… there is more of it"
        self._edit.clear()
        cursor = self._edit.textCursor()
        parts = ((heading, self._theme.text, True), (text, self._theme.text, False))
        for part, colour, strong in (*parts, (remark, self._theme.muted, False)):
            self._append(cursor, part, colour, strong=strong)
        self._edit.moveCursor(QTextCursor.MoveOperation.Start)
        self.setAccessibleDescription(self.text)

    def ideal_size(self, width: int, most: int) -> QSize:
        """Return the size that shows the text at a width, up to a height in pixels."""
        document = self._edit.document()
        document.setTextWidth(width - PAD_X - 4 - SCROLL_BAR_WIDTH)
        rows = round(document.size().height())  # which counts rows in a plain text
        height = rows * self._edit.fontMetrics().lineSpacing() + 2 * PAD_Y + 2
        return QSize(width, min(height, most))

    def appear(self, place: QRect) -> None:
        """Appear at a place in the parent."""
        self.setGeometry(place)
        if not self.isVisible():
            self.show()
            self._edit.verticalScrollBar().setValue(0)
        self.raise_()

    def page(self, direction: int) -> None:
        """Scroll a page down, or up."""
        bar = self._edit.verticalScrollBar()
        bar.setValue(bar.value() + direction * max(1, bar.pageStep() - 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the hairline around it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.border, 1))
        painter.setBrush(self._theme.raised)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _append(self, cursor: QTextCursor, part: str, colour: QColor, *, strong: bool) -> None:
        if not part:
            return
        plain = QTextCharFormat()
        if not cursor.atStart():
            cursor.insertText("\n\n", plain)
        drawn = QTextCharFormat()
        drawn.setForeground(colour)
        if strong:
            drawn.setFontWeight(QFont.Weight.Bold)
        cursor.insertText(part, drawn)
