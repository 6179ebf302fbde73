"""Draw one visual row of text on a grid of cells.

Most rows are ASCII in one format: one call to Qt. Characters whose glyph does
not fill exactly one cell are placed one by one at their own column, so that
tables stay aligned; right-to-left stretches are given to Qt whole, which
shapes and orders them.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from vitrail_widgets.qt.metrics import Metrics
from vitrail_widgets.render.formats import FontSet, FormatRun, TextFormat
from vitrail_widgets.render.text_lines import paint_text_lines
from vitrail_widgets.transcript.cell_width import cell_width, is_narrow_at_sight

RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))
SHAPING_NEIGHBOURS = frozenset((*RIGHT_TO_LEFT, "NSM", "BN"))


class Piece(NamedTuple):
    """Text that Qt may draw in one go, at a column of the row."""

    column: int
    text: str


class RowPainter:
    """Draws rows in one font at its metrics."""

    def __init__(self, metrics: Metrics) -> None:
        self.metrics = metrics
        self._fonts = FontSet(metrics)
        self._measure = QFontMetricsF(metrics.font)
        self._fits: dict[str, bool] = {}

    def paint(
        self,
        painter: QPainter,
        x: float,
        top: int,
        text: str,
        runs: Sequence[FormatRun],
        plain: TextFormat,
    ) -> None:
        """Draw `text` with its left end at `x` and its row's upper edge at `top`.

        Args:
            runs: Formats in order, by code points of `text`; what lies between is `plain`.
        """
        if not text:
            return
        if not runs:
            self._stretch(painter, x, top, text, plain)
            return
        column = 0
        for start, end, text_format in filled(runs, len(text), plain):
            part = text[start:end]
            self._stretch(painter, x + column * self.metrics.char_width, top, part, text_format)
            column += cell_width(part)

    def fill(
        self, painter: QPainter, x: float, top: int, columns: tuple[float, float], colour: QColor
    ) -> None:
        """Fill the cells [first, last) of a row."""
        width = self.metrics.char_width
        first, last = columns
        rect = QRectF(x + first * width, top, (last - first) * width, self.metrics.line_height)
        painter.fillRect(rect, colour)

    def _stretch(
        self, painter: QPainter, x: float, top: int, text: str, text_format: TextFormat
    ) -> None:
        """Draw text of one format."""
        cells = len(text) if text.isascii() else cell_width(text)
        if text_format.bg is not None:
            self.fill(painter, x, top, (0, cells), text_format.bg)
        if text_format.is_hidden:
            return
        painter.setPen(text_format.fg)
        painter.setFont(self._fonts.of(text_format))
        baseline = top + self.metrics.baseline
        width = self.metrics.char_width
        for piece in self.pieces(text):
            painter.drawText(QPointF(x + piece.column * width, baseline), piece.text)
        if text_format.underline or text_format.strike or text_format.overline:
            heights = (self._measure.xHeight() / 2, self._measure.ascent() - 1)
            across = (x, x + cells * width)
            paint_text_lines(painter, text_format, across, baseline, heights)

    def pieces(self, text: str) -> Iterator[Piece]:
        """Cut `text` where the grid must be met again."""
        if len(text) == 1 or text.isascii():
            yield Piece(0, text)
            return
        column = start = 0
        pending = ""
        for cluster in _clusters(text):
            cells = cell_width(cluster)
            if self._fills_its_cell(cluster):
                pending += cluster
            else:
                if pending:
                    yield Piece(start, pending)
                yield Piece(column, cluster)
                pending = ""
                start = column + cells
            column += cells
        if pending:
            yield Piece(start, pending)

    def _fills_its_cell(self, cluster: str) -> bool:
        if len(cluster) > 1:
            return False
        known = self._fits.get(cluster)
        if known is None:
            advance = self._measure.horizontalAdvance(cluster)
            known = abs(advance - self.metrics.char_width) < 0.05
            self._fits[cluster] = known
        return known


def filled(
    runs: Sequence[FormatRun], length: int, plain: TextFormat
) -> Iterator[tuple[int, int, TextFormat]]:
    """Yield the runs and the gaps between them, covering [0, length)."""
    at = 0
    for start, end, text_format in runs:
        if start > at:
            yield at, min(start, length), plain
        if end > start:
            yield start, min(end, length), text_format
        at = max(at, end)
    if at < length:
        yield at, length, plain


def _clusters(text: str) -> Iterator[str]:
    """Yield grapheme clusters; neighbouring right-to-left ones together."""
    if is_narrow_at_sight(text):
        yield from text
        return
    from wcwidth import iter_graphemes  # 10 ms that a start in Latin does without

    joined = ""
    for cluster in iter_graphemes(text):
        kind = unicodedata.bidirectional(cluster[0])
        if kind in RIGHT_TO_LEFT or (joined and kind in SHAPING_NEIGHBOURS):
            joined += cluster
            continue
        if joined:
            yield joined
            joined = ""
        yield cluster
    if joined:
        yield joined
