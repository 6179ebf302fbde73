"""The page on which keys are looked up and changed."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QLineEdit, QTreeView, QVBoxLayout, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.commands.key_editor import KeyEditor, Rebind
from vitrail_widgets.commands.key_rows import Column, KeyRows
from vitrail_widgets.commands.live_keymap import LiveKeymap
from vitrail_widgets.keys.command import Command
from vitrail_widgets.qt.field import field_style
from vitrail_widgets.qt.scroll_bar import scroll_bar_style
from vitrail_widgets.qt.theme import Theme

Key = Qt.Key
ROW_HEIGHT = 28
MARGIN = 12
GAP = 8
SHARES = {Column.COMMAND: 0.3, Column.KEYS: 0.22, Column.WHERE: 0.25}  # the note has the rest
WALKING = (Key.Key_Down, Key.Key_Up, Key.Key_PageDown, Key.Key_PageUp)


class KeysPage(QWidget):
    """All commands with their keys; the chosen one's can be changed below.

    Enter changes the keys of the chosen command, Ins adds some, Del takes them away.
    """

    def __init__(self, live: LiveKeymap, rebind: Rebind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._rows = KeyRows(live.keymap)
        self.field = QLineEdit(self)
        self.table = QTreeView(self)
        self.editor = KeyEditor(live, rebind, self)
        self._build()
        live.changed.connect(self._on_live_changed)
        self._choose(0)

    def _build(self) -> None:
        self.field.setPlaceholderText(tr("Find a command, or keys"))
        self.field.setAccessibleName(tr("Find a command, or keys"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._on_field_text_changed)
        self.field.installEventFilter(self)
        self.table.setAccessibleName(tr("Commands and their keys"))
        self.table.setModel(self._rows)
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.installEventFilter(self)
        self.table.doubleClicked.connect(self.editor.change)
        self.table.selectionModel().currentRowChanged.connect(self._on_table_row_changed)
        header = self.table.header()
        header.setSectionsMovable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.editor.finished.connect(self._on_editor_finished)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        for widget in (self.field, self.table, self.editor):
            layout.addWidget(widget)

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._rows.apply_theme(theme)
        self.editor.apply_theme(theme)
        self.table.verticalScrollBar().setStyleSheet(scroll_bar_style(theme))
        row_height = max(ROW_HEIGHT, self.table.fontMetrics().height() + 12)
        self.table.setStyleSheet(
            "QTreeView { outline: none; }"
            f"QTreeView::item {{ height: {row_height}px; padding: 0 6px; }}"
            f"QHeaderView::section {{ background: {theme.surface.name()}; border: none;"
            f" border-bottom: 1px solid {theme.border.name()}; color: {theme.muted.name()};"
            " padding: 6px 6px 6px 9px; }"
        )
        self.field.setStyleSheet(field_style(theme))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the width among the columns."""
        super().resizeEvent(event)
        width = self.width() - 2 * MARGIN
        for column, share in SHARES.items():
            self.table.setColumnWidth(column, int(width * share))

    @property
    def current(self) -> Command | None:
        """The chosen command."""
        index = self.table.currentIndex()
        return self._rows.command(index.row()) if index.isValid() else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk through the table from the field, and change keys from the table."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.field and event.key() in WALKING:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
            if watched in (self.field, self.table):
                return self._act(event, in_field=watched is self.field)
        return super().eventFilter(watched, event)

    def _act(self, event: QKeyEvent, *, in_field: bool) -> bool:
        if event.key() in (Key.Key_Return, Key.Key_Enter):
            self.editor.change()
        elif not in_field and event.key() == Key.Key_Insert:
            self.editor.add()
        elif not in_field and event.key() == Key.Key_Delete:
            self.editor.remove()
        else:
            return False
        return True

    def _choose(self, row: int) -> None:
        self.table.setCurrentIndex(self._rows.index(row, Column.COMMAND))
        self.editor.show_command(self.current)

    def _on_field_text_changed(self, text: str) -> None:
        self._rows.sift(text)
        self._choose(0)

    def _on_table_row_changed(self) -> None:
        self.editor.show_command(self.current)

    def _on_live_changed(self) -> None:
        current = self.current
        self._rows.show(self._live.keymap)
        self._choose(self._rows.row_of(current.id) if current else 0)

    def _on_editor_finished(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
