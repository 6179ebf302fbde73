"""Selecting with the mouse."""

from html import escape

from PySide6.QtCore import QElapsedTimer, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from vitrail_widgets.console.geometry import MARGIN_Y
from vitrail_widgets.console.selection import Position, Selection, word_around
from vitrail_widgets.console.surface import Surface
from vitrail_widgets.render.block import Block

SCROLL_STEP_MS = 30


class PointerSelection(QObject):
    """Turns presses, moves and clicks into selections, and follows what can be clicked.

    Signals:
        named: A word was double clicked: its line, and an offset in it.
    """

    named = Signal(str, int)

    def __init__(self, view: Surface, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._anchor: Position | None = None
        self._last_point = QPoint()
        self._since_double_click = QElapsedTimer()
        self._autoscroll = QTimer(self)
        self._autoscroll.setInterval(SCROLL_STEP_MS)
        self._autoscroll.timeout.connect(self._on_autoscroll_timeout)

    def press(self, event: QMouseEvent) -> None:
        """Begin a selection; with Shift extend the present one; a third click takes the line."""
        if event.button() is not Qt.MouseButton.LeftButton or not len(self._view.document.flow):
            return
        position = self._view.position_at(event.position().toPoint())
        if self._is_triple_click():
            self._select_line(position)
            return
        old = self._view.selected.range
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._anchor = old.anchor if extend and old else position
        self._view.selected.select(Selection(self._anchor, position) if extend else None)

    def double_click(self, event: QMouseEvent) -> None:
        """Select the word under the pointer."""
        if event.button() is not Qt.MouseButton.LeftButton or not len(self._view.document.flow):
            return
        position = self._view.position_at(event.position().toPoint())
        line = self._block(position).line(position.line)
        start, end = word_around(line, position.offset)
        self._view.selected.select(
            Selection(position._replace(offset=start), position._replace(offset=end))
        )
        self._since_double_click.start()
        self.named.emit(line, position.offset)

    def move(self, event: QMouseEvent) -> None:
        """Lead the selection; without a button note what the pointer is on."""
        point = event.position().toPoint()
        if self._anchor is None:
            self._hover(point)
            return
        self._last_point = point
        self._lead(point)
        outside = point.y() < 0 or point.y() >= self._view.viewport().height()
        if outside and not self._autoscroll.isActive():
            self._autoscroll.start()
        elif not outside:
            self._autoscroll.stop()

    def release(self, event: QMouseEvent) -> None:
        """End the selection; a plain click gives the input the focus back."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._anchor = None
        self._autoscroll.stop()
        if self._view.selected.exists:
            self._view.focus_transcript()
            self._view.selected.offer()
            return
        self._view.input.setFocus(Qt.FocusReason.MouseFocusReason)
        point = event.position().toPoint()
        if self._view.cell_offers.take_at(point):
            self._hover(point)
        elif self._view.folding.click(point):
            pass
        elif not self._view.links.click(point):
            self._view.live_blocks.click_at(point)

    def _lead(self, point: QPoint) -> None:
        if self._anchor is not None:
            self._view.selected.select(Selection(self._anchor, self._view.position_at(point)))

    def _hover(self, point: QPoint) -> None:
        flow = self._view.document.flow
        y = point.y() - MARGIN_Y + self._view.scroller.top
        inside = 0 <= y < flow.height
        self._view.painting.set_hovered(flow.index_at(y) if inside else -1)
        link = self._view.links.hover(point)
        spot = self._view.folding.spot_at(point)
        tip = link.tip if link else spot.tip if spot else ""
        self._view.viewport().setToolTip(escape(tip))
        over_text = inside and point.x() >= self._view.across.content_x
        shape = Qt.CursorShape.IBeamCursor if over_text else Qt.CursorShape.ArrowCursor
        clickable = self._view.live_blocks.is_clickable_at(point)
        if link or clickable or spot or self._view.cell_offers.at(point):
            shape = Qt.CursorShape.PointingHandCursor
        self._view.viewport().setCursor(shape)

    def _is_triple_click(self) -> bool:
        clock = self._since_double_click
        return clock.isValid() and clock.elapsed() < QApplication.doubleClickInterval()

    def _select_line(self, position: Position) -> None:
        end = len(self._block(position).line(position.line))
        self._view.selected.select(
            Selection(position._replace(offset=0), position._replace(offset=end))
        )

    def _block(self, position: Position) -> Block:
        return self._view.document.flow[position.entry].block(position.block)

    def _on_autoscroll_timeout(self) -> None:
        height = self._view.viewport().height()
        y = self._last_point.y()
        beyond = y if y < 0 else y - height
        self._view.scroller.by(beyond)
        edge = QPoint(self._last_point.x(), min(max(y, 0), height - 1))
        self._lead(edge)
