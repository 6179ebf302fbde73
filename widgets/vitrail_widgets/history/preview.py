"""The chosen input in full, coloured, with what is known of it above."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.highlight.lexing import highlight_code
from vitrail_widgets.highlight.spans import Span
from vitrail_widgets.history.pieces import pieces
from vitrail_widgets.qt.metrics import Metrics, code_font
from vitrail_widgets.qt.pieces import Pen, Piece
from vitrail_widgets.qt.theme import Theme

PAD_X, PAD_Y = 12, 6
ROWS = 7
MAX_COLOURED = 4000  # characters; more would be felt on a key
LONGEST = 400


class CodePreview(QWidget):
    """Shows the lines of a code around the first letter that fits."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Preview"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = Theme.load("light")
        self._metrics = Metrics.of(code_font())
        self._pen = Pen(self._metrics.font)
        self._about = ""
        self._lines = [""]
        self._colours: tuple[tuple[Span, ...], ...] = ()
        self._bold: dict[int, set[int]] = {}
        self._rows = ROWS

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the code font."""
        self._theme, self._metrics, self._pen = theme, Metrics.of(font), Pen(font)
        self.set_rows(self._rows)

    def set_rows(self, rows: int) -> None:
        """Show so many lines of code at most; none hides it."""
        self._rows = rows
        self.setFixedHeight(self.height_of(rows))
        self.setVisible(rows > 0)
        self.update()

    def height_of(self, rows: int) -> int:
        """Return the height in pixels for so many lines of code."""
        return (rows + 1) * self._metrics.line_height + 2 * PAD_Y if rows else 0

    def sizeHint(self) -> QSize:
        """Return the size (Qt)."""
        return QSize(0, self.height_of(self._rows))

    def show_code(self, code: str, lexer: str, places: tuple[int, ...], about: str) -> None:
        """Show a code.

        Args:
            code: Empty for none.
            lexer: A Pygments lexer's name.
            places: Offsets of the letters that fit.
            about: What is known of it.
        """
        self._about, self._lines = about, code.split("\n")
        self._colours = highlight_code(code, lexer) if len(code) <= MAX_COLOURED else ()
        self._bold, start = {}, 0
        for number, line in enumerate(self._lines):
            if inside := {each - start for each in places if 0 <= each - start < len(line)}:
                self._bold[number] = inside
            start += len(line) + 1
            if not places or start > places[-1]:
                break
        self.setAccessibleDescription(f"{about}\n{code}" if code else "")
        self.update()

    @property
    def shown_lines(self) -> range:
        """The lines of the code that are visible; the last row may say what is left out."""
        first = min(self._bold, default=0)
        first = max(0, min(first - 1, len(self._lines) - self._rows))
        return range(first, min(len(self._lines), first + self._rows))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is known, and the lines."""
        del event
        if not self._about and self._lines == [""]:
            return
        with QPainter(self) as painter:
            painter.setPen(self._theme.border)
            painter.drawLine(PAD_X, 0, self.width() - PAD_X, 0)
            row_height, baseline = self._metrics.line_height, self._metrics.baseline
            y = PAD_Y + baseline
            hidden = len(self._lines) - len(self.shown_lines)
            taken = self._note_hidden(painter, y, hidden) if hidden else 0.0
            self._write(painter, y, [Piece(self._about, self._theme.muted)], taken)
            for number in self.shown_lines:
                y += row_height
                line = self._lines[number][:LONGEST]
                spans = self._colours[number] if number < len(self._colours) else ()
                bold = self._bold.get(number, ())
                cut = tuple(span for span in spans if span.end <= len(line))
                self._write(painter, y, list(pieces(line, cut, bold, self._theme)))

    def _write(self, painter: QPainter, y: float, line: list[Piece], taken: float = 0.0) -> None:
        room = self.width() - 2 * PAD_X - taken
        self._pen.write(painter, QPointF(PAD_X, y), self._pen.fitted(line, room))

    def _note_hidden(self, painter: QPainter, y: float, hidden: int) -> float:
        """Say how many lines are left out, at the right end; return how much room that takes."""
        note = Piece(f"{hidden} more {'line' if hidden == 1 else 'lines'}", self._theme.muted)
        width = self._pen.width([note])
        self._pen.write(painter, QPointF(self.width() - PAD_X - width, y), [note])
        return width + PAD_X
