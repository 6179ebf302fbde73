"""What a container or an object holds, as a table; each row leads on."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from vitrail_resources.translation import tr
from vitrail_widgets.inspector.value.body import BodyView, Seen
from vitrail_widgets.inspector.value.page_bar import PageBar
from vitrail_widgets.objects.target import Step, Target
from vitrail_widgets.objects.value import Curve, Item, Items
from vitrail_widgets.qt.scroll_bar import scroll_bar_style
from vitrail_widgets.qt.theme import Theme

WIDEST_KEY: Final = 0.35
"""Of the table."""

LEAST_ROW: Final = 24
CURVE_HEIGHT: Final = 140


class ItemsBody(BodyView):
    """Lists items; Enter or a double click leads on to one.

    Attributes:
        table: The items.
        bar: Goes from page to page.
        curve: Draws items that are numbers; None before there were such.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = QTreeWidget(self)
        self.bar = PageBar(self)
        self._target: Target | None = None
        self._rows: tuple[Item, ...] = ()
        self._code_font = self.font()
        self._theme: Theme | None = None
        self.curve: BodyView | None = None
        self.table.setHeaderLabels(headings())
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setAllColumnsShowFocus(True)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setAccessibleName(tr("Items"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.header().setSectionsMovable(False)
        self.table.itemActivated.connect(self._on_table_item_activated)
        self.bar.look_wanted.connect(self.look_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._layout = layout
        layout.addWidget(self.table, 1)
        layout.addWidget(self.bar)
        self.setFocusProxy(self.table)

    def show_body(self, seen: Seen) -> None:
        """Show a page of items; the chosen one stays chosen."""
        body = seen.value.body
        assert isinstance(body, Items)
        chosen = self.table.currentIndex().row()
        is_same = seen.target == self._target
        self._target, self._rows = seen.target, body.rows
        self._show_curve(seen, body.curve)
        self._fill()
        if is_same and 0 <= chosen < len(body.rows):
            self.table.setCurrentIndex(self.table.model().index(chosen, 0))
        self.table.setColumnHidden(0, not any(row[0] for row in body.rows))
        self.bar.show_page(body.offset, body.page, body.total, tr("items"))

    def apply_theme(self, theme: Theme, code_font: QFont) -> None:
        """Take a theme's colours, and the font of code."""
        self._theme, self._code_font = theme, code_font
        height = max(LEAST_ROW, self.fontMetrics().height() + 8)
        self.table.setStyleSheet(
            f"QTreeView {{ background: {theme.bg.name()}; border: none; }}"
            f"QTreeView::item {{ height: {height}px; padding: 0 4px; }}"
            f"QHeaderView::section {{ background: {theme.bg.name()}; border: none;"
            f" border-bottom: 1px solid {theme.border.name()}; color: {theme.muted.name()};"
            " padding: 4px; }"
        )
        self.table.verticalScrollBar().setStyleSheet(scroll_bar_style(theme))
        self.bar.apply_theme(theme)
        if self.curve is not None:
            self.curve.apply_theme(theme, code_font)
        self._fill()

    def _show_curve(self, seen: Seen, curve: Curve | None) -> None:
        """Draw the items above the table, where they are numbers and nothing else."""
        if curve is not None and self.curve is None:
            from vitrail_widgets.inspector.value.curve_body import CurveBody

            self.curve = CurveBody(self)
            self.curve.setFixedHeight(CURVE_HEIGHT)
            self.curve.said.connect(self.said)
            self._layout.insertWidget(0, self.curve)
            if self._theme is not None:
                self.curve.apply_theme(self._theme, self._code_font)
        if self.curve is not None:
            self.curve.setVisible(curve is not None)
            if curve is not None:
                value = replace(seen.value, body=curve, histogram=None)
                self.curve.show_body(replace(seen, value=value))

    def _fill(self) -> None:
        self.table.clear()
        if self._theme is None:
            return
        muted = self._theme.muted
        for label, kind, size, _memory, preview, *_ in self._rows:
            texts = [label, kind, size.replace(" x ", " × "), preview.replace("\n", "⏎")]
            item = QTreeWidgetItem(texts)
            item.setFont(0, self._code_font)
            item.setFont(3, self._code_font)
            for column in (1, 2):
                item.setForeground(column, muted)
            item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(3, preview)
            self.table.addTopLevelItem(item)
        self._fit()

    def _fit(self) -> None:
        """Give keys, types and sizes what they need, and values the rest."""
        code, plain = QFontMetrics(self._code_font), self.fontMetrics()
        most = round(max(300, self.table.width()) * WIDEST_KEY)
        for column, metrics in ((0, code), (1, plain), (2, plain)):
            texts = [headings()[column], *(str(row[column]) for row in self._rows)]
            widest = max(metrics.horizontalAdvance(text) for text in texts)
            self.table.setColumnWidth(column, min(widest + 18, most))

    def _on_table_item_activated(self, item: QTreeWidgetItem) -> None:
        *_, kind, at, code = self._rows[self.table.indexOfTopLevelItem(item)]
        if kind and self._target is not None:
            text = code or f"‹{at}›"
            self.target_wanted.emit(self._target.step(Step(kind, at, text)))


def headings() -> list[str]:
    """Return the names of the columns."""
    return [tr("Key"), tr("Type"), tr("Size"), tr("Value")]
