"""What can be done with a column, a cell, and the table."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from vitrail_resources.translation import tr, trn
from vitrail_widgets.objects.grid.arrangement import PLAIN, Condition, Key
from vitrail_widgets.objects.grid.code import code_of
from vitrail_widgets.objects.grid.copying import FORMS
from vitrail_widgets.objects.grid.formats import Format
from vitrail_widgets.objects.scales import SCALES, Scale

if TYPE_CHECKING:
    from vitrail_widgets.grid.pane import GridPane

DECIMALS = (0, 1, 2, 3, 4, 6, 8)


class GridMenus:
    """Makes the menus of a pane."""

    def __init__(self, pane: "GridPane") -> None:
        self._pane = pane

    def of_cell(self, row: int, column: int) -> QMenu:
        """Return what can be done with the selected cells, one of which is this."""
        menu = self._menu()
        self._add_copies(menu)
        condition = self._condition(row, column)
        if condition is not None:
            menu.addSeparator()
            menu.addAction(tr("Show only &rows with this value"), lambda: self._ask(condition))
            other = {"=": "!=", "missing": "present"}[condition.what]
            opposite = condition._replace(what=other)
            menu.addAction(tr("&Leave out rows with this value"), lambda: self._ask(opposite))
        menu.addSeparator()
        menu.addAction(tr("&Go to row…"), self._pane.ask_row)
        return menu

    def of_column(self, column: int) -> QMenu:
        """Return what can be done with a column."""
        pane, scene = self._pane, self._pane.view.scene
        order = scene.arrangement
        menu = self._menu()
        menu.addAction(tr("Sort &upwards"), lambda: pane.arrange(order.with_sort(Key(column))))
        menu.addAction(
            tr("Sort &downwards"), lambda: pane.arrange(order.with_sort(Key(column, descends=True)))
        )
        menu.addAction(tr("Do &not sort"), lambda: pane.arrange(order.with_sort()))
        menu.addSeparator()
        menu.addAction(tr("&Filter…"), lambda: pane.filters.begin(column))
        menu.addAction(tr("&Summary"), lambda: pane.show_summary(column))
        menu.addSeparator()
        is_pinned = scene.columns.is_pinned(column)
        menu.addAction(
            tr("Un&pin") if is_pinned else tr("&Pin"),
            lambda: pane.view.pin_column(column, pinned=not is_pinned),
        )
        menu.addAction(tr("&Hide"), lambda: pane.view.hide_columns([column]))
        menu.addAction(tr("Fit &width"), lambda: pane.view.fit_column(column))
        self._add_formats(menu, column)
        return menu

    def of_table(self) -> QMenu:
        """Return what can be done with the table."""
        pane, scene = self._pane, self._pane.view.scene
        menu = self._menu()
        menu.addAction(tr("&Find in this column…"), pane.find_text)
        menu.addAction(tr("&Go to row…"), pane.ask_row)
        summaries = menu.addAction(tr("&Summaries below the names"), pane.toggle_summaries)
        summaries.setCheckable(True)
        summaries.setChecked(scene.has_summaries)
        hidden = menu.addAction(tr("Show &hidden columns"), lambda: pane.view.hide_columns(()))
        hidden.setEnabled(bool(scene.columns.hidden))
        menu.addSeparator()
        everything = menu.addAction(tr("Cl&ear sort and filters"), lambda: pane.arrange(PLAIN))
        everything.setEnabled(scene.arrangement != PLAIN)
        code = self.code()
        insert = menu.addAction(
            tr("&Write sort and filter into the console"), lambda: pane.insert_wanted.emit(code)
        )
        insert.setEnabled(bool(code))
        plane = self.plane_code()
        if plane:
            text = tr("Write {code} into the &console", code=plane)
            menu.addAction(text, lambda: pane.insert_wanted.emit(plane))
        menu.addSeparator()
        self._add_copies(menu)
        return menu

    def code(self) -> str:
        """Return the arrangement of the rows as code; empty where there is none."""
        known = self._pane.view.scene.known
        table = known.about
        if table is None or known.target is None or table.arrangement == PLAIN:
            return ""
        return code_of(known.target.text, table, table.arrangement)

    def plane_code(self) -> str:
        """Return the plane of an array that is shown as code; empty where it is shown whole."""
        known = self._pane.view.scene.known
        plane = known.about.plane if known.about is not None else None
        return plane.code(known.target.text) if plane and known.target is not None else ""

    def _menu(self) -> QMenu:
        menu = QMenu(self._pane)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _add_copies(self, menu: QMenu) -> None:
        for form in FORMS:
            text = tr("&Copy") if form == "TSV" else tr("Copy as {format}", format=form)
            menu.addAction(text, partial(self._pane.copy, form))

    def _add_formats(self, menu: QMenu, column: int) -> None:
        scene = self._pane.view.scene
        if not scene.column(column).is_numeric:
            return
        now = scene.format(column)
        inner = menu.addMenu(tr("Number f&ormat"))
        group = QActionGroup(inner)
        formats: list[tuple[str, Format | None]] = [(tr("As it suits"), None)]
        formats.append((tr("All digits"), Format(groups=now.groups)))
        if scene.column(column).kind == "number":
            formats += (
                (trn("{count} decimal", "{count} decimals", n), Format(n, groups=now.groups))
                for n in DECIMALS
            )
            formats.append((tr("Scientific"), Format(4, is_scientific=True)))
        for text, chosen in formats:
            action = inner.addAction(text, partial(self._format, column, chosen))
            action.setCheckable(True)
            action.setChecked(chosen == scene.chosen.get(column))
            group.addAction(action)
        inner.addSeparator()
        grouped = Format(now.decimals, now.is_scientific, not now.groups)
        parted = inner.addAction(tr("Part thousands"), partial(self._format, column, grouped))
        parted.setCheckable(True)
        parted.setChecked(now.groups)
        self._add_scales(menu, column)

    def _add_scales(self, menu: QMenu, column: int) -> None:
        now = self._pane.view.scene.heated.get(column)
        inner = menu.addMenu(tr("&Colour by value"))
        group = QActionGroup(inner)
        scales: list[tuple[str, Scale | None]] = [(tr("Not"), None)]
        scales += ((text, scale) for scale, text in SCALES.items())
        for text, scale in scales:
            action = inner.addAction(text, partial(self._pane.view.heat_column, column, scale))
            action.setCheckable(True)
            action.setChecked(scale is now)
            group.addAction(action)

    def _format(self, column: int, chosen: Format | None) -> None:
        self._pane.view.format_column(column, chosen)

    def _condition(self, row: int, column: int) -> Condition | None:
        """Return what the cell's own row passes; None where no filter finds its value."""
        cell = self._pane.view.scene.pages.cell(row, column)
        if isinstance(cell, int):
            return Condition(column, "missing")
        return Condition(column, "=", (cell,)) if isinstance(cell, str) and cell else None

    def _ask(self, condition: Condition) -> None:
        self._pane.arrange(self._pane.view.scene.arrangement.with_condition(condition))
