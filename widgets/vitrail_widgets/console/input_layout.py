"""How an input's text is laid out: rows as high as the transcript's, wrapped at the width."""

from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QTextBlock, QTextDocument, QTextLayout, QTextOption
from PySide6.QtWidgets import QPlainTextDocumentLayout

from vitrail_widgets.editing.offsets import from_utf16

LONG_LINE = 5_000
"""UTF-16 units; breaking a longer line at words is quadratic in Qt (200 000 "a": 6 s)."""

_WRAP_WORDS = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
_WRAP_ANYWHERE = QTextOption.WrapMode.WrapAnywhere


class InputLayout(QPlainTextDocumentLayout):
    """Spaces the rows of a plain text document evenly.

    `QPlainTextDocumentLayout` takes its row height from the font alone; here it is the
    transcript's, so that an input does not jump when it becomes a cell.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._row_height = 0
        option = document.defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)  # as the transcript's lines run
        document.setDefaultTextOption(option)

    @property
    def row_height(self) -> int:
        """Height of a row in pixels; 0 for the font's own."""
        return self._row_height

    def set_row_height(self, row_height: int) -> None:
        """Make every row that high, with its text in the middle."""
        self._row_height = row_height
        self.requestUpdate()

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:  # noqa: N802 Qt's name
        """Lay one line of the document out and return where it lies (Qt calls this)."""
        rect = super().blockBoundingRect(block)
        layout = block.layout()
        rows = layout.lineCount()
        if not self._row_height or not rows:
            return rect
        last = layout.lineAt(rows - 1)
        above = (self._row_height - round(last.height())) // 2
        if last.y() != (rows - 1) * self._row_height + above:
            for number in range(rows):
                row = layout.lineAt(number)
                row.setPosition(QPointF(row.x(), number * self._row_height + above))
        rect.setHeight(rows * self._row_height)
        return rect


def wrap_mode(
    document: QTextDocument, now: QTextOption.WrapMode, position: int, length: int
) -> QTextOption.WrapMode:
    """Return how a document is to wrap after a change: at words, unless a line is too long.

    Args:
        now: How it wraps; while no line is too long, only the changed ones are looked at.
        position: Where the change was.
        length: How many UTF-16 units it reaches.
    """
    changed = now == _WRAP_WORDS
    block = document.findBlock(position) if changed else document.firstBlock()
    while block.isValid() and (not changed or block.position() <= position + length):
        if block.length() > LONG_LINE:
            return _WRAP_ANYWHERE
        block = block.next()
    return _WRAP_WORDS


def count_rows(
    document: QTextDocument,
    width: int,
    char_width: float,
    limit: int,
    composing: QTextBlock | None = None,
) -> int:
    """Return how many rows a document takes at a width.

    Args:
        width: Pixels for text.
        char_width: Advance of one cell; a line whose cells fit surely is not measured.
        limit: Where to stop counting.
        composing: The line in which an input method shows what is not text yet.
    """
    columns = max(1, int(width / char_width))
    option = document.defaultTextOption()
    rows = 0
    block = document.firstBlock()
    while block.isValid() and rows < limit:
        text = _shown_text(block) if block == composing else block.text()
        if len(text) > LONG_LINE:
            rows += ceil(len(text) / columns)
        elif len(text) < columns and text.isascii() and text.isprintable():
            rows += 1
        else:
            rows += _measured_rows(text, document.defaultFont(), width, option)
        block = block.next()
    return min(rows, limit)


def _shown_text(block: QTextBlock) -> str:
    """Return a line with what an input method composes in it."""
    text, layout = block.text(), block.layout()
    composed = layout.preeditAreaText()
    if not composed:
        return text
    place = from_utf16(text, layout.preeditAreaPosition())
    return text[:place] + composed + text[place:]


def _measured_rows(text: str, font: QFont, width: int, option: QTextOption) -> int:
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.beginLayout()
    while (row := layout.createLine()).isValid():
        row.setLineWidth(width)
    layout.endLayout()
    return max(1, layout.lineCount())
