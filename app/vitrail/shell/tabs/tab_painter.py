"""How a tab is drawn: monogram, name, state, and the cross that closes it."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle

from vitrail.shell.status import DOT, paint_state, state_colour
from vitrail.shell.tabs.face import News, TabFace
from vitrail_widgets.qt.theme import Theme

PAD = 10
GAP = 6
ICON = 16
SLOT = 18  # of the state, and of the cross that takes its place
LEAST_NAME = 40
WIDEST_NAME = 26  # letters
BADGE = 6
CROSS = 3.25  # from its middle to its ends
ACCENT = 2  # pixels of the edge above the current tab


class TabMoment(NamedTuple):
    """How a tab stands at the moment."""

    is_current: bool = False
    is_active: bool = True  # in the part of the window that has the keyboard
    is_hovered: bool = False
    is_cross_hovered: bool = False


class TabPainter:
    """Draws tabs in a theme's colours and a font."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        self.theme = theme
        self._font = font
        self._metrics = QFontMetrics(font)

    @property
    def height(self) -> int:
        """Height of a tab in pixels."""
        return max(32, self._metrics.height() + 14)

    def width(self, title: str, *, least: bool = False) -> int:
        """Return a tab's width in pixels; its least one cuts the name off."""
        name = LEAST_NAME if least else self._metrics.horizontalAdvance(title) + 2
        widest = WIDEST_NAME * self._metrics.averageCharWidth()
        return PAD + ICON + GAP + min(name, widest) + GAP + SLOT + PAD // 2

    def cross(self, tab: QRect, direction: Qt.LayoutDirection) -> QRect:
        """Return where the cross is in a tab."""
        slot = QRect(tab.right() - PAD // 2 - SLOT, 0, SLOT, SLOT)
        slot.moveTop(tab.center().y() - SLOT // 2)
        return QStyle.visualRect(direction, tab, slot)

    def paint(
        self,
        painter: QPainter,
        tab: QRect,
        face: TabFace,
        moment: TabMoment,
        direction: Qt.LayoutDirection,
    ) -> None:
        """Draw a tab."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, tab, moment)
        icon = QRect(tab.left() + PAD, tab.center().y() - ICON // 2 + 1, ICON, ICON)
        self._paint_icon(painter, QStyle.visualRect(direction, tab, icon), face, moment)
        left = tab.left() + PAD + ICON + GAP
        room = max(0, tab.right() - PAD // 2 - SLOT - GAP - left)
        name = QRect(left, tab.top() + 1, room, tab.height() - 1)
        self._paint_name(painter, QStyle.visualRect(direction, tab, name), face, moment, direction)
        self._paint_slot(painter, self.cross(tab, direction), face, moment)
        painter.restore()

    def _paint_ground(self, painter: QPainter, tab: QRect, moment: TabMoment) -> None:
        theme = self.theme
        if moment.is_current:
            painter.fillRect(tab, theme.bg)
            edge = theme.accent if moment.is_active else theme.border
            painter.fillRect(QRect(tab.topLeft(), QSize(tab.width(), ACCENT)), edge)
        elif moment.is_hovered:
            painter.fillRect(tab, theme.raised)
        line = QRect(tab.right(), tab.top(), 1, tab.height())
        painter.fillRect(line, theme.border)
        if not moment.is_current:
            painter.fillRect(QRect(tab.left(), tab.bottom(), tab.width(), 1), theme.border)

    def _paint_icon(self, painter: QPainter, rect: QRect, face: TabFace, moment: TabMoment) -> None:
        from vitrail.shell.tabs.monogram import paint_monogram  # a start shows no bar

        ink = self.theme.text if moment.is_current else self.theme.muted
        frame = self.theme.muted if moment.is_current else self.theme.border
        paint_monogram(painter, QRectF(rect), face.language, ink=ink, frame=frame)
        if face.news is not News.NONE:
            corner = QPointF(rect.right() + 0.5, rect.top() + 1)
            self._paint_badge(painter, corner, face.news, moment)

    def _paint_badge(
        self, painter: QPainter, corner: QPointF, news: News, moment: TabMoment
    ) -> None:
        """Mark unread output by a disc, an error by a diamond."""
        theme = self.theme
        ground = theme.raised if moment.is_hovered else theme.surface
        rect = QRectF(corner.x() - BADGE / 2, corner.y() - BADGE / 2, BADGE, BADGE)
        painter.setPen(QPen(ground, 1.5))
        painter.setBrush(theme.error if news is News.ERROR else theme.accent)
        if news is News.OUTPUT:
            painter.drawEllipse(rect.adjusted(-0.75, -0.75, 0.75, 0.75))
            return
        middle, reach = rect.center(), BADGE / 2 + 1.5
        ends = ((0, -reach), (reach, 0), (0, reach), (-reach, 0))
        painter.drawPolygon([middle + QPointF(x, y) for x, y in ends])

    def _paint_name(
        self,
        painter: QPainter,
        rect: QRect,
        face: TabFace,
        moment: TabMoment,
        direction: Qt.LayoutDirection,
    ) -> None:
        is_loud = moment.is_current or face.news is not News.NONE
        painter.setFont(self._font)
        painter.setPen(self.theme.text if is_loud else self.theme.muted)
        text = self._metrics.elidedText(face.title, Qt.TextElideMode.ElideRight, rect.width())
        is_mirrored = direction == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if is_mirrored else Qt.AlignmentFlag.AlignLeft
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | side
        painter.drawText(rect, flags | Qt.TextFlag.TextSingleLine, text)

    def _paint_slot(self, painter: QPainter, slot: QRect, face: TabFace, moment: TabMoment) -> None:
        theme, middle = self.theme, QRectF(slot).center()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if not moment.is_hovered:
            dot = QRectF(middle.x() - DOT / 2, middle.y() - DOT / 2, DOT, DOT)
            paint_state(painter, dot, face.state, state_colour(face.state, theme))
            return
        if moment.is_cross_hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.border)
            painter.drawRoundedRect(QRectF(slot), 4, 4)
        painter.setPen(QPen(theme.text if moment.is_cross_hovered else theme.muted, 1.5))
        for x, y in ((CROSS, CROSS), (CROSS, -CROSS)):
            painter.drawLine(middle - QPointF(x, y), middle + QPointF(x, y))
