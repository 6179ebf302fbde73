"""The cells of a file as a list: chosen by mouse and key, drawn as in the console."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from vitrail_resources.translation import tr
from vitrail_widgets.console.entries import CellLayout, EntryLayout, lay_out, output_maker
from vitrail_widgets.console.entry_painter import Moment
from vitrail_widgets.console.looks import Looks
from vitrail_widgets.qt.scroll_bar import scroll_bar_style
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.block import Block, Clip
from vitrail_widgets.render.live import Reshaping
from vitrail_widgets.render.long_block import FoldPolicy
from vitrail_widgets.render.registry import default_registry
from vitrail_widgets.transcript.cells import Cell
from vitrail_widgets.transcript.transcript import Transcript

Index = QModelIndex | QPersistentModelIndex
TALLEST_PX = 320  # of an item; a long output is looked at in the console
GAP = 16
SELECTED = 0.4  # of the selection's strength: it is a whole cell, not a word
NOWHERE = QModelIndex()


class CellsModel(QAbstractListModel):
    """The entries of a transcript; those that are no cells cannot be chosen."""

    def __init__(self, transcript: Transcript, parent: QWidget) -> None:
        super().__init__(parent)
        self._transcript = transcript

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's
        """Return how many entries there are."""
        return 0 if parent.isValid() else len(self._transcript.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Return what an entry says, for searching and screen readers."""
        entry = self._transcript.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.code if isinstance(entry, Cell) else entry.text
        if role == Qt.ItemDataRole.AccessibleTextRole and isinstance(entry, Cell):
            state = entry.status.value
            if entry.count is None:
                return tr("Cell, {state}: {code}", state=state, code=entry.code)
            number = entry.count
            return tr("Cell {number}, {state}: {code}", number=number, state=state, code=entry.code)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with an entry."""
        is_cell = isinstance(self._transcript.entries[index.row()], Cell)
        chosen = Qt.ItemFlag.ItemIsSelectable if is_cell else Qt.ItemFlag.NoItemFlags
        return chosen | Qt.ItemFlag.ItemIsEnabled

    def note(self, row: int) -> None:
        """Say that an entry looks otherwise."""
        self.dataChanged.emit(self.index(row), self.index(row))


class CellPainter(QStyledItemDelegate):
    """Draws entries as the console does.

    Signals:
        reshaped: One of them looks otherwise by itself.
    """

    reshaped = Signal()

    def __init__(self, transcript: Transcript, looks: Looks, lexer: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._transcript = transcript
        self._lexer = lexer
        self._make = output_maker(default_registry(), FoldPolicy())
        self._layouts: dict[int, EntryLayout] = {}
        self.use(looks)

    def use(self, looks: Looks) -> None:
        """Draw otherwise from now on."""
        self.looks = looks
        self.looks.entries.notes.has_offers = False  # these are not the console's
        self._layouts.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of an entry."""
        del option
        height = min(self._layout(index.row()).height, TALLEST_PX)
        return QSize(self.looks.across.width, height + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw an entry; a chosen one has another ground."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setClipRect(rect)
        if state & QStyle.StateFlag.State_Selected:
            ground = QColor(self.looks.theme.selection)
            ground.setAlphaF(ground.alphaF() * SELECTED)
            painter.fillRect(rect, ground)
            painter.fillRect(
                QRect(rect.topLeft(), QSize(2, rect.height())), self.looks.theme.accent
            )
        elif state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self.looks.theme.accent)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        clip = Clip(rect.top(), rect.bottom() + 1 - GAP // 2)
        entries, top = self.looks.entries, rect.top() + GAP // 2
        entries.paint(painter, index.row(), self._layout(index.row()), top, clip, Moment())
        painter.restore()

    def _on_block_reshaped(self, layout: CellLayout, block: Block) -> None:
        layout.touch(block)
        self.reshaped.emit()

    def _layout(self, row: int) -> EntryLayout:
        found = self._layouts.get(row)
        if found is None:
            entry = self._transcript.entries[row]
            found = lay_out(entry, self._lexer, self.looks.canvas, self._make)
            self._layouts[row] = found
            for which in range(found.block_count):
                block = found.block(which)
                if isinstance(block, Reshaping) and isinstance(found, CellLayout):
                    block.watch(partial(self._on_block_reshaped, found, block))
        return found


class CellList(QListView):
    """Shows the cells of a file.

    Signals:
        run_requested: Enter was pressed, or a cell double-clicked.
        left: Escape was pressed.
    """

    run_requested = Signal()
    left = Signal()

    def __init__(
        self, transcript: Transcript, theme: Theme, font: QFont, lexer: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._font = font
        self.cells = CellsModel(transcript, self)
        self._transcript = transcript
        self._painter = CellPainter(transcript, Looks.of(theme, font, 300), lexer, self)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(20)
        self.setItemDelegate(self._painter)
        self._painter.reshaped.connect(self.scheduleDelayedItemsLayout)
        self._painter.reshaped.connect(self.viewport().update)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(tr("Cells of the file"))
        self.doubleClicked.connect(self._on_double_clicked)
        self.apply_theme(theme)
        self.setModel(self.cells)  # last: what is set after it would lay out all cells at once

    @property
    def chosen(self) -> list[Cell]:
        """The cells that are selected, top to bottom."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        entries = (self._transcript.entries[row] for row in rows)
        return [entry for entry in entries if isinstance(entry, Cell)]

    def choose(self, cell: Cell) -> None:
        """Select one cell and show it."""
        self.setCurrentIndex(self.cells.index(self._transcript.position(cell.id)))

    def apply_theme(self, theme: Theme) -> None:
        """Draw in the colours of another theme."""
        self.setPalette(theme.palette())
        self.verticalScrollBar().setStyleSheet(scroll_bar_style(theme))
        self._relay(Looks.of(theme, self._font, self.viewport().width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for another width."""
        if self.viewport().width() != self._painter.looks.across.width:
            self._relay(self._painter.looks.widened(self.viewport().width()))
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Run with Enter, leave with Escape."""
        keys: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Return: self.run_requested.emit,
            Qt.Key.Key_Enter: self.run_requested.emit,
            Qt.Key.Key_Escape: self.left.emit,
        }
        act = keys.get(event.key())
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.run_requested.emit()

    def _relay(self, looks: Looks) -> None:
        self._painter.use(looks)
        self.scheduleDelayedItemsLayout()
