"""The view of the table of variables: its looks, its keys, which rows are chosen."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.qt.field import field_style
from vitrail_widgets.qt.scroll_bar import scroll_bar_style
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.variables.table_model import VariablesModel
from vitrail_widgets.variables.variable import Column

MARGIN = 8
LEAST_ROW = 24
LEADING = 8
ROOM = {  # of a column, for texts like these; the value has the rest
    Column.NAME: "variable",
    Column.TYPE: "ndarray[fl…",
    Column.SIZE: "480 × 640",
    Column.MEMORY: tr("Memory"),
}


class VariablesTable(QTableView):
    """Shows the model of variables; of ten thousand it lays out those that are seen.

    Signals:
        delete_pressed: The chosen variables are to be deleted.
        insert_pressed: Their names are to be written into the console.
        copy_pressed: Their names are to be copied.
    """

    delete_pressed = Signal()
    insert_pressed = Signal()
    copy_pressed = Signal()

    def __init__(self, model: VariablesModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._variables = model
        self.setAccessibleName(tr("Variables"))
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setSortingEnabled(True)
        self.sortByColumn(Column.NAME, Qt.SortOrder.AscendingOrder)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._set_up_headers()
        model.layoutChanged.connect(self._span_headings)

    def _set_up_headers(self) -> None:
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setStretchLastSection(True)
        across.setHighlightSections(False)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.hide()

    @property
    def chosen(self) -> list[str]:
        """The names of the chosen variables, from above to below."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        found = (self._variables.variable(self._variables.index(row, 0)) for row in rows)
        return [each.name for each in found if each is not None]

    def apply_theme(self, theme: Theme, code_font: QFont) -> None:
        """Take a theme's colours, and the font of code."""
        self._variables.apply_theme(theme, code_font)
        self.verticalScrollBar().setStyleSheet(scroll_bar_style(theme))
        height = max(LEAST_ROW, self.fontMetrics().height() + LEADING)
        self.verticalHeader().setDefaultSectionSize(height)
        self.setStyleSheet(
            f"QTableView {{ background: {theme.bg.name()}; border: none; outline: none; }}"
            "QTableView::item { padding: 0 4px; }"
            f"QHeaderView::section {{ background: {theme.bg.name()}; border: none;"
            f" border-bottom: 1px solid {theme.border.name()}; color: {theme.muted.name()};"
            " padding: 4px 7px; }"
            + field_style(theme).replace("padding: 4px 8px", "padding: 0 4px")
        )
        for column, text in ROOM.items():
            font = QFontMetrics(code_font) if column is Column.NAME else self.fontMetrics()
            self.setColumnWidth(column, font.horizontalAdvance(text) + 2 * MARGIN)

    def enter(self) -> None:
        """Take the focus, and choose a row."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        headings = self._variables.headings
        rows = (row for row in range(self._variables.rowCount()) if row not in headings)
        first = next(rows, None)
        if first is not None and not self.chosen:
            self.setCurrentIndex(self._variables.index(first, 0))

    def edit_chosen(self, column: Column) -> None:
        """Let the name or the value of the current variable be typed anew."""
        index = self.currentIndex().siblingAtColumn(column)
        self.setCurrentIndex(index)
        self.edit(index)

    def below_current(self) -> QPoint:
        """Return the point below the current row, on the screen."""
        rect = self.visualRect(self.currentIndex())
        return self.viewport().mapToGlobal(rect.bottomLeft())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the chosen rows (Qt)."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        elif is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.insert_pressed.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_pressed.emit()
        else:
            super().keyPressEvent(event)

    def choose(self, names: list[str]) -> None:
        """Choose variables by name, those that are there."""
        model, wanted = self._variables, set(names)
        chosen = QItemSelection()
        for row in range(model.rowCount()):
            variable = model.variable(model.index(row, 0))
            if variable is not None and variable.name in wanted:
                chosen.select(model.index(row, 0), model.index(row, len(Column) - 1))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _span_headings(self) -> None:
        self.clearSpans()
        for row in self._variables.headings:
            self.setSpan(row, 0, 1, len(Column))
