"""The conditions that rows are sifted by, a chip each, and the line in which one is made."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vitrail_resources.translation import tr
from vitrail_widgets.grid.filter_editor import FilterEditor
from vitrail_widgets.objects.grid.arrangement import Condition, choices, sentence
from vitrail_widgets.objects.grid.table import Table
from vitrail_widgets.qt.theme import Theme

UNNAMED = tr("value")


class FilterBar(QWidget):
    """Shows and changes the conditions of an arrangement.

    Attributes:
        editor: The line in which a condition is put together.
        chips: The conditions, in order; a click changes one.
        removers: What drops each.

    Signals:
        arranged: Another `Arrangement` is wished.
        left: The focus is to go back to the rows.
    """

    arranged = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table: Table | None = None
        self._at: int | None = None
        self._theme = Theme.load("light")
        self.add = QToolButton(self)
        self.add.setText(tr("+ Filter"))
        self.add.setAccessibleName(tr("Add a filter"))
        self.add.clicked.connect(self.begin)
        self.chips: list[QToolButton] = []
        self.removers: list[QToolButton] = []
        self.editor = FilterEditor(self)
        self.editor.taken.connect(self._on_editor_taken)
        self.editor.given_up.connect(self._on_editor_given_up)
        self.editor.hide()
        self.row = QHBoxLayout()
        self.row.setSpacing(4)
        self._held = QWidget()
        self._inner = QHBoxLayout(self._held)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self._inner.setSpacing(4)
        self._inner.addStretch(1)
        self._scroll = _Strip(self._held, self)
        self.row.addWidget(self.add)
        self.row.addWidget(self._scroll, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self.row)
        layout.addWidget(self.editor)

    def show_table(self, table: Table | None) -> None:
        """Show the conditions of a table."""
        before, self._table = self._table, table
        self.setVisible(table is not None)
        if table is None or before is None or not table.continues(before):
            self.editor.hide()
        if _shown(before) != _shown(table):
            self._make_chips()

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._theme = theme
        self.editor.apply_theme(theme)
        muted, text = theme.muted.name(), theme.text.name()
        self.setStyleSheet(
            f"QToolButton {{ border: none; color: {muted}; background: none;"
            " padding: 3px 6px 3px 0; }"
            f"QToolButton:hover, QToolButton:focus {{ color: {text}; }}"
            "QToolButton::menu-indicator { image: none; }"
            f"#chip {{ background: {theme.surface.name()}; border: 1px solid"
            f" {theme.border.name()}; border-radius: 6px; }}"
            f"#chip QToolButton {{ color: {text}; padding: 2px 4px; }}"
            "QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }"
        )

    def begin(self, column: int | None = None) -> None:
        """Put together a new condition.

        Args:
            column: Of which; the first one if None.
        """
        table = self._table
        if table is None or not table.columns:
            return
        at = column if isinstance(column, int) and not isinstance(column, bool) else 0
        self._edit(None, Condition(at, choices(table.columns[at].kind)[0]))

    def _edit(self, at: int | None, condition: Condition) -> None:
        if self._table is not None:
            self._at = at
            names = [column.name or UNNAMED for column in self._table.columns]
            self.editor.begin(self._table.columns, names, condition)

    def _make_chips(self) -> None:
        while self._inner.count() > 1:
            item = self._inner.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.chips, self.removers = [], []
        table = self._table
        for at, condition in enumerate(table.arrangement.filters if table else ()):
            self._inner.insertWidget(at, self._chip(at, condition))

    def _chip(self, at: int, condition: Condition) -> QWidget:
        table = self._table
        name = table.columns[condition.column].name if table else ""
        said = sentence(condition, name or UNNAMED)
        chip = QWidget(self._held)
        chip.setObjectName("chip")
        chip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        text, cross = QToolButton(chip), QToolButton(chip)
        text.setText(said.replace("&", "&&"))
        text.setToolTip(tr("Change this filter"))
        cross.setText("✕")
        cross.setToolTip(tr("Drop this filter"))
        cross.setAccessibleName(tr("Drop {filter}", filter=said))
        text.clicked.connect(lambda: self._edit(at, condition))
        cross.clicked.connect(lambda: self._drop(at))
        layout = QHBoxLayout(chip)
        layout.setContentsMargins(4, 0, 2, 0)
        layout.setSpacing(0)
        layout.addWidget(text)
        layout.addWidget(cross)
        self.chips.append(text)
        self.removers.append(cross)
        return chip

    def _drop(self, at: int) -> None:
        if self._table is not None:
            self.editor.hide()
            self.arranged.emit(self._table.arrangement.without_condition(at))

    def _on_editor_taken(self, condition: Condition) -> None:
        self.editor.hide()
        if self._table is not None:
            self.arranged.emit(self._table.arrangement.with_condition(condition, self._at))
        self.left.emit()

    def _on_editor_given_up(self) -> None:
        self.editor.hide()
        self.left.emit()


class _Strip(QScrollArea):
    """A line of chips that is scrolled when there are many, without bars."""

    def __init__(self, held: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(held)

    def sizeHint(self) -> QSize:
        """Return the height of a line of chips (Qt)."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the same (Qt): a scroll area would ask for room for its bars."""
        return QSize(80, self.fontMetrics().height() + 12)


def _shown(table: Table | None) -> object:
    if table is None:
        return None
    filters = table.arrangement.filters
    return filters, [table.columns[each.column].name for each in filters]
