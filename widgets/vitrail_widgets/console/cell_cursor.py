"""Which cell is meant by commands that are about one, and going from cell to cell."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from vitrail_resources.translation import tr
from vitrail_widgets.console.entries import CellLayout
from vitrail_widgets.console.geometry import MARGIN_Y
from vitrail_widgets.console.surface import Surface

FLASH_MS = 900


class CellCursor(QObject):
    """Points at one cell while one goes through the transcript by its prompts.

    Attributes:
        flashed: The entry, and the line of its code, that lights up for a moment.

    Signals:
        moved: It points elsewhere, or nowhere.
    """

    moved = Signal()

    def __init__(self, view: Surface, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._cell_id = ""
        self._flash = QTimer(self)
        self._flash.setSingleShot(True)
        self._flash.setInterval(FLASH_MS)
        self._flash.timeout.connect(self._on_flash_timeout)
        self.flashed: tuple[int, int] | None = None
        register = view.input.commands.register
        register("cell.previous", lambda: self._step(-1))
        register("cell.next", lambda: self._step(1))

    @property
    def pointed(self) -> int | None:
        """Index of the entry that is pointed at; None if one has not gone to any."""
        transcript = self._view.document.transcript
        return transcript.position(self._cell_id) if transcript.holds(self._cell_id) else None

    @property
    def entry(self) -> int | None:
        """Index of the cell that is meant: pointed at, else selected in, else the last one."""
        if self.pointed is not None:
            return self.pointed
        flow, selected = self._view.document.flow, self._view.selected.range
        if selected is not None and isinstance(flow[selected.head.entry], CellLayout):
            return selected.head.entry
        cells = (index for index in reversed(range(len(flow))) if self._is_cell(index))
        return next(cells, None)

    def why_none(self) -> str:
        """Say why no cell is meant; empty when one is."""
        return "" if self.entry is not None else tr("There is no cell")

    def point_at(self, entry: int | None) -> None:
        """Point at a cell, or at none."""
        cell_id = ""
        if entry is not None:
            cell_id = self._view.document.transcript.entries[entry].id
        if cell_id != self._cell_id:
            self._cell_id = cell_id
            self._take_focus()
            self.moved.emit()

    def _take_focus(self) -> None:
        """Take the focus along: its keys are those of the transcript while a cell is pointed at."""
        if self._cell_id:
            self._view.focus_transcript()
        elif self._view.hasFocus():
            self._view.input.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show(self, entry: int) -> None:
        """Scroll so that the beginning of a cell is seen."""
        self._view.arrangement.show_entry(entry)

    def flash(self, entry: int, line: int) -> None:
        """Show a cell and light up a line of its code, counted from 1; all of it for 0."""
        self.point_at(entry)
        block = self._view.document.flow[entry].block(0)
        index = min(max(0, line - 1), block.line_count - 1)
        self._view.show_place(entry, 0, index, 0, len(block.line(index)))
        self.show(entry)
        self.flashed = (entry, line)
        self._flash.start()
        self._view.viewport().update()

    def _on_flash_timeout(self) -> None:
        self.flashed = None
        self._view.viewport().update()

    def _step(self, step: int) -> bool:
        """Go to the prompt above or below; from the last one back to the input."""
        flow = self._view.document.flow
        if not any(map(self._is_cell, range(len(flow)))):
            return False
        here = self.pointed
        if here is None:
            here = self._first_visible() if self._is_reading_above else len(flow)
        index = here + step
        while 0 <= index < len(flow) and not self._is_cell(index):
            index += step
        if index >= len(flow):
            self.point_at(None)
            self._view.scroll_to_end()
            return True
        if index >= 0:
            self.point_at(index)
            self.show(index)
        return True

    @property
    def _is_reading_above(self) -> bool:
        """Whether what is seen is meant, and not what stands above the input."""
        return not self._view.scroller.following and not self._view.input.hasFocus()

    def _first_visible(self) -> int:
        """Return the entry at the upper edge; the one below it if its beginning is seen."""
        flow, top = self._view.document.flow, self._view.scroller.top - MARGIN_Y
        return flow.index_at(max(0, top))

    def _is_cell(self, index: int) -> bool:
        return isinstance(self._view.document.flow[index], CellLayout)
