"""The cells of a table, of which only what is seen is drawn and fetched."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.commands.dispatch import CommandDispatch
from vitrail_widgets.grid.header import HeaderPointer
from vitrail_widgets.grid.look import Look
from vitrail_widgets.grid.painting import GridPainter
from vitrail_widgets.grid.scene import Scene
from vitrail_widgets.grid.source import GridSource
from vitrail_widgets.keys.command import Scope
from vitrail_widgets.objects.grid.columns import Columns
from vitrail_widgets.objects.grid.formats import Format
from vitrail_widgets.objects.grid.pages import Pages
from vitrail_widgets.objects.grid.selection import Selection
from vitrail_widgets.objects.grid.table import Table
from vitrail_widgets.objects.known import Known
from vitrail_widgets.objects.scales import Scale
from vitrail_widgets.qt.scroll_bar import scroll_bars_style
from vitrail_widgets.qt.theme import Theme

Place = tuple[int, int]
"""A row, and a place among the columns."""

MOVES: Final[dict[str, Callable[[Place, Place, int], Place]]] = {
    "up": lambda at, _last, _page: (at[0] - 1, at[1]),
    "down": lambda at, _last, _page: (at[0] + 1, at[1]),
    "left": lambda at, _last, _page: (at[0], at[1] - 1),
    "right": lambda at, _last, _page: (at[0], at[1] + 1),
    "page_up": lambda at, _last, page: (at[0] - page, at[1]),
    "page_down": lambda at, _last, page: (at[0] + page, at[1]),
    "top": lambda at, _last, _page: (0, at[1]),
    "bottom": lambda at, last, _page: (last[0], at[1]),
    "row_start": lambda at, _last, _page: (at[0], 0),
    "row_end": lambda at, last, _page: (at[0], last[1]),
    "start": lambda _at, _last, _page: (0, 0),
    "end": lambda _at, last, _page: last,
}
"""Where the cursor goes from where it is, with the last place there is and the rows of a page."""

FIT_MOST = 1200  # pixels of a column that is made to fit


class GridView(QAbstractScrollArea):
    """Shows a table.

    Attributes:
        scene: What is shown, and where.
        commands: Do what keys mean here.

    Signals:
        moved: The cursor stands elsewhere, or the selection is another one.
        arranged: Another `Arrangement` is wished.
        menu_wanted: Of a row (None in the names) and a column, at a point of the screen.
    """

    moved = Signal()
    arranged = Signal(object)
    menu_wanted = Signal(object, object, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source: GridSource | None = None
        self._header = HeaderPointer(self)
        self.commands = CommandDispatch()
        self._looks = Theme.load("light"), QFont()
        look = Look.of(*self._looks, self.font())
        self.scene = Scene(look, Known(), Pages(), Columns(0, lambda _: 0))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Data"))
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        for name in MOVES:
            self.commands.register(f"grid.{name}", partial(self.go, name))
            self.commands.register(f"grid.select_{name}", partial(self.go, name, extends=True))
        self.verticalScrollBar().valueChanged.connect(self._on_vertical_changed)
        self.horizontalScrollBar().valueChanged.connect(self._on_horizontal_changed)

    def attach(self, source: GridSource | None) -> None:
        """Show the cells of a source."""
        self._source = source
        self.scene.pages = source.pages if source else Pages()
        self.scene.summaries = source.summaries if source else {}
        self._begin(None)
        self.follow()

    def apply_theme(self, theme: Theme, code_font: QFont) -> None:
        """Take a theme's colours, and the font of code."""
        self._looks = theme, code_font
        has_summaries = self.scene.has_summaries
        self.scene.look = Look.of(theme, code_font, self.font(), has_summaries=has_summaries)
        corner = f"QAbstractScrollArea::corner {{ background: {theme.bg.name()}; border: none; }}"
        self.setStyleSheet(scroll_bars_style(theme) + corner)
        self.scene.columns.relearn()
        self._measure()

    def follow(self) -> None:
        """Show what the source knows now; what was chosen stays where the columns are the same."""
        known: Known[Table] = self._source.snapshot if self._source else Known()
        before, self.scene.known = self.scene.known.about, known
        table = known.about
        if table is not None and (before is None or not table.continues(before)):
            self._begin(table)
        self._measure()

    def show_arrived(self) -> None:
        """Draw cells that have come."""
        scene = self.scene
        seen = [scene.columns.shown[place] for place in scene.seen_places()]
        new = [each for each in seen if each not in scene.formats and scene.has_cells(each)]
        if new:
            self._relearn(new)
        self.viewport().update()

    def _relearn(self, columns: list[int]) -> None:
        """Fit columns whose cells have come; those that are seen do not move."""
        scene = self.scene
        first = next((at for at in scene.seen_places() if not scene.is_pinned_place(at)), None)
        beyond = 0 if first is None else scene.x - scene.columns.left(first)
        scene.columns.relearn(columns)
        if first is not None:
            scene.x = max(0, min(scene.columns.left(first) + beyond, scene.farthest_x))
        self._measure()

    def sort_by(self, column: int, *, adds: bool = False) -> None:
        """Ask for the rows sorted by a column: up, then down, then as they are."""
        arrangement = self.scene.arrangement.sorted_by(column, adds=adds)
        self.arranged.emit(arrangement)

    def resize_column(self, column: int, width: int) -> None:
        """Give a column another width, in pixels."""
        self.scene.columns.resize(column, width)
        self._measure()

    def fit_column(self, column: int) -> None:
        """Give a column the width of what is seen in it."""
        self.resize_column(column, self.scene.natural_width(column, most=FIT_MOST))

    def pin_column(self, column: int, *, pinned: bool) -> None:
        """Keep a column in sight, or let it be scrolled."""
        self.scene.columns.pin(column, pinned=pinned)
        self._measure()

    def hide_columns(self, columns: Iterable[int]) -> None:
        """Show these columns no longer; none stands for all that are hidden, to show them."""
        hidden = tuple(columns)
        if hidden:
            self.scene.columns.hide(hidden)
        else:
            self.scene.columns.show_all()
        self._measure()

    def format_column(self, column: int, chosen: Format | None) -> None:
        """Write a column like this from now on; None is as it suits its values."""
        if chosen is None:
            self.scene.chosen.pop(column, None)
        else:
            self.scene.chosen[column] = chosen
        self.scene.columns.relearn([column])
        self._measure()

    def heat_column(self, column: int, scale: Scale | None) -> None:
        """Colour the cells of a column by their values; None for no longer."""
        if scale is None:
            self.scene.heated.pop(column, None)
        else:
            self.scene.heated[column] = scale
        self._look()
        self.viewport().update()

    def show_summaries(self, shown: bool) -> None:
        """Show summaries below the names of the columns, or no longer."""
        self.scene.has_summaries = shown
        self.apply_theme(*self._looks)

    def summarized(self) -> list[int]:
        """Return the columns of which a summary is to be known."""
        scene = self.scene
        seen = [scene.columns.shown[place] for place in scene.seen_places()]
        return [each for each in seen if scene.has_summaries or each in scene.heated]

    def move_to(self, row: int, place: int, *, extends: bool = False) -> None:
        """Put the cursor on a cell, and see to it that it is seen."""
        scene = self.scene
        places = len(scene.columns.shown)
        moved = scene.selection.to(row, place, extends=extends)
        scene.selection = Selection(
            max(0, moved.row), max(0, moved.place), moved.from_row, moved.from_place
        ).within(scene.rows, places)
        if not extends:
            at = scene.selection
            scene.selection = Selection(at.row, at.place, at.row, at.place)
        self.reveal(scene.selection.row, scene.selection.place)
        self.setAccessibleDescription(self._spoken())
        self.viewport().update()
        self.moved.emit()

    def go(self, move: str, *, extends: bool = False) -> None:
        """Move the cursor, or the end of the selection.

        Args:
            move: One of `MOVES`.
            extends: Whether what was selected before stays.
        """
        at, heights = self.scene.selection, self.scene.heights
        page = max(1, heights.room // heights.row - 1)
        last = heights.rows - 1, len(self.scene.columns.shown) - 1
        self.move_to(*MOVES[move]((at.row, at.place), last, page), extends=extends)

    def reveal(self, row: int, place: int) -> None:
        """Scroll until a cell is seen."""
        scene = self.scene
        self.scroll_to(scene.heights.revealing(row, scene.y))
        if scene.columns.pinned_count <= place < len(scene.columns.shown):
            left = scene.columns.left(place)
            width = scene.columns.width_of(scene.columns.shown[place])
            x = min(left, max(scene.x, left + width - scene.room))
            self.horizontalScrollBar().setValue(x)

    def scroll_to(self, y: int) -> None:
        """Scroll to an offset of the rows, in pixels."""
        scene = self.scene
        y = scene.heights.bounded(y)
        if y != scene.y:
            scene.y = y
            bar = self.verticalScrollBar()
            blocked = bar.blockSignals(True)
            bar.setValue(scene.heights.to_bar(y))
            bar.blockSignals(blocked)
            bar.update()
            self._look()

    # -- Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is seen (Qt)."""
        del event
        self.scene.has_focus = self.hasFocus()
        with QPainter(self.viewport()) as painter:
            GridPainter(painter, self.scene).paint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow another size (Qt)."""
        super().resizeEvent(event)
        self._measure()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cursor (Qt)."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the cursor less (Qt)."""
        super().focusOutEvent(event)
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Keep the keys of our commands from menus and shortcuts (Qt)."""
        is_asked = event.type() is QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and self.commands.claims(event, Scope.GRID):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key means (Qt)."""
        if not self.commands.press(event, Scope.GRID):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the cursor where one presses (Qt)."""
        at = event.position().toPoint()
        if self._header.press(event):
            return
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(at, extends=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select while one draws (Qt)."""
        if not self._header.move(event) and event.buttons() & Qt.MouseButton.LeftButton:
            self._choose(event.position().toPoint(), extends=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Sort by a name that was clicked (Qt)."""
        self._header.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Make a column as wide as its texts (Qt)."""
        if not self._header.double_click(event):
            self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu of what is at a point, or of the cursor (Qt)."""
        scene, chosen = self.scene, self.scene.selection
        at, where = event.pos(), event.globalPos()
        place, row = scene.place_at(at.x()), scene.row_at(at.y())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place, row = chosen.place, chosen.row
            corner = QPoint(scene.x_of(place), scene.y_of(row + 1))
            where = self.viewport().mapToGlobal(corner)
        elif row is not None and place is not None and not chosen.holds(row, place):
            self.move_to(row, place)
        if place is not None and place < len(scene.columns.shown):
            self.menu_wanted.emit(row, scene.columns.shown[place], where)

    # -- within

    def _begin(self, table: Table | None) -> None:
        """Forget what was chosen for another table."""
        scene = self.scene
        scene.formats, scene.chosen, scene.heated = {}, {}, {}
        scene.columns = Columns(table.width if table else 0, scene.natural_width)
        scene.selection = Selection()
        scene.x = scene.y = 0

    def _measure(self) -> None:
        """Fit the scroll bars, and fetch what is seen."""
        scene = self.scene
        scene.width, scene.height = self.viewport().width(), self.viewport().height()
        scene.selection = scene.selection.within(scene.rows, len(scene.columns.shown))
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        heights = scene.heights
        scene.y = heights.bounded(scene.y)
        for bar, end, page, value in (
            (down, heights.bar_end, heights.room, heights.to_bar(scene.y)),
            (across, scene.farthest_x, scene.room, min(scene.x, scene.farthest_x)),
        ):
            bar.setPageStep(max(1, page))
            bar.setSingleStep(scene.look.row)
            bar.setRange(0, end)
            bar.setValue(value)
        self._look()

    def _look(self) -> None:
        scene = self.scene
        if self._source is not None and scene.known.about is not None:
            shown = scene.columns.shown
            self._source.look(
                scene.heights.seen(scene.y), [shown[each] for each in scene.seen_places()]
            )
            lacking = [each for each in self.summarized() if each not in scene.summaries]
            if lacking:
                self._source.summarize(lacking)
        self.viewport().update()

    def _on_vertical_changed(self, value: int) -> None:
        self.scene.y = self.scene.heights.from_bar(value)
        self._look()

    def _on_horizontal_changed(self, value: int) -> None:
        self.scene.x = value
        self._look()

    def _choose(self, at: QPoint, *, extends: bool) -> None:
        row, place = self.scene.row_at(at.y()), self.scene.place_at(at.x())
        if row is not None and place is not None:
            self.move_to(row, place, extends=extends)

    def _spoken(self) -> str:
        """Return what stands at the cursor, for who does not see it."""
        scene, at = self.scene, self.scene.selection
        if at.place >= len(scene.columns.shown):
            return ""
        column = scene.columns.shown[at.place]
        cell = scene.pages.cell(at.row, column)
        text = "" if cell is None else scene.format(column).text(cell)
        return f"{scene.title(column)}, {at.row}: {text}"
