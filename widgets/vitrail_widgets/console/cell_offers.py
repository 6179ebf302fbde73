"""Where a cell's offers are taken up: under the pointer, and in its context menu."""

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from vitrail_widgets.console.entries import CellLayout
from vitrail_widgets.console.offers import TITLES, Offer, offers_of
from vitrail_widgets.console.surface import Surface


class CellOffers(QObject):
    """Finds the offer under the pointer, and puts those of a cell into its context menu.

    Signals:
        taken: An offer (its value) and the id of its cell.
    """

    taken = Signal(str, str)

    def __init__(self, view: Surface, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view

    def at(self, point: QPoint) -> tuple[Offer, str] | None:
        """Return the offer that is drawn at a point of the viewport, and the id of its cell."""
        found = self._cell_at(point)
        if found is None:
            return None
        layout, top = found
        offer = self._view.looks.entries.notes.offer_at(layout, top, point)
        return (offer, layout.cell.id) if offer is not None else None

    def take_at(self, point: QPoint) -> bool:
        """Take the offer at a point; say whether there is one."""
        found = self.at(point)
        if found is not None:
            self.taken.emit(*found)
        return found is not None

    def add_to(self, menu: QMenu, point: QPoint) -> None:
        """Put what the cell at a point offers into a menu."""
        found = self._cell_at(point)
        offers = offers_of(found[0].cell) if found is not None else ()
        if found is None or not offers:
            return
        cell_id = found[0].cell.id
        menu.addSeparator()
        for offer in offers:
            action = menu.addAction(TITLES[offer])
            action.triggered.connect(lambda _=False, each=offer: self.taken.emit(each, cell_id))

    def _cell_at(self, point: QPoint) -> tuple[CellLayout, int] | None:
        """Return the cell at a point and its upper edge, both of the viewport."""
        flow, top = self._view.document.flow, self._view.arrangement.top
        if not 0 <= point.y() - top < flow.height:
            return None
        index = flow.index_at(point.y() - top)
        layout = flow[index]
        return (layout, top + flow.top(index)) if isinstance(layout, CellLayout) else None
