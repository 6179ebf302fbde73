"""Documentation beside the completions: asked for after a pause, of the chosen one alone."""

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.completion.popup import CompletionPopup
from vitrail_widgets.editing.completions import Completion
from vitrail_widgets.editing.descriptions import Description
from vitrail_widgets.qt.text_pane import TextPane
from vitrail_widgets.qt.theme import Theme

PAUSE_MS = 250
WIDTH, LEAST_WIDTH = 420, 240
HEIGHT = 260
GAP = 4


class Beside(QObject):
    """Shows what the chosen completion is, beside the list.

    Signals:
        wanted: A completion, to be described; `offer` answers.
    """

    wanted = Signal(Completion)

    def __init__(self, popup: CompletionPopup, within: QWidget) -> None:
        super().__init__(popup)
        self._popup, self._within = popup, within
        self._pane = TextPane(within, tr("Documentation"))
        self._pane.written.connect(self.place)
        self._chosen: Completion | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._ask)

    @property
    def pane(self) -> TextPane:
        """Where it is shown."""
        return self._pane

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the code font."""
        self._pane.apply_theme(theme, font)

    def follow(self, chosen: Completion | None) -> None:
        """Describe another completion, after a pause; None for nothing."""
        if chosen is not None and self._chosen is not None and chosen.text == self._chosen.text:
            self._chosen = chosen
            return
        self._chosen = chosen
        self._pane.forget()
        if chosen is None:
            self._timer.stop()
        else:
            self._timer.start()

    def offer(self, item: Completion, description: Description | None) -> None:
        """Take an answer to `wanted`; one about what is no longer chosen is dropped."""
        if self._chosen is None or item.text != self._chosen.text or description is None:
            return
        if description.is_empty or not self._popup.isVisible():
            return
        self._pane.set_text(description.heading, description.text, description.remark)
        self.place()

    def place(self) -> None:
        """Stand beside the list, where there is room for it."""
        if not self._pane.text or self._chosen is None:
            return
        area, popup = self._within.rect(), self._popup.geometry()
        right, left = area.right() - popup.right() - 2 * GAP, popup.left() - 2 * GAP
        room = max(right, left)
        if room < LEAST_WIDTH:
            self._pane.hide()
            return
        is_above = self._popup.is_above
        most = popup.bottom() if is_above else area.bottom() - popup.top()
        size = self._pane.ideal_size(min(WIDTH, room), min(most, max(HEIGHT, popup.height())))
        x = popup.right() + GAP if right >= left else popup.left() - GAP - size.width()
        y = popup.bottom() + 1 - size.height() if is_above else popup.top()
        self._pane.appear(QRect(QPoint(x, y), size))

    def _ask(self) -> None:
        if self._chosen is not None:
            self.wanted.emit(self._chosen)
            self._pane.prepare()
