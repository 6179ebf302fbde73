"""Copying whole cells, or one side of them, in several forms."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from vitrail_resources.translation import tr
from vitrail_widgets.console.cell_cursor import CellCursor
from vitrail_widgets.console.surface import Surface
from vitrail_widgets.transcript.cells import Cell
from vitrail_widgets.transcript.copying import cell_text, output_text

APART = "\n\n"


def whole(cells: Iterable[Cell]) -> str:
    """Return code and outputs."""
    return APART.join(cell_text(cell, prompts=False) for cell in cells)


def code(cells: Iterable[Cell]) -> str:
    """Return the code alone, to be run elsewhere."""
    return APART.join(cell.code for cell in cells)


def outputs(cells: Iterable[Cell]) -> str:
    """Return the outputs alone."""
    found = (output_text(output, prompts=False) for cell in cells for output in cell.outputs)
    return "\n".join(found)


def with_prompts(cells: Iterable[Cell]) -> str:
    """Return what IPython's terminal would show."""
    return APART.join(cell_text(cell, prompts=True) for cell in cells)


FORMS: dict[str, tuple[str, Callable[[Iterable[Cell]], str]]] = {
    "cell.copy": (tr("Copy the cell"), whole),
    "cell.copy_code": (tr("Copy as code"), code),
    "cell.copy_output": (tr("Copy the output"), outputs),
    "cell.copy_with_prompts": (tr("Copy as text with prompts"), with_prompts),
}


class CellCopying:
    """Copies the cells of a selection; without one the cell that is meant, or pointed at."""

    def __init__(self, view: Surface, cursor: CellCursor) -> None:
        self._view = view
        self._cursor = cursor
        for command, (_, form) in FORMS.items():
            view.input.commands.register(command, partial(self._copy, form), cursor.why_none)

    def add_to(self, menu: QMenu, point: QPoint) -> None:
        """Offer in a menu the forms in which the cells at a point can be copied."""
        cells = self._selected() or self._at(point)
        if not cells:
            return
        menu.addSeparator()
        several = f" ({len(cells)} cells)" if len(cells) > 1 else ""
        for title, form in FORMS.values():
            if form is outputs and not any(cell.outputs for cell in cells):
                continue
            action = menu.addAction(f"{title}{several}")
            action.triggered.connect(partial(self._put, form, cells))

    def _copy(self, form: Callable[[Iterable[Cell]], str]) -> None:
        entry = self._cursor.entry
        meant = [] if entry is None else self._cells([entry])
        pointed = self._cursor.pointed is not None
        self._put(form, meant if pointed else self._selected() or meant)

    def _put(
        self, form: Callable[[Iterable[Cell]], str], cells: list[Cell], *_checked: bool
    ) -> None:
        QGuiApplication.clipboard().setText(form(cells))
        self._view.selected.copied.emit()

    def _selected(self) -> list[Cell]:
        """Return the cells of which something is selected."""
        selected = self._view.selected
        if not selected.exists or selected.range is None:
            return []
        return self._cells(range(selected.range.first.entry, selected.range.last.entry + 1))

    def _at(self, point: QPoint) -> list[Cell]:
        flow, y = self._view.document.flow, point.y() - self._view.arrangement.top
        return self._cells([flow.index_at(y)]) if 0 <= y < flow.height else []

    def _cells(self, entries: Iterable[int]) -> list[Cell]:
        all_entries = self._view.document.transcript.entries
        found = (all_entries[index] for index in entries)
        return [entry for entry in found if isinstance(entry, Cell)]
