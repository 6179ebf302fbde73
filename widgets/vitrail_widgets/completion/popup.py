"""The completion popup: a list beside the name that is being typed, never over it."""

from math import ceil

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QHideEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHeaderView, QTableView, QVBoxLayout, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.completion.kind_icons import KindIcons
from vitrail_widgets.completion.rows import CompletionRows
from vitrail_widgets.editing.completions import Completion, Sifted
from vitrail_widgets.qt.list_rows import RowPainter
from vitrail_widgets.qt.scroll_bar import WIDTH as SCROLL_BAR_WIDTH
from vitrail_widgets.qt.scroll_bar import scroll_bar_style
from vitrail_widgets.qt.theme import Theme

SHOWN_ROWS = 10
FEWEST_ROWS = 4  # that a list above the line has before it is left where it is
FRAME, SIDE = 4, 2  # around the list: it stays within the round corners
RADIUS = 8
MIN_WIDTH = 220
MAX_CHARS = 56
MEASURED_ROWS = 200  # the width fits these; a longer list may hold a longer name


class CompletionPopup(QFrame):
    """Shows completions and which of them is chosen. The keyboard stays with the input.

    It is a child of the window that it appears in, so that it takes no focus on any platform.

    Signals:
        accepted: The user took a completion with the mouse.
        chosen: Another completion is the chosen one; None when it is hidden.
    """

    accepted = Signal(Completion)
    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._within = parent
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Completions"))
        self._rows = CompletionRows()
        self._painter = RowPainter(self._rows.row)
        self._list = QTableView(self)  # a QListView asks the model about every row
        self._list.setModel(self._rows)
        self._list.setItemDelegate(self._painter)
        self._list.setShowGrid(False)
        self._list.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self._list.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        for header in (self._list.horizontalHeader(), self._list.verticalHeader()):
            header.hide()
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setMinimumSectionSize(1)
        self._list.horizontalHeader().setStretchLastSection(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # It is filled by its style: what is below the list need not be painted for its sake.
        self._list.verticalScrollBar().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._list.clicked.connect(self._on_list_clicked)
        self._list.selectionModel().currentChanged.connect(self._on_list_current_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SIDE, FRAME, SIDE, FRAME)
        layout.addWidget(self._list)
        self._theme = Theme.load("light")
        self._is_above = False
        self._widths: dict[Completion, float] = {}  # of the rows that were measured so far
        self.hide()

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the code font."""
        self._theme = theme
        self._painter.apply_theme(theme, font)
        self._widths.clear()
        self._painter.draw_icon = KindIcons(theme).paint
        self._list.verticalHeader().setDefaultSectionSize(self._painter.row_height)
        palette = self._list.palette()
        palette.setColor(QPalette.ColorRole.Highlight, QColor(0, 0, 0, 0))  # the painter's own
        palette.setColor(QPalette.ColorRole.Base, theme.raised)  # so nothing is painted below it
        self._list.setPalette(palette)
        self._list.verticalScrollBar().setStyleSheet(scroll_bar_style(theme, theme.raised))
        self.update()

    @property
    def within(self) -> QWidget:
        """The widget in whose pixels it is placed."""
        return self._within

    @property
    def current(self) -> Completion | None:
        """The chosen completion."""
        row = self._list.currentIndex().row()
        return self._rows.item(row) if 0 <= row < self._rows.rowCount() else None

    @property
    def count(self) -> int:
        """How many are offered."""
        return self._rows.rowCount()

    @property
    def texts(self) -> list[str]:
        """What is offered, from the top to the last visible row."""
        last = self._list.verticalScrollBar().value() + SHOWN_ROWS
        stop = min(self.count, max(last, self._list.currentIndex().row() + 1))
        return [self._rows.item(row).text for row in range(stop)]

    @property
    def is_above(self) -> bool:
        """Whether it stands above the line that is typed on, and not below."""
        return self._is_above

    def offer(self, sifted: Sifted) -> None:
        """Show what a list offers; the first is chosen. An empty one hides the popup."""
        self._rows.show(sifted)
        if not sifted.matches:
            self.hide()
            return
        self._list.setCurrentIndex(self._rows.index(0))

    def renew(self, sifted: Sifted) -> None:
        """Show a longer list in place of one whose visible rows it begins with.

        What is chosen and how far it is scrolled stay.
        """
        row, bar = self._list.currentIndex().row(), self._list.verticalScrollBar()
        scrolled = bar.value()
        self._rows.show(sifted)
        self._list.setCurrentIndex(self._rows.index(max(0, min(row, self.count - 1))))
        bar.setValue(scrolled)

    def appear(self, line: QRect, *, again: bool = False) -> None:
        """Appear below a line, or above it where there is no room below.

        Args:
            line: The line that is typed on, in the parent's pixels; `left` is the name's start.
            again: It is there already, and is to stay where it is: it may grow, away from the line.
        """
        size = self._ideal_size()
        area = self._within.rect()
        if again and self.isVisible():
            size = QSize(max(size.width(), self.width()), size.height())
            top = self.y()
            if self._is_above and self._shown_rows < FEWEST_ROWS:  # better moved than not seen
                top = max(area.top(), self.geometry().bottom() + 1 - size.height())
                size.setHeight(self.geometry().bottom() + 1 - top)
            elif self._is_above or top + size.height() > area.bottom():
                size.setHeight(self.height())
            self.setGeometry(QRect(QPoint(self._left(self.x(), size), top), size))
            return
        below = QPoint(line.left() - self._painter.text_x - SIDE, line.bottom() + FRAME)
        above = line.top() - FRAME - size.height()
        self._is_above = below.y() + size.height() > area.bottom() and above >= area.top()
        top = above if self._is_above else below.y()
        self.setGeometry(QRect(QPoint(self._left(below.x(), size), top), size))
        self.show()
        self.raise_()

    @property
    def _shown_rows(self) -> int:
        return (self.height() - 2 * FRAME) // self._painter.row_height

    def _left(self, wanted: int, size: QSize) -> int:
        """Return the left edge that keeps it in the window."""
        area = self._within.rect()
        return min(max(area.left(), wanted), max(area.left(), area.right() - size.width()))

    def step(self, rows: int) -> None:
        """Choose another row, further down by `rows`; from an end a single step goes round."""
        last = self._rows.rowCount() - 1
        row = self._list.currentIndex().row() + rows
        if abs(rows) == 1 and last > 0:
            row %= last + 1
        self._list.setCurrentIndex(self._rows.index(min(max(0, row), last)))

    def page(self, direction: int) -> None:
        """Choose a row a page further down, or up."""
        self.step(direction * (SHOWN_ROWS - 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the hairline around it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.border, 1))
        painter.setBrush(self._theme.raised)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(rect, RADIUS, RADIUS)

    def _ideal_size(self) -> QSize:
        rows = min(self._rows.rowCount(), SHOWN_ROWS)
        height = rows * self._painter.row_height + 2 * FRAME
        measured = range(min(self._rows.rowCount(), MEASURED_ROWS))
        widest = max((self._width_of(row) for row in measured), default=0.0)
        most = min(round(MAX_CHARS * self._painter.char_width), self._within.width())
        width = max(ceil(widest) + SCROLL_BAR_WIDTH, MIN_WIDTH)
        return QSize(min(width, most), height)

    def _width_of(self, row: int) -> float:
        """Return how wide a row wants to be; it is measured once for all that is typed."""
        item = self._rows.item(row)
        width = self._widths.get(item)
        if width is None:
            width = self._widths[item] = self._painter.width_of(self._rows.row(row))
        return width

    def hideEvent(self, event: QHideEvent) -> None:
        """Say that nothing is chosen any more."""
        super().hideEvent(event)
        self._widths.clear()
        self.chosen.emit(None)

    def _on_list_current_changed(self) -> None:
        if self.current is not None:
            self.chosen.emit(self.current)

    def _on_list_clicked(self, index: QModelIndex) -> None:
        self.accepted.emit(self._rows.item(index.row()))
