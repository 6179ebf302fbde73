"""What an object wrote of itself, drawn by the renderers of the console."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.objects.value import Shown
from vitrail_widgets.qt.metrics import Metrics
from vitrail_widgets.qt.scroll_bar import scroll_bar_style
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.block import Block, Canvas, Clip
from vitrail_widgets.render.live import Reshaping, Sideways
from vitrail_widgets.render.registry import default_registry
from vitrail_widgets.transcript.mime import MimeBundle

TOP = 4


class RenditionView(QAbstractScrollArea):
    """Draws one bundle in its best form; nothing in it runs, as in the console.

    Attributes:
        block: What is drawn; None before there is anything.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.block: Block | None = None
        self._shown: Shown | None = None
        self._registry = default_registry()
        self._looks: tuple[Theme, Metrics] | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Shown by the object itself"))

    def show_bundle(self, shown: Shown) -> None:
        """Draw another bundle."""
        if shown == self._shown:
            return
        self._shown = shown
        bundle = MimeBundle(shown.bundle, shown.metadata)
        self.block = self._registry.create(bundle)
        if isinstance(self.block, Reshaping):
            self.block.watch(self._lay_out)
        self.setAccessibleDescription(bundle.text("text/plain")[:200])
        self.verticalScrollBar().setValue(0)
        self._lay_out()

    def apply_theme(self, theme: Theme, code_font: QFont) -> None:
        """Take a theme's colours, and the font of code."""
        self._looks = theme, Metrics.of(code_font)
        self.viewport().setStyleSheet(f"background: {theme.bg.name()};")
        self.verticalScrollBar().setStyleSheet(scroll_bar_style(theme))
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for another width."""
        super().resizeEvent(event)
        self._lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; sideways what is wider than the page."""
        aside = -event.pixelDelta().x() or -event.angleDelta().x()
        block: object = self.block
        if aside and isinstance(block, Sideways) and block.scroll_sideways(aside):
            self.viewport().update()
            event.accept()
            return
        super().wheelEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is seen of it."""
        canvas = self._canvas()
        if self.block is None or canvas is None:
            return
        top = TOP - self.verticalScrollBar().value()
        seen = Clip(event.rect().top(), event.rect().bottom() + 1)
        with QPainter(self.viewport()) as painter:
            self.block.paint(painter, canvas, top, seen, None)

    def _canvas(self) -> Canvas | None:
        if self._looks is None:
            return None
        theme, metrics = self._looks
        width = max(80, self.viewport().width())
        return Canvas(theme, metrics, 0, width, max(10, int(width / metrics.char_width)))

    def _lay_out(self) -> None:
        canvas = self._canvas()
        if self.block is None or canvas is None:
            return
        self.block.resize(canvas)
        height = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self.block.height + 2 * TOP - height))
        bar.setPageStep(height)
        bar.setSingleStep(canvas.metrics.line_height)
        self.viewport().update()
