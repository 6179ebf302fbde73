"""The variables with their search, and what is said when there is nothing to show."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFont, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vitrail_resources.translation import tr, trn
from vitrail_widgets.qt.elided_label import ElidedLabel
from vitrail_widgets.qt.field import field_style
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.variables.edits import value_text
from vitrail_widgets.variables.footnote import footnote
from vitrail_widgets.variables.table import MARGIN, VariablesTable
from vitrail_widgets.variables.table_model import VariablesModel
from vitrail_widgets.variables.variable import Column, Freshness, Listing, Snapshot

MARKED_MS = 1200
LACKED_MS = 30  # rows that come into sight together are asked for together

SAID = {
    Freshness.UNASKED: tr("No kernel has told its variables yet."),
    Freshness.UNABLE: tr("This kernel cannot tell its variables."),
    Freshness.FRESH: tr("There are no variables yet."),
    Freshness.STALE: tr("There were no variables."),
}

OPTIONS = {
    "modules": tr("Show &modules"),
    "functions": tr("Show &functions and classes"),
    "underscores": tr("Show names that begin with an &underscore"),
    "grouped": tr("&Group by kind"),
}


class VariablesPane(QWidget):
    """Shows variables, and asks for what is to be done with them.

    Attributes:
        field: Sifts the rows.
        table: The rows.
        model: What is in them.
        options: What is listed, and how, by the names of `Listing`.

    Signals:
        inserted: Names are to be written into the console.
        inspect_wanted: A variable is to be looked at.
        delete_wanted: Variables are to be deleted, by their names.
        duplicate_wanted: A variable is to be copied.
        edited: Another name or value was typed for a variable, in a column.
        refresh_wanted: The kernel is to be asked now.
        listing_changed: Other kinds are to be listed, or otherwise: a `Listing`.
        lacked: Rows are seen of which not all was told: their names.
    """

    inserted = Signal(str)
    inspect_wanted = Signal(str)
    delete_wanted = Signal(list)
    duplicate_wanted = Signal(str)
    edited = Signal(str, Column, str)
    refresh_wanted = Signal()
    listing_changed = Signal(Listing)
    lacked = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = VariablesModel()
        self.field = QLineEdit(self)
        self.table = VariablesTable(self.model, self)
        self.more = QToolButton(self)
        self.empty = QLabel(self)
        self.foot = ElidedLabel(self)
        self.options = {name: QAction(text, self) for name, text in OPTIONS.items()}
        self._lacking: set[str] = set()
        self._settled = QTimer(self, singleShot=True, interval=MARKED_MS)
        self._settled.timeout.connect(self.model.settle)
        self._seen = QTimer(self, singleShot=True, interval=LACKED_MS)
        self._seen.timeout.connect(self._tell_lacking)
        self._build()
        self._connect()
        self._lay_out()
        self._say()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show other variables, and mark for a moment what changed."""
        self.model.show(snapshot)
        if snapshot.changed:
            self._settled.start()
        self._say()

    def list_as(self, listing: Listing) -> None:
        """List other kinds of variables, or otherwise."""
        for name, action in self.options.items():
            action.setChecked(getattr(listing, name))
        self.model.list_as(listing)
        self._say()

    def refuse(self, sentence: str) -> None:
        """Say why something is not done, until something else is to be said."""
        self.foot.setText(sentence)

    def apply_theme(self, theme: Theme, code_font: QFont) -> None:
        """Take a theme's colours, and the font of code."""
        self.table.apply_theme(theme, code_font)
        self.field.setStyleSheet(field_style(theme))
        self.setStyleSheet(f"VariablesPane {{ background: {theme.bg.name()}; }}")
        for label in (self.empty, self.foot):
            label.setStyleSheet(f"color: {theme.muted.name()};")
        self.more.setStyleSheet(
            f"QToolButton {{ border: none; color: {theme.muted.name()}; padding: 2px 6px; }}"
            f"QToolButton:hover, QToolButton:focus {{ color: {theme.text.name()}; }}"
            "QToolButton::menu-indicator { image: none; }"
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk from the field into the rows (Qt)."""
        if (
            watched is self.field
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return)
        ):
            self.table.enter()
            return True
        return super().eventFilter(watched, event)

    def context_menu(self, names: list[str]) -> QMenu:
        """Return what can be done with variables."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(names) == 1:
            menu.addAction(tr("I&nspect"), lambda: self.inspect_wanted.emit(names[0]))
        menu.addAction(tr("&Insert into the console"), lambda: self._insert(names))
        menu.addAction(
            tr("&Copy name") if len(names) == 1 else tr("&Copy names"), lambda: _copy(names)
        )
        menu.addSeparator()
        if len(names) == 1:
            self._add_edits(menu, names[0])
        text = trn("&Delete…", "&Delete {count} variables…", len(names))
        menu.addAction(text, lambda: self.delete_wanted.emit(names))
        return menu

    def _add_edits(self, menu: QMenu, name: str) -> None:
        menu.addAction(tr("&Rename"), lambda: self.table.edit_chosen(Column.NAME))
        change = menu.addAction(tr("Change &value"), lambda: self.table.edit_chosen(Column.VALUE))
        row = next((each for each in self.model.snapshot.rows if each.name == name), None)
        change.setEnabled(row is not None and value_text(row) is not None)
        menu.addAction(tr("Du&plicate"), lambda: self.duplicate_wanted.emit(name))

    def _build(self) -> None:
        self.field.setPlaceholderText(tr("Find a variable"))
        self.field.setAccessibleName(tr("Find a variable"))
        self.field.setClearButtonEnabled(True)
        self.field.installEventFilter(self)
        self.more.setText("⋯")
        self.more.setToolTip(tr("What is shown"))
        self.more.setAccessibleName(tr("What is shown"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        for action in self.options.values():
            action.setCheckable(True)
            action.triggered.connect(self._on_options_triggered)
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(tr("&Refresh"), self.refresh_wanted.emit)
        self.more.setMenu(menu)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setTextFormat(Qt.TextFormat.PlainText)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._on_field_text_changed)
        self.table.activated.connect(self._on_table_activated)
        self.table.customContextMenuRequested.connect(self._on_table_menu_requested)
        self.table.delete_pressed.connect(self._on_table_delete_pressed)
        self.table.insert_pressed.connect(lambda: self._insert(self.table.chosen))
        self.table.copy_pressed.connect(lambda: _copy(self.table.chosen))
        self.model.edited.connect(self.edited)
        self.model.lacked.connect(self._on_model_lacked)

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

    def _insert(self, names: list[str]) -> None:
        if names:
            self.inserted.emit(", ".join(names))

    def _tell_lacking(self) -> None:
        names, self._lacking = sorted(self._lacking), set()
        self.lacked.emit(names)

    def _on_model_lacked(self, name: str) -> None:
        self._lacking.add(name)
        if not self._seen.isActive():
            self._seen.start()

    def _on_field_text_changed(self, text: str) -> None:
        self.model.sift(text)
        self._say()

    def _on_options_triggered(self) -> None:
        chosen = {name: action.isChecked() for name, action in self.options.items()}
        self.listing_changed.emit(Listing(**chosen))

    def _on_table_activated(self, index: QModelIndex) -> None:
        row = self.model.variable(index)
        if row is not None:
            self.inspect_wanted.emit(row.name)

    def _on_table_delete_pressed(self) -> None:
        if self.table.chosen:
            self.delete_wanted.emit(self.table.chosen)

    def _on_table_menu_requested(self) -> None:
        if self.table.chosen:
            self.context_menu(self.table.chosen).popup(self.table.below_current())

    def _say(self) -> None:
        """Say how many there are and of when, or why there are none."""
        snapshot, shown = self.model.snapshot, self.model.count
        if not snapshot.rows:
            self.empty.setText(snapshot.reason or SAID[snapshot.freshness])
        else:
            self.empty.setText(tr("No variable is like that."))
        self._stack.setCurrentWidget(self.table if shown else self.empty)
        self.foot.setText(footnote(snapshot, shown))


def _copy(names: list[str]) -> None:
    QGuiApplication.clipboard().setText(", ".join(names))
