"""Folds and unfolds cells, outputs and long texts, by key and by click."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QMenu

from vitrail_resources.translation import tr
from vitrail_widgets.console.cell_cursor import CellCursor
from vitrail_widgets.console.entries import CellLayout
from vitrail_widgets.console.folding.fold import Fold
from vitrail_widgets.console.geometry import BAR_WIDTH, BAR_X
from vitrail_widgets.console.selection import Position
from vitrail_widgets.console.surface import Surface
from vitrail_widgets.render.folded_text import Foldable, Handle


class Spot(NamedTuple):
    """What a click at a place folds or unfolds.

    Attributes:
        entry: Index of the entry.
        fold: What is toggled; None for a part of one output.
        block: Index of that output's block.
        handle: What is done to it.
    """

    entry: int
    fold: Fold | None
    block: int = 0
    handle: Handle | None = None

    @property
    def tip(self) -> str:
        """What a click does, in words."""
        if self.handle is not None:
            return self.handle.tip
        return (
            tr("Fold or unfold the cell")
            if self.fold is Fold.CELL
            else tr("Fold or unfold the output")
        )


class Folding:
    """Does what folds; what is read stays in its place meanwhile."""

    def __init__(self, view: Surface, cursor: CellCursor) -> None:
        self._view = view
        self._cursor = cursor
        register = view.input.commands.register
        register("cell.fold", lambda: self._toggle_current(Fold.CELL), cursor.why_none)
        register("cell.fold_output", lambda: self._toggle_current(Fold.OUTPUTS), cursor.why_none)
        register("cell.fold_all", lambda: self.fold_all(Fold.OUTPUTS))
        register("cell.unfold_all", self.unfold_all)

    def toggle(self, entry: int, fold: Fold) -> bool:
        """Fold a cell or its outputs, or unfold them; say whether there was anything to do."""
        layout = self._view.document.flow[entry]
        if not isinstance(layout, CellLayout):
            return False
        if layout.fold is not Fold.NONE:
            self._change(entry, lambda: layout.set_fold(Fold.NONE))
            return True
        if fold is Fold.OUTPUTS and self._toggle_long(entry, layout):
            return True
        if not layout.hides(fold):
            return False
        self._change(entry, lambda: layout.set_fold(fold))
        return True

    def fold_all(self, fold: Fold) -> None:
        """Fold every cell that has something to hide."""
        self._set_all(fold)

    def unfold_all(self) -> None:
        """Show everything, also the long texts."""
        document = self._view.document
        for layout in document.flow:
            for _, text in _texts(layout) if isinstance(layout, CellLayout) else ():
                text.open()
        self._set_all(Fold.NONE)

    def set_limit(self, rows: int) -> None:
        """Fold texts from so many rows on; 0 folds none."""
        policy = self._view.document.fold_policy
        if policy.limit == rows:
            return
        policy.limit = rows
        self._view.arrangement.staying(self._follow_policy)

    def reveal(self, position: Position) -> None:
        """Unfold what hides a place."""
        layout = self._view.document.flow[position.entry]
        if not isinstance(layout, CellLayout):
            return
        if layout.is_hidden(position.block) or (layout.fold is Fold.CELL and position.line):
            self._change(position.entry, lambda: layout.set_fold(Fold.NONE))
        block = layout.block(position.block)
        if isinstance(block, Foldable) and block.is_hidden(position.place, layout.canvas):
            self._reshape(position.entry, layout, position.block, block.open)

    def click(self, point: QPoint) -> bool:
        """Fold or unfold what is at a point of the viewport; say whether there was anything."""
        spot = self.spot_at(point)
        if spot is None:
            return False
        layout = self._view.document.flow[spot.entry]
        if spot.handle is not None and isinstance(layout, CellLayout):
            self._reshape(spot.entry, layout, spot.block, spot.handle.act)
            return True
        return spot.fold is not None and self.toggle(spot.entry, spot.fold)

    def add_to(self, menu: QMenu, point: QPoint) -> None:
        """Offer in a menu to hide what one can do without, or to show it."""
        hit = self._view.live_blocks.hit(point)
        layout = self._view.document.flow[hit.entry] if hit is not None else None
        block: object = hit.block if hit is not None else None
        if hit is None or not isinstance(layout, CellLayout) or not isinstance(block, Foldable):
            return
        act, title = (
            (block.open, tr("Show all of it")) if block.hidden_rows else (block.fold, tr("Shorten"))
        )
        if block.hidden_rows or block.can_fold:
            entry, which = hit.entry, hit.which
            action = menu.addAction(title)
            action.triggered.connect(lambda: self._reshape(entry, layout, which, act))

    def spot_at(self, point: QPoint) -> Spot | None:
        """Return what can be folded or unfolded at a point of the viewport."""
        view, flow = self._view, self._view.document.flow
        y = point.y() - view.arrangement.top
        if not 0 <= y < flow.height:
            return None
        entry = flow.index_at(y)
        layout, top = flow[entry], flow.top(entry)
        if not isinstance(layout, CellLayout) or not 0 <= y - top < layout.height:
            return None
        if BAR_X + BAR_WIDTH < point.x() < view.across.content_x:
            fold = Fold.CELL if y - top < layout.outputs_top else Fold.OUTPUTS
            is_folded = layout.fold is not Fold.NONE
            return Spot(entry, fold) if is_folded or layout.hides(fold) else None
        if layout.fold is not Fold.NONE:
            note = view.looks.entries.folds.note_rect(layout, top + view.arrangement.top)
            return Spot(entry, layout.fold) if note.contains(QPointF(point)) else None
        index = layout.index_at(y - top)
        block, below = layout.block(index), y - top - layout.block_top(index)
        if not isinstance(block, Foldable) or below >= block.height:
            return None
        handle = block.handle_at(point.x() - view.across.text_x, below)
        return None if handle is None else Spot(entry, None, index, handle)

    def _toggle_current(self, fold: Fold) -> bool:
        entry = self._cursor.entry
        if entry is None or not self.toggle(entry, fold):
            return False
        self._cursor.show(entry)
        return True

    def _toggle_long(self, entry: int, layout: CellLayout) -> bool:
        """Unfold long texts first: hiding the rest of them would be a step in between."""
        folded = [index for index, text in _texts(layout) if text.hidden_rows]
        for index, text in _texts(layout):
            if index in folded:
                self._reshape(entry, layout, index, text.open)
        return bool(folded)

    def _reshape(self, entry: int, layout: CellLayout, block: int, act: Callable[[], None]) -> None:
        def change() -> None:
            act()
            layout.touch(layout.block(block))

        self._change(entry, change)

    def _change(self, entry: int, change: Callable[[], object]) -> None:
        def changing() -> bool:
            change()
            self._view.document.flow.touch(entry)
            return True

        self._view.arrangement.staying(changing)

    def _set_all(self, fold: Fold) -> None:
        def changing() -> bool:
            for entry, layout in enumerate(self._view.document.flow):
                if isinstance(layout, CellLayout):
                    layout.set_fold(fold if layout.hides(fold) else Fold.NONE)
                    layout.touch_all()
                    self._view.document.flow.touch(entry)
            return True

        self._view.arrangement.keeping_place(changing)

    def _follow_policy(self) -> bool:
        for entry, layout in enumerate(self._view.document.flow):
            if isinstance(layout, CellLayout):
                for _, text in _texts(layout):
                    text.follow_policy()
                layout.touch_all()
                self._view.document.flow.touch(entry)
        return True


def _texts(layout: CellLayout) -> list[tuple[int, Foldable]]:
    """Return the outputs that hide a part of themselves, and the indices of their blocks."""
    blocks = ((index, layout.block(index)) for index in range(1, layout.block_count))
    return [(index, block) for index, block in blocks if isinstance(block, Foldable)]
