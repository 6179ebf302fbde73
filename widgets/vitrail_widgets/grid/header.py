"""What the pointer does in the names of the columns: it sorts, and makes columns wider."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QMouseEvent

from vitrail_widgets.grid.scene import LEAST_WIDTH

if TYPE_CHECKING:
    from vitrail_widgets.grid.view import GridView

GRIP: Final = 5
"""Pixels beside the edge of a column that take hold of it."""


class HeaderPointer:
    """Acts on a view for the pointer, where it is over the names."""

    def __init__(self, view: "GridView") -> None:
        self._view = view
        self._held: int | None = None
        self._start = 0
        self._pressed: int | None = None

    @property
    def is_busy(self) -> bool:
        """Whether an edge is held."""
        return self._held is not None

    def press(self, event: QMouseEvent) -> bool:
        """Take hold of an edge, or note what is pressed; say whether it was here."""
        at = event.position().toPoint()
        if not self._is_here(at) or event.button() != Qt.MouseButton.LeftButton:
            return False
        self._held = self.edge_at(at)
        self._pressed = None if self.is_busy else self._view.scene.place_at(at.x())
        if self._held is not None:
            scene = self._view.scene
            self._start = at.x() - scene.columns.width_of(scene.columns.shown[self._held])
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Draw the edge that is held; say whether there is one."""
        at = event.position().toPoint()
        if self._held is not None:
            column = self._view.scene.columns.shown[self._held]
            self._view.resize_column(column, max(LEAST_WIDTH, at.x() - self._start))
            return True
        over = self._is_here(at) and self.edge_at(at) is not None
        shape = Qt.CursorShape.SplitHCursor if over else Qt.CursorShape.ArrowCursor
        self._view.viewport().setCursor(shape)
        return self._pressed is not None

    def release(self, event: QMouseEvent) -> bool:
        """Let go; sort by a name that was clicked."""
        at = event.position().toPoint()
        was_here = self.is_busy or self._pressed is not None
        if self._pressed is not None and self._pressed == self._view.scene.place_at(at.x()):
            adds = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._view.sort_by(self._view.scene.columns.shown[self._pressed], adds=adds)
        self._held = self._pressed = None
        return was_here

    def double_click(self, event: QMouseEvent) -> bool:
        """Make a column as wide as what is seen in it."""
        at = event.position().toPoint()
        place = self.edge_at(at) if self._is_here(at) else None
        if place is not None:
            self._view.fit_column(self._view.scene.columns.shown[place])
        self._held = self._pressed = None
        return self._is_here(at)

    def edge_at(self, at: QPoint) -> int | None:
        """Return the place of the column whose right edge is near; None for none."""
        scene = self._view.scene
        for x in (at.x() - GRIP, at.x() + GRIP):
            place = scene.place_at(x)
            if place is None:
                continue
            right = scene.x_of(place) + scene.columns.width_of(scene.columns.shown[place])
            if abs(right - at.x()) <= GRIP:
                return place
        return None

    def _is_here(self, at: QPoint) -> bool:
        return at.y() < self._view.scene.look.header
