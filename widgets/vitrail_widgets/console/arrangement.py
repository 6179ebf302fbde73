"""Where everything stands in the viewport, and what keeps its place when heights change."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QScrollBar, QWidget

from vitrail_widgets.console.cleared import ClearedScreen
from vitrail_widgets.console.document import ConsoleDocument
from vitrail_widgets.console.geometry import CELL_GAP, MARGIN_Y
from vitrail_widgets.console.input_box import InputBox
from vitrail_widgets.console.input_requests import InputRequests
from vitrail_widgets.console.looks import Looks
from vitrail_widgets.console.pill import NewOutputPill
from vitrail_widgets.console.relayout import Relayout
from vitrail_widgets.console.scrolling import Anchor, Scroller
from vitrail_widgets.console.selection import Position

SHARE_ABOVE = 0.3  # of the height: where a place is shown that was not visible
BARE_TOP, BARE_BOTTOM = 56, 8  # pixels


class Arranged(Protocol):
    """The view, as far as it is arranged."""

    document: ConsoleDocument
    requests: InputRequests

    @property
    def looks(self) -> Looks:
        """Theme, font and width in use."""
        ...

    def viewport(self) -> QWidget:
        """Return the widget that is drawn on."""
        ...

    def verticalScrollBar(self) -> QScrollBar:  # noqa: N802 - Qt's name
        """Return the scroll bar."""
        ...


class Arrangement(QObject):
    """Sets the scroll range, keeps the place, and puts the widgets where they belong.

    Attributes:
        scroller: Where it is scrolled to.
        pill: Says that there is new output below.
        bare_top: Pixels at the upper edge in which nothing is shown: the find bar may be there.
    """

    def __init__(self, view: Arranged, box: InputBox, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._box = box
        self.scroller = Scroller(view.verticalScrollBar(), self._anchor_at)
        self.scroller.moved.connect(self._on_scroller_moved)
        self.pill = NewOutputPill(view.viewport())
        self.bare_top = BARE_TOP
        self.pill.clicked.connect(self.to_end)
        self._cleared = ClearedScreen(view.document)
        self._relayout = Relayout(view.document, self.keeping_place, self)

    def arrange(self) -> None:
        """Place everything again after a height changed."""
        self._arrange(self.scroller.anchor())

    def keeping_place(self, change: Callable[[], bool]) -> bool:
        """Do what changes heights, and keep in place what is read; return what it says."""
        anchor = self.scroller.anchor()
        said = change()
        self._arrange(anchor)
        return said

    def staying(self, change: Callable[[], object]) -> None:
        """Do what changes heights where the user looks: stop following the end, and stay there."""
        self.scroller.stay()
        self.keeping_place(lambda: bool(change()))

    def grow(self, change: Callable[[], bool]) -> bool:
        """Do what may add output, and say so to a user who reads further up."""
        before = self._view.document.height
        self._view.document.fold_policy.may_fold = self.scroller.following
        said = self.keeping_place(change)
        if not self.scroller.following and self._view.document.height > before:
            self.pill.show()
            self.pill.raise_()
            self.place_pill()
        return said

    def place_pill(self) -> None:
        """Put the pill at the lower end, and above the input where that is seen."""
        area = self._view.viewport().rect()
        top = self._input_top - self.scroller.top
        self.pill.place(area.adjusted(0, 0, 0, min(0, top - area.bottom())))

    def relay(self) -> None:
        """Lay out anew: what is visible now, the rest soon."""
        self._view.document.set_canvas(self._view.looks.canvas)
        self._view.requests.fit(self._view.looks.across.columns)
        self.keeping_place(self._lay_visible)
        self._relayout.start()

    def to_end(self) -> None:
        """Show the end and stick to it."""
        self.scroller.follow()
        self.arrange()

    def clear_screen(self) -> None:
        """Bring the input to the upper edge; what is above stays there to scroll to."""
        self._cleared.clear()
        self.to_end()

    def show(self, position: Position, end: int) -> None:
        """Scroll to a stretch of a line, unless it is visible.

        Args:
            position: Where it begins.
            end: The offset where it ends.
        """
        document = self._view.document
        if document.lay(range(position.entry, position.entry + 1)):
            self.arrange()
        rect = document.rect_of(position, end).translated(0, self.top)
        height = self._view.viewport().height()
        if rect.top() < self.bare_top or rect.bottom() > height - BARE_BOTTOM:
            self.scroller.by(rect.top() - round(height * SHARE_ABOVE))

    def show_entry(self, entry: int) -> None:
        """Scroll so that an entry begins near the upper edge, unless its beginning is visible."""
        document = self._view.document
        if document.lay(range(entry, entry + 1)):
            self.arrange()
        top = self.top + document.flow.top(entry)
        if not 0 <= top < self._view.viewport().height() // 2:
            self.scroller.stay()
            self.scroller.by(top - MARGIN_Y)

    @property
    def top(self) -> int:
        """Where the first entry begins in the viewport."""
        return MARGIN_Y - self.scroller.top

    def viewport_y(self, entry_id: str) -> int:
        """Return where the entry begins in the viewport."""
        return self.top + self._view.document.top_of(entry_id)

    @property
    def _input_top(self) -> int:
        """Upper edge of the input box, from the top of everything."""
        height = self._view.document.height
        return MARGIN_Y + (height + CELL_GAP if height else 0)

    def _anchor_at(self, y: int) -> Anchor | None:
        """Return the entry at a pixel of the whole and how much of it lies above."""
        document = self._view.document
        if not len(document.flow):
            return None
        index = document.flow.index_at(y)
        return Anchor(document.transcript.entries[index].id, y - document.flow.top(index))

    def _arrange(self, anchor: Anchor | None) -> None:
        view, looks = self._view, self._view.looks
        total = self._input_top + self._box.height(looks.across) + MARGIN_Y
        total = self._cleared.extended(total, view.viewport().height())
        kept = None
        if anchor is not None and view.document.transcript.holds(anchor.entry_id):
            kept = view.document.top_of(anchor.entry_id) + anchor.offset
        view.verticalScrollBar().setSingleStep(looks.metrics.line_height)
        self.scroller.arrange(total, view.viewport().height(), kept)
        self._place_widgets()
        view.viewport().update()

    def _lay_visible(self) -> bool:
        """Lay out what is visible; say whether anything was not."""
        document, top = self._view.document, -self.top
        return document.lay(document.flow.span(top, top + self._view.viewport().height()))

    def _place_widgets(self) -> None:
        self._box.place(self._view.looks.across, self._input_top - self.scroller.top)
        self._view.requests.place()

    def _on_scroller_moved(self) -> None:
        if self.scroller.following:
            self.pill.hide()
        elif self.pill.isVisible():
            self.place_pill()
        if self._lay_visible():
            self.arrange()
        self._place_widgets()
        self._view.viewport().update()
