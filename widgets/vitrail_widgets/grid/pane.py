"""The grid with its filters and what is said of it, or what it says when there is no table."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QLabel, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from vitrail_resources.translation import tr, trn
from vitrail_widgets.commands.dispatch import CommandDispatch
from vitrail_widgets.grid.filter_bar import FilterBar
from vitrail_widgets.grid.find_field import FindField
from vitrail_widgets.grid.menus import GridMenus
from vitrail_widgets.grid.row_field import RowField
from vitrail_widgets.grid.source import GridSource
from vitrail_widgets.grid.summary_card import SummaryCard
from vitrail_widgets.grid.view import GridView
from vitrail_widgets.objects.grid.arrangement import Arrangement
from vitrail_widgets.objects.grid.copying import FORMS, MOST_CELLS, Excerpt
from vitrail_widgets.objects.grid.table import Cell, Table
from vitrail_widgets.objects.known import Known
from vitrail_widgets.qt.axis_chooser import AxisChooser
from vitrail_widgets.qt.elided_label import ElidedLabel
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.variables.variable import Freshness

GAP = 4


class GridPane(QWidget):
    """Shows a table of the kernel, or says why there is none.

    Attributes:
        view: The cells.
        filters: What rows are sifted by.
        find_field: Looks for a text in a column.
        plane: Which plane of an array is shown.
        row_field: Asks for the row to go to.
        card: Tells of a column.
        menus: What can be done.
        empty: Says why there are none.
        foot: Says how many there are.

    Signals:
        target_wanted: A link to another object was followed.
        insert_wanted: Code is to be written into the console.
    """

    target_wanted = Signal(object)
    insert_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source: GridSource | None = None
        self._told = ""
        self._carded: int | None = None
        self.view = GridView(self)
        self.filters = FilterBar(self)
        self.plane = AxisChooser(self)
        self.row_field = RowField(self)
        self.find_field = FindField(self)
        self.card = SummaryCard(self)
        self.menus = GridMenus(self)
        self.more = QToolButton(self)
        self.empty = QLabel(self)
        self.foot = ElidedLabel(self)
        self._build()
        self.show_source(None)

    def show_source(self, source: GridSource | None) -> None:
        """Show what a source knows now; another one in place of that of before."""
        self._told = ""
        if source is not self._source:
            if self._source is not None:
                self._source.arrived = _nothing
            if source is not None:
                source.arrived = self._on_source_arrived
            self._source = source
            self.view.attach(source)
        else:
            self.view.follow()
        self._say()

    def apply_theme(self, theme: Theme, code_font: QFont) -> None:
        """Take a theme's colours, and the font of code."""
        self.view.apply_theme(theme, code_font)
        self.filters.apply_theme(theme)
        self.plane.apply_theme(theme)
        self.row_field.apply_theme(theme)
        self.find_field.apply_theme(theme)
        self.setStyleSheet(f"GridPane {{ background: {theme.bg.name()}; }}")
        for label in (self.empty, self.foot):
            label.setStyleSheet(f"color: {theme.muted.name()};")

    def arrange(self, arrangement: Arrangement) -> None:
        """Ask for the rows in another order, or others of them."""
        if self._source is not None:
            self._source.arrange(arrangement)

    def copy(self, form: str = "TSV") -> None:
        """Copy the selected cells, once they are all there.

        Args:
            form: One of `FORMS`.
        """
        scene, table = self.view.scene, self.view.scene.known.about
        rows, places = scene.selection.rows, scene.selection.places
        if self._source is None or table is None or not scene.columns.shown:
            return
        columns = [scene.columns.shown[place] for place in places]
        if len(rows) * len(columns) > MOST_CELLS:
            self._tell(tr("Select no more than {most} cells to copy them.", most=MOST_CELLS))
            return
        known = [scene.column(column) for column in columns]
        library = table.library if table.kind == "frame" else ""
        origin = self.menus.plane_code()

        def take(cells: Sequence[Sequence[Cell]] | None) -> None:
            if cells is None:
                self._tell(tr("The kernel cannot tell these cells now."))
                return
            QGuiApplication.clipboard().setText(FORMS[form](Excerpt(library, known, cells, origin)))
            self._tell(trn("Copied {count} cell", "Copied {count} cells", len(rows) * len(columns)))

        self._source.gather(rows, columns, take)

    def ask_row(self) -> None:
        """Ask which row to go to."""
        self.row_field.begin(self.view.scene.rows)

    def find_text(self) -> None:
        """Look for a text in the column of the cursor."""
        scene = self.view.scene
        if scene.columns.shown:
            self.find_field.begin(scene.title(scene.columns.shown[scene.selection.place]))

    def show_summary(self, column: int) -> None:
        """Tell of a column as a whole."""
        if self._source is None:
            return
        scene = self.view.scene
        self._carded = column
        self._source.summarize([*self.view.summarized(), column])
        self._fill_card()
        place = scene.columns.shown.index(column)
        corner = QPoint(max(scene.x_of(place), 0), scene.look.header)
        self.card.appear(self.view.viewport().mapTo(self, corner))

    def toggle_summaries(self) -> None:
        """Show summaries of the columns below their names, or no longer."""
        self.view.show_summaries(not self.view.scene.has_summaries)

    def _build(self) -> None:
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.more.setText("⋯")
        self.more.setToolTip(tr("What can be done"))
        self.more.setAccessibleName(tr("What can be done"))
        self.more.clicked.connect(self._on_more_clicked)
        self.filters.row.addWidget(self.more)
        for name, act in (
            ("copy", self.copy),
            ("find", self.find_text),
            ("go_to_row", self.ask_row),
        ):
            self.commands.register(f"grid.{name}", act, self._why_not)
        self.view.arranged.connect(self.arrange)
        self.view.menu_wanted.connect(self._on_view_menu_wanted)
        self.filters.arranged.connect(self.arrange)
        self.plane.look_wanted.connect(self._on_plane_look_wanted)
        self.filters.left.connect(self.view.setFocus)
        self.row_field.chosen.connect(self._on_row_field_chosen)
        self.find_field.wanted.connect(self._on_find_field_wanted)
        self.find_field.left.connect(self.view.setFocus)
        self.card.left.connect(self.view.setFocus)
        self.row_field.left.connect(self.view.setFocus)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.filters)
        layout.addWidget(self.plane)
        layout.addWidget(self.row_field)
        layout.addWidget(self.find_field)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self.foot)

    @property
    def commands(self) -> CommandDispatch:
        """What keys mean in the table."""
        return self.view.commands

    def _why_not(self) -> str:
        has_table = self._source is not None and self._source.snapshot.about is not None
        return "" if has_table else tr("There is no table")

    def _say(self) -> None:
        source = self._source
        known: Known[Table] = source.snapshot if source else Known()
        has_cells = known.about is not None and known.about.width > 0
        self._stack.setCurrentWidget(self.view if has_cells else self.empty)
        self.filters.show_table(known.about if has_cells else None)
        plane = known.about.plane if known.about is not None else None
        self.plane.show_axes(*((plane.shape, plane.axes, plane.at) if plane else ((), None, ())))
        self.empty.setText(_sentence(known))
        self.foot.setText(self._told or (_footnote(known, source.cost_ms) if source else ""))

    def _tell(self, text: str) -> None:
        """Say something at the foot until there is something else to say."""
        self._told = text
        self._say()

    def _fill_card(self) -> None:
        scene, column = self.view.scene, self._carded
        if column is not None and self._source is not None:
            summary = self._source.summaries.get(column)
            self.card.tell(scene.look, scene.column(column), scene.title(column), summary)

    def _on_source_arrived(self) -> None:
        self.view.show_arrived()
        if self.card.isVisible():
            self._fill_card()
        self._say()

    def _on_find_field_wanted(self, text: str, step: int) -> None:
        scene = self.view.scene
        place = scene.selection.place
        first = scene.selection.row + step
        if self._source is not None and 0 <= first < scene.rows:
            column = scene.columns.shown[place]
            self._source.find(text, column, first, step, lambda row: self._go(row, place))
        else:
            self._go(None, place)

    def _go(self, row: int | None, place: int) -> None:
        """Go to what was found."""
        self.find_field.say(tr("Not found further on") if row is None else "")
        if row is not None:
            self.view.move_to(row, place)

    def _on_plane_look_wanted(self, changes: dict[str, Any]) -> None:
        if self._source is not None:
            self._source.slice(changes)

    def _on_row_field_chosen(self, row: int) -> None:
        self.view.move_to(row, self.view.scene.selection.place)

    def _on_view_menu_wanted(self, row: int | None, column: int, at: QPoint) -> None:
        menu = self.menus.of_column(column) if row is None else self.menus.of_cell(row, column)
        menu.popup(at)

    def _on_more_clicked(self) -> None:
        at = self.more.mapToGlobal(self.more.rect().bottomLeft())
        self.menus.of_table().popup(at)


def _sentence(known: Known[Table]) -> str:
    """Say why there is no cell to show."""
    return tr("It has no columns.") if known.about is not None else known.reason


def _footnote(known: Known[Table], cost_ms: float) -> str:
    table = known.about
    if table is None:
        return ""
    rows = trn("{number} row", "{number} rows", table.rows, number=_number(table.rows))
    width = _number(table.width)
    columns = trn("{number} column", "{number} columns", table.width, number=width)
    parts = [f"{rows} × {columns}"]
    if table.arrangement.filters:
        parts.append(tr("{count} of them shown", count=_number(table.shown)))
    if table.refused:
        parts.append(table.refused)
    if table.wanted is not None:
        parts.append(tr("being arranged…"))
    elif known.freshness is Freshness.STALE:
        parts.append(known.reason or tr("The kernel cannot tell now"))
    else:
        parts.append(tr("{cost} ms of the kernel's time", cost=f"{cost_ms:.1f}"))
    return " · ".join(parts)


def _number(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


def _nothing() -> None:
    """Do nothing: nobody looks."""
