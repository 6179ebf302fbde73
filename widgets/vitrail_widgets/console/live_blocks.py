"""What the pointer does to blocks that do something: sort, unfold, move, copy."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QMenu

from vitrail_resources.translation import tr
from vitrail_widgets.console.geometry import MARGIN_Y
from vitrail_widgets.console.surface import Surface
from vitrail_widgets.render.block import Block
from vitrail_widgets.render.choices import Choice, ChoiceLine
from vitrail_widgets.render.explaining import FORM_NAMES
from vitrail_widgets.render.live import Clickable, Copied, Enclosing, Sideways


class Hit(NamedTuple):
    """A block under a point of the viewport, and the point from its upper left corner.

    Attributes:
        entry: Index of the entry.
        which: Index of the block in it; `block` may be one that it encloses.
    """

    entry: int
    which: int
    block: Block
    x: int
    y: int


class LiveBlocks:
    """Leads clicks and wheels to the blocks below them.

    Attributes:
        choose: Does what was chosen in a line below or above an output.
    """

    def __init__(self, view: Surface) -> None:
        self._view = view
        self.choose: Callable[[Hit, Choice], object] = lambda _hit, _choice: None

    def is_clickable_at(self, point: QPoint) -> bool:
        """Tell whether a click at a point of the viewport does something."""
        hit = self.hit(point)
        if hit is None:
            return False
        if isinstance(hit.block, ChoiceLine):
            return hit.block.choice_at(hit.x, hit.y) is not None
        return isinstance(hit.block, Clickable) and hit.block.is_clickable(hit.x, hit.y)

    def click_at(self, point: QPoint) -> bool:
        """Click what is at a point; say whether it did something."""
        hit = self.hit(point)
        if hit is None:
            return False
        if isinstance(hit.block, ChoiceLine):
            choice = hit.block.choice_at(hit.x, hit.y)
            if choice is not None:
                self.choose(hit, choice)
            return choice is not None
        return isinstance(hit.block, Clickable) and hit.block.click(hit.x, hit.y)

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
        self._view.viewport().update()
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
        self.fill_forms(menu.addMenu(tr("Show as")), hit)

    def fill_forms(self, menu: QMenu, hit: Hit) -> None:
        """Offer in a menu all forms of an output."""
        for mime in self._view.document.forms(hit.entry, hit.which):
            action = menu.addAction(FORM_NAMES.get(mime, mime))
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
        if x < 0 or not 0 <= below < block.height:
            return None
        while isinstance(block, Enclosing):
            block, below = block.enclosed_at(below)
        return Hit(entry, which, block, x, below)


def _dropping_checked(show: Callable[[], None]) -> Callable[..., None]:
    return lambda *_checked: show()


def _copying(form: Callable[[], str]) -> Callable[[], None]:
    return lambda: QGuiApplication.clipboard().setText(form())
