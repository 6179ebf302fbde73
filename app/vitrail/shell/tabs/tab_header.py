"""What stands above the pages of a group: the bar, and the button that opens another tab."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from vitrail.shell.tabs.tab_bar import TabBar
from vitrail_resources.translation import tr
from vitrail_widgets.qt.icons import themed_icon
from vitrail_widgets.qt.theme import Theme

BUTTON = QSize(26, 26)
MARGIN = 4


class TabHeader(QWidget):
    """A bar of tabs, and beside it room.

    Attributes:
        bar: The tabs.
        plus: The button.

    Signals:
        new_requested: Another tab is wanted: by the button, or by a double click beside the tabs.
    """

    new_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.bar = TabBar(theme, self)
        self.plus = QToolButton(self)
        self.plus.setAutoRaise(True)
        self.plus.setFixedSize(BUTTON)
        self.plus.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plus.setToolTip(tr("New tab (Ctrl+T)"))
        self.plus.setAccessibleName(tr("New tab"))
        self.plus.clicked.connect(self._on_plus_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addSpacing(MARGIN)
        layout.addWidget(self.plus)
        layout.addSpacing(MARGIN)
        layout.addStretch(1)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in the colours of another theme."""
        self._theme = theme
        self.bar.apply_theme(theme)
        self.plus.setIcon(themed_icon("plus", theme.muted))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, and the line that the tabs stand on."""
        del event
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.surface)
            line = QRect(0, self.height() - 1, self.width(), 1)
            painter.fillRect(line, self._theme.border)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open another tab."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.new_requested.emit()

    def _on_plus_clicked(self) -> None:
        self.new_requested.emit()
