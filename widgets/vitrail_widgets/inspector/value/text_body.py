"""Values that are written: labelled texts, a page of a text, a page of bytes."""

from typing import Final

from PySide6.QtGui import (
    QFont,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextLength,
    QTextOption,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.inspector.value.body import BodyView, Seen
from vitrail_widgets.inspector.value.page_bar import PageBar
from vitrail_widgets.objects.value import Hex, Labelled, Text
from vitrail_widgets.qt.scroll_bar import scroll_bar_style
from vitrail_widgets.qt.theme import Theme

WIDE_ROW, NARROW_ROW = 16, 8
"""Bytes in a row, where there is room and where there is not."""

CELL_PAD: Final = 3
LABEL_GAP: Final = 12

_ANYWHERE = QTextOption.WrapMode.WrapAnywhere
_UNWRAPPED = QPlainTextEdit.LineWrapMode.NoWrap


class LabelledBody(BodyView):
    """Shows texts under labels; they wrap, and can be selected and copied.

    Attributes:
        text: Holds the table.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setWordWrapMode(_ANYWHERE)
        self.text.setAccessibleName(tr("Value"))
        self.text.document().setDocumentMargin(0)
        self._rows: tuple[tuple[str, str], ...] = ()
        self._theme: Theme | None = None
        self._code_font = self.font()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text)
        self.setFocusProxy(self.text)

    def show_body(self, seen: Seen) -> None:
        """Show labelled texts."""
        assert isinstance(seen.value.body, Labelled)
        self._rows = seen.value.body.rows
        self._fill()

    def apply_theme(self, theme: Theme, code_font: QFont) -> None:
        """Take a theme's colours, and the font of code."""
        self._theme, self._code_font = theme, code_font
        style = f"QTextEdit {{ background: {theme.bg.name()}; color: {theme.text.name()}; }}"
        self.text.setStyleSheet(style)
        self.text.verticalScrollBar().setStyleSheet(scroll_bar_style(theme))
        self._fill()

    def _fill(self) -> None:
        self.text.clear()
        if not self._rows or self._theme is None:
            return
        label, value = QTextCharFormat(), QTextCharFormat()
        label.setForeground(self._theme.muted)
        value.setForeground(self._theme.text)
        value.setFont(self._code_font)
        widest = max(self.fontMetrics().horizontalAdvance(name) for name, _ in self._rows)
        shape = QTextTableFormat()
        shape.setBorder(0)
        shape.setCellPadding(CELL_PAD)
        shape.setCellSpacing(0)
        shape.setColumnWidthConstraints(
            [
                QTextLength(QTextLength.Type.FixedLength, widest + LABEL_GAP),
                QTextLength(QTextLength.Type.PercentageLength, 100),
            ]
        )
        table = QTextCursor(self.text.document()).insertTable(len(self._rows), 2, shape)
        for row, texts in enumerate(self._rows):
            for column, (text, style) in enumerate(zip(texts, (label, value), strict=True)):
                table.cellAt(row, column).firstCursorPosition().insertText(text, style)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)


class PagedTextBody(BodyView):
    """Shows a page of a text, wrapped, or of bytes: their places, hexadecimal, and as ASCII.

    Attributes:
        text: The page.
        bar: Goes from page to page.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit(self)
        self.bar = PageBar(self)
        self._body: Text | Hex | None = None
        self.text.setReadOnly(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setAccessibleName(tr("Content"))
        self.text.document().setDocumentMargin(0)
        self.bar.look_wanted.connect(self.look_wanted)
        self.bar.place_wanted.connect(self._on_bar_place_wanted)
        self.bar.left.connect(self.text.setFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.bar)
        self.setFocusProxy(self.text)

    def show_body(self, seen: Seen) -> None:
        """Show a page of text or bytes."""
        body = seen.value.body
        assert isinstance(body, Text | Hex)
        is_text = isinstance(body, Text)
        wrap = QPlainTextEdit.LineWrapMode.WidgetWidth if is_text else _UNWRAPPED
        self.text.setLineWrapMode(wrap)
        self.text.setWordWrapMode(_ANYWHERE)
        self._body = body
        self._write()
        unit = tr("characters") if is_text else tr("bytes")
        self.bar.show_page(body.offset, body.page, body.total, unit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write as many bytes in a row as there is room for."""
        super().resizeEvent(event)
        self._write()

    def ask_place(self) -> bool:
        """Ask for a place to go to."""
        return self.bar.ask()

    def _on_bar_place_wanted(self, place: int) -> None:
        self.look_wanted.emit({"offset": self.bar.page_of(place)})

    def _write(self) -> None:
        body = self._body
        if body is None:
            return
        if isinstance(body, Text):
            written = body.content
        else:
            written = hex_dump(body.content, body.offset)
            widest = self.text.fontMetrics().horizontalAdvance(written.partition("\n")[0])
            if widest > self.text.viewport().width():
                written = hex_dump(body.content, body.offset, NARROW_ROW)
        if written != self.text.toPlainText():
            self.text.setPlainText(written)

    def apply_theme(self, theme: Theme, code_font: QFont) -> None:
        """Take a theme's colours, and the font of code."""
        self.text.setFont(code_font)
        self._write()
        style = f"QPlainTextEdit {{ background: {theme.bg.name()}; color: {theme.text.name()}; }}"
        self.text.setStyleSheet(style)
        self.text.verticalScrollBar().setStyleSheet(scroll_bar_style(theme))
        self.bar.apply_theme(theme)


def hex_dump(content: bytes, offset: int, in_row: int = WIDE_ROW) -> str:
    """Write bytes in rows: the place of the first, hexadecimal in two halves, ASCII."""
    rows: list[str] = []
    half = in_row // 2
    for at in range(0, len(content), in_row):
        row = content[at : at + in_row]
        codes = f"{row[:half].hex(' '):{3 * half - 1}}  {row[half:].hex(' '):{3 * half - 1}}"
        letters = "".join(chr(one) if 32 <= one < 127 else "·" for one in row)
        rows.append(f"{offset + at:08x}  {codes}  {letters}")
    return "\n".join(rows)
