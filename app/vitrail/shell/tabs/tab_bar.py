"""The bar of tabs: chosen, moved, closed, renamed and torn off by mouse."""

from html import escape
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QTabBar, QWidget

from vitrail.shell.tabs.face import TabFace
from vitrail.shell.tabs.tab_painter import TabMoment, TabPainter
from vitrail_resources.translation import tr
from vitrail_widgets.qt.theme import Theme

TORN_PX = 40  # that far from the bar a tab leaves it

Button = Qt.MouseButton


class TabBar(QTabBar):
    """Shows the faces of tabs.

    Signals:
        close_requested: The tab at an index is to be closed.
        rename_requested: The tab at an index is to get another name.
        menu_requested: The menu of the tab at an index is wanted, at a point of the screen.
        torn_off: The tab at an index was dragged away, to a point of the screen.
    """

    close_requested = Signal(int)
    rename_requested = Signal(int)
    menu_requested = Signal(int, QPoint)
    torn_off = Signal(int, QPoint)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painter = TabPainter(theme, self.font())
        self._hovered = QPoint(-1, -1)
        self._grabbed: QPoint | None = None
        self._is_dragged = False
        self.is_active = True
        self.setDocumentMode(True)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setUsesScrollButtons(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr("Tabs"))

    def face(self, index: int) -> TabFace:
        """Return what is shown of a tab."""
        return cast("TabFace", self.tabData(index))

    def show_face(self, index: int, face: TabFace) -> None:
        """Show a tab so."""
        if self.tabData(index) == face:
            return
        self.setTabData(index, face)
        text = face.title.replace("&", "&&")  # one alone would be a mnemonic
        if self.tabText(index) != text:
            self.setTabText(index, text)
        tip = escape(face.tip).replace("\n", "<br>")
        self.setTabToolTip(index, f"<p>{tip}</p>")
        self.setAccessibleTabName(index, face.spoken)
        self.update(self.tabRect(index))

    def apply_theme(self, theme: Theme) -> None:
        """Draw in the colours of another theme."""
        self._painter = TabPainter(theme, self.font())
        self.setStyleSheet(
            f"QToolButton {{ background: {theme.surface.name()};"
            f" border: none; border-left: 1px solid {theme.border.name()}; }}"
            f"QToolButton:hover {{ background: {theme.raised.name()}; }}"
        )
        self.update()

    def set_active(self, is_active: bool) -> None:
        """Mark the current tab as the one that has the keyboard, or not."""
        if self.is_active is not is_active:
            self.is_active = is_active
            self.update()

    def name_rect(self, index: int) -> QRect:
        """Return where a tab's name is edited."""
        return self.tabRect(index).adjusted(4, 4, -5, -4)

    def tabSizeHint(self, index: int) -> QSize:
        """Return how large a tab would be."""
        return QSize(self._painter.width(self._title(index)), self._painter.height)

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Return how small a tab may be."""
        least = self._painter.width(self._title(index), least=True)
        return QSize(min(least, self.tabSizeHint(index).width()), self._painter.height)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        if event.type() == QEvent.Type.FontChange:
            self._painter = TabPainter(self._painter.theme, self.font())
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tabs."""
        theme = self._painter.theme
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.surface)
            line = QRect(0, self.height() - 1, self.width(), 1)
            painter.fillRect(line, theme.border)
            for index in range(self.count()):
                rect = self.tabRect(index)
                if rect.intersects(event.rect()) and self.tabData(index) is not None:
                    moment = self._moment(index, rect)
                    self._painter.paint(
                        painter, rect, self.face(index), moment, self.layoutDirection()
                    )
            if self.hasFocus():
                painter.setPen(theme.accent)
                painter.drawRect(self.tabRect(self.currentIndex()).adjusted(3, 4, -4, -4))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a tab, or begin to close it."""
        at = event.position().toPoint()
        self._is_dragged = False
        self._grabbed = None
        if event.button() == Button.MiddleButton or self._cross_at(at) >= 0:
            self._grabbed = at
            event.accept()
            return
        super().mousePressEvent(event)
        if event.button() == Button.LeftButton and self.tabAt(at) >= 0:
            self._grabbed = at

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer, and take the tab along that it holds."""
        at = event.position().toPoint()
        self._hover(at)
        if not event.buttons() & Button.LeftButton or self._grabbed is None:
            return
        if self._cross_at(self._grabbed) >= 0 and not self._is_dragged:
            return
        far = (at - self._grabbed).manhattanLength() >= QApplication.startDragDistance()
        self._is_dragged = self._is_dragged or far
        if self._is_dragged:
            self._drag(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Close the tab, let go of it, or tear it off."""
        at, grabbed = event.position().toPoint(), self._grabbed
        was_dragged, self._is_dragged, self._grabbed = self._is_dragged, False, None
        self.unsetCursor()
        super().mouseReleaseEvent(event)
        if was_dragged:
            if self._is_torn(at):
                self.torn_off.emit(self.currentIndex(), event.globalPosition().toPoint())
        elif grabbed is not None:
            closes = event.button() == Button.MiddleButton or self._cross_at(grabbed) >= 0
            is_there = self.tabAt(at) == self.tabAt(grabbed) >= 0
            is_aimed = event.button() == Button.MiddleButton or self._cross_at(at) >= 0
            if closes and is_there and is_aimed:
                self.close_requested.emit(self.tabAt(at))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename a tab."""
        at = event.position().toPoint()
        index = self.tabAt(at)
        if event.button() == Button.LeftButton and index >= 0 > self._cross_at(at):
            self._grabbed = None
            self.rename_requested.emit(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of a tab, by mouse or by key."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.tabAt(event.pos()) if by_mouse else self.currentIndex()
        if index >= 0:
            at = event.globalPos()
            below = self.mapToGlobal(self.tabRect(index).bottomLeft())
            self.menu_requested.emit(index, at if by_mouse else below)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show what is below the pointer."""
        self._hover(event.position().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        """Show nothing as hovered."""
        del event
        self._hover(QPoint(-1, -1))

    def _title(self, index: int) -> str:
        return self.tabText(index).replace("&&", "&")

    def _moment(self, index: int, rect: QRect) -> TabMoment:
        is_hovered = rect.contains(self._hovered) and not self._is_dragged
        return TabMoment(
            is_current=index == self.currentIndex(),
            is_active=self.is_active,
            is_hovered=is_hovered,
            is_cross_hovered=is_hovered and self._cross_at(self._hovered) == index,
        )

    def _hover(self, at: QPoint) -> None:
        if at != self._hovered:
            self._hovered = at
            self.update()

    def _cross_at(self, at: QPoint) -> int:
        """Return the tab whose cross is at a point, -1 for none."""
        index = self.tabAt(at)
        if index < 0:
            return -1
        cross = self._painter.cross(self.tabRect(index), self.layoutDirection())
        return index if cross.contains(at) else -1

    def _is_torn(self, at: QPoint) -> bool:
        margin = TORN_PX
        return not self.rect().adjusted(-margin, -margin, margin, margin).contains(at)

    def _drag(self, at: QPoint) -> None:
        """Put the current tab where the pointer is."""
        torn = Qt.CursorShape.DragMoveCursor if self._is_torn(at) else Qt.CursorShape.ArrowCursor
        self.setCursor(torn)
        here, there = self.currentIndex(), self.tabAt(QPoint(at.x(), self.rect().center().y()))
        if there < 0 or there == here:
            return
        own, other = self.tabRect(here), self.tabRect(there)
        # Beyond the middle where it would then be, or tabs of unlike widths would go to and fro.
        goes_right = other.left() > own.left()
        edge = other.right() - own.width() if goes_right else other.left() + own.width()
        if (at.x() >= edge) if goes_right else (at.x() <= edge):
            self.moveTab(here, there)
