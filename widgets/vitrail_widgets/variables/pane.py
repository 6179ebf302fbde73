"""The table of variables with its search, and what it says when there is nothing to show."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from vitrail_resources.translation import tr
from vitrail_widgets.qt.elided_label import ElidedLabel
from vitrail_widgets.qt.field import field_style
from vitrail_widgets.qt.scroll_bar import scroll_bar_style
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.variables.table_model import VariablesModel
from vitrail_widgets.variables.variable import Column, Freshness, Snapshot

MARGIN = 8
LEAST_ROW = 24
LEADING = 8
MARKED_MS = 1200
ROOM = {  # of a column, for texts like these; the value has the rest
    Column.NAME: "variable",
    Column.TYPE: "ndarray[fl…",
    Column.SIZE: "480 × 640",
    Column.MEMORY: tr("Memory"),
}

SAID = {
    Freshness.UNASKED: tr("No kernel has told its variables yet."),
    Freshness.UNABLE: tr("This kernel cannot tell its variables."),
    Freshness.FRESH: tr("There are no variables yet."),
    Freshness.STALE: tr("There were no variables."),
}


class VariablesPane(QWidget):
    """Shows variables; Enter or a double click writes a name into the console.

    Attributes:
        field: Sifts the rows.
        table: The rows.
        model: What is in them.
        modules: Whether modules are shown.
        code: Whether functions and classes are shown.

    Signals:
        inserted: A name is to be written into the console.
        delete_wanted: A variable is to be deleted.
        refresh_wanted: The kernel is to be asked now.
        kinds_changed: Other kinds are to be shown: modules, functions and classes.
    """

    inserted = Signal(str)
    delete_wanted = Signal(str)
    refresh_wanted = Signal()
    kinds_changed = Signal(bool, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = VariablesModel()
        self.field = QLineEdit(self)
        self.table = QTreeView(self)
        self.more = QToolButton(self)
        self.empty = QLabel(self)
        self.foot = ElidedLabel(self)
        self.modules = QAction(tr("Show &modules"), self, checkable=True)
        self.code = QAction(tr("Show &functions and classes"), self, checkable=True)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(MARKED_MS)
        self._settled.timeout.connect(self.model.settle)
        self._build()
        self._lay_out()
        self._say()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show other variables, and mark for a moment what changed."""
        self.model.show(snapshot)
        if snapshot.changed:
            self._settled.start()
        self._say()

    def show_kinds(self, *, modules: bool, code: bool) -> None:
        """Show modules, and functions and classes, or leave them out."""
        self.modules.setChecked(modules)
        self.code.setChecked(code)
        self.model.hide_kinds(modules=not modules, code=not code)
        self._say()

    def apply_theme(self, theme: Theme, code_font: QFont) -> None:
        """Take a theme's colours, and the font of code."""
        self.model.apply_theme(theme, code_font)
        self.field.setStyleSheet(field_style(theme))
        self.table.verticalScrollBar().setStyleSheet(scroll_bar_style(theme))
        height = max(LEAST_ROW, self.fontMetrics().height() + LEADING)
        self.table.setStyleSheet(
            f"QTreeView {{ background: {theme.bg.name()}; border: none; }}"
            f"QTreeView::item {{ height: {height}px; padding: 0 4px; }}"
            f"QHeaderView::section {{ background: {theme.bg.name()}; border: none;"
            f" border-bottom: 1px solid {theme.border.name()}; color: {theme.muted.name()};"
            " padding: 4px; }"
        )
        for column, text in ROOM.items():
            font = QFontMetrics(code_font) if column is Column.NAME else self.fontMetrics()
            self.table.setColumnWidth(column, font.horizontalAdvance(text) + 2 * MARGIN)
        self.setStyleSheet(f"VariablesPane {{ background: {theme.bg.name()}; }}")
        for label in (self.empty, self.foot):
            label.setStyleSheet(f"color: {theme.muted.name()};")
        self.more.setStyleSheet(
            f"QToolButton {{ border: none; color: {theme.muted.name()}; padding: 2px 6px; }}"
            f"QToolButton:hover, QToolButton:focus {{ color: {theme.text.name()}; }}"
            "QToolButton::menu-indicator { image: none; }"
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk from the field into the rows, and act on the chosen one."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.field and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return):
                self._enter_table()
                return True
            if watched is self.table and event.key() == Qt.Key.Key_Delete:
                self._delete()
                return True
        return super().eventFilter(watched, event)

    @property
    def chosen(self) -> str:
        """The name of the chosen variable; empty when there is none."""
        index = self.table.currentIndex()
        return self.model.row(index.row()).name if index.isValid() else ""

    def _build(self) -> None:
        self.field.setPlaceholderText(tr("Find a variable"))
        self.field.setAccessibleName(tr("Find a variable"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._on_field_text_changed)
        self.field.installEventFilter(self)
        self.more.setText("⋯")
        self.more.setToolTip(tr("What is shown"))
        self.more.setAccessibleName(tr("What is shown"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        for action in (self.modules, self.code):
            action.triggered.connect(self._on_kinds_triggered)
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(tr("&Refresh"), self.refresh_wanted.emit)
        self.more.setMenu(menu)
        self._build_table()
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        for label in (self.empty, self.foot):
            label.setTextFormat(Qt.TextFormat.PlainText)

    def _build_table(self) -> None:
        table = self.table
        table.setAccessibleName(tr("Variables"))
        table.setModel(self.model)
        table.setRootIsDecorated(False)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setUniformRowHeights(True)
        table.setAllColumnsShowFocus(True)
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setSortingEnabled(True)
        table.sortByColumn(Column.NAME, Qt.SortOrder.AscendingOrder)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._on_table_menu_requested)
        table.activated.connect(self._on_table_activated)
        table.installEventFilter(self)
        table.header().setSectionsMovable(False)
        table.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(MARGIN // 2)
        top.addWidget(self.field, 1)
        top.addWidget(self.more)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN // 2)
        layout.setSpacing(MARGIN)
        layout.addLayout(top)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self.foot)

    def _enter_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _delete(self) -> None:
        if self.chosen:
            self.delete_wanted.emit(self.chosen)

    def _on_field_text_changed(self, text: str) -> None:
        self.model.sift(text)
        self._say()

    def _on_kinds_triggered(self) -> None:
        self.kinds_changed.emit(self.modules.isChecked(), self.code.isChecked())

    def _on_table_activated(self, index: QModelIndex) -> None:
        self.inserted.emit(self.model.row(index.row()).name)

    def context_menu(self, name: str) -> QMenu:
        """Return what can be done with a variable."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("&Insert into the console"), lambda: self.inserted.emit(name))
        menu.addAction(tr("&Copy name"), lambda: QGuiApplication.clipboard().setText(name))
        menu.addSeparator()
        menu.addAction(tr("&Delete…"), lambda: self.delete_wanted.emit(name))
        return menu

    def _on_table_menu_requested(self) -> None:
        if self.chosen:
            row = self.table.visualRect(self.table.currentIndex())
            at = self.table.viewport().mapToGlobal(row.bottomLeft())
            self.context_menu(self.chosen).popup(at)

    def _say(self) -> None:
        """Say how many there are and of when, or why there are none."""
        snapshot, shown = self.model.snapshot, self.model.rowCount()
        if not snapshot.rows:
            self.empty.setText(SAID[snapshot.freshness])
        else:
            self.empty.setText(tr("No variable is like that."))
        self._stack.setCurrentWidget(self.table if shown else self.empty)
        self.foot.setText(_footnote(snapshot, shown))


def _footnote(snapshot: Snapshot, shown: int) -> str:
    if snapshot.freshness in (Freshness.UNASKED, Freshness.UNABLE):
        return ""
    total = len(snapshot.rows)
    count = str(total) if shown == total else tr("{shown} of {total}", shown=shown, total=total)
    parts = [tr("{count}, the first ones", count=count) if snapshot.is_cut else count]
    if snapshot.count is not None:
        parts.append(tr("as of In [{count}]", count=snapshot.count))
    if snapshot.freshness is Freshness.STALE:
        parts.append(tr("the kernel cannot tell now"))
    else:
        parts.append(tr("{cost_ms} ms of the kernel's time", cost_ms=f"{snapshot.cost_ms:.1f}"))
    return " · ".join(parts)
