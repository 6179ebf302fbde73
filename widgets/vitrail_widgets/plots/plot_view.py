"""One figure, large: fitted, or zoomed and moved."""

from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.image_block import PAPER, stated_size
from vitrail_widgets.render.rendition import Rendition, is_whole_enlargement
from vitrail_widgets.transcript.figures import Figure
from vitrail_widgets.transcript.mime import mapping

PAD: Final = 8
STEP: Final = 1.25
SMALLEST, LARGEST = 0.1, 16.0
MAX_PIXELS: Final = 8_000_000
"""Of what is decoded for a zoom; beyond it is drawn larger than it is."""

MOVE_PX: Final = 40


class Look(NamedTuple):
    """How a figure is looked at.

    Attributes:
        zoom: Pixels for each of its own; None fits it into the view.
        centre: What is in the middle, in shares of its width and height.
    """

    zoom: float | None = None
    centre: tuple[float, float] = (0.5, 0.5)


FITTED: Final = Look()


class PlotView(QWidget):
    """Draws a figure. Wheel and keys zoom, the mouse moves it, a double click fits it.

    Attributes:
        look: Zoom and place; it stays when the figure is replaced.

    Signals:
        look_changed: The user zoomed or moved it.
    """

    look_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = FITTED
        self._theme = theme
        self._figure: Figure | None = None
        self._picture: Rendition | str = ""
        self._dragged: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Figure"))
        self.setMinimumSize(120, 90)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in the colours of another theme."""
        self._theme = theme
        self.update()

    def show_figure(self, figure: Figure | None, picture: Rendition | str, name: str) -> None:
        """Show a figure, as the one before was looked at; or say why it cannot be shown."""
        if figure is None or self._figure is None or figure.key != self._figure.key:
            self.look = FITTED
        self._figure, self._picture = figure, picture
        self.setAccessibleDescription(name)
        self.setToolTip(name)
        self.update()

    def set_look(self, look: Look) -> None:
        """Look at it like this from now on."""
        if look != self.look:
            self.look = look
            self.update()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom; what is at a point stays there, or what is in the middle."""
        rect = self._target()
        if rect.isEmpty():
            return
        at = QPointF(self.rect().center()) if at is None else at
        before = rect.width() / self._natural.width()
        zoom = min(LARGEST, max(SMALLEST, before * factor))
        share_x = (at.x() - rect.left()) / rect.width()
        share_y = (at.y() - rect.top()) / rect.height()
        middle, size = QPointF(self.rect().center()), QSizeF(self._natural) * zoom
        centre_x = share_x + (middle.x() - at.x()) / size.width()
        centre_y = share_y + (middle.y() - at.y()) / size.height()
        self._look(Look(zoom, (_share(centre_x), _share(centre_y))))

    def zoom_to(self, zoom: float | None) -> None:
        """Zoom to pixels for each of its own; None fits it."""
        self._look(Look(zoom, self.look.centre if zoom else FITTED.centre))

    # Qt

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(420, 320)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is seen of it."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.bg)
        if isinstance(self._picture, str):
            painter.setPen(self._theme.muted)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(PAD, PAD, -PAD, -PAD), flags, self._picture)
        else:
            self._paint(painter, self._picture)
        if self.hasFocus():
            painter.setPen(QColor(self._theme.accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        notches = event.angleDelta().y() / 120
        if notches:
            self.zoom_by(STEP**notches, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to move it."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragged = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it along."""
        if self._dragged is not None:
            by = event.position() - self._dragged
            self._dragged = event.position()
            self._move(by.x(), by.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Leave it where it is."""
        del event
        self._dragged = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fit it, or show it at its own size where it is fitted."""
        del event
        self.zoom_to(1.0 if self.look.zoom is None else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom and move by key."""
        moves = {
            Qt.Key.Key_Left: (MOVE_PX, 0),
            Qt.Key.Key_Right: (-MOVE_PX, 0),
            Qt.Key.Key_Up: (0, MOVE_PX),
            Qt.Key.Key_Down: (0, -MOVE_PX),
        }
        key = Qt.Key(event.key())
        if key in moves:
            self._move(*moves[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(STEP)
        elif key is Qt.Key.Key_Minus:
            self.zoom_by(1 / STEP)
        elif key in (Qt.Key.Key_0, Qt.Key.Key_1):
            self.zoom_to(None if key is Qt.Key.Key_0 else 1.0)
        else:
            super().keyPressEvent(event)

    # Internals

    @property
    def _natural(self) -> QSize:
        """Its size in device independent pixels."""
        if self._figure is None or isinstance(self._picture, str):
            return QSize()
        metadata = self._figure.bundle.metadata
        own = metadata.get(self._figure.mime, metadata)
        return stated_size(self._picture.source.size, mapping(own))

    def _target(self) -> QRectF:
        """Return where the figure lies, which may be more than is seen."""
        natural, room = self._natural, QSizeF(self.rect().adjusted(PAD, PAD, -PAD, -PAD).size())
        if natural.isEmpty() or room.isEmpty():
            return QRectF()
        fitting = min(room.width() / natural.width(), room.height() / natural.height())
        zoom = self.look.zoom
        size = QSizeF(natural) * (min(1.0, fitting) if zoom is None else zoom)
        centre_x, centre_y = self.look.centre if zoom is not None else FITTED.centre
        middle = QRectF(self.rect()).center()
        left = middle.x() - centre_x * size.width()
        top = middle.y() - centre_y * size.height()
        return QRectF(QPointF(round(left), round(top)), size)

    def _paint(self, painter: QPainter, picture: Rendition) -> None:
        target = self._target()
        wanted = (target.size() * self.devicePixelRatioF()).toSize()
        share = (MAX_PIXELS / max(1, wanted.width() * wanted.height())) ** 0.5
        image = picture.image(self, wanted * share if share < 1 else wanted, self._theme)
        if image is None:
            painter.fillRect(target, self._theme.surface)
            return
        if self._theme.dark and picture.is_on_paper:
            painter.fillRect(target, PAPER)
        smooth = not is_whole_enlargement(image, wanted.width())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(target, image)

    def _move(self, dx: float, dy: float) -> None:
        rect = self._target()
        if rect.isEmpty() or self.look.zoom is None:
            return
        centre_x, centre_y = self.look.centre
        centre = (_share(centre_x - dx / rect.width()), _share(centre_y - dy / rect.height()))
        self._look(Look(self.look.zoom, centre))

    def _look(self, look: Look) -> None:
        self.set_look(look)
        self.look_changed.emit(look)


def _share(value: float) -> float:
    return min(1.0, max(0.0, value))
