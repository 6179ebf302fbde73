"""What is said in place of what is hidden, in as many words as there is room for."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from vitrail_widgets.render.block import Canvas

BETWEEN = " · "
SHOW = "show"


@dataclass(frozen=True)
class FoldNote:
    """A note in a row of text.

    Attributes:
        words: How much is hidden; empty where there is no room to say it.
        start: Where it begins, in cells from the left edge of the text.
        columns: How many cells it takes; 0 where there is no room for any of it.
    """

    words: str
    start: int
    columns: int

    @staticmethod
    def of(words: str, start: int, room: int) -> "FoldNote":
        """Say how much is hidden, in as many words as fit into `room` cells."""
        kept = words.split(" ") if words else []
        while True:
            said = " ".join(kept)
            columns = len(said) + (len(BETWEEN) if said else 0) + len(SHOW)
            if columns <= room or not kept:
                return FoldNote(said, start, columns if columns <= room else 0)
            kept.pop()

    def paint(self, painter: QPainter, canvas: Canvas, top: int) -> None:
        """Draw it in the row whose upper edge is `top`."""
        if not self.columns:
            return
        width = canvas.metrics.char_width
        at = QPointF(canvas.x + self.start * width, top + canvas.metrics.baseline)
        painter.setFont(canvas.metrics.font)
        said = self.words + BETWEEN if self.words else ""
        painter.setPen(canvas.theme.muted)
        painter.drawText(at, said)
        painter.setPen(canvas.theme.accent)
        painter.drawText(at + QPointF(len(said) * width, 0), SHOW)
