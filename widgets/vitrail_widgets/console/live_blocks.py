"""What the pointer does to blocks that do something: sort, unfold, move, copy."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QMenu

from vitrail_widgets.console.geometry import MARGIN_Y
from vitrail_widgets.console.surface import Surface
from vitrail_widgets.render.block import Block
from vitrail_widgets.render.live import Clickable, Copied, Sideways

FORM_NAMES = {
    "text/plain": "Plain text",
    "text/html": "HTML",
    "text/markdown": "Markdown",
    "text/latex": "LaTeX",
    "application/json": "JSON",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/svg+xml": "SVG",
}


class Hit(NamedTuple):
    """A block under a point of the viewport, and the point from its upper left corner."""

    entry: int
    which: int
    block: Block
    x: int
    y: int


class LiveBlocks:
    """Leads clicks and wheels to the blocks below them."""

    def __init__(self, view: Surface) -> None:
        self._view = view

    def is_clickable_at(self, point: QPoint) -> bool:
        """Tell whether a click at a point of the viewport does something."""
        hit = self.hit(point)
        return (
            hit is not None
            and isinstance(hit.block, Clickable)
            and hit.block.is_clickable(hit.x, hit.y)
        )

    def click_at(self, point: QPoint) -> bool:
        """Click what is at a point; say whether it did something."""
        hit = self.hit(point)
        if hit is None or not isinstance(hit.block, Clickable):
            return False
        return hit.block.click(hit.x, hit.y)

    def block_at(self, point: QPoint) -> Block | None:
        """Return the block under a point of the viewport."""
        hit = self.hit(point)
        return None if hit is None else hit.block

    def turn(self, event: QWheelEvent) -> bool:
        """Follow a wheel that is turned sideways, or with Shift; say whether a block moved."""
        delta = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta()
        sideways = delta.x()
        if not sideways and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            sideways = delta.y()
        hit = self.hit(event.position().toPoint()) if abs(sideways) > abs(delta.y()) // 2 else None
        if hit is None or not sideways or not isinstance(hit.block, Sideways):
            return False
        event.accept()
        return hit.block.scroll_sideways(-sideways)

    def add_to(self, menu: QMenu, point: QPoint) -> None:
        """Offer in a menu what can be done with the block at a point."""
        self.add_copies(menu, point)
        self.add_forms(menu, point)

    def add_copies(self, menu: QMenu, point: QPoint) -> None:
        """Offer in a menu the forms in which the block at a point can be copied."""
        hit = self.hit(point)
        if hit is None or not isinstance(hit.block, Copied):
            return
        forms = hit.block.copies(hit.x, hit.y)
        if forms:
            menu.addSeparator()
        for title, form in forms.items():
            menu.addAction(title).triggered.connect(_copying(form))

    def add_forms(self, menu: QMenu, point: QPoint) -> None:
        """Offer in a menu the other forms of the output at a point."""
        hit = self.hit(point)
        forms = self._view.document.forms(hit.entry, hit.which) if hit is not None else ()
        if hit is None or not forms:
            return
        show_as = menu.addMenu("Show as")
        for mime in forms:
            action = show_as.addAction(FORM_NAMES.get(mime, mime))
            show = partial(self._view.document.show_form, hit.entry, hit.which, mime)
            action.triggered.connect(_dropping_checked(show))

    def hit(self, point: QPoint) -> Hit | None:
        """Return the block under a point of the viewport, and where in it that is."""
        view = self._view
        flow = view.document.flow
        y = point.y() - MARGIN_Y + view.scroller.top
        if not 0 <= y < flow.height:
            return None
        entry = flow.index_at(y)
        inside = y - flow.top(entry)
        layout = flow[entry]
        which = layout.index_at(inside)
        block = layout.block(which)
        below = inside - layout.block_top(which)
        x = point.x() - view.across.text_x
        return Hit(entry, which, block, x, below) if x >= 0 and 0 <= below < block.height else None


def _dropping_checked(show: Callable[[], None]) -> Callable[..., None]:
    return lambda *_checked: show()


def _copying(form: Callable[[], str]) -> Callable[[], None]:
    return lambda: QGuiApplication.clipboard().setText(form())
