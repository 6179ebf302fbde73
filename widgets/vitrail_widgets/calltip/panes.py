"""What call tips show: the signature, and all of the documentation. Loaded with the first call."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.calltip.tip_label import GAP, TipLabel
from vitrail_widgets.qt.text_pane import TextPane
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.signature.model import Signature
from vitrail_widgets.signature.tip import fitted

PANE_WIDTH, PANE_HEIGHT = 620, 320
MOST_ROWS = 6
"""Of a signature: that of `pandas.read_csv` would take 28, and cover what was computed."""


class TipPanes:
    """The tip and its companion, which never cover the line that is typed.

    Attributes:
        label: The tip.
        pane: Where all of the documentation is shown.
    """

    def __init__(self, parent: QWidget) -> None:
        self.label = TipLabel(parent)
        self.pane = TextPane(parent, tr("Documentation of the call"))
        self.pane.written.connect(self._on_pane_written)
        self._line = QRect()
        self._shown: tuple[Signature, int | None, QRect, int] | None = None

    @property
    def are_open(self) -> bool:
        """Whether one of them is shown."""
        return self.label.isVisible() or self.pane.isVisible()

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the code font."""
        self._shown = None  # it has another size now
        self.label.apply_theme(theme, font)
        self.pane.apply_theme(theme, font)

    def hide(self) -> None:
        """Hide both."""
        self.label.hide()
        self.pane.hide()

    def show_signature(self, signature: Signature, index: int | None, line: QRect) -> None:
        """Show a signature, with one of its parameters pointed out.

        Args:
            signature: Of what is called.
            index: Which parameter.
            line: What is not to be covered, in the parent's pixels.
        """
        wanted = (signature, index, line, self.label.columns)
        if wanted == self._shown and self.label.isVisible():
            return  # most keys of an argument
        self._shown = wanted
        tip = fitted(signature, index, columns=self.label.columns, rows=MOST_ROWS)
        self.label.show_tip(tip, signature.summary, line)

    def show_documentation(self, text: str, line: QRect) -> None:
        """Show all there is, on the side of the line that has more room."""
        if not self.pane.isVisible() or self.pane.text != text:
            self.pane.set_text("", text)
        self._line = line
        self._place()

    def _on_pane_written(self) -> None:
        if self.pane.isVisible():  # with room for what was written at once
            self._place()

    def _place(self) -> None:
        line = self._line
        label = self.label.geometry() if self.label.isVisible() else QRect(line)
        area = self.label.within.rect()
        top = min(line.top(), label.top()) - GAP
        bottom = max(line.bottom(), label.bottom()) + GAP
        above, below = top - area.top(), area.bottom() - bottom
        width = min(PANE_WIDTH, area.width() - 2 * GAP)
        size = self.pane.ideal_size(width, min(PANE_HEIGHT, max(above, below)))
        y = top - size.height() if above >= below else bottom
        x = max(0, min(label.left(), area.width() - width - GAP))
        self.pane.appear(QRect(QPoint(x, y), size))
