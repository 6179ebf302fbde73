"""The box in which the next input is typed, with its prompt."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from vitrail_widgets.console.entry_painter import EntryPainter
from vitrail_widgets.console.geometry import INPUT_PAD_X, INPUT_PAD_Y, Geometry
from vitrail_widgets.console.input_area import InputArea
from vitrail_widgets.qt.theme import Theme


class InputBox:
    """Places an editor below the last cell and draws what surrounds it.

    Attributes:
        pending_count: Number on its prompt, or None while unknown.
    """

    def __init__(self, editor: InputArea) -> None:
        self._editor = editor
        self.pending_count: int | None = None

    def height(self, across: Geometry) -> int:
        """Return the height of the box; 0 when the editor is hidden."""
        if self._editor.isHidden():
            return 0
        return self._editor.ideal_height(across.text_width) + 2 * INPUT_PAD_Y

    def place(self, across: Geometry, top: int) -> None:
        """Put the editor where the box begins at `top` of the viewport."""
        height = max(0, self.height(across) - 2 * INPUT_PAD_Y)
        width = across.text_width + INPUT_PAD_X
        self._editor.setGeometry(across.text_x, top + INPUT_PAD_Y, width, height)

    def paint(self, painter: QPainter, entries: EntryPainter, theme: Theme, exposed: QRect) -> None:
        """Draw the box, its edge and its prompt, as far as they are exposed."""
        across, rect = entries.geometry, self._editor.geometry()
        if self._editor.isHidden() or exposed.bottom() < rect.top() - INPUT_PAD_Y:
            return
        box = QRectF(
            across.content_x,
            rect.top() - INPUT_PAD_Y,
            across.content_width,
            rect.height() + 2 * INPUT_PAD_Y,
        )
        edge = theme.accent if self._editor.hasFocus() else theme.border
        entries.paint_box(painter, box, edge=edge)
        if exposed.left() < rect.left():  # a key exposes no more than the text
            entries.paint_prompt(painter, entries.prompts.input, self.pending_count, rect.top())
