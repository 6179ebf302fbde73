"""The history popup: a field, what fits, and the chosen input in full."""

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QVBoxLayout, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.commands.command_field import CommandField
from vitrail_widgets.commands.dispatch import CommandDispatch
from vitrail_widgets.editing.history_search import HistorySearch
from vitrail_widgets.editing.past import PastInput
from vitrail_widgets.history.preview import ROWS as PREVIEW_ROWS
from vitrail_widgets.history.preview import CodePreview
from vitrail_widgets.history.rows import HistoryRows
from vitrail_widgets.keys.command import Scope
from vitrail_widgets.qt.list_rows import RowPainter
from vitrail_widgets.qt.scroll_bar import scroll_bar_style
from vitrail_widgets.qt.theme import Theme

SHOWN_ROWS = 8
LEAST_ROWS = 3
FRAME = 4
RADIUS = 8
MAX_WIDTH = 760
GAP = 6  # between the popup and the input


class HistoryPopup(QFrame):
    """Shows what a search finds, and which of it is chosen. The field has the keyboard.

    Attributes:
        within: In whose pixels it is placed.
        rows: What is shown.
        field: Where is typed what is looked for.
        list: The rows on the screen.
        preview: The chosen input in full.

    Signals:
        typed: Something else is looked for.
        chosen: Another row is the chosen one.
        taken: The user took the chosen input with the mouse.
    """

    typed = Signal(str)
    chosen = Signal()
    taken = Signal()

    def __init__(self, commands: CommandDispatch, parent: QWidget) -> None:
        super().__init__(parent)
        self.within = parent
        self.setAccessibleName(tr("History"))
        self.rows = HistoryRows()
        self._painter = RowPainter(self.rows.row)
        self.field = CommandField(commands, Scope.HISTORY, tr("Search older inputs"), self)
        self._report = QLabel(self)
        self._nothing = QLabel(self)
        for label in (self._report, self._nothing):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.list = QListView(self)
        self.preview = CodePreview(self)
        self._theme = Theme.load("light")
        self._whole, self._preview_rows = QRect(), PREVIEW_ROWS
        self._is_above = self._has_found = False
        self._build()
        self.hide()

    def _build(self) -> None:
        self.field.setFrame(False)
        self.field.textChanged.connect(self.typed)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(self._painter)
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr("Older inputs"))
        self.list.viewport().setAutoFillBackground(False)
        self.list.clicked.connect(self._on_list_clicked)
        self.list.doubleClicked.connect(self.taken)
        head = QHBoxLayout()
        head.setContentsMargins(FRAME, 0, 12, 0)
        head.addWidget(self.field, 1)
        head.addWidget(self._report)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, FRAME, 1, FRAME)
        layout.setSpacing(FRAME)
        layout.addLayout(head)
        layout.addWidget(self.list)
        layout.addWidget(self._nothing, 1)
        layout.addWidget(self.preview)

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the code font."""
        self._theme = theme
        self._painter.apply_theme(theme, font)
        self.preview.apply_theme(theme, font)
        self.field.setFont(font)
        palette = theme.palette()
        palette.setColor(palette.ColorRole.Base, theme.raised)
        self.setPalette(palette)
        self.field.setStyleSheet(
            f"QLineEdit {{ background: transparent; border: none; color: {theme.text.name()};"
            " padding: 5px 6px; }"
        )
        self._report.setStyleSheet(f"color: {theme.muted.name()};")
        self._nothing.setStyleSheet(f"color: {theme.muted.name()}; padding: 6px 9px;")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.list.verticalScrollBar().setStyleSheet(scroll_bar_style(theme, theme.raised))
        self.update()

    @property
    def current(self) -> PastInput | None:
        """The chosen input."""
        row = self.list.currentIndex().row()
        return self.rows.past(row) if 0 <= row < self.rows.rowCount() else None

    @property
    def report(self) -> str:
        """What is said of the search."""
        return self._nothing.text() or self._report.text()

    def begin(self, text: str, now_s: float, session: str) -> None:
        """Begin a new search.

        Args:
            text: What is looked for at first.
            now_s: Seconds since the epoch.
            session: The one that goes on now.
        """
        self.rows.now_s, self.rows.session = now_s, session
        self._has_found = False
        self.field.blockSignals(True)
        self.field.setText(text)
        self.field.blockSignals(False)
        self.field.selectAll()

    def show_found(self, search: HistorySearch) -> None:
        """Show what a search found so far; the best is chosen."""
        self.rows.show(search)
        self._choose(0)
        self.tell()

    def keep(self, code: str) -> None:
        """Choose the input of that code again, if it is among the first that fit."""
        for row in range(self.rows.rowCount()):
            if self.rows.past(row).code == code:
                self._choose(row)
                return

    def tell(self) -> None:
        """Say which one is chosen, of how many; or why there is none."""
        search = self.rows.search
        count = len(search.found)
        row = self.list.currentIndex().row() + 1
        more = "" if search.is_done else "…"
        self._report.setText(f"{row:,} of {count:,}{more}".replace(",", "\u2009") if count else "")
        reason = ""
        if not count and search.is_done:
            reason = (
                tr("No input fits that.") if len(search) else tr("Nothing has been entered yet.")
            )
        self._nothing.setText(reason)
        self.list.setVisible(count > 0)
        self._nothing.setVisible(count == 0)
        self._shape()

    def step(self, rows: int) -> None:
        """Choose another row, further down by `rows`; from an end a single step goes round."""
        row = self.list.currentIndex().row() + rows
        if row >= self.rows.rowCount():
            self.rows.fetchMore(QModelIndex())
        last = self.rows.rowCount() - 1
        if abs(rows) == 1 and last > 0:
            row %= last + 1
        self._choose(min(max(0, row), max(last, 0)))

    def page(self, direction: int) -> None:
        """Choose a row a page further down, or up."""
        self.step(direction * (SHOWN_ROWS - 1))

    def place(self, line: QRect) -> None:
        """Lie above the input, or below it where there is more room; never over it.

        Args:
            line: The input, in the parent's pixels; it may be scrolled out.
        """
        area = self.within.rect()
        top, bottom = min(line.top(), area.bottom() + 1), max(line.bottom(), area.top() - 1)
        above, below = top - GAP - area.top(), area.bottom() - GAP - bottom
        self._is_above = above >= below
        height = self._fit(max(above, below))
        y = top - GAP - height if self._is_above else bottom + GAP
        width = min(MAX_WIDTH, line.width(), area.width())
        self._whole = QRect(max(area.left(), line.left()), y, width, height)
        self._shape()

    def _shape(self) -> None:
        """Be small while there is nothing to show; the field stays where it was."""
        found = bool(self.rows.search.found) or not self.rows.search.is_done
        self._has_found = self._has_found or found
        shape = QRect(self._whole)
        if not found:
            shape.setHeight(min(shape.height(), self._head + self._nothing.sizeHint().height()))
            if self._is_above and not self._has_found:
                shape.moveBottom(self._whole.bottom())
        self.preview.setVisible(found and self._preview_rows > 0)
        self.setGeometry(shape)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the hairline around it."""
        del event
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.border, 1))
            painter.setBrush(self._theme.raised)
            rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(rect, RADIUS, RADIUS)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep the click from what lies below."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Keep the wheel from what lies below."""
        event.accept()

    @property
    def _head(self) -> int:
        return self.field.sizeHint().height() + 4 * FRAME

    def _fit(self, room: int) -> int:
        """Divide the height there is between list and preview; return what is used."""
        row, head = self._painter.row_height, self._head
        preview = PREVIEW_ROWS
        while preview and head + LEAST_ROWS * row + self.preview.height_of(preview) > room:
            preview -= 1
        left = room - head - self.preview.height_of(preview)
        most = min(SHOWN_ROWS, max(LEAST_ROWS, len(self.rows.search)))
        rows = min(most, max(1, left // row))
        self._preview_rows = preview
        self.preview.set_rows(preview)
        self.list.setFixedHeight(rows * row)
        return min(head + rows * row + self.preview.height_of(preview), max(room, head))

    def _choose(self, row: int) -> None:
        index = self.rows.index(row)
        self.list.setCurrentIndex(index)
        self.tell()
        said = self.report
        if index.isValid():  # the focus stays in the field: so that a screen reader says the row
            said = f"{self.rows.data(index, Qt.ItemDataRole.AccessibleTextRole)}, {said}"
        self.field.setAccessibleDescription(said)
        self.chosen.emit()

    def _on_list_clicked(self, index: QModelIndex) -> None:
        self._choose(index.row())
