"""The grid with what is said of it, and what it says when there is no table."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from vitrail_widgets.grid.source import GridSource
from vitrail_widgets.grid.view import GridView
from vitrail_widgets.objects.grid.table import Table
from vitrail_widgets.objects.known import Known
from vitrail_widgets.qt.elided_label import ElidedLabel
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.variables.variable import Freshness

MARGIN = 8


class GridPane(QWidget):
    """Shows a table of the kernel, or says why there is none.

    Attributes:
        view: The cells.
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
        self.view = GridView(self)
        self.empty = QLabel(self)
        self.foot = ElidedLabel(self)
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, MARGIN // 2)
        layout.setSpacing(MARGIN // 2)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self.foot)
        self.foot.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self.show_source(None)

    def show_source(self, source: GridSource | None) -> None:
        """Show what a source knows now; another one in place of that of before."""
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
        self.setStyleSheet(f"GridPane {{ background: {theme.bg.name()}; }}")
        for label in (self.empty, self.foot):
            label.setStyleSheet(f"color: {theme.muted.name()};")

    def _on_source_arrived(self) -> None:
        self.view.show_arrived()
        self._say()

    def _say(self) -> None:
        source = self._source
        known: Known[Table] = source.snapshot if source else Known()
        has_cells = known.about is not None and known.about.width > 0
        self._stack.setCurrentWidget(self.view if has_cells else self.empty)
        self.empty.setText(_sentence(known))
        self.foot.setText(_footnote(known, source.cost_ms) if source else "")


def _sentence(known: Known[Table]) -> str:
    """Say why there is no cell to show."""
    return "It has no columns." if known.about is not None else known.reason


def _footnote(known: Known[Table], cost_ms: float) -> str:
    table = known.about
    if table is None:
        return ""
    parts = [f"{_counted(table.rows, 'row')} × {_counted(table.width, 'column')}"]
    if known.freshness is Freshness.STALE:
        parts.append(known.reason or "The kernel cannot tell now")
    else:
        parts.append(f"{cost_ms:.1f} ms of the kernel's time")
    return " · ".join(parts)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}".replace(",", "\u202f")


def _nothing() -> None:
    """Do nothing: nobody looks."""
