"""A framed text that can be scrolled and takes no focus: documentation beside what is typed."""

from collections.abc import Iterator
from importlib import import_module
from math import ceil

from PySide6.QtCore import QElapsedTimer, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPalette, QPen, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QVBoxLayout, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.qt.scroll_bar import WIDTH as SCROLL_BAR_WIDTH
from vitrail_widgets.qt.scroll_bar import scroll_bar_style
from vitrail_widgets.qt.theme import Theme

RADIUS = 8
PAD_X, PAD_Y = 10, 8
LONGEST_TEXT = 20_000  # characters of a documentation that are laid out
SLICE_MS = 6


class TextPane(QFrame):
    """Shows a heading and documentation below it; a long one is written in slices.

    Signals:
        written: All of it is there.
    """

    written = Signal()

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
        self._font = QFont()
        self._text = ""
        self._writing: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)
        self._edit = QTextEdit(self)
        self._edit.setReadOnly(True)
        self._edit.setUndoRedoEnabled(False)
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
        self._theme, self._font = theme, font
        self._edit.setFont(font)
        palette = self._edit.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(0, 0, 0, 0))
        palette.setColor(QPalette.ColorRole.Text, theme.text)
        self._edit.setPalette(palette)
        self._edit.verticalScrollBar().setStyleSheet(scroll_bar_style(theme, theme.raised))
        self.update()

    @property
    def text(self) -> str:
        """What is shown, as it was written."""
        return self._text

    @property
    def shown(self) -> str:
        """What is shown, as far as it is there, a paragraph a line."""
        return self._edit.toPlainText()

    @property
    def scrolled(self) -> int:
        """How many pixels are scrolled out of sight above."""
        return self._edit.verticalScrollBar().value()

    def prepare(self) -> None:
        """Load what writing takes, while what is to be written is still awaited."""
        import_module("vitrail_widgets.qt.documentation")

    def set_text(self, heading: str, text: str, remark: str = "") -> None:
        """Show documentation from its beginning.

        Args:
            heading: Stands first, stronger than the text; may be empty.
            text: A docstring of any length; what is far too long is cut, and said so.
            remark: Stands last, weaker.
        """
        if len(text) > LONGEST_TEXT:
            text, remark = text[:LONGEST_TEXT].rpartition("\n")[0], tr("… there is more of it")
        self._text = "\n\n".join(part for part in (heading, text, remark) if part)
        self.setAccessibleDescription(self._text)
        self._edit.clear()
        self._writing = self._write(heading, text, remark)
        self._timer.start()
        self._go_on()
        self._edit.moveCursor(QTextCursor.MoveOperation.Start)

    def forget(self) -> None:
        """Hide, and show nothing of this text any more; what is not written yet is not."""
        self._timer.stop()
        self._writing = iter(())
        self._text = ""
        self.hide()

    def ideal_size(self, width: int, most: int) -> QSize:
        """Return the size that shows the text at a width, up to a height in pixels."""
        document = self._edit.document()
        document.setTextWidth(width - PAD_X - 4 - SCROLL_BAR_WIDTH)
        height = ceil(document.size().height()) + 2 * PAD_Y + 2
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
        line = self._edit.fontMetrics().lineSpacing()
        bar.setValue(bar.value() + direction * max(1, bar.pageStep() - line))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the hairline around it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.border, 1))
        painter.setBrush(self._theme.raised)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _write(self, heading: str, text: str, remark: str) -> Iterator[None]:
        from vitrail_widgets.qt.documentation import DocumentationWriter  # a start does without

        cursor = QTextCursor(self._edit.document())
        writer = DocumentationWriter(cursor, self._theme, self._font)
        if heading:
            writer.heading(heading)
        yield from writer.write(text)
        if remark:
            writer.remark(remark)

    def _go_on(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        for _ in self._writing:
            if clock.elapsed() >= SLICE_MS:
                return
        self._timer.stop()
        self.written.emit()
